"""The quantile loss of each backtest window."""

from __future__ import annotations

import numpy as np

from almanac.core.arrays import Floats
from almanac.evaluation.backtest.backtest import BacktestRuns
from almanac.evaluation.metrics import mean_known, mean_quantile_loss


def step_losses(runs: BacktestRuns) -> Floats:
    """Scaled quantile loss of each step, mean over levels: float64 [W, H].

    In units of the seasonal error up to the cut-off (``runs.scale``). NaN where the actual value or the forecast is not
    known, or the series never changed.
    """
    scale = np.where(runs.scale > 0, runs.scale, np.nan)
    return mean_quantile_loss(runs.quantiles, runs.actuals, runs.levels) / scale[:, None]


def mean_loss(runs: BacktestRuns) -> Floats:
    """The mean of ``step_losses`` over the known steps of each window: float64 [W]; NaN where there is none."""
    return mean_known(step_losses(runs))
