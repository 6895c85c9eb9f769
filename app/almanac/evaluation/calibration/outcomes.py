"""Real outcomes take over from practice: ranges follow how often those that a person was given have held.

The P term of ``calibration.online`` on the ranges as they were given. Since each of those already had the shift of its
time, the shift for the next forecast is the sum of all errors of coverage so far, whatever the ranges were made of:

    shift(T + 1) = rate × sum over t ≤ T of (promised coverage - whether the range given at t held).

Angelopoulos, Candès and Tibshirani (2023), "Conformal PID control for time series prediction", section 2.1: coverage
over T outcomes is then off by at most (largest shift + rate) / (rate × T), for any sequence.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from almanac.core.arrays import Floats, Integers
from almanac.evaluation.backtest.backtest import BacktestRuns
from almanac.evaluation.calibration.conformal import MAX_SHIFT, Calibration
from almanac.evaluation.calibration.online import RATE, OnlineTracker, excess_of
from almanac.evaluation.dependence.clustering import share_below
from almanac.evaluation.dependence.sample_size import MIN_CHECKS_FOR_PRAISE

MIN_OUTCOMES = MIN_CHECKS_FOR_PRAISE  # of a series so many steps ahead, before they take over: enough to judge a range


def with_outcomes(calibration: Calibration, given: BacktestRuns) -> Calibration:
    """The calibration with shifts from real outcomes, for each series and step with ``MIN_OUTCOMES`` of them.

    ``given``: earlier forecasts of the same series as a person was given them. Others keep what practice has taught.
    """
    shifts, counts = _shifts(given)
    horizon = min(len(calibration.buckets), given.horizon)
    enough = counts[:, :horizon] >= MIN_OUTCOMES
    if not enough.any():
        return calibration
    learned = _at_levels(shifts[:, :horizon], given.levels, calibration.levels)
    table = _practice_shifts(calibration)
    table[:, :horizon] = np.where(enough[..., None], learned, table[:, :horizon])
    row = np.arange(len(calibration.names))
    outcomes = int(counts[:, :horizon][enough].sum())
    return replace(calibration, tracker=OnlineTracker(calibration.levels, table, row), outcomes=outcomes)


def _shifts(given: BacktestRuns) -> tuple[Floats, Integers]:
    """Shifts of all N series, float64 [N, H, Q] in predictive scales, and how many outcomes each step has, [N, H]."""
    ends = np.unique(np.round(np.concatenate([given.levels, 1 - given.levels]), 9))
    excess = excess_of(given, ends)
    window, step = np.nonzero(np.isfinite(excess).all(axis=2))
    of = given.series[window]
    below = share_below(excess[window, step], ends)
    error = (ends - ends[::-1]) - (below - below[:, ::-1])
    shifts = np.zeros((len(given.names), given.horizon, len(ends)))
    counts = np.zeros(shifts.shape[:2], np.int64)
    np.add.at(shifts, (of, step), RATE / (step + 1)[:, None] * error)
    np.add.at(counts, (of, step), 1)
    columns = np.searchsorted(ends, given.levels - 1e-6)
    return np.clip(shifts[..., columns], -MAX_SHIFT, MAX_SHIFT), counts


def _at_levels(shifts: Floats, levels: Floats, wanted: Floats) -> Floats:
    """Shifts [N, H, Q] at other levels, between known ones in proportion, beyond them as the outermost."""
    if np.array_equal(levels, wanted):
        return shifts
    flat = shifts.reshape(-1, len(levels))
    return np.stack([np.interp(wanted, levels, row) for row in flat]).reshape(*shifts.shape[:2], len(wanted))


def _practice_shifts(calibration: Calibration) -> Floats:
    """What online tracking has learned from practice for every series, 0 where it was not tracked: [N, H, Q]."""
    shape = len(calibration.names), len(calibration.buckets), len(calibration.levels)
    table, tracker = np.zeros(shape), calibration.tracker
    if tracker is not None:
        tracked = tracker.row >= 0
        table[tracked] = tracker.shifts[tracker.row[tracked]]
    return table
