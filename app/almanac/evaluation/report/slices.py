"""Where forecasts do worse: by the person's groups, by size, by how far ahead, by history, by kind of series.

Looking at a hundred slices, five are bad by chance. Only those are named that stay bad when the number of looks is
allowed for.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from statistics import NormalDist
from typing import Any

import numpy as np

from almanac.core.arrays import Floats, Integers
from almanac.core.series import SeriesSet
from almanac.evaluation.backtest.backtest import BacktestRuns
from almanac.evaluation.dependence.clustering import MAX_CHECKS_PER_CLUSTER, clustered_variance
from almanac.evaluation.dependence.demand import DemandPattern, demand_patterns
from almanac.evaluation.metrics import covered, mean_known, quantile_loss

PROMISE = 0.8
FALSE_ALARMS = 0.1  # of the slices named, on average, at most so many by chance
FEWEST_SERIES = 5  # in a slice and beside it, before its errors are compared
FEWEST_CHECKS = 10
WORST_SHOWN = 5
MOST_GROUPS = 50  # values of one column, the most frequent ones
_WORDS = {
    DemandPattern.SMOOTH: "steady",
    DemandPattern.ERRATIC: "erratic",
    DemandPattern.INTERMITTENT: "now and then",
    DemandPattern.LUMPY: "rare and varied",
}


@dataclass(frozen=True)
class Slice:
    """One part of the data. ``coverage``: the share of checks in which the range that promises ``PROMISE`` held;
    ``error``: its quantile loss beside all others' (1.2: a fifth larger), NaN where it cannot be compared. ``reasons``:
    what is clearly worse ("ranges", "errors"), empty for most."""

    by: str
    value: str
    series: int
    checks: int
    coverage: float
    error: float
    reasons: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """ "Region, North: 8-in-10 ranges held 61% of 240 checks; misses 1.4 times those of the others." """
        told = f"{self.by}, {self.value}: 8-in-10 ranges held {self.coverage:.0%} of {self.checks:,} checks"
        return f"{told}; misses {self.error:.2g} times those of the others." if np.isfinite(self.error) else f"{told}."

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON types; what is not known is None."""
        plain = {"by": self.by, "value": self.value, "series": self.series, "checks": self.checks}
        shown = {"coverage": self.coverage, "error": self.error}
        return {
            **plain,
            **{name: round(x, 4) if np.isfinite(x) else None for name, x in shown.items()},
            "clearly_worse": list(self.reasons),
        }


@dataclass(frozen=True)
class _Cells:
    """Every check: ``held`` [C] 0 or 1, ``series``, ``block``, ``step`` [C]; ``loss`` [N]: mean scaled loss of each
    series, NaN where it has none."""

    held: Floats
    series: Integers
    block: Integers
    step: Integers
    loss: Floats


def find_slices(runs: BacktestRuns, series: SeriesSet) -> tuple[Slice, ...]:
    """All parts with at least ``FEWEST_CHECKS`` checks, those that are clearly worse first, the worst of them first.

    ``runs`` are those whose ranges are judged. False discoveries are held at ``FALSE_ALARMS`` over all slices and both
    questions (Benjamini and Hochberg 1995). Checks of one series or one stretch of time count as in
    ``coverage_gap``.
    """
    cells = _cells(runs)
    parts = [p for p in (*_by_groups(series), *_by_series(series, runs), *_by_step(runs)) if _enough(cells, *p[2:])]
    if len(parts) < 2:
        return ()
    judged = [_judged(cells, part) for part in parts]
    chances = np.array([chance for _, pair in judged for chance in pair])
    alarms = discoveries(chances, FALSE_ALARMS).reshape(-1, 2)
    named = [
        Slice(**plain, reasons=tuple(r for r, told in zip(("ranges", "errors"), alarm, strict=True) if told))
        for (plain, _), alarm in zip(judged, alarms, strict=True)
    ]
    return tuple(sorted(named, key=_goodness))


def find_worst_series(runs: BacktestRuns) -> tuple[Slice, ...]:
    """The single series that do worst, at most ``WORST_SHOWN``, the worst first; those whose ranges clearly fail have
    reasons, with false discoveries held over all series. ``error`` is beside the geometric mean of all of them."""
    cells = _cells(runs)
    count = np.bincount(cells.series, minlength=len(runs.names))
    tried = np.flatnonzero(count >= FEWEST_CHECKS)
    if len(tried) < 2:
        return ()
    order = np.argsort(cells.series, kind="stable")
    ends = np.cumsum(count)
    usual = np.exp(np.log(cells.loss[cells.loss > 0]).mean()) if (cells.loss > 0).any() else np.nan
    judged = []
    for i in tried.tolist():
        own = order[ends[i] - count[i] : ends[i]]
        held = cells.held[own]
        judged.append((i, float(held.mean()), _shortfall(held, cells.series[own], cells.block[own])))
    alarms = discoveries(np.array([chance for *_, chance in judged]), FALSE_ALARMS)
    found = [
        Slice("series", runs.names[i], 1, int(count[i]), held, float(cells.loss[i] / usual), ("ranges",) * bool(alarm))
        for (i, held, _), alarm in zip(judged, alarms, strict=True)
    ]
    return tuple(sorted(found, key=_goodness)[:WORST_SHOWN])


def _goodness(part: Slice) -> tuple[bool, float]:
    """Sorts the clearly worse first; a fifth more error weighs like four points of coverage."""
    error = np.log(part.error) if part.error > 0 else 0.0
    return not part.reasons, float(part.coverage - PROMISE - 0.2 * error)


def discoveries(chances: Floats, rate: float) -> np.ndarray:
    """Which of these p-values stand when at most ``rate`` of those that do may be chance: bool of the same shape; NaN
    never. Benjamini and Hochberg (1995)."""
    known = np.flatnonzero(np.isfinite(chances))
    order = known[np.argsort(chances[known])]
    passed = np.flatnonzero(chances[order] <= rate * np.arange(1, len(order) + 1) / max(len(order), 1))
    stand = np.zeros(chances.shape, bool)
    stand[order[: passed[-1] + 1] if len(passed) else order[:0]] = True
    return stand


def _cells(runs: BacktestRuns) -> _Cells:
    held = covered(runs.quantiles, runs.actuals, runs.levels, PROMISE)
    window, step = np.nonzero(np.isfinite(held))
    scale = np.where(runs.scale > 0, runs.scale, np.nan)
    losses = mean_known(quantile_loss(runs.quantiles, runs.actuals, runs.levels).mean(axis=2)) / scale
    known = np.isfinite(losses)
    total = np.bincount(runs.series[known], losses[known], minlength=len(runs.names))
    count = np.bincount(runs.series[known], minlength=len(runs.names))
    return _Cells(
        held=held[window, step],
        series=runs.series[window],
        block=runs.periods[window, step] // runs.horizon,
        step=step + 1,
        loss=np.where(count > 0, total / np.maximum(count, 1), np.nan),
    )


# A part: what it is by, its value, the series in it (bool [N]), the steps in it (first, last).
_Part = tuple[str, str, np.ndarray, tuple[int, int]]
_ALL_STEPS = (1, 10**9)


def _by_groups(series: SeriesSet) -> list[_Part]:
    parts: list[_Part] = []
    for column, name in enumerate(series.key_columns):
        values = np.array([key[column] for key in series.keys])
        found, counts = np.unique(values, return_counts=True)
        if 1 < len(found) < len(series):
            frequent = found[np.argsort(-counts, kind="stable")][:MOST_GROUPS]
            parts += [(name, str(value), values == value, _ALL_STEPS) for value in frequent]
    return parts


def _by_series(series: SeriesSet, runs: BacktestRuns) -> list[_Part]:
    kind = demand_patterns(series)
    parts: list[_Part] = [("kind", _WORDS[k], kind == i, _ALL_STEPS) for i, k in enumerate(DemandPattern)]
    if len(series) >= 3 * FEWEST_SERIES:
        known = np.isfinite(series.values)
        counts = np.maximum(np.add.reduceat(known.astype(float), series.offsets[:-1]), 1)
        size = np.add.reduceat(np.abs(np.where(known, series.values, 0.0)) / np.repeat(counts, series.lengths),
                               series.offsets[:-1])  # fmt: skip
        parts += _thirds("size", size, ("small", "middling", "large"))
        parts += _thirds("history", series.lengths.astype(float), ("short", "middling", "long"))
    return [p for p in parts if p[2].any() and not p[2][np.unique(runs.series)].all()]


def _thirds(by: str, value: Floats, words: tuple[str, str, str]) -> list[_Part]:
    edges = np.quantile(value, [1 / 3, 2 / 3])
    third = np.searchsorted(edges, value, side="left")
    return [(by, word, third == k, _ALL_STEPS) for k, word in enumerate(words)]


def _by_step(runs: BacktestRuns) -> list[_Part]:
    everyone, horizon = np.ones(len(runs.names), bool), runs.horizon
    edges = sorted({1, 2, max(2, horizon // 3 + 1), max(2, 2 * horizon // 3 + 1), horizon + 1})
    parts: list[_Part] = []
    for first, after in pairwise(edges):
        last = after - 1
        words = f"step {first}" if first == last else f"steps {first} to {last}"
        parts.append(("how far ahead", words, everyone, (first, last)))
    return parts if len(parts) > 1 else []


def _enough(cells: _Cells, members: np.ndarray, steps: tuple[int, int]) -> bool:
    return int(_inside(cells, members, steps).sum()) >= FEWEST_CHECKS


def _inside(cells: _Cells, members: np.ndarray, steps: tuple[int, int]) -> np.ndarray:
    inside: np.ndarray = members[cells.series] & (cells.step >= steps[0]) & (cells.step <= steps[1])
    return inside


def _judged(cells: _Cells, part: _Part) -> tuple[dict[str, Any], tuple[float, float]]:
    """A slice as the fields of ``Slice``, and how likely it were by chance that its ranges hold so little, and that its
    errors are so large."""
    by, value, members, steps = part
    inside = _inside(cells, members, steps)
    held = cells.held[inside]
    error, error_chance = (np.nan, np.nan) if steps != _ALL_STEPS else _errors(cells.loss, members)
    plain = {
        "by": by,
        "value": value,
        "series": len(np.unique(cells.series[inside])),
        "checks": int(inside.sum()),
        "coverage": float(held.mean()),
        "error": error,
    }
    return plain, (_shortfall(held, cells.series[inside], cells.block[inside]), error_chance)


def _shortfall(held: Floats, series: Integers, block: Integers) -> float:
    """How likely so few ranges hold when as many do as promised; NaN with too few stretches of time."""
    variance, apart = clustered_variance((held - held.mean())[:, None] / len(held), series, block)
    if np.isnan(variance[0]):
        return float("nan")
    least = PROMISE * (1 - PROMISE) / min(len(held), MAX_CHECKS_PER_CLUSTER * apart)
    few = min(n for n in (len(np.unique(series)), len(np.unique(block))) if n > 1)
    return _below((float(held.mean()) - PROMISE) / np.sqrt(max(float(variance[0]), least)), few - 1)


def _below(t: float, freedom: int) -> float:
    """Student's distribution function, after Abramowitz and Stegun (1964), 26.7.8: good to 0.01 from five degrees of
    freedom up, cautious below."""
    return NormalDist().cdf(t * (1 - 1 / (4 * freedom)) / np.sqrt(1 + t * t / (2 * freedom)))


def _errors(loss: Floats, members: np.ndarray) -> tuple[float, float]:
    """The geometric mean loss of these series beside the others', and how likely it is so much larger by chance
    (Welch's test on logarithms)."""
    known = np.isfinite(loss) & (loss > 0)
    here, there = np.log(loss[known & members]), np.log(loss[known & ~members])
    if min(len(here), len(there)) < FEWEST_SERIES:
        return float("nan"), float("nan")
    apart = float(here.mean() - there.mean())
    sd = np.sqrt(here.var(ddof=1) / len(here) + there.var(ddof=1) / len(there))
    return float(np.exp(apart)), _below(-apart / sd, min(len(here), len(there)) - 1) if sd > 0 else float("nan")
