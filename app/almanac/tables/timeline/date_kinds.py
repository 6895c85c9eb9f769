"""The kinds of columns that hold dates. For each of them ``timeline.READERS`` has a function that reads it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class DateKind(StrEnum):
    """What the columns that hold the dates contain."""

    DATE = "date"
    DATE_AND_TIME = "date time"
    DATE_AND_COMPACT_CLOCK = "date clock"  # a time without a colon: 1830
    DATE_AND_HOUR = "date hour"  # 0 to 23, or 1 to 24
    DATE_AND_HALF_HOUR = "date half-hour"  # 1 to 48
    YEAR = "year"
    YEAR_AND_MONTH = "year month"
    YEAR_MONTH_DAY = "year month day"
    YEAR_AND_QUARTER = "year quarter"
    YEAR_AND_WEEK = "year week"
    YEAR_AND_PART = "year part"  # a numbered period or term
    COMPACT_WEEK = "week of year"  # 202453
    COMPACT_QUARTER = "quarter of year"  # 20244
    MONTH_BELOW_YEAR = "month below year"
    MONTH_WITHOUT_YEAR = "month alone"
    DAY_WITHOUT_YEAR = "day alone"
    YEAR_NUMBER_AND_MONTH = "year number"  # codes such as 1-01
    EXCEL_DAYS = "excel days"
    UNIX_SECONDS = "unix seconds"
    UNIX_MILLISECONDS = "unix milliseconds"


SERIAL_KINDS = (DateKind.EXCEL_DAYS, DateKind.UNIX_SECONDS, DateKind.UNIX_MILLISECONDS)
KINDS_WITHOUT_YEAR = (DateKind.MONTH_WITHOUT_YEAR, DateKind.DAY_WITHOUT_YEAR)


@dataclass(frozen=True)
class DateSource:
    """The columns that hold the dates, and what they contain.

    ``rule`` says which rule found them; ``tried``: the rules that found none before it.
    """

    kind: DateKind
    columns: tuple[int, ...]
    rule: str = field(default="", compare=False)
    tried: tuple[str, ...] = field(default=(), compare=False)

    def label(self, names: Sequence[str]) -> str:
        """The names of the columns, as a person reads them: "Year + Month"."""
        return " + ".join(names[i] for i in self.columns)
