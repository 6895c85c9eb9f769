"""Single values far from all others, and values that look as if they were in another unit."""

from __future__ import annotations

import numpy as np

from almanac.core.arrays import Floats, Integers
from almanac.core.series import SeriesSet
from almanac.tables.quality.segments import far_points, gap_to_rest

_LEAST = 12  # values a series must have before any can be called odd
_APART = 1.5
_DECADES = (1, 2, 3)  # ×10, ×100, ×1000
_PRECISE = 0.2  # how near to a power of ten the ratio must be, in decades: a factor of 1.6
_MOST = 3000  # series looked at closely


def outliers(series: SeriesSet) -> Integers:
    """Places in ``series.values`` of values far from all others of their series."""
    found: list[Integers] = []
    for i in far_points(series, 3.5)[:_MOST]:
        values = series[i]
        known = int(np.isfinite(values).sum())
        if known < _LEAST:
            continue
        most = max(1, min(3, known // 50))
        apart = gap_to_rest(values, most, _APART)
        local = values - _rolling_median(values, 2 * series.frequency.season_length + 1 if known < 40 else 5)
        apart |= gap_to_rest(local, most, 2 * _APART) & (np.abs(local) > 0.5 * np.nanmedian(np.abs(values)))
        if apart.any():
            found.append(np.flatnonzero(apart) + series.offsets[i])
    return np.concatenate(found) if found else np.zeros(0, dtype=np.int64)


def _rolling_median(values: Floats, width: int) -> Floats:
    width = min(width | 1, 5)
    half = width // 2
    padded = np.pad(values, half, mode="reflect") if len(values) > half else np.pad(values, half, mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, width)
    known = np.isfinite(windows).any(axis=1)
    result = np.full(len(values), np.nan)
    result[known] = np.nanmedian(windows[known], axis=1)
    return result


def _wide(series: SeriesSet) -> Integers:
    """Series whose largest value is several times the smallest above zero."""
    with np.errstate(invalid="ignore"):
        above = np.where(series.values > 0, series.values, np.nan)
        high = np.fmax.reduceat(above, series.offsets[:-1])
        low = np.fmin.reduceat(above, series.offsets[:-1])
        return np.flatnonzero(high > 5 * low)


def unit_jumps(series: SeriesSet) -> tuple[Integers, Floats]:
    """Places of values that are 10, 100 or 1000 times too large or too small, and what to multiply each by.

    A series' values must fall into clusters that lie whole powers of ten apart, each far narrower than the distance
    between them; the largest cluster (of two equal ones the later) is taken as right.
    """
    places: list[Integers] = []
    factors: list[Floats] = []
    for i in _wide(series)[:_MOST]:
        values = series[i]
        with np.errstate(divide="ignore", invalid="ignore"):
            logs = np.log10(np.where(values > 0, values, np.nan))
        known = np.flatnonzero(np.isfinite(logs))
        if len(known) < _LEAST or len(known) < 0.8 * np.isfinite(values).sum():
            continue
        order = known[np.argsort(logs[known])]
        holes = np.flatnonzero(np.diff(logs[order]) > 0.6)
        if not 1 <= len(holes) <= 2:
            continue
        clusters = np.split(order, holes + 1)
        right = max(clusters, key=lambda c: (len(c), c.max()))
        center = float(np.median(logs[right]))
        for cluster in clusters:
            decades = float(np.median(logs[cluster])) - center
            near = abs(decades - round(decades)) <= _PRECISE and abs(round(decades)) in _DECADES
            if cluster is right or not near or np.ptp(logs[right]) > 0.6:
                continue
            places.append(np.sort(cluster) + series.offsets[i])
            factors.append(np.full(len(cluster), 10.0 ** -round(decades)))
    if not places:
        return np.zeros(0, dtype=np.int64), np.zeros(0)
    return np.concatenate(places), np.concatenate(factors)
