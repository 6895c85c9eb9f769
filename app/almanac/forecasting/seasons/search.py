"""Find the season of every series of a file."""

from __future__ import annotations

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers
from almanac.core.calendar.frequency import Frequency
from almanac.core.series import SeriesSet
from almanac.core.system.cores import side_by_side
from almanac.forecasting.limits import BATCH_LENGTHS, context_length, usual_season
from almanac.forecasting.seasons.candidates import candidates
from almanac.forecasting.seasons.evidence import unexplained
from almanac.forecasting.seasons.weeks import weeks_alone

_LATEST = 336  # points that are looked at, where the models read fewer
_POINTS_AT_ONCE = 256 * _LATEST  # of a core: each step costs a call, so that few points at a time take longest
_ROUNDING = 1e-9  # of the largest value


def other_seasons(series: SeriesSet, rows: Integers) -> Integers:
    """The season of each series at ``rows`` where it is not the usual one of its frequency: int64 [rows], else 0.

    What is found for a series depends on nothing but its latest points.
    """
    usual = (series.frequency.season_length, series.frequency.long_season)
    lengths, position = np.unique(series.lengths[rows], return_inverse=True)
    looked = np.array([_looked_at(series.frequency, int(n)) for n in lengths], dtype=np.int64)[position]
    found = np.zeros(len(rows), np.int64)
    bucket = np.searchsorted(BATCH_LENGTHS, looked)
    parts: list[Integers] = []
    for k in np.unique(bucket):
        members = np.flatnonzero(bucket == k)
        size = max(_POINTS_AT_ONCE // BATCH_LENGTHS[k], 1)
        parts += [members[first : first + size] for first in range(0, len(members), size)]

    def search(part: Integers) -> None:
        latest = series.latest(rows[part], BATCH_LENGTHS[bucket[part[0]]])
        found[part] = _found(latest, looked[part], usual)

    side_by_side(search, parts)
    return found


def season_of(series: SeriesSet, i: int) -> int:
    """The season of series i, as the models are given it: another one that its past shows, or the usual one."""
    return int(other_seasons(series, np.array([i]))[0]) or usual_season(series.frequency)


def _looked_at(frequency: Frequency, points: int) -> int:
    return min(points, max(_LATEST, context_length(frequency, points)[0]))


def _found(latest: Floats, lengths: Integers, usual: tuple[int, ...]) -> Integers:
    """The other season of each series [n], 0 where there is none; ``latest`` [n, T], the last ``lengths`` count."""
    known = np.isfinite(latest) & (np.arange(-latest.shape[1], 0) >= -lengths[:, None])
    values = _without_line(latest, known)
    possible = candidates(values, lengths, usual)
    share = np.full(possible.shape, np.inf)
    for k in np.flatnonzero(possible.any(axis=0)):
        at = np.flatnonzero(possible[:, k])
        share[at, k] = unexplained(values[at], known[at], lengths[at], int(k) + 1, usual)
    alone = weeks_alone(np.where(known, latest, 0.0), known, lengths, usual)
    found: Integers = np.where(np.isfinite(share).any(axis=1), share.argmin(axis=1) + 1, np.where(alone, usual[1], 0))
    return found


def _without_line(latest: Floats, known: Flags) -> Floats:
    """The values without the straight line through them, between -1 and 1; 0 where unknown."""
    y = np.where(known, latest, 0.0)
    size = np.abs(y).max(axis=1, keepdims=True)
    y /= np.where(size > 0, size, 1.0)
    when = np.arange(y.shape[1]) - y.shape[1] / 2
    count = np.maximum(known.sum(axis=1), 1)
    middle, mean = known @ when / count, y.sum(axis=1) / count
    spread = known @ when**2 - count * middle**2
    slope = (y @ when - count * middle * mean) / np.where(spread > 0, spread, 1.0)
    y -= mean[:, None] + slope[:, None] * (when - middle[:, None])
    y *= known
    size = np.abs(y).max(axis=1, keepdims=True)
    return np.where(size > _ROUNDING, y / np.where(size > 0, size, 1.0), 0.0)
