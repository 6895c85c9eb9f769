"""The values of a newer table that come after those of an earlier one, in stretches that one forecast can cover."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers
from almanac.core.series import SeriesSet


@dataclass(frozen=True)
class Stretch:
    """N series and their next values.

    ``past``: the series up to there, ``new`` float64 [N, K]: what came then, NaN where there is no value; ``backoff``:
    how many of the last past values a forecast is compared with as well; ``explained`` bool [N, K]: new values of which
    nothing is said, as an event explains them.
    """

    past: SeriesSet
    new: Floats
    backoff: int
    explained: Flags

    @property
    def names(self) -> tuple[str, ...]:
        """Of the series."""
        return self.past.names

    @property
    def first(self) -> Integers:
        """The period number of the first new value of each: int64 [N]."""
        return self.past.last + 1

    def without(self, names: set[str]) -> Stretch:
        """Only the series that do not have these names."""
        if not names:
            return self
        kept = np.array([i for i, name in enumerate(self.names) if name not in names], np.int64)
        return self.take(kept)

    def take(self, rows: Integers) -> Stretch:
        """Only the series at these positions."""
        return replace(self, past=self.past.take(rows), new=self.new[rows], explained=self.explained[rows])


def stretches(
    old: SeriesSet, new: SeriesSet, lengths: tuple[int, int], explained: Flags | None = None
) -> tuple[Stretch, ...]:
    """What ``new`` has of each series after the end of ``old``. ``lengths``: ``backoff`` of a stretch, and how many
    periods it has at most; ``explained`` bool [points of new]: as for a stretch.

    Series are matched by their names; the only one of each table whatever it is called. Those that had ended before
    the end of the earlier table are left out.
    """
    pairs = _pairs(old, new)
    pairs = pairs[(new.last[pairs[:, 1]] > old.last[pairs[:, 0]]) & (old.last[pairs[:, 0]] == old.last.max())]
    if not len(pairs):
        return ()
    matched, later = old.take(pairs[:, 0]), new.take(pairs[:, 1])
    count = int((later.last - matched.last).max())
    values = _after(later, matched.last, count)
    apart = np.zeros(values.shape, dtype=bool)
    if explained is not None and explained.any():
        flags = replace(new, values=explained.astype(np.float64), raw_values=None).take(pairs[:, 1])
        apart = _after(flags, matched.last, count) == 1
    usual, found = np.where(apart, np.nan, values), []
    backoff, most = lengths
    for start in range(0, count, most):
        span = slice(start, start + most)
        found.append(Stretch(_extended(matched, usual[:, :start]), values[:, span], backoff, apart[:, span]))
    return tuple(found)


def _pairs(old: SeriesSet, new: SeriesSet) -> Integers:
    """Positions of the same series in both: int64 [M, 2]."""
    if len(old) == len(new) == 1:
        return np.zeros((1, 2), np.int64)
    at = {name: i for i, name in enumerate(new.names)}
    found = [(i, at[name]) for i, name in enumerate(old.names) if name in at]
    return np.array(found, np.int64).reshape(-1, 2)


def _after(series: SeriesSet, last: Integers, count: int) -> Floats:
    """The values after the periods ``last`` [N]: float64 [N, count]."""
    steps = (last + 1 - series.first)[:, None] + np.arange(count)
    inside = (steps >= 0) & (steps < series.lengths[:, None])
    return np.where(inside, series.values[np.where(inside, series.offsets[:-1, None] + steps, 0)], np.nan)


def _extended(series: SeriesSet, more: Floats) -> SeriesSet:
    """The series with so many more values each, [N, count]."""
    if not more.shape[1]:
        return series
    values = np.concatenate([np.concatenate([one, tail]) for one, tail in zip(series, more, strict=True)])
    offsets = series.offsets + np.arange(len(series) + 1) * more.shape[1]
    return replace(series, values=values, offsets=offsets)
