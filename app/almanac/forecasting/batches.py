"""Series of like length go through the model together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Floats, Integers, Singles
from almanac.core.series import SeriesSet
from almanac.forecasting.limits import LENGTHS, context


@dataclass(frozen=True)
class Packed:
    """``rows`` int64 [batch]: positions in the SeriesSet; ``values`` float64 and ``mask`` float32 [batch, length];
    ``seasons``: the season and the longer one (1: none)."""

    rows: Integers
    values: Floats
    mask: Singles
    seasons: tuple[int, int]


class Pace:
    """How many series to a batch: the first batches of a large job try a few sizes, the fastest stays."""

    SIZES = (256, 512, 1024)

    def __init__(self) -> None:
        self._seconds: dict[int, float] = {}  # of one series

    @property
    def size(self) -> int:
        """The size to use next."""
        untried = [size for size in self.SIZES if size not in self._seconds]
        return untried[0] if untried else min(self._seconds, key=self._seconds.__getitem__)

    def took(self, series: int, seconds: float) -> None:
        """Only full batches tell; the first of a size is the one that counts."""
        if series in self.SIZES:
            self._seconds.setdefault(series, seconds / series)


def packed(series: SeriesSet, rows: Integers, pace: Pace | None = None) -> Iterator[Packed]:
    """Batches of the series at ``rows``, each as long as its longest member needs, long ones cut to the latest points
    that the models read."""
    pace = pace or Pace()
    season = series.frequency.season_length
    season = season if season <= LENGTHS[-1] else 1  # the day in minutes: longer than all that is read
    limits = {int(n): context(series.frequency, int(n)) for n in np.unique(series.lengths[rows])}
    read = np.array([limits[int(n)] for n in series.lengths[rows]], dtype=np.int64).reshape(-1, 2)
    bucket = np.searchsorted(LENGTHS, read[:, 0])
    for k, long in np.unique(np.stack([bucket, read[:, 1]], axis=1), axis=0):
        members = rows[(bucket == k) & (read[:, 1] == long)]
        start = 0
        while start < len(members):
            chosen = members[start : start + pace.size]
            yield pack(series, chosen, LENGTHS[k], (season, int(long)))
            start += len(chosen)


def pack(series: SeriesSet, rows: Integers, length: int, seasons: tuple[int, int]) -> Packed:
    """The last ``length`` points of each series at ``rows``; zero where there is no point or no value."""
    at = series.offsets[rows + 1][:, None] + np.arange(-length, 0)
    inside = at >= series.offsets[rows][:, None]
    values = series.values[np.where(inside, at, 0)]
    known = inside & np.isfinite(values)
    return Packed(rows, np.where(known, values, 0.0), known.astype(np.float32), seasons)


def known_points(series: SeriesSet) -> Integers:
    """How many known values of each series the models would read: int64 [N]."""
    before = np.concatenate([[0], np.cumsum(np.isfinite(series.values))])
    limits = {int(n): context(series.frequency, int(n))[0] for n in np.unique(series.lengths)}
    read = np.array([limits[int(n)] for n in series.lengths], dtype=np.int64)
    known: Integers = before[series.offsets[1:]] - before[series.offsets[1:] - read]
    return known
