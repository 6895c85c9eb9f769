"""Days without a year that follow one another: 20.11., Mo 20.11., Nov 20, 20-Nov, Mon 03/02."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from almanac.core.arrays import Flags, Integers, Timestamps
from almanac.tables.values.cells import Cell, Codes, Column, cell_text
from almanac.tables.values.dates.calendar_names import weekday_numbers
from almanac.tables.values.dates.date_text import DayAndMonth, day_and_month
from almanac.tables.values.dates.read_dates import NAT, weekdays

_LEAP_YEAR = 2000  # a year that has every day
_MONTHS, _LONGEST_MONTH = 12, 31
_CALENDARS = 28  # years after which each day of the year has the same weekday again

# All chosen by judgement.
_MAX_CELLS, _SAMPLE = 5000, 20
_MAX_WEEKDAY_CELLS = 16  # of a column of weekdays, in two spellings each
_MIN_DAY_SHARE = 0.8  # of the first cells
_MIN_DAYS = 5
_MAX_GAP, _USUAL_GAP, _MIN_USUAL_SHARE = 45, 7, 0.8  # days between two rows: at most, and mostly
_MAX_OFFERED = 6  # first years that a person can choose from
_MIN_WITH_WEEKDAY = 0.8  # share of the days whose weekday is given, for their year to be looked up
_DIGITS = re.compile(r"(\d{1,2})(\d\d)(?:\.0)?")  # 0101, 3112, and 101 where the number lost its zero

DaysWithoutYear = Sequence[tuple[int, int] | None]  # the day and the month of each distinct cell, None for no day


@dataclass(frozen=True, eq=False)
class DaysInARow:
    """When each of N rows happened, datetime64[s]; ``first_years``: the years they may begin in, the one in use first.

    Where weekdays are given, these are the years up to today that have them, and the latest is in use. Without weekdays
    the years are counted from 1, and any year may be the first.
    """

    when: Timestamps
    first_years: tuple[int, ...]


def weekdays_beside(columns: Sequence[Column]) -> Flags | None:
    """The days of the week that the first column of weekdays alone may name in each row, bool [N, 7]; None without."""
    for column in columns:
        if column.has_numbers or not 1 < len(column.cells) <= _MAX_WEEKDAY_CELLS:
            continue
        found = [weekday_numbers(cell) if isinstance(cell, str) else frozenset[int]() for cell in column.cells]
        if all(days or cell == "" for days, cell in zip(found, column.cells, strict=True)):
            known = np.array([[day in days for day in range(7)] for days in found], dtype=bool)
            return known[column.codes]
    return None


def consecutive_days(column: Column, first_year: int | None = None, named: Flags | None = None) -> DaysInARow | None:
    """When each row happened; None when the days do not run on. ``first_year``: the one that the person chose.

    ``named``: bool [N, 7], the weekdays that another column gives.

    Rows rise or fall by a few days each, and a new year begins where the calendar starts again. With a 29 February,
    a counted first year has the number that makes the year of that day a leap year.
    """
    if column.has_numbers or len(column.cells) > _MAX_CELLS:
        return None
    first = column.cells[:_SAMPLE]
    if sum(day_and_month(cell) is not None for cell in first) < _MIN_DAY_SHARE * len(first):
        return None
    return _in_a_row([day_and_month(cell) for cell in column.cells], column.codes, first_year, named)


def days_without_year(column: Column, min_share: float, in_digits: bool) -> list[DaysWithoutYear]:
    """The ways to read a column of days that need not run on, the likelier first; none where it holds something else.

    ``min_share``: of the filled cells that must be days; ``in_digits``: whether 0101 may be one.
    """
    filled = [n for n, cell in enumerate(column.cells) if cell != ""]
    if not 1 < len(filled) <= _MAX_CELLS:
        return []
    readers = (day_and_month, _day_in_digits) if in_digits else (day_and_month,)
    for read in readers:
        first = [column.cells[n] for n in filled[:_SAMPLE]]
        if sum(read(cell) is not None for cell in first) < min_share * len(first):
            continue
        found = [read(cell) for cell in column.cells]
        known = [day for day in found if day is not None]
        if len(known) < min_share * len(filled):
            continue
        ways = [[None if day is None else (day.day, day.month) for day in found]]
        if all(day.swaps for day in known):
            ways.append([None if day is None else (day.month, day.day) for day in found])
        return [days for days in ways if all(day is None or day[1] <= _MONTHS for day in days)]
    return []


def _day_in_digits(cell: Cell) -> DayAndMonth | None:
    """The day in 0101 or 3112; in a column of these the month may come first."""
    match = _DIGITS.fullmatch(cell_text(cell))
    if match is None:
        return None
    day, month = int(match[1]), int(match[2])
    possible = 1 <= min(day, month) <= _MONTHS and max(day, month) <= _LONGEST_MONTH
    return DayAndMonth(day, month, swaps=True) if possible else None


def days_of_names(names: Sequence[Cell]) -> Timestamps | None:
    """The same for headings that are all days without a year: datetime64[s] [n]."""
    found = [day_and_month(name) for name in names]
    days = None if None in found else _in_a_row(found, np.arange(len(found), dtype=np.int32), None)
    return None if days is None else days.when


def _in_a_row(
    cells: Sequence[DayAndMonth | None], codes: Codes, first_year: int | None, named: Flags | None = None
) -> DaysInARow | None:
    """When each of N rows happened; ``cells``: the distinct days, ``codes``: int32 [N], which one each row holds."""
    whole = np.array([(c.day, c.month, c.swaps) if c else (0, 0, True) for c in cells], dtype=np.int64)
    day, month, swaps = whole.reshape(-1, 3)[codes].T
    expected = np.zeros((len(cells), 7), dtype=bool)
    for n, cell in enumerate(cells):
        expected[n, list(cell.weekdays) if cell else []] = True
    rows = np.flatnonzero(day > 0)
    of_rows = expected[codes[rows]] if named is None else expected[codes[rows]] | named[rows]
    orders = [(month, day), (day, month)] if len(rows) and swaps.all() else [(month, day)]
    for months, days in orders:
        found = _run_on(months[rows], days[rows], of_rows, first_year)
        if found is not None:
            result: Timestamps = np.full(len(codes), NAT, dtype="datetime64[s]")
            result[rows] = found.when
            return replace(found, when=result)
    return None


def _run_on(month: Integers, day: Integers, expected: Flags, first_year: int | None) -> DaysInARow | None:
    """The dates of days that run on, in this order of day and month; None when they do not."""
    if not len(month) or month.max() > 12:
        return None
    of_leap_year = _dates(np.full(len(month), _LEAP_YEAR), month, day)
    place = of_leap_year.astype("datetime64[D]").astype(np.int64)
    if len(np.unique(place)) < _MIN_DAYS:
        return None
    backwards = (np.diff(place) % 366 > _MAX_GAP).mean() > 0.5  # newest first
    place = place[::-1] if backwards else place
    steps = np.diff(place) % 366
    if steps.max() > _MAX_GAP or (steps <= _USUAL_GAP).mean() < _MIN_USUAL_SHARE:
        return None
    passed = np.concatenate([[0], np.cumsum(np.diff(place) < 0)])
    passed = passed[::-1] if backwards else passed
    years = list(_first_years(passed, month, day, expected))
    if first_year is not None and _exist(first_year + passed[(month == 2) & (day == 29)]):
        years = [first_year, *(year for year in years if year != first_year)]
    return DaysInARow(_dates(years[0] + passed, month, day), tuple(years[:_MAX_OFFERED]))


def _first_years(passed: Integers, month: Integers, day: Integers, expected: Flags) -> Iterator[int]:
    """The first years that days in years counted from 0 may have: those up to today with their weekdays, latest first.

    Before these 1 (or what makes 29 February exist), where the weekdays do not say which year it is.
    """
    leap_days = passed[(month == 2) & (day == 29)]
    given = expected.any(axis=1)
    known = bool(given.mean() >= _MIN_WITH_WEEKDAY)
    today, possible = date.today(), []
    for year in range(today.year - int(passed.max()), today.year - int(passed.max()) - _CALENDARS, -1):
        when = _dates(year + passed, month, day).astype("datetime64[D]")
        fits = not known or (expected[np.arange(len(when)), weekdays(when)] | ~given).all()
        if fits and when.max() <= np.datetime64(today) and _exist(year + leap_days):
            possible.append(year)
    if not known or not possible:
        yield 1 + int((4 - (1 + leap_days[0])) % 4) if len(leap_days) else 1
    yield from possible


def _exist(years: Integers) -> bool:
    """Whether all these years have a 29 February."""
    return bool((years % 4 == 0).all())


def _dates(years: Integers, months: Integers, days: Integers) -> Timestamps:
    first = ((years - 1970) * 12 + months - 1).astype("datetime64[M]").astype("datetime64[D]")
    dates: Timestamps = (first + (days - 1)).astype("datetime64[s]")
    return dates
