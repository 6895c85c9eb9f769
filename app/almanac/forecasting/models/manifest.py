"""What a model folder says about itself (``manifest.json``), and the checks on it."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class File(_Strict):
    """One file of the folder, and what it must be."""

    name: str = Field(pattern=r"^[A-Za-z0-9._-]+$")
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    size: int = Field(gt=0)


class Golden(_Strict):
    """A small input and what the model must give for it: ``quantiles`` [steps][levels]."""

    seasons: tuple[int, int]
    values: tuple[float, ...]
    steps: tuple[int, ...]
    quantiles: tuple[tuple[float, ...], ...]


class Manifest(_Strict):
    """Everything the program must know before it opens a model."""

    format: int = Field(ge=2, le=2)
    name: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    version: str = Field(pattern=r"^\d+\.\d+\.\d+$")
    kind: Literal["careful", "quick"]
    created: str
    commit: str  # of the code that trained it
    licence: str
    files: tuple[File, ...]
    inputs: dict[str, str]
    outputs: dict[str, str]
    levels: tuple[float, ...]
    opset: int
    shortest_history: int
    longest_context: int
    longest_season: int
    rhythms: tuple[str, ...]  # the names of rhythms it was made for; empty: all
    parameters: int
    seed: int
    prior: str
    golden: tuple[Golden, ...]
    weaker_at: tuple[str, ...] = ()  # names of frequencies at which the version before was measured to be better
    empty_arrays: bool = True  # whether the graph makes arrays without entries where a season is missing

    @field_validator("levels")
    @classmethod
    def _rising(cls, levels: tuple[float, ...]) -> tuple[float, ...]:
        if not levels or not all(a < b for a, b in zip((0.0, *levels), (*levels, 1.0), strict=True)):
            raise ValueError("levels must rise, between 0 and 1")
        return levels

    @property
    def title(self) -> str:
        """Name and version: "careful@1.0.0"."""
        return f"{self.name}@{self.version}"
