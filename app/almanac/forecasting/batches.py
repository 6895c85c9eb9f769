"""Series of like length go through the model together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from almanac.forecasting.limits import LENGTHS, context
from almanac.series import Integers, SeriesSet

BATCH = 1024


@dataclass(frozen=True)
class Packed:
    """``rows`` int64 [batch]: positions in the SeriesSet; ``values`` float64 and ``mask`` float32 [batch, length]."""

    rows: Integers
    values: NDArray[np.float64]
    mask: NDArray[np.float32]


def packed(series: SeriesSet, rows: Integers, season: int, size: int = BATCH) -> Iterator[Packed]:
    """Batches of at most ``size`` of the series at ``rows``, each as long as its longest member needs, long ones cut to
    the latest points that the model reads."""
    limit = context(season)
    lengths = np.minimum(series.lengths[rows], limit)
    bucket = np.searchsorted(LENGTHS, lengths)
    for k in np.unique(bucket):
        members = rows[bucket == k]
        for start in range(0, len(members), size):
            yield pack(series, members[start : start + size], LENGTHS[k])


def pack(series: SeriesSet, rows: Integers, length: int) -> Packed:
    """The last ``length`` points of each series at ``rows``; zero where there is no point or no value."""
    at = series.offsets[rows + 1][:, None] + np.arange(-length, 0)
    inside = at >= series.offsets[rows][:, None]
    values = series.values[np.where(inside, at, 0)]
    known = inside & np.isfinite(values)
    return Packed(rows, np.where(known, values, 0.0), known.astype(np.float32))


def known_points(series: SeriesSet, season: int) -> Integers:
    """How many known values of each series the model would read: int64 [N]."""
    before = np.concatenate([[0], np.cumsum(np.isfinite(series.values))])
    start = np.maximum(series.offsets[:-1], series.offsets[1:] - context(season))
    known: Integers = before[series.offsets[1:]] - before[start]
    return known
