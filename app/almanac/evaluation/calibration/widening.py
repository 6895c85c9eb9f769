"""Ranges widened after a change: split-conformal on what has happened since, and on nothing before.

Practice on the past before a change says little about ranges after it. From the first period of the change on, each
value's miss is put in units of the half of its range that it fell on, and the range is stretched about its median by
the finite-sample quantile of these: with n periods since, the ceil((n + 1) * 0.8)th smallest (Vovk et al. 2005).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import ceil

import numpy as np

from almanac.core.arrays import Floats
from almanac.core.distribution.levels import LIKELY, LIKELY_HIGH, LIKELY_LOW
from almanac.core.series import quantile_at
from almanac.evaluation.backtest.backtest import BacktestRuns
from almanac.evaluation.calibration.conformal import Calibration
from almanac.evaluation.dependence.sample_size import checks_needed

MAX_WIDENING = 5.0  # of a range: more says that the forecast is wrong, not its range; chosen by judgement


def widened_since(calibration: Calibration, runs: BacktestRuns, since: Mapping[str, int]) -> Calibration:
    """The calibration with the ranges of some series stretched by what happened since a change.

    ``runs``: practice, uncorrected; ``since``: the period in which each changed. A series without enough practice since
    then takes what is usual for the others of ``since``; ranges never become narrower.
    """
    position = {name: i for i, name in enumerate(runs.names)}
    wanted = {position[name]: period for name, period in since.items() if name in position}
    if not wanted:
        return calibration
    found = {row: _widening(calibration, runs, row, period) for row, period in wanted.items()}
    known = [factor for factor in found.values() if factor is not None]
    usual = float(np.median(known)) if known else 1.0
    factors = np.ones(len(runs.names))
    for row, factor in found.items():
        factors[row] = usual if factor is None else factor
    return replace(calibration, widening=factors)


def _widening(calibration: Calibration, runs: BacktestRuns, row: int, since: int) -> float | None:
    """By how much the ranges of one series are to be stretched; None where too little has happened since."""
    windows = np.flatnonzero(runs.series == row)
    later = (runs.periods[windows] >= since) & np.isfinite(runs.actuals[windows])
    periods = len(np.unique(runs.periods[windows][later]))
    if periods < checks_needed(LIKELY):
        return None
    quantiles = calibration.apply(runs.quantiles[windows], runs.series[windows], runs.scale[windows])
    misses = np.sort(_in_halves(quantiles[later], runs.actuals[windows][later], runs.levels))
    share = min(ceil((periods + 1) * LIKELY) / periods, 1.0)
    return float(np.clip(misses[ceil(share * len(misses)) - 1], 1.0, MAX_WIDENING))


def _in_halves(quantiles: Floats, actuals: Floats, levels: Floats) -> Floats:
    """How far values [C] are from the median, in halves of the likely range of ``quantiles`` [C, Q] on their side."""
    middle = quantile_at(quantiles, levels, 0.5)
    above = quantile_at(quantiles, levels, LIKELY_HIGH) - middle
    below = middle - quantile_at(quantiles, levels, LIKELY_LOW)
    off = actuals - middle
    half = np.where(off > 0, above, below)
    unlimited = np.where(off == 0, 0.0, MAX_WIDENING)
    return np.divide(np.abs(off), half, out=unlimited, where=half > 0)
