"""Ranges that follow each series: every value that arrives says a little about how wide its next ranges should be.

Whatever a series does, the share of its values outside a range nears what was promised: over T values it is off by at
most (furthest shift + rate) / (rate × T). Angelopoulos, Candès and Tibshirani (2023), "Conformal PID control for time
series prediction", section 2.1 (quantile tracking, the P term), on ranges about the middle instead of single quantiles:
following each quantile moves the middle to and fro as well, which costs accuracy and keeps no promise better.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from almanac.core.arrays import Floats, Integers
from almanac.core.series import lower_bound_of
from almanac.evaluation.backtest.backtest import BacktestRuns
from almanac.evaluation.dependence.clustering import share_below
from almanac.evaluation.dependence.scale import predictive_scale

RATE = 0.05  # predicted spreads by which either end of a range one step ahead moves at each value, at most
WINDOWS_AT_ONCE = 2_000
TINY = 1e-6


@dataclass(frozen=True)
class OnlineTracker:
    """Shifts of the quantiles of N series, each learned from its own values in turn. Made by ``track_online``.

    ``shifts`` float64 [M, H, Q]: in predicted spreads, of the M series that were followed; ``place`` int64 [N]: which
    row is each series', -1 where it was not followed.
    """

    levels: Floats
    shifts: Floats
    place: Integers

    def apply(self, quantiles: Floats, series: Integers, scale: Floats) -> Floats:
        """Quantiles [R, H, Q] of the series at these positions, moved and never decreasing along Q; ``scale`` [R] as in
        ``BacktestRuns``. What was nowhere negative does not become so."""
        rows, moved = self.place[series], quantiles.copy()
        known = rows >= 0
        moved[known] = _moved(quantiles[known], self.shifts[rows[known]], self.levels, scale[known])
        return moved


def track_online(runs: BacktestRuns) -> tuple[OnlineTracker, BacktestRuns]:
    """Follow each series through its practice windows: what was learned by the end, and the windows with the ranges
    that following would have given them at the time.

    When a window is cut, all values up to there are known, and every forecast of them that was made before is compared
    with them once. A forecast h steps ahead is answered h periods later, when h - 1 more were already made the same
    way, so its ranges move by rate / h: with more they would swing to and fro.
    """
    followed, starts = np.unique(runs.series, return_index=True)
    place = np.full(len(runs.names), -1, np.int64)
    place[followed] = np.arange(len(followed))
    shifts, quantiles = np.zeros((len(followed), *runs.quantiles.shape[1:])), runs.quantiles.copy()
    for first, after in pairwise(_cuts(starts, len(runs))):
        some = runs.select(np.arange(first, after))
        learned, given = _followed(some)
        shifts[place[np.unique(some.series)]] = learned
        quantiles[first:after] = _moved(some.quantiles, given, runs.levels, some.scale)
    return OnlineTracker(runs.levels, shifts, place), replace(runs, quantiles=quantiles)


def _cuts(starts: Integers, count: int) -> list[int]:
    """Where to part the windows so that no series is parted: ascending, from 0 to ``count``."""
    cuts = [0]
    for start in [*starts.tolist(), count]:
        if start - cuts[-1] >= WINDOWS_AT_ONCE:
            cuts.append(start)
    return cuts if cuts[-1] == count else [*cuts, count]


def _followed(runs: BacktestRuns) -> tuple[Floats, Floats]:
    """Shifts of each series at the end [M, H, Q], and those that each window had [W, H, Q]."""
    levels = np.unique(np.round(np.concatenate([runs.levels, 1 - runs.levels]), 9))  # both ends of each range
    both = np.stack([runs.quantile(level) for level in levels], axis=2)
    unit = predictive_scale(both, levels, runs.scale)[:, :, None]
    excess = np.divide(runs.actuals[:, :, None] - both, unit, out=np.full(both.shape, np.nan), where=unit > 0)
    window, step = np.nonzero(np.isfinite(excess).all(axis=2))
    row, turn = np.unique(runs.series, return_inverse=True)[1], _turns(runs)
    shifts, given = np.zeros((int(row.max(initial=-1)) + 1, *both.shape[1:])), np.zeros(both.shape)
    learned, turns = _learned(runs, window, step), int(turn.max(initial=-1)) + 1
    order = np.argsort(learned, kind="stable")
    bounds = np.searchsorted(learned[order], np.arange(turns + 2))
    for now in range(turns + 1):
        cells = order[bounds[now] : bounds[now + 1]]
        w, h = window[cells], step[cells]
        held = share_below(excess[w, h] - given[w, h], levels)
        less = (
            levels - levels[::-1] - (held - held[:, ::-1])
        )  # at upper ends: how much less often than promised it held
        np.add.at(shifts, (row[w], h), RATE / (h + 1)[:, None] * less)
        cut = np.flatnonzero(turn == now)
        given[cut] = shifts[row[cut]]
    asked = np.searchsorted(levels, runs.levels - TINY)
    return shifts[..., asked], given[..., asked]


def _turns(runs: BacktestRuns) -> Integers:
    """The how manieth window of its series each is, from 0: int64 [W]."""
    turns: Integers = np.arange(len(runs)) - np.searchsorted(runs.series, runs.series)
    return turns


def _learned(runs: BacktestRuns, window: Integers, step: Integers) -> Integers:
    """At which turn of its series the outcome of each of these cells is known first; after the last window: the number
    of turns of the longest series."""
    first = runs.cutoff.min(initial=0)
    width = int(runs.periods.max(initial=0) - first) + 2
    cuts = runs.series * width + (runs.cutoff - first)
    known = np.searchsorted(cuts, runs.series[window] * width + (runs.periods[window, step] - first))
    end = np.searchsorted(runs.series, runs.series[window], side="right")
    turns = _turns(runs)
    learned: Integers = np.where(known < end, turns[np.minimum(known, len(runs) - 1)], turns.max(initial=-1) + 1)
    return learned


def _moved(quantiles: Floats, shifts: Floats, levels: Floats, scale: Floats) -> Floats:
    moved = quantiles + shifts * predictive_scale(quantiles, levels, scale)[:, :, None]
    lowest = lower_bound_of(quantiles.min(axis=2, keepdims=True))
    ordered: Floats = np.maximum(np.sort(moved, axis=2), lowest)
    return ordered
