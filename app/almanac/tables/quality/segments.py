"""Many series of different lengths end to end: which to look at closely, found without a loop over them."""

from __future__ import annotations

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers
from almanac.core.series import SeriesSet


def owners(series: SeriesSet, places: Integers) -> Integers:
    """The series that each of these points belongs to: int64 [places]."""
    return np.searchsorted(series.offsets, places, side="right").astype(np.int64) - 1


def spread_out(series: SeriesSet) -> tuple[Floats, Floats]:
    """Mean and standard deviation of each series, float64 [N], NaN where nothing is known."""
    known = np.isfinite(series.values)
    values = np.where(known, series.values, 0.0)
    count = np.add.reduceat(known, series.offsets[:-1])
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.add.reduceat(values, series.offsets[:-1]) / count
        square = np.add.reduceat(values * values, series.offsets[:-1]) / count
    return mean, np.sqrt(np.maximum(square - mean * mean, 0))


def far_points(series: SeriesSet, sigmas: float) -> Integers:
    """The series with a value that many standard deviations from the usual: int64, few of many."""
    mean, deviation = spread_out(series)
    high = np.fmax.reduceat(series.values, series.offsets[:-1])
    low = np.fmin.reduceat(series.values, series.offsets[:-1])
    with np.errstate(invalid="ignore"):
        worst = np.fmax(high - mean, mean - low)
        found = worst > sigmas * np.maximum(deviation, 1e-12 * np.abs(mean))
    return np.flatnonzero(found & np.isfinite(worst))


def gap_to_rest(values: Floats, most: int, factor: float) -> Flags:
    """Which values lie apart, at most ``most``: beyond a hole ``factor`` times as wide as all others spread."""
    found = np.zeros(len(values), dtype=bool)
    known = np.flatnonzero(np.isfinite(values))
    order = known[np.argsort(values[known], kind="stable")]
    sorted_values = values[order]
    n = len(order)
    for high in range(most + 1):
        for low in range(most + 1 - high):
            if high + low == 0 or n - high - low < 8:
                continue
            rest = sorted_values[low : n - high]
            spread = max(float(rest[-1] - rest[0]), 1e-9 * max(abs(float(rest[-1])), abs(float(rest[0]))), 1e-12)
            apart_above = high and sorted_values[n - high] - rest[-1] > factor * spread
            apart_below = low and rest[0] - sorted_values[low - 1] > factor * spread
            if bool(apart_above) == bool(high) and bool(apart_below) == bool(low):
                found[order[:low]] = True
                found[order[n - high :]] = high > 0
                return found
    return found
