"""Frequency: how often a series has a value, and the arithmetic between dates and period numbers.

Every package counts time in whole periods (an int64 *period number*), so that months of 28 to 31 days, weeks that end
on Fridays and business days are all evenly spaced. Dates come back only where a person reads them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from almanac.core.arrays import Integers, Timestamps
from almanac.core.calendar.clock import Clock
from almanac.core.calendar.fiscal import FiscalYear
from almanac.core.text import plural


class Unit(StrEnum):
    """What one period is."""

    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"
    WEEK = "week"
    DAY = "day"
    BUSINESS_DAY = "business day"
    HOUR = "hour"
    MINUTE = "minute"
    ROW = "row"  # no dates at all: one row after another


_MONTHS = {Unit.YEAR: 12, Unit.QUARTER: 3, Unit.MONTH: 1}
_SECONDS = {Unit.HOUR: 3600, Unit.MINUTE: 60}
_NAMES = {
    Unit.YEAR: "yearly",
    Unit.QUARTER: "quarterly",
    Unit.MONTH: "monthly",
    Unit.WEEK: "weekly",
    Unit.DAY: "daily",
    Unit.BUSINESS_DAY: "business-daily",
    Unit.HOUR: "hourly",
    Unit.MINUTE: "minutely",
    Unit.ROW: "row by row",
}
# How many periods make the season that most data of that frequency has: a year, a week or a day.
_SEASONS = {
    Unit.YEAR: 1,
    Unit.QUARTER: 4,
    Unit.MONTH: 12,
    Unit.WEEK: 52,
    Unit.DAY: 7,
    Unit.BUSINESS_DAY: 5,
    Unit.HOUR: 24,
    Unit.MINUTE: 1440,
    Unit.ROW: 1,
}

# A second, longer season: the year in daily data, the week in hourly data.
_LONG_SEASONS = {Unit.DAY: 365, Unit.BUSINESS_DAY: 260, Unit.HOUR: 168, Unit.MINUTE: 10080}


@dataclass(frozen=True)
class Frequency:
    """One value every ``multiple`` ``unit``.

    ``anchor`` says where periods begin: for months, quarters and years the month (0 = January) a period starts in; for
    weeks the day (days since 1970-01-01, modulo the length) its label falls on; for minutes and hours the seconds
    after midnight UTC modulo the length. ``day`` is the day of the month that month-based labels carry (31 = the
    last day). ``clock``: how clocks change, for minutes and hours that are counted as they pass.
    ``fiscal``: what the parts of a fiscal year are called.
    """

    unit: Unit
    multiple: int = 1
    anchor: int = 0
    day: int = 1
    clock: Clock | None = None
    fiscal: FiscalYear | None = None

    @property
    def season_length(self) -> int:
        """Periods in the usual season (12 for monthly); 1 when there is none."""
        if _SEASONS[self.unit] % self.multiple == 0:
            return max(_SEASONS[self.unit] // self.multiple, 1)
        return 1

    @property
    def long_season(self) -> int:
        """Periods in the longer of two seasons (168 for hourly); 1 when there is only one."""
        if self.unit is Unit.DAY and self.multiple > 1:
            return 1
        periods = _LONG_SEASONS.get(self.unit, 1)
        return periods // self.multiple if self.season_length > 1 and periods % self.multiple == 0 else 1

    @property
    def name(self) -> str:
        """The frequency in a word or two: "monthly", "every 30 minutes"."""
        if self.multiple == 1:
            return _NAMES[self.unit]
        return f"every {self.multiple} {self.unit.value}s"

    @property
    def dated(self) -> bool:
        """Whether periods have dates, not only row numbers."""
        return self.unit is not Unit.ROW

    @property
    def period(self) -> str:
        """One period in words: "month", "period of 30 minutes"."""
        return self.unit.value if self.multiple == 1 else f"period of {self.multiple} {self.unit.value}s"

    @property
    def periods(self) -> str:
        """Several periods in words: "months", "periods of 30 minutes"."""
        return f"{self.unit.value}s" if self.multiple == 1 else f"periods of {self.multiple} {self.unit.value}s"

    def duration(self, count: int) -> str:
        """``count`` periods in words: "3 months", "1 week", "4 periods of 30 minutes"."""
        return plural(count, self.period, self.periods)

    def numbers(self, dates: Timestamps) -> Integers:
        """Period number of each date, int64 of the same shape. A date belongs to the period that contains it.

        With a ``clock``, dates are those of the clock that never changes. Weekend dates count to the Friday before when
        only business days do.
        """
        if self.unit in _MONTHS:
            months = dates.astype("datetime64[M]").astype(np.int64)
            return (months - self.anchor) // (_MONTHS[self.unit] * self.multiple)
        if self.unit is Unit.WEEK:
            return (dates.astype("datetime64[D]").astype(np.int64) - self.anchor) // (7 * self.multiple)
        if self.unit is Unit.DAY:
            return (dates.astype("datetime64[D]").astype(np.int64) - self.anchor) // self.multiple
        if self.unit is Unit.BUSINESS_DAY:
            days = dates.astype("datetime64[D]").astype(np.int64) + 3  # Monday 1969-12-29 is day 0
            return days // 7 * 5 + np.minimum(days % 7, 4)
        if self.unit in _SECONDS:
            seconds = dates.astype("datetime64[s]", copy=False).astype(np.int64)  # the one copy: there may be millions
            seconds -= self.anchor
            seconds //= _SECONDS[self.unit] * self.multiple
            return seconds
        return dates.astype(np.int64)

    def dates(self, numbers: Integers) -> Timestamps:
        """The date that labels each period, datetime64[s] of the same shape: with a ``clock``, as it is on the wall.

        Raises ``ValueError`` for a frequency without dates.
        """
        even = self.even_dates(numbers)
        return even if self.clock is None else self.clock.on_the_wall(even)

    def even_dates(self, numbers: Integers) -> Timestamps:
        """The date of each period on a clock that never changes, datetime64[s]; the inverse of ``numbers``.

        Raises ``ValueError`` for a frequency without dates.
        """
        if self.unit in _MONTHS:
            months = (numbers * (_MONTHS[self.unit] * self.multiple) + self.anchor).astype("datetime64[M]")
            last = (months + 1).astype("datetime64[D]") - 1
            day = months.astype("datetime64[D]") + (self.day - 1)
            labels: Timestamps = np.minimum(day, last).astype("datetime64[s]")
            return labels
        if self.unit is Unit.WEEK:
            return (numbers * (7 * self.multiple) + self.anchor).astype("datetime64[D]").astype("datetime64[s]")
        if self.unit is Unit.DAY:
            return (numbers * self.multiple + self.anchor).astype("datetime64[D]").astype("datetime64[s]")
        if self.unit is Unit.BUSINESS_DAY:
            return (numbers // 5 * 7 + numbers % 5 - 3).astype("datetime64[D]").astype("datetime64[s]")
        if self.unit in _SECONDS:
            length = _SECONDS[self.unit] * self.multiple
            return (numbers * length + self.anchor).astype("datetime64[s]")
        raise ValueError("a frequency without dates has only row numbers")

    def begins(self, numbers: Integers) -> Timestamps:
        """The moment at which each period begins, datetime64[s]: of months not always the date that labels them.

        On a clock that never changes. Raises ``ValueError`` for a frequency without dates.
        """
        labels = self.even_dates(numbers)
        return labels.astype("datetime64[M]").astype("datetime64[s]") if self.unit in _MONTHS else labels

    def iso(self, number: int) -> str:
        """One period for programs: its date as ISO 8601, for hours and minutes with the time and a UTC offset that
        changes; or "row 25".
        """
        if not self.dated:
            return self.label(number)
        unit = "s" if self.unit in _SECONDS else "D"
        numbers = np.array([number], dtype=np.int64)
        zone = "" if self.clock is None else self.clock.utc_offset(self.even_dates(numbers)[0])
        return str(self.dates(numbers)[0].astype(f"datetime64[{unit}]")) + zone

    def label(self, number: int) -> str:
        """One period as an unambiguous short text: "2025-03", "2025-Q1", "2025-03-14", "row 25".

        The window and the workbook have their own wording in the person's locale.
        """
        if not self.dated:
            return f"row {number + 1}"
        date = self.dates(np.array([number], dtype=np.int64))[0]
        day = str(date.astype("datetime64[D]"))
        if self.unit in _MONTHS:
            return self._month_label(int(day[:4]), int(day[5:7]))
        return str(date.astype("datetime64[m]")).replace("T", " ") if self.unit in _SECONDS else day

    def _month_label(self, year: int, month: int) -> str:
        """A year, a quarter, or months that begin with this one."""
        if self.fiscal is not None:
            return self.fiscal.label(year * 12 + month - 1)
        if self.unit is Unit.YEAR:
            return f"{year:04d}"
        if self.unit is Unit.QUARTER and self.multiple == 1 and self.anchor % 3 == 0:
            return f"{year:04d}-Q{(month - 1) // 3 + 1}"
        return f"{year:04d}-{month:02d}"


YEARLY = Frequency(Unit.YEAR)
QUARTERLY = Frequency(Unit.QUARTER)
MONTHLY = Frequency(Unit.MONTH)
WEEKLY = Frequency(Unit.WEEK, anchor=4)  # labels on Mondays: 1970-01-05
DAILY = Frequency(Unit.DAY)
BUSINESS_DAILY = Frequency(Unit.BUSINESS_DAY)
HOURLY = Frequency(Unit.HOUR)
ROWS = Frequency(Unit.ROW)
ROW_ORDER = "row order"  # takes the place of a date column's name where there are no dates

# The names the command line takes.
BY_NAME = {f.name: f for f in (YEARLY, QUARTERLY, MONTHLY, WEEKLY, DAILY, BUSINESS_DAILY, HOURLY)}
