"""Seasonal naive repeats the last season: the simplest method, and the one that a model must beat."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from almanac.core.arrays import Floats, Integers
from almanac.core.series import Forecast, SeriesSet
from almanac.wording.methods.names import SEASONAL_NAIVE

_VALUES_AT_ONCE = 1 << 16  # so that what is made of them fits in the processor's cache


def seasonal_naive(
    series: SeriesSet, horizon: int, levels: Sequence[float] = (0.1, 0.5, 0.9), season: int | None = None
) -> Forecast:
    """Repeat the last season, of ``season`` periods or as many as usual.

    Ranges come from the past errors of doing so, wider with each further season.
    Step h (from 0) is normal about y[T - m + h mod m] with the variance of y[t] - y[t - m] times floor(h / m) + 1;
    m is the season, or 1 for a series shorter than that. Hyndman and Athanasopoulos, *Forecasting: Principles and
    Practice*, 3rd ed., sections 5.2 and 5.5. Missing values are taken from the latest known value before them.
    """
    from statistics import NormalDist

    m = series.frequency.season_length if season is None else season
    steps = np.arange(horizon)
    z = np.array([NormalDist().inv_cdf(level) for level in levels])
    quantiles = np.empty((len(series), horizon, len(levels)))
    for rows, y in _of_one_length(series):
        lag = m if y.shape[1] >= m else 1
        point = y[:, y.shape[1] - lag + steps % lag]
        errors = y[:, lag:] - y[:, :-lag]
        sigma = np.sqrt(np.mean(errors**2, axis=1)) if errors.shape[1] else np.zeros(len(y))
        spread = sigma[:, None] * np.sqrt(steps // lag + 1)
        quantiles[rows] = point[:, :, None] + spread[:, :, None] * z
    return make_forecast(series, np.arange(len(series)), quantiles, levels, SEASONAL_NAIVE)


def _of_one_length(series: SeriesSet) -> Iterator[tuple[Integers, Floats]]:
    """The series without gaps (``fill_gaps``), those of one length together: their rows [R], and values [R, length]."""
    known = np.isfinite(series.values)
    whole = np.logical_and.reduceat(known, series.offsets[:-1])
    for length in np.unique(series.lengths[whole]).tolist():
        rows = np.flatnonzero(whole & (series.lengths == length))
        size = max(_VALUES_AT_ONCE // length, 1)
        for part in (rows[start : start + size] for start in range(0, len(rows), size)):
            yield part, series.values[series.offsets[part][:, None] + np.arange(length)]
    for i in np.flatnonzero(~whole).tolist():
        yield np.array([i]), fill_gaps(series[i])[None]


def fill_gaps(history: Floats) -> Floats:
    """The series without leading gaps, each later gap filled with the value before it; [0] when nothing is known."""
    known = np.isfinite(history)
    if known.all():
        return history
    if not known.any():
        return np.zeros(1)
    start = int(known.argmax())
    at = np.maximum.accumulate(np.where(known[start:], np.arange(len(history) - start), 0))
    y: Floats = history[start:][at]
    return y


def make_forecast(
    series: SeriesSet, rows: Integers, quantiles: Floats, levels: Sequence[float], method: str
) -> Forecast:
    """The forecast of the series at ``rows`` [R] by a baseline: ``quantiles`` [R, H, Q] at ``levels`` [Q]."""
    return Forecast(
        names=tuple(series.names[i] for i in rows),
        first=series.last[rows] + 1,
        frequency=series.frequency,
        levels=np.asarray(levels, dtype=np.float64),
        quantiles=quantiles,
        model=method,
        checksum="",
        device="processor (CPU)",
    )
