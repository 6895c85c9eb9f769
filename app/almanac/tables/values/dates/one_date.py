"""One cell as a date: what is kept of cells that are read several times."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from almanac.tables.values.cells import Cell
from almanac.tables.values.dates.calendar_names import FIRST_YEAR, LAST_YEAR, is_weekday
from almanac.tables.values.dates.date_patterns import (
    COMPACT_DAY,
    COMPACT_MONTH,
    NEVER_A_DATE,
    DateParts,
    Grain,
    full_year,
    grain_of,
    offset_of,
    seconds_of,
)
from almanac.tables.values.dates.date_text import WEEKDAY, match_numeric_date, parse_date_text

_MONTHS = 12
NO_ZONE = 10**6  # no offset in seconds is this large
_MIN_WITH_ZONE = 16  # characters of the shortest date with a time and a zone


class OneDate(NamedTuple):
    """A cell as year, month, day and seconds, the day first; ``grain`` is None where it is not a date.

    ``separator``: of a date in three numbers, which can be read with the month first too; else ``pattern``.
    """

    parts: tuple[int, int, int, int] = (0, 0, 0, 0)
    grain: Grain | None = None
    separator: str = ""
    pattern: str = ""
    offset: int = NO_ZONE


_NO_DATE = OneDate()


def _as_found(found: DateParts | None) -> OneDate:
    return (
        _NO_DATE
        if found is None
        else OneDate((found.year, found.month, found.day, found.seconds), found.grain, pattern=found.pattern)
    )


@lru_cache(maxsize=1 << 13)  # each cell is read for its column, for lines of sums and for the timeline
def _text_as_date(text: str) -> OneDate:
    if text == "" or NEVER_A_DATE.fullmatch(text):
        return _NO_DATE
    zone = offset_of(text) if len(text) >= _MIN_WITH_ZONE else None
    match = match_numeric_date(text)
    if match is None:
        one = _as_found(parse_date(text))
    else:
        parts = full_year(match["y"]), int(match["b"]), int(match["a"]), seconds_of(match)
        one = OneDate(parts, grain_of(match), separator=match["sep"].strip() or " ")
    return one if zone is None else one._replace(offset=zone)


def one_date(cell: Cell) -> OneDate:
    """The cell as a date, the day first."""
    return _text_as_date(cell) if isinstance(cell, str) else _as_found(parse_date(cell))


@lru_cache(maxsize=1 << 15)
def parse_date(cell: Cell) -> DateParts | None:
    """What a cell says that can be read in one way only; None for other cells."""
    if isinstance(cell, datetime):
        seconds = cell.hour * 3600 + cell.minute * 60 + cell.second
        return DateParts(cell.year, cell.month, cell.day, seconds, Grain.TIME if seconds else Grain.DAY, "date cell")
    if isinstance(cell, date):
        return DateParts(cell.year, cell.month, cell.day, 0, Grain.DAY, "date cell")
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _from_number(float(cell))
    if not isinstance(cell, str) or not any(c.isdecimal() for c in cell[:60]) or NEVER_A_DATE.fullmatch(cell):
        return None
    found = parse_date_text(cell)
    weekday = WEEKDAY.match(cell) if found is None else None
    if weekday and is_weekday(weekday[1]):
        return parse_date_text(cell[weekday.end() :])
    return found


def _from_number(value: float) -> DateParts | None:
    """Numbers of a workbook that are dates in digits: 2015, 201503, 20150314."""
    if not value.is_integer():
        return None
    number = int(value)
    if FIRST_YEAR <= number <= LAST_YEAR:
        return DateParts(number, 1, 1, 0, Grain.YEAR, "year")
    if 190001 <= number <= 219912 and 1 <= number % 100 <= 12:
        return DateParts(number // 100, number % 100, 1, 0, Grain.MONTH, COMPACT_MONTH)
    if 1900010100 <= number <= 2199123123 or 190001010000 <= number <= 219912312359:
        return parse_date_text(str(number))
    if 19000101 <= number <= 21991231:
        return DateParts(number // 10000, number // 100 % 100, number % 100, 0, Grain.DAY, COMPACT_DAY)
    return None


def day_of(text: str) -> date | None:
    """The day that a single text says, the day first unless only the month can be: 10/31/2024; None for none."""
    one = _text_as_date(text)
    if one.grain is not Grain.DAY:
        return None
    year, month, day, _ = one.parts
    try:
        return date(year, month, day) if month <= _MONTHS else date(year, day, month)
    except ValueError:  # a day that the calendar does not have
        return None
