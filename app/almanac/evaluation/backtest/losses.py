"""The quantile loss of each backtest window."""

from __future__ import annotations

import numpy as np

from almanac.core.arrays import Floats
from almanac.evaluation.backtest.backtest import BacktestRuns
from almanac.evaluation.metrics import quantile_loss


def mean_loss(runs: BacktestRuns) -> Floats:
    """Scaled quantile loss of each window: float64 [W].

    The mean of ``metrics.quantile_loss`` over levels and known steps, in units of the seasonal error up to the cut-off
    (``runs.scale``). NaN where no step is known or the series never changed.
    """
    scale = np.where(runs.scale > 0, runs.scale, np.nan)
    known = np.isfinite(runs.actuals)
    loss = np.where(known, quantile_loss(runs.quantiles, np.nan_to_num(runs.actuals), runs.levels).mean(axis=2), 0.0)
    steps = known.sum(axis=1)
    mean: Floats = np.where(steps > 0, loss.sum(axis=1) / np.maximum(steps, 1), np.nan) / scale
    return mean
