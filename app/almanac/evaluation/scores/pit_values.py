"""Where each value fell in its predicted distribution, as one number from 0 to 1."""

from __future__ import annotations

import numpy as np

from almanac.core.arrays import Floats
from almanac.evaluation.backtest.backtest import BacktestRuns
from almanac.evaluation.metrics import pit


def pit_values(runs: BacktestRuns, seed: int = 0) -> Floats:
    """The randomised probability integral transform of each step, uniform for calibrated forecasts: float64 [W, H].

    A value on several quantiles, as the zeros of rare sales are, or beyond the outermost, is drawn evenly from the
    interval that it covers: Czado, Gneiting and Held (2009), "Predictive model assessment for count data", section 2.1.
    NaN where nothing is known. ``seed``: of these draws.
    """
    low, high = pit(runs.quantiles, runs.actuals, runs.levels)
    drawn: Floats = low + np.random.default_rng(seed).random(low.shape) * (high - low)
    return drawn
