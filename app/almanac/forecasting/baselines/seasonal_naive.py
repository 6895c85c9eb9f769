"""Repeating the last season: the plainest method, which a model must beat to be worth anything."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from almanac.core.arrays import Floats
from almanac.core.series import Forecast, SeriesSet


def seasonal_naive(series: SeriesSet, horizon: int, levels: Sequence[float] = (0.1, 0.5, 0.9)) -> Forecast:
    """Repeat the last season; ranges from the past errors of doing just that, wider with each further season.

    Hyndman and Athanasopoulos, *Forecasting: Principles and Practice*, 3rd ed., sections 5.2 and 5.5. Missing
    values are taken from the latest known value before them.
    """
    from statistics import NormalDist

    m = series.frequency.season_length
    steps = np.arange(horizon)
    z = np.array([NormalDist().inv_cdf(level) for level in levels])
    quantiles = np.empty((len(series), horizon, len(levels)))
    for i, history in enumerate(series):
        y = filled(history)
        lag = m if len(y) >= m else 1
        point = y[len(y) - lag + steps % lag]
        errors = y[lag:] - y[:-lag]
        sigma = float(np.sqrt(np.mean(errors**2))) if len(errors) else 0.0
        spread = sigma * np.sqrt(steps // lag + 1)
        quantiles[i] = point[:, None] + spread[:, None] * z
    return as_forecast(series, np.arange(len(series)), quantiles, levels, "seasonal-naive")


def filled(history: Floats) -> Floats:
    """Without leading gaps; each later gap takes the value before it."""
    known = np.isfinite(history)
    if known.all():
        return history
    if not known.any():
        return np.zeros(1)
    start = int(known.argmax())
    at = np.maximum.accumulate(np.where(known[start:], np.arange(len(history) - start), 0))
    y: Floats = history[start:][at]
    return y


def as_forecast(series: SeriesSet, rows: np.ndarray, quantiles: Floats, levels: Sequence[float], name: str) -> Forecast:
    return Forecast(
        names=tuple(series.names[i] for i in rows),
        first=series.last[rows] + 1,
        frequency=series.frequency,
        levels=np.asarray(levels, dtype=np.float64),
        quantiles=quantiles,
        model=name,
        checksum="",
        device="processor (CPU)",
    )
