"""Series of similar length go through the model together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Floats, Integers, Singles
from almanac.core.series import SeriesSet
from almanac.forecasting.limits import BATCH_LENGTHS, context_length


@dataclass(frozen=True)
class SeriesBatch:
    """The latest points of B series, right-aligned.

    ``rows`` int64 [B]: positions in the SeriesSet; ``values`` float64 and ``mask`` float32 [B, length]: 1 where a value
    is known, zero in both elsewhere; ``seasons``: the season and the longer one (1: none).
    """

    rows: Integers
    values: Floats
    mask: Singles
    seasons: tuple[int, int]


class BatchSizer:
    """Finds the fastest batch size: the first batches of a large job try each size once, then the fastest is used."""

    SIZES = (256, 512, 1024)

    def __init__(self, sizes: tuple[int, ...] = SIZES) -> None:
        self._sizes = sizes
        self._seconds: dict[int, float] = {}  # for each series of a batch

    @property
    def size(self) -> int:
        """The size to use next."""
        untried = [size for size in self._sizes if size not in self._seconds]
        return untried[0] if untried else min(self._seconds, key=self._seconds.__getitem__)

    def record(self, series: int, seconds: float) -> None:
        """Note how long a batch took. Only the first full one of each size counts."""
        if series in self._sizes:
            self._seconds.setdefault(series, seconds / series)


def make_batches(series: SeriesSet, rows: Integers, sizer: BatchSizer | None = None) -> Iterator[SeriesBatch]:
    """Batches of the series at ``rows``, each as long as its longest member needs.

    Long series are cut to the latest points, which are all that the models read.
    """
    sizer = sizer or BatchSizer()
    season = series.frequency.season_length
    season = season if season <= BATCH_LENGTHS[-1] else 1  # a day of minutes is longer than all that is read
    limits = {int(n): context_length(series.frequency, int(n)) for n in np.unique(series.lengths[rows])}
    read = np.array([limits[int(n)] for n in series.lengths[rows]], dtype=np.int64).reshape(-1, 2)
    bucket = np.searchsorted(BATCH_LENGTHS, read[:, 0])
    for k, long in np.unique(np.stack([bucket, read[:, 1]], axis=1), axis=0):
        members = rows[(bucket == k) & (read[:, 1] == long)]
        start = 0
        while start < len(members):
            chosen = members[start : start + sizer.size]
            yield make_batch(series, chosen, BATCH_LENGTHS[k], (season, int(long)))
            start += len(chosen)


def make_batch(series: SeriesSet, rows: Integers, length: int, seasons: tuple[int, int]) -> SeriesBatch:
    """The last ``length`` points of each series at ``rows``; zero where there is no point or no value."""
    at = series.offsets[rows + 1][:, None] + np.arange(-length, 0)
    inside = at >= series.offsets[rows][:, None]
    values = series.values[np.where(inside, at, 0)]
    known = inside & np.isfinite(values)
    return SeriesBatch(rows, np.where(known, values, 0.0), known.astype(np.float32), seasons)


def known_points(series: SeriesSet) -> Integers:
    """How many known values of each series the models would read: int64 [N]."""
    before = np.concatenate([[0], np.cumsum(np.isfinite(series.values))])
    limits = {int(n): context_length(series.frequency, int(n))[0] for n in np.unique(series.lengths)}
    read = np.array([limits[int(n)] for n in series.lengths], dtype=np.int64)
    known: Integers = before[series.offsets[1:]] - before[series.offsets[1:] - read]
    return known
