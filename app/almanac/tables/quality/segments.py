"""Statistics of many series end to end, without a loop over them, and values far from the rest of one series."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers
from almanac.core.series import SeriesSet

MIN_REST = 8  # values that must be left for others to be far from them; chosen by judgement
_MIN_PARTED = 64  # values from which on it is quicker not to sort all of them; chosen by judgement
_AT_ONCE = 1 << 17  # values of series that are copied together, 1 MB; chosen by judgement


def owners(series: SeriesSet, positions: Integers) -> Integers:
    """The series that the values at these positions belong to: int64, one per position."""
    return np.searchsorted(series.offsets, positions, side="right").astype(np.int64) - 1


def in_parts(series: SeriesSet) -> Iterator[tuple[slice, Floats, Integers]]:
    """Some series after the other, so that copies of their values take little memory.

    Which of the series they are, their values end to end, and where in these each begins.
    """
    offsets, first = series.offsets, 0
    while first < len(series):
        last = max(int(np.searchsorted(offsets, offsets[first] + _AT_ONCE, side="right")) - 1, first + 1)
        yield slice(first, last), series.values[offsets[first] : offsets[last]], offsets[first:last] - offsets[first]
        first = last


def mean_and_deviation(series: SeriesSet) -> tuple[Floats, Floats]:
    """Mean and standard deviation of each series, float64 [N], NaN where nothing is known."""
    count, total, square = np.empty((3, len(series)))
    for part, values, starts in in_parts(series):
        known = np.isfinite(values)
        values = np.where(known, values, 0.0)
        count[part] = np.add.reduceat(known, starts, dtype=np.int64)
        total[part] = np.add.reduceat(values, starts)
        np.multiply(values, values, out=values)
        square[part] = np.add.reduceat(values, starts)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = total / count
        return mean, np.sqrt(np.maximum(square / count - mean * mean, 0))


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
    order = _ends_in_order(known, values, most + 1)
    ordered = values[order]
    for high in range(most + 1):
        for low in range(most + 1 - high):
            if high + low == 0 or len(known) - high - low < MIN_REST:
                continue
            rest = ordered[low : len(order) - high]
            hole = factor * _spread(rest)
            apart_above = high and ordered[len(order) - high] - rest[-1] > hole
            apart_below = low and rest[0] - ordered[low - 1] > hole
            if bool(apart_above) == bool(high) and bool(apart_below) == bool(low):
                found[order[:low]] = True
                found[order[len(order) - high :]] = high > 0
                return found
    return found


def _ends_in_order(known: Integers, values: Floats, count: int) -> Integers:
    """The positions ``known`` in the order of their values; of many only ``count`` smallest and as many largest."""
    if len(known) > _MIN_PARTED:
        parted = np.argpartition(values[known], (count - 1, len(known) - count))
        known = known[np.concatenate([parted[:count], parted[-count:]])]
    return known[np.argsort(values[known], kind="stable")]


def _spread(ordered: Floats) -> float:
    """Distance from first to last of ascending values, and a trace of their size where all are equal."""
    low, high = float(ordered[0]), float(ordered[-1])
    return max(high - low, 1e-9 * max(abs(high), abs(low)), 1e-12)
