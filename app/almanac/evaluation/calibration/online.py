"""Online tracking: each actual value that arrives moves the ranges of its series a little.

Whatever a series does, the share of its values outside a range approaches what was promised: over T values it is off by
at most (largest shift + rate) / (rate * T). Angelopoulos, Candès and Tibshirani (2023), "Conformal PID control for time
series prediction", section 2.1 (quantile tracking, the P term). Here central ranges are tracked instead of single
quantiles: tracking each quantile also moves the median back and forth, which costs accuracy and covers no better.
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

RATE = 0.05  # most predictive scales that an end of a range one step ahead moves at each value (docs/decisions/0008)
MAX_WINDOWS_PER_PART = 2_000  # tracked at once, to bound the memory
ROUNDING = 1e-6  # of levels


@dataclass(frozen=True)
class OnlineTracker:
    """Shifts of the quantiles of N series, each learned from its own values in turn. Made by ``track_online``.

    ``shifts`` float64 [M, H, Q]: in predictive scales, of the M series that were tracked; ``row`` int64 [N]: the row of
    each series, -1 where it was not tracked.
    """

    levels: Floats
    shifts: Floats
    row: Integers

    def apply(self, quantiles: Floats, series: Integers, seasonal_error: Floats) -> Floats:
        """Moved quantiles float64 [R, H, Q], never decreasing along Q. Those of a step that has none below 0 stay so.

        ``series`` int64 [R]: the positions of their series; ``seasonal_error`` float64 [R], as ``BacktestRuns.scale``.
        """
        rows, moved = self.row[series], quantiles.copy()
        known = rows >= 0
        moved[known] = _moved(quantiles[known], self.shifts[rows[known]], self.levels, seasonal_error[known])
        return moved


def track_online(runs: BacktestRuns) -> tuple[OnlineTracker, BacktestRuns]:
    """Track each series through its windows: what was learned by the end, and the runs with the ranges tracked so far.

    At each cut-off all values up to there are known, and each earlier forecast of them is compared with them once. With
    c the coverage that a range promises and o whether it held (1 or 0, in part for a value on its edge), the shift of
    its upper end h steps ahead grows by RATE / h * (c - o), and that of its lower end falls by as much. Divided by h
    because a forecast h steps ahead is answered h periods later, when h - 1 more were already made the same way: at
    the full rate its ranges would swing back and forth.
    """
    tracked, starts = np.unique(runs.series, return_index=True)
    row = np.full(len(runs.names), -1, np.int64)
    row[tracked] = np.arange(len(tracked))
    shifts, quantiles = np.zeros((len(tracked), *runs.quantiles.shape[1:])), runs.quantiles.copy()
    for first, after in pairwise(_parts(starts, len(runs))):
        part = runs.select(np.arange(first, after))
        learned, at_cutoff = _track(part)
        shifts[row[np.unique(part.series)]] = learned
        quantiles[first:after] = _moved(part.quantiles, at_cutoff, runs.levels, part.scale)
    return OnlineTracker(runs.levels, shifts, row), replace(runs, quantiles=quantiles)


def _parts(starts: Integers, count: int) -> list[int]:
    """Where to cut ``count`` windows into parts without cutting a series: ascending, from 0 to ``count``."""
    cuts = [0]
    for start in [*starts.tolist(), count]:
        if start - cuts[-1] >= MAX_WINDOWS_PER_PART:
            cuts.append(start)
    return cuts if cuts[-1] == count else [*cuts, count]


def _track(runs: BacktestRuns) -> tuple[Floats, Floats]:
    """Shifts of the M series of the runs at the end [M, H, Q], and those at the cut-off of each window [W, H, Q].

    All series move on together, from their first window to their second, and so on: ``turn`` counts these.
    """
    ends = np.unique(np.round(np.concatenate([runs.levels, 1 - runs.levels]), 9))  # both ends of each central range
    excess = excess_of(runs, ends)
    above = _above_lowest(runs)
    window, step = np.nonzero(np.isfinite(excess).all(axis=2))
    row, turn = np.unique(runs.series, return_inverse=True)[1], _turns(runs)
    turns = int(turn.max(initial=-1)) + 1
    order, bounds = _by_turn(_turn_when_known(runs, window, step), turns)
    promised = ends - ends[::-1]  # coverage of the range that ends here, negative at its lower end
    shifts, at_cutoff = np.zeros((int(row.max(initial=-1)) + 1, *excess.shape[1:])), np.zeros(excess.shape)
    for now in range(turns + 1):
        arrived = order[bounds[now] : bounds[now + 1]]
        w, h = window[arrived], step[arrived]
        moved = np.minimum(excess[w, h] - at_cutoff[w, h], above[w, h][:, None])  # no range reaches below the lowest
        below = share_below(moved, ends)
        held = below - below[:, ::-1]
        np.add.at(shifts, (row[w], h), RATE / (h + 1)[:, None] * (promised - held))
        cut = np.flatnonzero(turn == now)
        at_cutoff[cut] = shifts[row[cut]]
    columns = np.searchsorted(ends, runs.levels - ROUNDING)
    return shifts[..., columns], at_cutoff[..., columns]


def excess_of(runs: BacktestRuns, levels: Floats) -> Floats:
    """Actual values minus the quantiles at ``levels`` [L], in predictive scales: float64 [W, H, L], NaN if unknown."""
    quantiles = np.stack([runs.quantile(level) for level in levels], axis=2)
    scale = predictive_scale(quantiles, levels, runs.scale)[:, :, None]
    unknown = np.full(quantiles.shape, np.nan)
    excess: Floats = np.divide(runs.actuals[:, :, None] - quantiles, scale, out=unknown, where=scale > 0)
    return excess


def _above_lowest(runs: BacktestRuns) -> Floats:
    """Actual values minus what no range reaches below (see ``_moved``), in predictive scales: float64 [W, H].

    A range of a series that is never below 0 still ends at 0 when it is moved down, so a 0 stays on its edge.
    """
    scale = predictive_scale(runs.quantiles, runs.levels, runs.scale)
    lowest = lower_bound_of(runs.quantiles.min(axis=2))
    with np.errstate(divide="ignore", invalid="ignore"):
        above: Floats = (runs.actuals - lowest) / scale
    return above


def _turns(runs: BacktestRuns) -> Integers:
    """Index of each window within its series, from 0: int64 [W]."""
    turns: Integers = np.arange(len(runs)) - np.searchsorted(runs.series, runs.series)
    return turns


def _turn_when_known(runs: BacktestRuns, window: Integers, step: Integers) -> Integers:
    """The index, within its series, of the first window whose cut-off knows the outcome of each cell: int64 [C].

    After the last window of a series: the number of windows of the longest series.
    """
    first = runs.cutoff.min(initial=0)
    width = int(runs.periods.max(initial=0) - first) + 2
    cutoffs = runs.series * width + (runs.cutoff - first)  # ascending over all series
    known = np.searchsorted(cutoffs, runs.series[window] * width + (runs.periods[window, step] - first))
    end = np.searchsorted(runs.series, runs.series[window], side="right")
    turns = _turns(runs)
    when: Integers = np.where(known < end, turns[np.minimum(known, len(runs) - 1)], turns.max(initial=-1) + 1)
    return when


def _by_turn(when: Integers, turns: int) -> tuple[Integers, Integers]:
    """Cells in the order of their turn, and where in that order each turn from 0 to ``turns`` begins and ends."""
    order = np.argsort(when, kind="stable")
    return order, np.searchsorted(when[order], np.arange(turns + 2))


def _moved(quantiles: Floats, shifts: Floats, levels: Floats, seasonal_error: Floats) -> Floats:
    moved = quantiles + shifts * predictive_scale(quantiles, levels, seasonal_error)[:, :, None]
    lowest = lower_bound_of(quantiles.min(axis=2, keepdims=True))
    ordered: Floats = np.maximum(np.sort(moved, axis=2), lowest)
    return ordered
