"""What groups of series came to in the past."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers
from almanac.core.series import SeriesSet
from almanac.totals.grouping import Grouping

MAX_MISSING = 0.1  # of the parts of a total in a period, that their last known value may stand for; by judgement


def past_sums(
    series: SeriesSet, grouping: Grouping, spans: Sequence[tuple[int, int] | None], averaged: Flags
) -> Floats:
    """What each group came to in past spans (period numbers, from and to before): float64 [G, S].

    NaN where that is not fully known: without a span, when it begins before the first or ends after the last period of
    the group, or when a value in it is missing. A part that had not begun or is over adds nothing. ``averaged`` bool
    [G]: groups whose values are averaged, over the periods and over the parts.
    """
    found = np.full((len(grouping), len(spans)), np.nan)
    first, last = _extent(series, grouping)
    for s, span in enumerate(spans):
        if span is None:
            continue
        sums, count, unknown = map(grouping.sums, _between(series, span))
        there = (unknown == 0) & (count > 0) & (first <= span[0]) & (last >= span[1] - 1)
        amount = np.where(averaged, sums / np.maximum(count, 1), sums)
        found[:, s] = np.where(there, amount, np.nan)
    return found


def _extent(series: SeriesSet, grouping: Grouping) -> tuple[Integers, Integers]:
    """The first and the last period of each group: int64 [G] each."""
    first, last = [], []
    for level in grouping.levels:
        starts = np.concatenate([[0], np.cumsum(level.sizes)[:-1]])
        first.append(np.minimum.reduceat(series.first[level.order], starts))
        last.append(np.maximum.reduceat(series.last[level.order], starts))
    return np.concatenate(first), np.concatenate(last)


def _between(series: SeriesSet, span: tuple[int, int]) -> Floats:
    """Of the points of each series in a span: the sum of their values, how many are known, and how many are missing
    though the series was open: float64 [3, N].
    """
    low, high = (series.offsets[:-1] + np.clip(edge - series.first, 0, series.lengths) for edge in span)
    counts = np.maximum(high - low, 0)
    stops = np.cumsum(counts)
    starts = stops - counts
    at = np.arange(stops[-1]) + np.repeat(low - starts, counts)  # of these alone: a history may fill the memory
    values, closed = series.values[at], series.closed_points[at]
    known, missing = np.isfinite(values), ~np.isfinite(values) & ~(closed & np.isnan(values))
    padded = np.zeros((3, len(at) + 1))
    padded[:, :-1] = np.nan_to_num(values), known, missing
    sums: Floats = np.add.reduceat(padded, np.stack([starts, stops], axis=1).ravel(), axis=1)[:, ::2]
    return np.where(counts > 0, sums, 0.0)
