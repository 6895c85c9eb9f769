"""What a model folder says about itself (``manifest.json``), and the checks on it."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class File(_Strict):
    """One file of the folder, and what it must be."""

    name: str = Field(pattern=r"^[A-Za-z0-9._-]+$")
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    size: int = Field(gt=0)


class Golden(_Strict):
    """A small input and what the model must answer: ``quantiles`` [steps][levels]."""

    season: int
    values: tuple[float, ...]
    steps: tuple[int, ...]
    quantiles: tuple[tuple[float, ...], ...]


class Figure(_Strict):
    """One measured result on development data: errors relative to seasonal naive (smaller is better)."""

    data: str
    series: int
    mase: float
    wql: float
    ets_mase: float | None = None
    ets_wql: float | None = None


class Manifest(_Strict):
    """Everything the program must know before it opens a model."""

    format: int = Field(ge=1, le=1)
    name: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    version: str = Field(pattern=r"^\d+\.\d+\.\d+$")
    created: str
    licence: str
    files: tuple[File, ...]
    inputs: dict[str, str]
    outputs: dict[str, str]
    levels: tuple[float, ...]
    opset: int
    shortest_history: int
    parameters: int
    seed: int
    prior: str
    figures: tuple[Figure, ...]
    golden: tuple[Golden, ...]

    @property
    def title(self) -> str:
        return f"{self.name}@{self.version}"
