"""What kind of series each is: steady or erratic amounts, sold always or now and then."""

from __future__ import annotations

from enum import StrEnum

import numpy as np

from almanac.core.arrays import Integers
from almanac.core.series import SeriesSet

RARE, VARIED = 1.32, 0.49


class DemandPattern(StrEnum):
    """The four kinds of demand."""

    SMOOTH = "smooth"
    ERRATIC = "erratic"
    INTERMITTENT = "intermittent"
    LUMPY = "lumpy"


def demand_patterns(series: SeriesSet) -> Integers:
    """The kind of each series, as its place in ``DemandPattern``: int64 [N].

    By the mean number of periods between sales (above 1.32: now and then) and the squared coefficient of variation of
    their sizes (above 0.49: varied). Syntetos, Boylan and Croston (2005), "On the categorization of demand patterns".
    """
    starts = series.offsets[:-1]
    known = np.isfinite(series.values)
    sold = known & (series.values != 0)
    size = np.where(sold, np.abs(series.values), 0.0)
    scale = np.maximum(np.maximum.reduceat(size, starts), np.finfo(float).tiny)
    size /= np.repeat(scale, series.lengths)  # squares of the largest numbers would leave float64
    times = np.maximum(np.add.reduceat(sold.astype(float), starts), 1.0)
    interval = np.add.reduceat(known.astype(float), starts) / times
    mean = np.add.reduceat(size, starts) / times
    variance = np.add.reduceat(np.where(sold, (size - np.repeat(mean, series.lengths)) ** 2, 0.0), starts) / times
    varied = variance > VARIED * mean**2
    return np.where(interval > RARE, 2, 0) + varied.astype(np.int64)
