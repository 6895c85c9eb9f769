"""Groups as series: what their parts added up to in every period."""

from __future__ import annotations

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers
from almanac.core.calendar.open_periods import OpenPeriods
from almanac.core.series import SeriesSet
from almanac.totals.grouping import NO_GROUP, Grouping

MAX_PERIODS = 2_500  # the latest that are added up: more than twice what any model reads
MAX_MISSING = 0.1  # of the parts of a total, for which their last known value may stand; chosen by judgement


def aggregate(series: SeriesSet, grouping: Grouping, active: Flags) -> SeriesSet:
    """The total of each group as a series, named by its number: "0", "1" …

    It begins with the first of its parts, and ends with the first of those that are ``active`` (bool [N]): after that
    it is not fully known. A part that is over adds nothing any more, nor does one that is closed; a total is missing
    where all are closed. Where a value of a part is missing, the last one before it stands for it, never a later one;
    with more than ``MAX_MISSING`` of the parts missing, the total is. Every group has an active part.
    """
    first, last = extents(series, grouping, active)
    start = max(int(first.min()), int(last.max()) - MAX_PERIODS + 1)
    first = np.minimum(np.maximum(first, start), last)
    width = int(last.max()) - int(first.min()) + 1
    lengths = last - first + 1
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    begins = np.arange(len(grouping)) * width + first - first.min()
    source = np.arange(offsets[-1]) + np.repeat(begins - offsets[:-1], lengths)
    window = int(first.min()), width
    raw = None
    if series.raw_values is not None:
        raw = _sums_by_period(series, grouping, series.raw_values, window)[source]
    return SeriesSet(
        names=tuple(map(str, range(len(grouping)))),
        values=_sums_by_period(series, grouping, series.values, window)[source],
        offsets=offsets,
        first=first,
        frequency=series.frequency,
        raw_values=raw,
        open_periods=_open_periods(series, grouping),
    )


def _open_periods(series: SeriesSet, grouping: Grouping) -> tuple[OpenPeriods, ...]:
    """When each total is open: as its parts where all are open at the same times, else always."""
    if not series.open_periods:
        return ()
    found = []
    for members in grouping.members:
        kinds = {series.open_periods[i].key: series.open_periods[i] for i in members.tolist()}
        one = next(iter(kinds.values()))
        found.append(one if len(kinds) == 1 else OpenPeriods(np.ones_like(one.week), np.ones_like(one.months)))
    return tuple(found)


def extents(series: SeriesSet, grouping: Grouping, active: Flags) -> tuple[Integers, Integers]:
    """The first period of each group, and the last one that all its active parts have: int64 [G] each."""
    first, last = [], []
    ends = np.where(active, series.last, np.iinfo(np.int64).max)
    for level in grouping.levels:
        starts = np.concatenate([[0], np.cumsum(level.sizes)[:-1]])
        first.append(np.minimum.reduceat(series.first[level.order], starts))
        last.append(np.minimum.reduceat(ends[level.order], starts))
    return np.concatenate(first), np.concatenate(last)


def _sums_by_period(series: SeriesSet, grouping: Grouping, values: Floats, window: tuple[int, int]) -> Floats:
    """Totals of all groups in a window (its first period and its length): float64 [G × length], NaN if unknown."""
    begin, width = window
    owner = np.repeat(np.arange(len(series)), series.lengths)
    period = np.arange(len(values)) - np.repeat(series.offsets[:-1] - series.first, series.lengths) - begin
    closed = series.closed_points & np.isnan(values)
    filled, missing = _filled(series, values, closed)
    inside = (period >= 0) & (period < width)
    parts = []
    for level in grouping.levels:
        at = np.flatnonzero(inside & (level.codes[owner] != NO_GROUP))
        cell = level.codes[owner[at]] * width + period[at]
        sums, absent, shut, present = (
            np.bincount(cell, points[at], minlength=len(level) * width)
            for points in (filled, missing, closed, np.ones(len(values)))
        )
        unknown = (absent > MAX_MISSING * present) | (shut == present)
        parts.append(np.where(unknown, np.nan, sums))
    return np.concatenate(parts)


def _filled(series: SeriesSet, values: Floats, closed: Flags) -> tuple[Floats, Flags]:
    """Values with the last known one in place of a missing one and 0 for a closed period, and which were missing."""
    missing = np.isnan(values) & ~closed
    position = np.where(np.isfinite(values), np.arange(len(values)), -1)
    latest = np.maximum.accumulate(position)
    own = latest >= np.repeat(series.offsets[:-1], series.lengths)
    before = np.where(own, np.nan_to_num(values)[np.maximum(latest, 0)], 0.0)
    return np.where(missing, before, np.nan_to_num(values)), missing
