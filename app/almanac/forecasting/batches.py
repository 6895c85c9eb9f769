"""Series of similar length go through the model together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Floats, Integers, Singles
from almanac.core.series import SeriesSet
from almanac.forecasting.limits import BATCH_LENGTHS, context_length, usual_season
from almanac.forecasting.seasons import other_seasons

# Of one batch. More would take more memory and no less time: the processor makes its parts side by side.
MAX_SERIES = 1024
MAX_VALUES = MAX_SERIES * 1104


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


def make_batches(series: SeriesSet, rows: Integers, at_once: int = MAX_SERIES) -> Iterator[SeriesBatch]:
    """Batches of at most ``at_once`` of the series at ``rows``, each as long as its longest member needs.

    Long series are cut to the latest points, which are all that the models read. Those of a batch have the same season:
    the usual one of the frequency, or another one that their past shows.
    """
    lengths, other = series.lengths[rows], other_seasons(series, rows)
    most = int(other.max(initial=0)) + 1  # numbers instead of pairs: NumPy finds equal ones several times as fast
    kinds, kind = np.unique(lengths * most + other, return_inverse=True)
    different, other = np.divmod(kinds, most)
    limits = [context_length(series.frequency, *one) for one in zip(different.tolist(), other.tolist(), strict=True)]
    read = np.array(limits, dtype=np.int64).reshape(-1, 2)
    season = np.where(other > 0, other, usual_season(series.frequency))
    alike = np.stack([np.searchsorted(BATCH_LENGTHS, read[:, 0]), season, read[:, 1]], axis=1)
    groups, group_of = np.unique(alike, axis=0, return_inverse=True)
    for g, group in enumerate(groups.tolist()):
        members = rows[group_of.ravel()[kind] == g]
        length, seasons = BATCH_LENGTHS[group[0]], (group[1], group[2])
        size = min(at_once, MAX_VALUES // length)
        for start in range(0, len(members), size):
            yield make_batch(series, members[start : start + size], length, seasons)


def make_batch(series: SeriesSet, rows: Integers, length: int, seasons: tuple[int, int]) -> SeriesBatch:
    """The last ``length`` points of each series at ``rows``; zero where there is no point or no value."""
    values = series.latest(rows, length)
    known = np.isfinite(values)
    return SeriesBatch(rows, np.where(known, values, 0.0), known.astype(np.float32), seasons)


def known_points(series: SeriesSet) -> Integers:
    """How many known values of each series the models would read: int64 [N]."""
    before = np.concatenate([[0], np.cumsum(np.isfinite(series.values))])
    limits = {int(n): context_length(series.frequency, int(n))[0] for n in np.unique(series.lengths)}
    read = np.array([limits[int(n)] for n in series.lengths], dtype=np.int64)
    known: Integers = before[series.offsets[1:]] - before[series.offsets[1:] - read]
    return known
