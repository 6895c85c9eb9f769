"""OpenPeriods: the days, hours and months in which anything happens, such as those of a shop closed on Sundays."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from almanac.core.arrays import Flags, Integers
from almanac.core.calendar.frequency import Frequency, Unit

DAYS, HOURS, MONTHS, MINUTES_PER_DAY = 7, 24, 12, 24 * 60
_SECONDS_PER_DAY, _MONDAY = 86_400, 3  # 1970-01-01 was a Thursday, day 3 of a week that begins on Monday
_WITH_WEEKDAYS = (Unit.DAY, Unit.BUSINESS_DAY, Unit.HOUR, Unit.MINUTE)
_WITHOUT_MONTHS = (Unit.YEAR, Unit.QUARTER, Unit.ROW)


@dataclass(frozen=True, eq=False)
class OpenPeriods:
    """``week``: bool [7, slots], whether each part of each weekday is open (Monday first; 24 slots are hours, 1 is the
    whole day, 96 are quarters of an hour); ``months``: bool [12], whether each month is (January first).
    """

    week: Flags
    months: Flags

    @cached_property
    def always(self) -> bool:
        """Whether nothing is ever closed."""
        return bool(self.week.all() and self.months.all())

    @cached_property
    def key(self) -> bytes:
        """The same for the same periods, to compare them by."""
        return self.week.tobytes() + self.months.tobytes()

    def spans(self, day: int) -> list[tuple[int, int]]:
        """The open parts of a weekday (0 for Monday): the minutes at which each begins and ends."""
        edges = np.flatnonzero(np.diff(self.week[day].astype(np.int64), prepend=0, append=0))
        minutes = edges * (MINUTES_PER_DAY // self.week.shape[1])
        return [(int(start), int(stop)) for start, stop in minutes.reshape(-1, 2)]

    def is_open(self, frequency: Frequency, numbers: Integers) -> Flags:
        """Whether periods are open, by the moment that labels each: bool of the shape of ``numbers``."""
        opened = np.ones(np.shape(numbers), dtype=bool)
        if frequency.unit in _WITHOUT_MONTHS or (frequency.multiple > 1 and frequency.unit is Unit.MONTH):
            return opened
        opened &= self.months[month_of(frequency, numbers)]
        if frequency.unit in _WITH_WEEKDAYS:
            day, slot = slot_of(frequency, numbers, self.week.shape[1])
            opened &= self.week[day, slot]
        return opened


def month_of(frequency: Frequency, numbers: Integers) -> Integers:
    """The month of the moment that labels each period, 0 for January."""
    months: Integers = frequency.dates(numbers).astype("datetime64[M]").astype(np.int64) % MONTHS
    return months


def slot_of(frequency: Frequency, numbers: Integers, slots: int) -> tuple[Integers, Integers]:
    """The weekday (0 for Monday) and the part of the day (of ``slots``) of the moment that labels each period."""
    seconds = frequency.dates(numbers).astype(np.int64)
    day, rest = np.divmod(seconds, _SECONDS_PER_DAY)
    return (day + _MONDAY) % DAYS, rest * slots // _SECONDS_PER_DAY
