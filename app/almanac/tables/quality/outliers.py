"""Single values far from all others, values that look as if they were in another unit, and a few below zero.

All thresholds were chosen by judgement; ``tests/tables/quality`` holds ordinary series to them, which must not be
reported.
"""

from __future__ import annotations

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers, pieces
from almanac.core.series import SeriesSet
from almanac.tables.quality.segments import far_from_rest, in_parts, owners, with_far_values

MIN_VALUES = 12  # of a series before any can be called odd
MAX_SERIES = 3000  # looked at closely
SIGMAS = 3.5  # standard deviations from the mean for a series to be looked at closely
MAX_OUTLIERS, VALUES_PER_OUTLIER = 3, 50  # one value of fifty at most, and never more than three
HOLE = 1.5  # distance of an outlier to the rest, in spreads of the rest
LOCAL_HOLE = 2 * HOLE  # the same for distances from the rolling median
MIN_LOCAL = 0.5  # distance from the rolling median, in typical sizes
MEDIAN_WIDTH = 5  # values of the rolling median
MEDIAN_WIDTH_SHORT, SHORT = 3, 40  # the same without a season, in series with fewer values than that

WIDE = 5  # the largest value must be so many times the smallest above zero for a change of unit
DECADES = (1, 2, 3)  # ×10, ×100, ×1000
MAX_FROM_DECADE = 0.2  # how near to a power of ten the ratio must be, in decades: a factor of 1.6
MIN_BETWEEN_UNITS = 0.6  # decades between two clusters, and at most within one: a factor of 4
_STEPS_PER_DECADE = 4  # so that at least one is inside a distance of ``MIN_BETWEEN_UNITS``
_DECADES_OF_FLOATS = 700  # from the smallest to the largest
MIN_POSITIVE = 0.8  # share of values above zero
MAX_CLUSTERS = 3
_MEDIANS_AT_ONCE = 1 << 14  # values, so that their windows fit in the processor's cache

MIN_COUNTS = 20  # known values of a series of counts
MAX_NEGATIVE = 0.02  # share of values below zero that may be mistakes


def find_outliers(series: SeriesSet) -> Integers:
    """Positions in ``series.values`` of values far from all others of their series: int64."""
    found: list[Integers] = []
    for i in with_far_values(series, SIGMAS)[:MAX_SERIES]:
        values = series[i]
        known = int(np.isfinite(values).sum())
        if known < MIN_VALUES:
            continue
        most = max(1, min(MAX_OUTLIERS, known // VALUES_PER_OUTLIER))
        apart = far_from_rest(values, most, HOLE)
        narrow = known < SHORT and series.frequency.season_length == 1
        local = values - _rolling_median(values, MEDIAN_WIDTH_SHORT if narrow else MEDIAN_WIDTH)
        apart |= far_from_rest(local, most, LOCAL_HOLE) & (np.abs(local) > MIN_LOCAL * np.nanmedian(np.abs(values)))
        if apart.any():
            found.append(np.flatnonzero(apart) + series.offsets[i])
    return np.concatenate(found) if found else np.zeros(0, dtype=np.int64)


def _rolling_median(values: Floats, width: int) -> Floats:
    """Centred median of ``width`` (odd) values around each: float64 [points], NaN where none of them is known."""
    if len(values) > _MEDIANS_AT_ONCE:  # all windows at once take many times the memory of the values
        return _in_pieces(values, width)
    half = width // 2
    padded = np.pad(values, half, mode="reflect") if len(values) > half else np.pad(values, half, mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, width)
    finite = np.isfinite(windows)
    result = np.full(len(values), np.nan)
    whole, some = finite.all(axis=1), finite.any(axis=1)
    result[whole] = np.partition(windows[whole], half, axis=1)[:, half]
    if (some & ~whole).any():
        result[some & ~whole] = np.nanmedian(windows[some & ~whole], axis=1)
    return result


def _in_pieces(values: Floats, width: int) -> Floats:
    """As ``_rolling_median``, a piece at a time, each with the values around it."""
    result, half = np.empty(len(values)), width // 2
    step = _MEDIANS_AT_ONCE - 4 * half
    for start in range(0, len(values), step):
        stop = len(values) if len(values) - start < step + 2 * half else start + step
        before = min(start, half)
        piece = _rolling_median(values[start - before : stop + half], width)
        result[start:stop] = piece[before : before + stop - start]
        if stop == len(values):
            break
    return result


def _wide(series: SeriesSet) -> Integers:
    """Series whose largest value is several times the smallest above zero."""
    wide = np.zeros(len(series), dtype=bool)
    with np.errstate(invalid="ignore"):
        for part, values, starts in in_parts(series):
            above = np.where(values > 0, values, np.nan)
            wide[part] = np.fmax.reduceat(above, starts) > WIDE * np.fmin.reduceat(above, starts)
    return np.flatnonzero(wide)


def find_unit_jumps(series: SeriesSet) -> tuple[Integers, Floats]:
    """Positions of values that are 10, 100 or 1000 times too large or too small, and what to multiply each by.

    A series' values must fall into clusters that are whole powers of ten apart, each far narrower than the distance
    between them; the largest cluster (of two equal ones the later) is taken as right.
    """
    positions: list[Integers] = []
    factors: list[Floats] = []
    for i in _wide(series)[:MAX_SERIES]:
        for inside, factor in _other_units(series[i]):
            positions.append(inside + series.offsets[i])
            factors.append(np.full(len(inside), factor))
    if not positions:
        return np.zeros(0, dtype=np.int64), np.zeros(0)
    return np.concatenate(positions), np.concatenate(factors)


def _other_units(values: Floats) -> list[tuple[Integers, float]]:
    """The clusters of one series in another unit: positions of their values, and what to multiply them by."""
    with np.errstate(invalid="ignore"):
        positive = (values > 0) & (values < np.inf)
    count = int(positive.sum())
    if count < MIN_VALUES or count < MIN_POSITIVE * np.isfinite(values).sum() or not _has_hole(values, positive):
        return []
    known = np.flatnonzero(positive)
    logs = np.full(len(values), np.nan)
    logs[known] = np.log10(values[known])
    order = known[np.argsort(logs[known])]
    holes = np.flatnonzero(np.diff(logs[order]) > MIN_BETWEEN_UNITS)
    if not 1 <= len(holes) < MAX_CLUSTERS:
        return []
    clusters = np.split(order, holes + 1)
    right = max(clusters, key=lambda c: (len(c), c.max()))
    if np.ptp(logs[right]) > MIN_BETWEEN_UNITS:
        return []
    center = float(np.median(logs[right]))
    found = []
    for cluster in clusters:
        decades = float(np.median(logs[cluster])) - center
        near = abs(decades - round(decades)) <= MAX_FROM_DECADE and abs(round(decades)) in DECADES
        if cluster is not right and near:
            found.append((np.sort(cluster), 10.0 ** -round(decades)))
    return found


def _has_hole(values: Floats, positive: Flags) -> bool:
    """Whether some values may be as far from the others as another unit is: seen in a table of their logarithms, where
    a hole leaves steps without any value."""
    taken = np.zeros(_STEPS_PER_DECADE * _DECADES_OF_FLOATS, dtype=bool)
    for part in pieces(len(values)):
        logs = np.log10(values[part][positive[part]])
        taken[((logs + _DECADES_OF_FLOATS // 2) * _STEPS_PER_DECADE).astype(np.int64)] = True
    return bool((np.diff(np.flatnonzero(taken)) > 1).any())


def find_few_negatives(series: SeriesSet) -> Integers:
    """Positions of values below zero in series of whole numbers that are otherwise never negative: int64."""
    few = np.zeros(len(series), dtype=bool)
    found: list[Integers] = [np.zeros(0, dtype=np.int64)]
    for part, values, starts in in_parts(series):
        negative = np.flatnonzero(values < 0)
        if not len(negative):
            continue
        found.append(negative + series.offsets[part.start])
        known = np.isfinite(values)
        count = np.add.reduceat(known, starts, dtype=np.int64)
        below = np.add.reduceat(values < 0, starts, dtype=np.int64)
        fraction = known & (values != np.floor(np.where(known, values, 0)))
        few[part] = (below > 0) & (below <= np.maximum(1, MAX_NEGATIVE * count)) & (count >= MIN_COUNTS)
        few[part] &= ~np.logical_or.reduceat(fraction, starts)
    positions: Integers = np.concatenate(found)
    return positions[few[owners(series, positions)]]
