"""Which values of series are from the time of an event."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import numpy as np

from almanac.core.arrays import Flags, Integers
from almanac.core.entered.events import Event, EventColumn, EventKind
from almanac.core.series import SeriesSet
from almanac.events.dates.calendars import Periods, Term, column_term, dated_terms, periods_of


def touched(series: SeriesSet, terms: Sequence[Term], periods: Periods, rows: Integers | None = None) -> Flags:
    """The points within any of the terms: bool [points]; ``rows``: which of the N each series is, None for all."""
    owner = np.repeat(np.arange(len(series)) if rows is None else rows, series.lengths)
    position = np.arange(len(series.values)) + np.repeat(
        series.first - series.offsets[:-1] - periods.start, series.lengths
    )
    found = np.zeros(len(series.values), dtype=bool)
    for term in terms:
        found |= np.abs(term.at(owner, position)) > 0
    return found


def points_during(
    series: SeriesSet, dated: Iterable[Event], columns: Iterable[EventColumn], kinds: Collection[EventKind]
) -> Flags:
    """The points of ``series`` within an event of one of these kinds: bool [points]; none where there are no dates."""
    if not series.frequency.dated:
        return np.zeros(len(series.values), dtype=bool)
    periods = periods_of(series, 0)
    terms = dated_terms([event for event in dated if event.kind in kinds], series, periods)
    found = [column_term(column, series, periods) for column in columns if column.kind in kinds]
    return touched(series, [*terms, *(term for term in found if term is not None)], periods)
