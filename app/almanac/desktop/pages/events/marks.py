"""In which periods of a series its chart has an event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from almanac.core.arrays import Integers
from almanac.core.calendar.frequency import Frequency, Unit
from almanac.core.entered.events import Event, EventEffect, EventKind

if TYPE_CHECKING:
    from almanac.workflow.results import ForecastResult

HOLIDAY_UNITS = (Unit.DAY, Unit.BUSINESS_DAY, Unit.WEEK)  # coarser ones hold a holiday in nearly every period
SEPARATOR = ", "


def event_marks(result: ForecastResult, i: int, position: int) -> dict[int, str]:
    """The names of the events in each period of series ``i`` of the forecast, ``position`` of the file."""
    series, frequency = result.file.series, result.forecast.frequency
    first, end = int(series.first[position]), int(result.forecast.first[i]) + result.forecast.horizon
    if not frequency.dated:
        return {}
    own = {series.names[position], *(series.keys[position] if series.keys else ())}
    mine = [event for event in result.event_choice.events if not event.series or own & set(event.series)]
    marks: dict[int, list[str]] = {}
    for name, periods in (
        *_entered(mine, frequency, (first, end)),
        *_holidays(result.events, frequency),
        *((one.name, one.periods[one.series == position]) for one in result.file.event_columns),
    ):
        for period in np.unique(periods[(periods >= first) & (periods < end)]).tolist():
            marks.setdefault(period, []).append(name)
    return {period: SEPARATOR.join(dict.fromkeys(names)) for period, names in marks.items()}


def _entered(events: Iterable[Event], frequency: Frequency, shown: tuple[int, int]) -> Iterator[tuple[str, Integers]]:
    """The periods from ``shown[0]`` to before ``shown[1]`` of events that a person entered."""
    begin, end = (day.astype("datetime64[D]").item() for day in frequency.dates(np.array(shown)))
    for event in events:
        for one, last in event.days(begin, end):
            days = np.array([one, last + timedelta(1)], "datetime64[D]").astype("datetime64[s]")
            low, high = frequency.numbers(days - np.array([0, 1], "timedelta64[s]"))
            yield event.name, np.arange(max(low, shown[0]), min(high + 1, shown[1]))


def _holidays(effects: Iterable[EventEffect], frequency: Frequency) -> Iterator[tuple[str, Integers]]:
    for effect in effects if frequency.unit in HOLIDAY_UNITS else ():
        if effect.kind is EventKind.HOLIDAY and effect.offset == 0 and effect.dates:
            yield effect.name, frequency.numbers(np.array(effect.dates, "datetime64[s]"))
