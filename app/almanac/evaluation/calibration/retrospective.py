"""What practice runs would have promised at the time: each corrected by what was known before it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from almanac.core.series import SeriesSet
from almanac.evaluation.backtest.backtest import BacktestRuns
from almanac.evaluation.backtest.losses import mean_loss
from almanac.evaluation.calibration.conformal import fit_calibration

RECALIBRATIONS = 6  # times in the past at which the correction is made anew


def calibrate_retrospectively(runs: BacktestRuns, series: SeriesSet) -> BacktestRuns:
    """The practice runs with calibrated quantiles: each window is corrected by windows whose outcome was known when it
    was cut, never by its own.

    The past is cut into ``RECALIBRATIONS`` parts; the windows of one part share the correction known at its beginning.
    The first part has none.
    """
    if len(runs) == 0:
        return runs
    quantiles = runs.quantiles.copy()
    begins = np.unique(np.quantile(runs.cutoff, np.arange(RECALIBRATIONS) / RECALIBRATIONS, method="lower"))
    for begin, end in zip(begins, [*begins[1:], np.iinfo(np.int64).max], strict=True):
        now = (runs.cutoff >= begin) & (runs.cutoff < end)
        known = runs.known_at(int(begin))
        if len(known) and now.any():
            made = fit_calibration(known, _until(series, int(begin)))
            quantiles[now] = made.apply(runs.quantiles[now], runs.series[now], runs.scale[now])
    return replace(runs, quantiles=quantiles)


def calibration_helped(runs: BacktestRuns, corrected: BacktestRuns) -> bool:
    """Whether corrections, each made by what was known then, lowered the mean loss of the windows that they changed.

    False where none could be tried: what was never tried is no reason to leave the model's own ranges.
    """
    changed = (runs.quantiles != corrected.quantiles).any(axis=(1, 2))
    before, after = mean_loss(runs)[changed], mean_loss(corrected)[changed]
    known = np.isfinite(before) & np.isfinite(after)
    return bool(known.any() and after[known].sum() <= before[known].sum())


def _until(series: SeriesSet, period: int) -> SeriesSet:
    """What was known of each series at the end of a period; of one that began later, its first point."""
    lengths = np.clip(period - series.first + 1, 1, series.lengths)
    place = np.arange(len(series.values)) - np.repeat(series.offsets[:-1], series.lengths)
    return replace(
        series,
        values=series.values[place < np.repeat(lengths, series.lengths)],
        offsets=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
        raw_values=None,
    )
