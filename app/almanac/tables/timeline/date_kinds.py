"""The kinds of columns that hold dates and times of day. A function in ``timeline.READERS`` reads each kind of date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class DateKind(StrEnum):
    """What the columns that hold the dates contain."""

    DATE = "date"
    YEAR = "year"
    YEAR_AND_MONTH = "year month"
    YEAR_MONTH_DAY = "year month day"
    YEAR_AND_DAY = "year day"  # 1 to 366
    YEAR_AND_DATE = "year date"  # a day and a month without their year: 31 Jan, 31.01.
    YEAR_AND_QUARTER = "year quarter"
    YEAR_AND_WEEK = "year week"
    FISCAL = "fiscal year"  # 2022/23 Q4 in one column, or a fiscal year and its quarter, period or month
    YEAR_AND_PART = "year part"  # a numbered period or term
    COMPACT_WEEK = "week of year"  # 202453
    COMPACT_QUARTER = "quarter of year"  # 20244
    MONTH_BELOW_YEAR = "month below year"
    MONTH_WITHOUT_YEAR = "month alone"
    DAY_WITHOUT_YEAR = "day alone"
    NUMBERED_YEAR = "date in a numbered year"  # from headings without a year: 0001-03, 0001-03-15
    YEAR_NUMBER_AND_MONTH = "year number"  # codes such as 1-01
    EXCEL_DAYS = "excel days"
    UNIX_SECONDS = "unix seconds"
    UNIX_MILLISECONDS = "unix milliseconds"
    YYMMDD = "days in six digits, the year first"
    DDMMYY = "days in six digits, the day first"
    MMDDYY = "days in six digits, the month first"


class TimeKind(StrEnum):
    """How a separate time of day is written."""

    CLOCK = "time"
    COMPACT_CLOCK = "clock"  # without a colon: 1830
    HOUR = "hour"  # 0 to 23, or 1 to 24, perhaps with minutes and seconds in the next columns
    COUNTED = "counted"  # half-hours 1 to 48, or quarter-hours 1 to 96
    HALF_DAYS = "half-days"  # a time or an hour from 1 to 12, and AM or PM in another column


SIX_DIGITS = (DateKind.YYMMDD, DateKind.DDMMYY, DateKind.MMDDYY)
SERIAL_KINDS = (DateKind.EXCEL_DAYS, DateKind.UNIX_SECONDS, DateKind.UNIX_MILLISECONDS, *SIX_DIGITS)
KINDS_WITHOUT_YEAR = (DateKind.MONTH_WITHOUT_YEAR, DateKind.DAY_WITHOUT_YEAR, DateKind.NUMBERED_YEAR)
KINDS_OF_DAYS = (
    DateKind.DATE,
    DateKind.EXCEL_DAYS,
    DateKind.YEAR_MONTH_DAY,
    DateKind.YEAR_AND_DAY,
    DateKind.YEAR_AND_DATE,
    *SIX_DIGITS,
)


@dataclass(frozen=True)
class TimeOfDay:
    """The columns that hold the time of day: one, or an hour, a minute and perhaps a second; ``rule`` found them."""

    kind: TimeKind
    columns: tuple[int, ...]
    rule: str = field(default="", compare=False)


@dataclass(frozen=True)
class DateSource:
    """The columns that hold the dates, and what they contain; ``time``: where the time of day is, if it stands apart;
    ``fiscal_start``: where the person says that fiscal years begin, see ``FiscalYear``; ``first_year``: in which year
    the person says that dates without one begin; ``keys``: columns that name things, for each of which they do.

    ``rule`` says which rule found them; ``tried``: the rules that found none before it.
    """

    kind: DateKind
    date_columns: tuple[int, ...]
    rule: str = field(default="", compare=False)
    tried: tuple[str, ...] = field(default=(), compare=False)
    time: TimeOfDay | None = None
    fiscal_start: int | None = None
    first_year: int | None = None
    keys: tuple[int, ...] = ()

    @property
    def columns(self) -> tuple[int, ...]:
        """The columns of the date and of the time of day."""
        return self.date_columns + (self.time.columns if self.time else ())

    def label(self, names: Sequence[str]) -> str:
        """The names of the columns, as a person reads them: "Year + Month"."""
        return " + ".join(names[i] for i in self.columns)
