"""The theta method for thousands of series at once: simple exponential smoothing that drifts by half the trend.

Assimakopoulos and Nikolopoulos (2000), "The theta model"; Hyndman and Billah (2003), "Unmasking the Theta method", for
this form of it and its ranges. All series of about the same length are smoothed together, one step of time after
another, so that ten thousand backtest windows take about a second (measured).
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import NormalDist

import numpy as np

from almanac.core.arrays import Floats, Integers
from almanac.core.jobs import Job, Progress
from almanac.core.series import Forecast, SeriesSet
from almanac.forecasting.baselines.seasonal_naive import fill_gaps, make_forecast
from almanac.forecasting.baselines.seasonality import deseasonalise
from almanac.wording.methods.names import THETA

MIN_VALUES = 5  # the variance of the errors needs four; chosen by judgement
# Ten years of weeks, three weeks of hours, forty years of months. A trend over more would say little about the next
# season, smoothing forgets it anyway, and the time for a series stays bounded. Chosen by judgement.
MAX_VALUES = 520
SERIES_AT_ONCE = 512  # what their smoothing touches stays in the processor's cache
COARSE = np.array([0, 0.005, 0.01, 0.02, 0.04, 0.07, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1])
FINE = np.linspace(0, 1, 9)[1:-1]  # between the neighbours of the best, twice


def theta(series: SeriesSet, horizon: int, levels: Sequence[float] = (0.1, 0.5, 0.9)) -> Job[Forecast]:
    """Forecast by the theta method, deseasonalised where a test finds a season.

    Missing values are taken from the latest known value before them; of long series the last ``MAX_VALUES`` values are
    used; series of fewer than ``MIN_VALUES`` are left out. Stopped, it keeps nothing.
    """
    counts = _counts(series)
    rows = np.flatnonzero(counts >= MIN_VALUES)
    in_order = rows[np.argsort(counts[rows], kind="stable")]
    z = np.array([NormalDist().inv_cdf(level) for level in levels])
    quantiles = np.empty((len(series), horizon, len(levels)))
    for start in range(0, len(in_order), SERIES_AT_ONCE):
        yield Progress(start, len(in_order), f"{start:,} of {len(in_order):,} series")
        some = in_order[start : start + SERIES_AT_ONCE]
        histories = [fill_gaps(series[i])[-MAX_VALUES:] for i in some]
        point, sigma = _forecast(histories, series.frequency.season_length, horizon)
        quantiles[some] = point[:, :, None] + sigma[:, :, None] * z
    return make_forecast(series, rows, quantiles[rows], levels, THETA)


def _counts(series: SeriesSet) -> Integers:
    """How many points of each series there are from its first known one: int64 [N]; 0 where nothing is known."""
    end = np.repeat(series.offsets[1:], series.lengths)
    left = np.where(np.isfinite(series.values), end - np.arange(len(series.values)), 0)
    counts: Integers = np.maximum.reduceat(left, series.offsets[:-1])
    return counts


def _forecast(histories: Sequence[Floats], m: int, horizon: int) -> tuple[Floats, Floats]:
    """The middle and the standard deviation of each step: float64 [N, H] each."""
    counts = np.array([len(y) for y in histories])
    values, first = np.concatenate(histories), np.cumsum(counts) - counts
    size = np.maximum.reduceat(np.abs(values), first)
    size[size == 0] = 1.0
    # Repeating the first value ahead of a series does not change its smoothing, so every column can begin at the top.
    padded = values[first + np.maximum(np.arange(-counts.max(), 0)[:, None] + counts, 0)] / size
    adjusted = deseasonalise(padded, counts, m)
    drift = _slope(adjusted.values, counts) / 2
    alpha = _alpha(adjusted.values)
    level, sigma = _smoothed(adjusted.values, counts, alpha, drift)
    steps = np.arange(horizon)[:, None]
    phase = np.arange(horizon) % m
    middle = (level + drift * (steps + 1)) * adjusted.factors[phase] + adjusted.terms[phase]
    spread = sigma * np.sqrt(1 + steps * alpha**2) * adjusted.factors[phase]
    return (middle * size).T, (spread * size).T


def _slope(y: Floats, counts: Integers) -> Floats:
    """The slope of the least-squares line through each series: float64 [N]."""
    since = np.arange(-len(y), 0)[:, None] + counts - (counts - 1) / 2
    slope: Floats = (since * (y - y[0])).sum(axis=0) / (counts * (counts**2 - 1.0) / 12)
    return slope


def _alpha(y: Floats) -> Floats:
    """The smoothing parameter, from 0 to 1, with the least squared errors one step ahead: float64 [N].

    A coarse grid, then twice a finer one between the neighbours of the best.
    """
    alphas = np.broadcast_to(COARSE[:, None], (len(COARSE), y.shape[1]))
    columns = np.arange(y.shape[1])
    for last in (False, False, True):
        best = _squares(y, alphas).argmin(axis=0)
        if last:
            break
        low = alphas[np.maximum(best - 1, 0), columns]
        high = alphas[np.minimum(best + 1, len(alphas) - 1), columns]
        between = low + FINE[:, None] * (high - low)
        alphas = np.concatenate([low[None], between, high[None]])
    alpha: Floats = alphas[best, columns]
    return alpha


def _squares(y: Floats, alphas: Floats) -> Floats:
    """The sum of squared errors of simple smoothing with each of ``alphas`` [K, N]: float64 [K, N]."""
    level = np.repeat(y[:1], len(alphas), axis=0)
    error, total = np.empty_like(level), np.zeros_like(level)
    moved = np.empty_like(level)
    for row in y[1:]:
        np.subtract(row, level, out=error)
        np.multiply(error, alphas, out=moved)
        level += moved
        error *= error
        total += error
    return total


def _smoothed(y: Floats, counts: Integers, alpha: Floats, drift: Floats) -> tuple[Floats, Floats]:
    """The last level of smoothing with drift, and the standard deviation of its errors one step ahead: [N] each.

    The variance divides by two less than the number of errors, for the two parameters.
    """
    level, total = y[0].copy(), np.zeros(y.shape[1])
    for t in range(1, len(y)):
        expected = level + np.where(t > len(y) - counts, drift, 0.0)
        error = y[t] - expected
        level = expected + alpha * error
        total += error**2
    return level, np.sqrt(total / (counts - 3))
