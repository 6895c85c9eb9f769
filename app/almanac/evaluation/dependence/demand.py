"""Demand patterns: whether amounts are steady or erratic, and whether there are some in most periods or only in few."""

from __future__ import annotations

from enum import StrEnum

import numpy as np

from almanac.core.arrays import Flags, Integers
from almanac.core.series import SeriesSet

# The limits of Syntetos, Boylan and Croston (2005), "On the categorization of demand patterns", section 3.
MAX_REGULAR_INTERVAL = 1.32  # mean number of periods between amounts that are not zero
MAX_STEADY_VARIATION = 0.49  # squared coefficient of variation of their sizes


class DemandPattern(StrEnum):
    """The four patterns; the last two have an amount only now and then."""

    SMOOTH = "smooth"
    ERRATIC = "erratic"
    INTERMITTENT = "intermittent"
    LUMPY = "lumpy"


def demand_patterns(series: SeriesSet) -> Integers:
    """The demand pattern of each series, as its position in ``DemandPattern``: int64 [N].

    By the mean interval between amounts that are not zero, and the squared coefficient of variation of their sizes:
    Syntetos, Boylan and Croston (2005).
    """
    starts = series.offsets[:-1]
    known = np.isfinite(series.values)
    sold = known & (series.values != 0)
    size = np.where(sold, np.abs(series.values), 0.0)
    largest = np.maximum(np.maximum.reduceat(size, starts), np.finfo(float).tiny)
    size /= np.repeat(largest, series.lengths)  # squares of the largest numbers would not fit float64
    times = np.maximum(np.add.reduceat(sold.astype(float), starts), 1.0)
    interval = np.add.reduceat(known.astype(float), starts) / times
    mean = np.add.reduceat(size, starts) / times
    variance = np.add.reduceat(np.where(sold, (size - np.repeat(mean, series.lengths)) ** 2, 0.0), starts) / times
    varied = variance > MAX_STEADY_VARIATION * mean**2
    return np.where(interval > MAX_REGULAR_INTERVAL, 2, 0) + varied.astype(np.int64)


def is_intermittent(series: SeriesSet) -> Flags:
    """Whether each series has amounts only now and then: bool [N]."""
    return demand_patterns(series) >= list(DemandPattern).index(DemandPattern.INTERMITTENT)
