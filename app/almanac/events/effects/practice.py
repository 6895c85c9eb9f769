"""Practice forecasts around past events: which windows to forecast, what happened in them, and what was expected.

The forecasts are made without the events: periods with one are missing in the history that the forecaster gets.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers
from almanac.core.calendar.frequency import Unit
from almanac.core.series import SeriesSet
from almanac.events.dates.calendars import Term

# Steps of a practice forecast: about two weeks, two months or half a year, near enough to be sharp.
HORIZONS = {
    Unit.MINUTE: 96,
    Unit.HOUR: 48,
    Unit.DAY: 14,
    Unit.BUSINESS_DAY: 10,
    Unit.WEEK: 8,
    Unit.MONTH: 6,
    Unit.QUARTER: 4,
    Unit.YEAR: 1,
}
MIN_HISTORY = 8  # periods before the first window; chosen by judgement
MAX_WINDOWS_PER_SERIES = 60  # the latest; more would add little to what is known of an effect; chosen by judgement
PRIOR_STEPS = 1.0  # steps without an event that the level of a window is drawn towards its forecast by
REACH_OF_LEVEL = 0.4  # of a window, over which its level counts: what a season misses changes slowly
MAX_LEVEL_RATIO = 2.0


class WindowRuns(Protocol):
    """Forecasts of windows of the past, as ``evaluation.BacktestRuns`` has them."""

    @property
    def series(self) -> Integers:
        """The series of each window: int64 [W]."""

    @property
    def points(self) -> Integers:
        """How many points of its series are before each window: int64 [W]."""

    @property
    def levels(self) -> Floats:
        """The levels of the quantiles: float64 [Q]."""

    @property
    def quantiles(self) -> Floats:
        """The forecasts: float64 [W, H, Q]."""

    @property
    def scale(self) -> Floats:
        """The usual change of the series before each window: float64 [W]."""


@dataclass(frozen=True)
class PracticeBudget:
    """``windows``: how many may be forecast in all, given the points that each reads."""

    windows: Callable[[int, int], int]


@dataclass(frozen=True, eq=False)
class Observations:
    """M steps of practice forecasts.

    ``series``, ``positions`` int64 [M]: the series, and the period as a position in the calendars; ``known`` int64 [M]:
    the last position of its window, from which on the step may be learned from; ``actual``, ``expected`` float64 [M]:
    what happened, and what was expected without events; ``size`` float64 [M]: what effects are counted in, the
    expected value or the usual change; ``free`` float64 [M]: how many steps of its window show the level of the window;
    ``shares`` float64 [M, K]: of each term.
    """

    series: Integers
    positions: Integers
    known: Integers
    actual: Floats
    expected: Floats
    size: Floats
    free: Floats
    shares: Floats

    def take(self, chosen: Flags) -> Observations:
        """Only some of the steps, a mask of their shape, as one row of steps."""
        return Observations(*(getattr(self, name)[chosen] for name in self.__dataclass_fields__))


def plan_windows(
    series: SeriesSet, terms: Sequence[Term], start: int, budget: PracticeBudget
) -> tuple[Integers, Integers, int]:
    """Windows that hold an event: the series int64 [W] and points before int64 [W] of each, and their horizon."""
    horizon = HORIZONS.get(series.frequency.unit, 1)
    season = series.frequency.season_length
    most = budget.windows(int(np.median(series.lengths)), horizon)
    touched = [i for i in range(len(series)) if any(term.rows[i] >= 0 for term in terms)]
    found: list[tuple[int, Integers]] = []
    sample = np.random.default_rng(0).permutation(len(touched))
    total = 0
    for place in sample:
        i = touched[int(place)]
        cutoffs = _cutoffs(int(series.lengths[i]), horizon, season)
        held = _with_events(i, int(series.first[i]) - start, cutoffs, horizon, terms)
        cutoffs = cutoffs[held][:MAX_WINDOWS_PER_SERIES]
        if len(cutoffs):
            found.append((i, cutoffs[::-1]))
            total += len(cutoffs)
        if total >= most:
            break
    found.sort(key=lambda one: one[0])
    owners = np.concatenate([np.full(len(cutoffs), i) for i, cutoffs in found] or [np.zeros(0, np.int64)])
    points = np.concatenate([cutoffs for _, cutoffs in found] or [np.zeros(0, np.int64)])
    return owners, points, horizon


def _cutoffs(length: int, horizon: int, season: int) -> Integers:
    """Cut-offs that tile the past of a series, the latest first."""
    enough = max(MIN_HISTORY, min(2 * season + 1, length // 3))
    return np.arange(length - horizon, enough - 1, -horizon)


def _with_events(i: int, shift: int, cutoffs: Integers, horizon: int, terms: Sequence[Term]) -> Flags:
    """Which windows of series ``i`` hold an event: bool [W]; ``shift``: the position of its first point."""
    if not len(cutoffs):
        return np.zeros(0, dtype=bool)
    steps = shift + cutoffs[:, None] + np.arange(horizon)
    held = np.zeros(len(cutoffs), dtype=bool)
    for term in terms:
        held |= (np.abs(term.at(np.full(1, i), steps)) > 0).any(axis=1)
    return held


def observe(series: SeriesSet, runs: WindowRuns, terms: Sequence[Term], start: int, relative: Flags) -> Observations:
    """What happened in the windows of practice forecasts, and what was expected.

    ``series``: with the values of the events; ``relative``: bool [N], series whose effects are shares of their value.
    The level of each window is brought to that of its steps without an event, so that a forecast that began too low
    does not look like an effect.
    """
    horizon = runs.quantiles.shape[1]
    steps = runs.points[:, None] + np.arange(horizon)
    inside = steps < series.lengths[runs.series, None]
    at = np.where(inside, series.offsets[runs.series, None] + steps, 0)
    actual = np.where(inside, series.values[at], np.nan)
    expected = _means(runs.quantiles, runs.levels)
    positions = series.first[runs.series, None] - start + steps
    owners = np.broadcast_to(runs.series[:, None], positions.shape)
    shares = np.stack([term.at(owners, positions) for term in terms], axis=-1)
    share_of = relative[runs.series]
    free = np.isfinite(actual) & ~(np.abs(shares) > 0).any(axis=-1)
    expected = _levelled(actual, expected, free, share_of)
    scale = np.broadcast_to(np.nan_to_num(runs.scale)[:, None], expected.shape)
    size = np.where(share_of[:, None], np.maximum(expected, 0.0), scale)
    usable = np.isfinite(actual) & np.isfinite(expected) & (size > 0)
    known = np.broadcast_to(positions[:, -1:], positions.shape)
    steps_free = free @ _nearness(horizon) + PRIOR_STEPS
    every = Observations(owners, positions, known, actual, expected, size, steps_free, shares)
    return every.take(usable)


def _means(quantiles: Floats, levels: Floats) -> Floats:
    """The mean of quantile forecasts [..., Q] → [...]: each level counts for the levels nearest to it."""
    edges = np.concatenate([[0.0], (levels[1:] + levels[:-1]) / 2, [1.0]])
    means: Floats = quantiles @ np.diff(edges)
    return means


def _nearness(horizon: int) -> Floats:
    """How much each step counts for the level at each other: float64 [H, H], less with the distance."""
    steps = np.arange(horizon)
    nearness: Floats = np.exp(-np.abs(steps[:, None] - steps) / max(REACH_OF_LEVEL * horizon, 1.0))
    return nearness


def _levelled(actual: Floats, expected: Floats, free: Flags, relative: Flags) -> Floats:
    """Expected values [W, H] at the level of the steps nearby that are ``free`` of events."""
    near = _nearness(expected.shape[1])
    count = free @ near
    actual_sum, expected_sum = np.where(free, actual, 0.0) @ near, np.where(free, expected, 0.0) @ near
    usual = np.maximum(expected.mean(axis=1, keepdims=True), 0.0) * PRIOR_STEPS
    known = expected_sum + usual > 0
    ratio = (actual_sum + usual) / np.where(known, expected_sum + usual, 1.0)
    ratio = np.where(known, np.clip(ratio, 1 / MAX_LEVEL_RATIO, MAX_LEVEL_RATIO), 1.0)
    shift = (actual_sum - expected_sum) / (count + PRIOR_STEPS)
    return np.where(relative[:, None], expected * ratio, expected + shift)
