"""Statistics of many series end to end, without a loop over them, and values far from the rest of one series."""

from __future__ import annotations

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers
from almanac.core.series import SeriesSet

MIN_REST = 8  # values that must be left for others to be far from them; chosen by judgement


def owners(series: SeriesSet, positions: Integers) -> Integers:
    """The series that the values at these positions belong to: int64, one per position."""
    return np.searchsorted(series.offsets, positions, side="right").astype(np.int64) - 1


def mean_and_deviation(series: SeriesSet) -> tuple[Floats, Floats]:
    """Mean and standard deviation of each series, float64 [N], NaN where nothing is known."""
    known = np.isfinite(series.values)
    values = np.where(known, series.values, 0.0)
    count = np.add.reduceat(known, series.offsets[:-1])
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.add.reduceat(values, series.offsets[:-1]) / count
        np.multiply(values, values, out=values)
        square = np.add.reduceat(values, series.offsets[:-1]) / count
    return mean, np.sqrt(np.maximum(square - mean * mean, 0))


def with_far_values(series: SeriesSet, sigmas: float) -> Integers:
    """The series with a value that is so many standard deviations from their mean: int64, usually few."""
    mean, deviation = mean_and_deviation(series)
    high = np.fmax.reduceat(series.values, series.offsets[:-1])
    low = np.fmin.reduceat(series.values, series.offsets[:-1])
    with np.errstate(invalid="ignore"):
        worst = np.fmax(high - mean, mean - low)
        found = worst > sigmas * np.maximum(deviation, 1e-12 * np.abs(mean))
    return np.flatnonzero(found & np.isfinite(worst))


def far_from_rest(values: Floats, most: int, factor: float) -> Flags:
    """Which values, at most ``most``, are apart from the rest: bool [points].

    Between them and the rest is a hole more than ``factor`` times as wide as the spread of the rest.
    """
    found = np.zeros(len(values), dtype=bool)
    known = np.flatnonzero(np.isfinite(values))
    order = known[np.argsort(values[known], kind="stable")]
    ordered = values[order]
    n = len(order)
    for high in range(most + 1):
        for low in range(most + 1 - high):
            if high + low == 0 or n - high - low < MIN_REST:
                continue
            rest = ordered[low : n - high]
            hole = factor * _spread(rest)
            apart_above = high and ordered[n - high] - rest[-1] > hole
            apart_below = low and rest[0] - ordered[low - 1] > hole
            if bool(apart_above) == bool(high) and bool(apart_below) == bool(low):
                found[order[:low]] = True
                found[order[n - high :]] = high > 0
                return found
    return found


def _spread(ordered: Floats) -> float:
    """Distance from first to last of ascending values, and a trace of their size where all are equal."""
    low, high = float(ordered[0]), float(ordered[-1])
    return max(high - low, 1e-9 * max(abs(high), abs(low)), 1e-12)
