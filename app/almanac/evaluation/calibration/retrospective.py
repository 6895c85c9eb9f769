"""Retrospective calibration: backtest runs corrected as they would have been at the time, and whether that helped."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from almanac.core.series import SeriesSet
from almanac.evaluation.backtest.backtest import BacktestRuns
from almanac.evaluation.backtest.losses import mean_loss
from almanac.evaluation.calibration.conformal import fit_calibration

RECALIBRATIONS = 6  # times in the past at which the correction is fitted again; chosen by judgement


def calibrate_retrospectively(runs: BacktestRuns, series: SeriesSet) -> BacktestRuns:
    """The runs with corrected quantiles: each window only by windows whose outcome was known at its cut-off.

    The past is cut into ``RECALIBRATIONS`` parts with as many windows each; those of one part share the correction that
    was known when it began. The first part has none. ``series``: those of the backtest, up to the present.
    """
    if len(runs) == 0:
        return runs
    quantiles = runs.quantiles.copy()
    starts = np.unique(np.quantile(runs.cutoff, np.arange(RECALIBRATIONS) / RECALIBRATIONS, method="lower"))
    for start, end in zip(starts, [*starts[1:], np.iinfo(np.int64).max], strict=True):
        part = (runs.cutoff >= start) & (runs.cutoff < end)
        known = runs.known_at(int(start))
        if len(known) and part.any():
            calibration = fit_calibration(known, _known_at(series, int(start)))
            quantiles[part] = calibration.apply(runs.quantiles[part], runs.series[part], runs.scale[part])
    return replace(runs, quantiles=quantiles)


def calibration_helped(runs: BacktestRuns, corrected: BacktestRuns) -> bool:
    """Whether corrections, each fitted on what was known then, lowered the mean loss of the windows that they changed.

    False where no window could be corrected: an untried correction is no reason to leave the model's own ranges.
    """
    changed = (runs.quantiles != corrected.quantiles).any(axis=(1, 2))
    before, after = mean_loss(runs)[changed], mean_loss(corrected)[changed]
    known = np.isfinite(before) & np.isfinite(after)
    return bool(known.any() and after[known].sum() <= before[known].sum())


def _known_at(series: SeriesSet, period: int) -> SeriesSet:
    """Each series up to a period; of one that began later, its first point."""
    lengths = np.clip(period - series.first + 1, 1, series.lengths)
    position = np.arange(len(series.values)) - np.repeat(series.offsets[:-1], series.lengths)
    return replace(
        series,
        values=series.values[position < np.repeat(lengths, series.lengths)],
        offsets=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
        raw_values=None,
    )
