"""Lists of single events: what had no row after its last one had nothing until the list ends."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from almanac.core.arrays import Integers
from almanac.core.series import SeriesSet
from almanac.tables.series.calendar.events import flow_points
from almanac.tables.series.grid.regular_grid import MAX_PERIODS


def periods_after(series: SeriesSet) -> Integers:
    """How many periods of the list come after the last value of each flow, up to the last that is open: int64 [N].

    All 0 where they would be too many to keep.
    """
    end = np.int64(series.last.max())
    flows = flow_points(series)[series.offsets[:-1]]
    after = np.where(flows, _last_open(series, end) - series.last, 0).clip(0)
    return after if len(series.values) + after.sum() <= MAX_PERIODS else np.zeros_like(after)


def to_common_end(series: SeriesSet) -> SeriesSet:
    """The series with 0 for the open periods until the list ends; closed ones are missing."""
    after = periods_after(series)
    if not after.any():
        return series
    offsets = np.concatenate([[0], np.cumsum(series.lengths + after)]).astype(np.int64)
    at = np.arange(len(series.values)) + np.repeat(offsets[:-1] - series.offsets[:-1], series.lengths)
    values = np.zeros(offsets[-1])
    values[at] = series.values
    raw = None
    if series.raw_values is not None:
        raw = values.copy()
        raw[at] = series.raw_values
    longer = replace(series, values=values, offsets=offsets, raw_values=raw)
    closed = longer.closed_points
    closed[at] = False
    return replace(
        longer,
        values=np.where(closed, np.nan, values),
        raw_values=None if raw is None else np.where(closed, np.nan, raw),
    )


def _last_open(series: SeriesSet, end: np.int64) -> Integers:
    """The last period until ``end`` in which each series is open: int64 [N]; before its last value where none is."""
    latest = np.full(len(series), end)
    for key, one in {kind.key: kind for kind in series.open_periods if not kind.always}.items():
        members = np.array([other.key == key for other in series.open_periods])
        numbers = np.arange(series.last[members].min(), end + 1)
        latest[members] = numbers[one.is_open(series.frequency, numbers)].max(initial=numbers[0])
    return latest
