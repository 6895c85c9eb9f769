"""The two scores of the public benchmark, and a third for intermittent demand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from almanac.core.arrays import Floats

TENTHS = tuple(k / 10 for k in range(1, 10))


def seasonal_error(history: Sequence[Floats], m: int, power: int = 1) -> Floats:
    """Mean absolute (or squared) change over a season, in sample: the scale of MASE and RMSSE. [series]"""
    return np.array([np.nanmean(np.abs(y[m:] - y[:-m]) ** power) for y in history])


def mase(median: Floats, actual: Floats, history: Sequence[Floats], m: int) -> float:
    """Mean absolute scaled error (Hyndman and Koehler 2006). ``median``, ``actual`` [series, horizon]."""
    return float(np.mean(np.abs(median - actual).mean(axis=1) / seasonal_error(history, m)))


def rmsse(mean: Floats, actual: Floats, history: Sequence[Floats]) -> float:
    """Root mean squared scaled error (Makridakis et al. 2022, the M5 competition), scaled by one-step changes."""
    scale = np.maximum(seasonal_error(history, 1, 2), 1e-12)
    return float(np.mean(np.sqrt(((mean - actual) ** 2).mean(axis=1) / scale)))


def quantile_loss(quantiles: Floats, actual: Floats, levels: Sequence[float] = TENTHS) -> Floats:
    """Twice the pinball loss, mean over levels. ``quantiles`` [series, horizon, levels] → [series, horizon]."""
    q = np.asarray(levels)
    miss = actual[:, :, None] - quantiles
    return np.asarray(2 * np.maximum(q * miss, (q - 1) * miss).mean(axis=2))


def wql(quantiles: Floats, actual: Floats, levels: Sequence[float] = TENTHS) -> float:
    """Weighted quantile loss: summed over everything, divided by the summed size (Park et al. 2022)."""
    return float(quantile_loss(quantiles, actual, levels).sum() / np.abs(actual).sum())


def coverage(low: Floats, high: Floats, actual: Floats) -> float:
    """Share of actual values within ``low`` … ``high``, the ends included."""
    return float(np.mean((actual >= low) & (actual <= high)))
