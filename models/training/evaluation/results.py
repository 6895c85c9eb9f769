"""Stored results of one model version, ``results.json``. The model card is made from them and from nothing else."""

from __future__ import annotations

from math import exp, log
from pathlib import Path

from pydantic import BaseModel, ConfigDict

FILE = "results.json"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Figure(_Strict):
    """One data set and frequency. ``mase`` and ``wql`` are divided by those of seasonal naive: below 1 is better."""

    data: str
    frequency: str
    series: int
    mase: float
    wql: float
    coverage: float  # of the 80% range, in percent


class Slice(_Strict):
    """The same for a part of the development data, over all rhythms."""

    name: str
    series: int
    mase: float
    wql: float
    coverage: float


class Ablation(_Strict):
    """One part left out or changed: geometric means over the development data, relative to seasonal naive."""

    group: str
    variant: str
    mase: float
    wql: float
    note: str = ""


class Speed(_Strict):
    """Series per second at one batch size."""

    batch: int
    series_per_second: float


class Results(_Strict):
    """Everything measured about one version."""

    machine: str
    development: tuple[Figure, ...] = ()  # the last horizon
    windows: tuple[Figure, ...] = ()  # the last four horizons
    slices: tuple[Slice, ...] = ()
    ablation: tuple[Ablation, ...] = ()
    speed: tuple[Speed, ...] = ()
    public: tuple[Figure, ...] = ()
    peers: dict[str, tuple[Figure, ...]] = {}

    @classmethod
    def read(cls, folder: Path) -> Results:
        """Read the results of a model folder."""
        return cls.model_validate_json((folder / FILE).read_text(encoding="utf-8"))

    def write(self, folder: Path) -> None:
        """Write the results into a model folder."""
        (folder / FILE).write_text(self.model_dump_json(indent=1) + "\n", encoding="utf-8")


def geometric(figures: tuple[Figure, ...], name: str) -> float:
    """Geometric mean of one figure over data sets and frequencies."""
    return exp(sum(log(getattr(f, name)) for f in figures) / len(figures))
