"""Stored results of one model version, ``results.json``. The model card is made from them and from nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log
from pathlib import Path

from pydantic import BaseModel, ConfigDict

FILE = "results.json"
NEAR = 1.1  # times the best possible error
MAX_OFF = 4.0  # points of coverage, on either side of what a range promises


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


class KindFigure(_Strict):
    """One kind of simulated series. Errors of the median are in percent of the level; ``best`` is the achievable
    forecast, or a simple method where that is better; ratios are relative to it, so 1 is the best possible.

    ``coverage`` of the 80% range, in percent; ``sum_off``: by how many percent the sum over all series is off;
    ``sum_ratio``: the error of sums over the horizon, relative to the achievable one; both only for counts."""

    name: str
    frequency: str
    knows: str
    error: float
    best_error: float
    best: str
    ratio: float
    simple: str
    simple_error: float
    wql_ratio: float
    coverage: float
    achievable_coverage: float
    sum_off: float | None = None
    sum_ratio: float | None = None

    @property
    def near(self) -> bool:
        """Whether the error is within a tenth of the best possible."""
        return self.ratio <= NEAR

    @property
    def held(self) -> bool:
        """Whether the 80% range holds 76 to 84%, or as much as the achievable one: 60 series scatter, and of whole
        numbers no range holds exactly 80%."""
        low, high = sorted((80.0, self.achievable_coverage))
        return low - MAX_OFF <= self.coverage <= high + MAX_OFF


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
    kinds: tuple[KindFigure, ...] = ()
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


def shown_ratio(ratio: float) -> str:
    """A ratio with the digits that mean something."""
    return f"{ratio:,.0f}" if ratio >= 100 else f"{ratio:.2f}"


def summary(kinds: Sequence[KindFigure]) -> str:
    """How many kinds are near the best possible, the worst of all, and how many ranges hold what they promise."""
    near, fair, held = (
        sum(flags) for flags in zip(*((k.near, k.wql_ratio <= NEAR, k.held) for k in kinds), strict=True)
    )
    worst = max(kinds, key=lambda k: k.ratio)
    return (
        f"{near} of {len(kinds)} kinds are within 10% of the best error, {fair} within 10% of the best quantile loss; "
        f"the worst is {shown_ratio(worst.ratio)} times the best ({worst.name}); {held} of {len(kinds)} ranges hold 76 "
        "to 84%, or what the best hold."
    )
