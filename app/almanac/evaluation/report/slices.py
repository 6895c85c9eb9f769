"""Where forecasts do worse: by the person's groups, size, how far ahead, length of history and demand pattern.

Of a hundred slices, five are bad by chance. Only those are named that stay bad when the number of slices is allowed
for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from typing import Any

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers
from almanac.core.distribution.levels import LIKELY
from almanac.core.series import SeriesSet
from almanac.evaluation.backtest.backtest import BacktestRuns
from almanac.evaluation.backtest.losses import mean_loss
from almanac.evaluation.dependence import student
from almanac.evaluation.dependence.clustering import MIN_BLOCKS, clustered_variance, variance_of_each
from almanac.evaluation.dependence.demand import DemandPattern, demand_patterns
from almanac.evaluation.dependence.sample_size import max_independent_checks
from almanac.evaluation.report.coverage import share_inside

FALSE_DISCOVERY_RATE = 0.1  # the share of the slices named that may be named by chance; a convention
# Chosen by judgement.
MIN_SERIES = 5  # in a slice and outside it, before its errors are compared
MIN_CHECKS = 10  # in a slice, before it is judged
MAX_WORST_SERIES = 5
MAX_GROUPS = 50  # values of one column, the most frequent ones
ERROR_WEIGHT = 0.2  # in the order of slices: an error larger by a fifth weighs like four points of coverage


class SliceKind(StrEnum):
    """What a slice is made by."""

    GROUP = "group"
    DEMAND = "demand_pattern"
    SIZE = "size"
    HISTORY = "history_length"
    STEP = "step"
    SERIES = "series"


@dataclass(frozen=True)
class Slice:
    """One part of the data.

    ``column``: the person's column, for groups; ``value``: the group, the demand pattern, "small", "medium" or "large",
    "short", "medium" or "long", the steps ("3" or "3-4", from 1), or the name of the series. ``coverage``: the share of
    checks in which the likely range held; ``error``: its quantile loss divided by all others' (1.2: a fifth larger),
    NaN where it cannot be compared. ``reasons``: what is clearly worse ("ranges", "errors"), empty for most.
    """

    kind: SliceKind
    column: str
    value: str
    series: int
    checks: int
    coverage: float
    error: float
    reasons: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON types; what is not known is None."""
        figures = {"coverage": self.coverage, "error": self.error}
        return {
            "by": self.column if self.kind is SliceKind.GROUP else self.kind.value,
            "value": self.value,
            "series": self.series,
            "checks": self.checks,
            **{name: round(x, 4) if np.isfinite(x) else None for name, x in figures.items()},
            "clearly_worse": list(self.reasons),
        }


@dataclass(frozen=True)
class _Checks:
    """C checks of the likely range, and the losses of N series.

    ``held`` float64 [C]: 0 to 1, in part on an edge; ``series``, ``block``, ``step`` (from 1) int64 [C]; ``loss``
    float64 [N]: mean scaled quantile loss of each series, NaN where it has none.
    """

    held: Floats
    series: Integers
    block: Integers
    step: Integers
    loss: Floats

    def within(self, part: _Part) -> Flags:
        """Which checks are in this part: bool [C]."""
        inside: Flags = part.members[self.series] & (self.step >= part.first_step) & (self.step <= part.last_step)
        return inside


@dataclass(frozen=True)
class _Part:
    """A part of the data before it is judged: ``members`` bool [N], its series; its steps (from 1, both included)."""

    kind: SliceKind
    value: str
    members: Flags
    column: str = ""
    first_step: int = 1
    last_step: int = 10**9


def find_slices(runs: BacktestRuns, series: SeriesSet) -> tuple[Slice, ...]:
    """All slices with at least ``MIN_CHECKS`` checks, those that are clearly worse first, the worst of them first.

    ``runs``: those whose ranges are judged. For each slice two chances are computed, that so few ranges hold
    (``_chance_of_so_few``) and that its errors are so much larger (``_compare_errors``); false discoveries are held at
    ``FALSE_DISCOVERY_RATE`` over all of them.
    """
    checks = _checks(runs)
    candidates = [*_by_group(series), *_by_series(series, runs), *_by_step(runs)]
    parts = [part for part in candidates if checks.within(part).sum() >= MIN_CHECKS]
    if len(parts) < 2:
        return ()
    judged = [_judge(checks, part) for part in parts]
    discovered = discoveries(np.array([chances for _, chances in judged]).ravel(), FALSE_DISCOVERY_RATE)
    named = [
        replace(one, reasons=tuple(reason for reason, worse in zip(("ranges", "errors"), pair, strict=True) if worse))
        for (one, _), pair in zip(judged, discovered.reshape(-1, 2), strict=True)
    ]
    return tuple(sorted(named, key=_worst_first))


def judge_series(runs: BacktestRuns) -> tuple[Slice, ...]:
    """The single series, the worst first.

    Those whose ranges clearly fail have reasons, with false discoveries held over all series. ``error`` is the loss
    divided by the geometric mean of all series.
    """
    checks = _checks(runs)
    count = np.bincount(checks.series, minlength=len(runs.names))
    judged = np.flatnonzero(count >= MIN_CHECKS)
    if len(judged) < 2:
        return ()
    positive = checks.loss[checks.loss > 0]
    usual = np.exp(np.log(positive).mean()) if len(positive) else np.nan
    held = np.bincount(checks.series, checks.held, minlength=len(count)) / np.maximum(count, 1)
    residuals = (checks.held - held[checks.series]) / count[checks.series]
    variance, blocks = variance_of_each(residuals[:, None], checks.series, checks.block, len(count))
    found, chances = [], np.full(len(judged), np.nan)
    for n, i in enumerate(judged.tolist()):
        share, checked = float(held[i]), int(count[i])
        found.append(Slice(SliceKind.SERIES, "", runs.names[i], 1, checked, share, float(checks.loss[i] / usual)))
        if blocks[i] >= MIN_BLOCKS:
            independent = max_independent_checks(checked, int(blocks[i]))
            chances[n] = _chance_of_share(share, float(variance[i, 0]), independent, int(blocks[i]))
    discovered = discoveries(chances, FALSE_DISCOVERY_RATE)
    named = [replace(one, reasons=("ranges",) * bool(worse)) for one, worse in zip(found, discovered, strict=True)]
    return tuple(sorted(named, key=_worst_first))


def _worst_first(part: Slice) -> tuple[bool, float]:
    """Sort key: the clearly worse first, then by coverage and error."""
    error = np.log(part.error) if part.error > 0 else 0.0
    return not part.reasons, float(part.coverage - LIKELY - ERROR_WEIGHT * error)


def discoveries(chances: Floats, rate: float) -> Flags:
    """Which of these p-values are discoveries when at most ``rate`` of them may be by chance: bool [P]; NaN never is.

    The largest k with p_(k) <= rate k / P, over the P that are known: Benjamini and Hochberg (1995), "Controlling the
    false discovery rate".
    """
    known = np.flatnonzero(np.isfinite(chances))
    order = known[np.argsort(chances[known])]
    passed = np.flatnonzero(chances[order] <= rate * np.arange(1, len(order) + 1) / max(len(order), 1))
    discovered = np.zeros(chances.shape, bool)
    discovered[order[: passed[-1] + 1] if len(passed) else order[:0]] = True
    return discovered


def _checks(runs: BacktestRuns) -> _Checks:
    window, step = np.nonzero(np.isfinite(runs.actuals))
    losses = mean_loss(runs)
    known = np.isfinite(losses)
    total = np.bincount(runs.series[known], losses[known], minlength=len(runs.names))
    count = np.bincount(runs.series[known], minlength=len(runs.names))
    return _Checks(
        held=share_inside(runs, window, step, np.array([LIKELY]))[:, 0],
        series=runs.series[window],
        block=runs.periods[window, step] // runs.horizon,
        step=step + 1,
        loss=np.where(count > 0, total / np.maximum(count, 1), np.nan),
    )


def _by_group(series: SeriesSet) -> Iterator[_Part]:
    """The person's groups, of columns in which some series share a value."""
    for column, name in enumerate(series.key_columns):
        values = np.array([key[column] for key in series.keys])
        found, counts = np.unique(values, return_counts=True)
        if 1 < len(found) < len(series):
            for value in found[np.argsort(-counts, kind="stable")][:MAX_GROUPS]:
                yield _Part(SliceKind.GROUP, str(value), values == value, name)


def _by_series(series: SeriesSet, runs: BacktestRuns) -> Iterator[_Part]:
    """By properties of the series; without parts that hold all series of the backtest, or none."""
    pattern = demand_patterns(series)
    parts = [_Part(SliceKind.DEMAND, kind.value, pattern == i) for i, kind in enumerate(DemandPattern)]
    if len(series) >= 3 * MIN_SERIES:
        parts += _thirds(SliceKind.SIZE, _mean_size(series), ("small", "medium", "large"))
        parts += _thirds(SliceKind.HISTORY, series.lengths.astype(float), ("short", "medium", "long"))
    tested = np.unique(runs.series)
    return (part for part in parts if part.members.any() and not part.members[tested].all())


def _mean_size(series: SeriesSet) -> Floats:
    """Mean absolute value of each series: float64 [N]."""
    starts, known = series.offsets[:-1], np.isfinite(series.values)
    counts = np.maximum(np.add.reduceat(known.astype(float), starts), 1)
    sizes = np.abs(np.where(known, series.values, 0.0)) / np.repeat(counts, series.lengths)
    means: Floats = np.add.reduceat(sizes, starts)
    return means


def _thirds(kind: SliceKind, values: Floats, names: tuple[str, str, str]) -> list[_Part]:
    """Three parts with as many series each, by ``values`` [N]."""
    third = np.searchsorted(np.quantile(values, [1 / 3, 2 / 3]), values, side="left")
    return [_Part(kind, name, third == k) for k, name in enumerate(names)]


def _by_step(runs: BacktestRuns) -> list[_Part]:
    """The first step, and the steps after it in thirds of the horizon; nothing for a single step."""
    everyone, horizon = np.ones(len(runs.names), bool), runs.horizon
    edges = sorted({1, 2, max(2, horizon // 3 + 1), max(2, 2 * horizon // 3 + 1), horizon + 1})
    parts = []
    for first, after in pairwise(edges):
        last = after - 1
        name = f"{first}" if first == last else f"{first}-{last}"
        parts.append(_Part(SliceKind.STEP, name, everyone, first_step=first, last_step=last))
    return parts if len(parts) > 1 else []


def _judge(checks: _Checks, part: _Part) -> tuple[Slice, tuple[float, float]]:
    """A slice without reasons, and the chances that its ranges hold so seldom and that its errors are so large."""
    inside = checks.within(part)
    held, series = checks.held[inside], checks.series[inside]
    error, error_chance = (np.nan, np.nan)
    if part.kind is not SliceKind.STEP:
        error, error_chance = _compare_errors(checks.loss, part.members)
    found = Slice(
        kind=part.kind,
        column=part.column,
        value=part.value,
        series=len(np.unique(series)),
        checks=int(inside.sum()),
        coverage=float(held.mean()),
        error=error,
    )
    return found, (_chance_of_so_few(held, series, checks.block[inside]), error_chance)


def _chance_of_so_few(held: Floats, series: Integers, block: Integers) -> float:
    """How likely it is that so few likely ranges hold when as many do as promised; NaN with too few blocks.

    The chance of t = (share held - 0.8) / standard error under Student's distribution, with the standard error of
    ``clustered_variance``, at least that of ``max_independent_checks``; as many degrees of freedom as the fewer of
    series and blocks, less one.
    """
    variance, clusters = clustered_variance((held - held.mean())[:, None] / len(held), series, block)
    if np.isnan(variance[0]):
        return float("nan")
    fewer = min(n for n in (len(np.unique(series)), len(np.unique(block))) if n > 1)
    independent = max_independent_checks(len(held), clusters)
    return _chance_of_share(float(held.mean()), float(variance[0]), independent, fewer)


def _chance_of_share(held: float, variance: float, independent: int, fewer: int) -> float:
    """As ``_chance_of_so_few``, of the share ``held`` with its ``variance``; ``independent``: checks, at most."""
    smallest = LIKELY * (1 - LIKELY) / independent
    return student.cdf((held - LIKELY) / np.sqrt(max(variance, smallest)), fewer - 1)


def _compare_errors(loss: Floats, members: Flags) -> tuple[float, float]:
    """The geometric mean loss of these series divided by the others', and how likely so much more is by chance.

    Welch's (1947) test on logarithms. NaN with too few series on either side.
    """
    known = np.isfinite(loss) & (loss > 0)
    here, there = np.log(loss[known & members]), np.log(loss[known & ~members])
    if min(len(here), len(there)) < MIN_SERIES:
        return float("nan"), float("nan")
    difference = float(here.mean() - there.mean())
    sd = np.sqrt(here.var(ddof=1) / len(here) + there.var(ddof=1) / len(there))
    chance = student.cdf(-difference / sd, min(len(here), len(there)) - 1) if sd > 0 else float("nan")
    return float(np.exp(difference)), chance
