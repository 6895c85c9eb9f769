"""Sheets whose rows do not say when they were: the name of the sheet gives the month, the year or the day."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from almanac.core.arrays import Integers
from almanac.tables.columns.profile import ColumnProfile, profile_table, unnamed
from almanac.tables.layout.several_tables.sheet_names import SheetPeriod
from almanac.tables.values.cells import Cell, Column, Table, cell_text
from almanac.tables.values.dates.calendar_names import Part, is_weekday, month_number, parts_named
from almanac.tables.values.dates.date_patterns import Grain
from almanac.tables.values.dates.date_text import month_and_day
from almanac.tables.values.dates.read_dates import looks_like_date

_DAY = re.compile(r"(?:([^\W\d_]+)\.?,?\s*)?(\d{1,2})(?:\.0)?(?:\.|st|nd|rd|th|er|º|ª)?", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LEAP_YEAR = 2024  # of which each month has as many days as it can have
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# All chosen by judgement.
_MIN_DAYS = 0.7  # share of filled rows with the number of a day; the others are sums and remarks
_MIN_IN_ORDER = 0.9  # steps from row to row that do not go back
_MIN_ACROSS = 5  # numbers of days in the heading
_SAMPLE = 50  # cells looked at
_MIN_MONTHS_ACROSS = 3  # names of months there
_DAYS: frozenset[Part] = frozenset(["year", "quarter", "month", "week", "day", "day of year", "period"])
_TIMES: frozenset[Part] = frozenset(["hour", "minute", "second"])


@dataclass(frozen=True, eq=False)
class _Sheet:
    table: Table
    profiles: tuple[ColumnProfile, ...]
    period: SheetPeriod


def with_dates(tables: Sequence[Table], periods: Sequence[SheetPeriod]) -> list[Table]:
    """The tables with dates from the names of their sheets, where their own rows and headings have none, or a part."""
    profiles = [profile_table(table) for table in tables]
    dates_across = any(sum(map(looks_like_date, table.names)) > 1 for table in tables)
    if dates_across or any(p.dated or p.holds_years for columns in profiles for p in columns):
        return list(tables)
    for way in _WAYS:
        found = [way(_Sheet(*one)) for one in zip(tables, profiles, periods, strict=True)]
        dated = [table for table in found if table is not None]
        if len(dated) == len(tables):
            return dated
    return list(tables)


def with_years(periods: Sequence[SheetPeriod], texts: Sequence[Sequence[str]]) -> list[SheetPeriod]:
    """The periods with the year that ``texts`` name: those of each sheet, above its table, or else of the file.

    Only where that puts the sheets in order: of October to March one year cannot be that of all.
    """
    known = []
    for period, lines in zip(periods, texts, strict=True):
        years = next((years for line in lines if (years := {int(text) for text in _YEAR.findall(line)})), set())
        if period.year == 0 and len(years) == 1:
            period = replace(period, year=next(iter(years)))
        known.append(period)
    places = [period.place for period in known]
    in_order = places in (sorted(places), sorted(places, reverse=True)) and len(set(places)) == len(places)
    return known if in_order and all(period.year for period in known) else list(periods)


def _by_months_across(sheet: _Sheet) -> Table | None:
    """The months of a year, from their names in the heading."""
    table, period = sheet.table, sheet.period
    months = [month_number(name) or 0 for name in table.names]
    if period.grain is not Grain.YEAR or sum(month > 0 for month in months) < _MIN_MONTHS_ACROSS:
        return None
    names = tuple(
        f"{period.year}-{month:02}" if month else name for month, name in zip(months, table.names, strict=True)
    )
    return replace(table, names=names) if len(set(names)) == len(names) else None


def _by_number_of_day(sheet: _Sheet) -> Table | None:
    """The days of a month, from their numbers in a column."""
    table, period = sheet.table, sheet.period
    if period.grain is not Grain.MONTH:
        return None
    for i, profile in enumerate(sheet.profiles):
        days = _days(table.columns[i])
        of_rows = days[table.columns[i].codes]
        rows = of_rows[~table.columns[i].empty]
        found = rows[rows > 0]
        if len(found) < 2 or len(found) < _MIN_DAYS * len(rows) or (np.diff(found) >= 0).mean() < _MIN_IN_ORDER:
            continue
        every = found.tolist() == list(range(1, _days_in(period) + 1))
        named = profile.named("day") or (profile.named_like_date and not parts_named(profile.name))
        if named or (every and i == 0):
            cells = [
                _text_of_day(period, day) if day else cell
                for day, cell in zip(days.tolist(), table.columns[i].cells, strict=True)
            ]
            columns = (*table.columns[:i], _column(table.columns[i].codes, cells), *table.columns[i + 1 :])
            name = "Date" if unnamed(profile.name) else profile.name
            return replace(table, columns=columns, names=(*table.names[:i], name, *table.names[i + 1 :]))
    return None


def _days(column: Column) -> Integers:
    """The number of the day that each distinct cell names, 0 where it does not: int64 [n]."""
    if column.has_numbers:
        return np.zeros(1, dtype=np.int64)
    found = [_DAY.fullmatch(cell_text(cell)) for cell in column.cells]
    words = [m is not None and (not m[1] or is_weekday(m[1])) for m in found]
    numbers = [int(m[2]) if m is not None and word else 0 for m, word in zip(found, words, strict=True)]
    return np.array([number if 1 <= number <= 31 else 0 for number in numbers], dtype=np.int64)


def _days_in(period: SheetPeriod) -> int:
    return calendar.monthrange(period.year or _LEAP_YEAR, period.month)[1]


def _text_of_day(period: SheetPeriod, day: int) -> str:
    """The date; blank for the 31st of a month with fewer days, which forms often have a row for."""
    if day > _days_in(period):
        return ""
    return f"{period.year}-{period.month:02}-{day:02}" if period.year else f"{day} {_month_word(period)}"


def _month_word(period: SheetPeriod) -> str:
    return _MONTHS[period.month - 1]  # not those of the calendar module, which depend on the person's language


def _column(codes: Integers, cells: Sequence[Cell]) -> Column:
    """A column of which several distinct cells may have become equal."""
    known: dict[tuple[type, Cell], int] = {}
    new = [known.setdefault((type(cell), cell), len(known)) for cell in cells]
    return Column(np.array(new, dtype=np.int32)[codes], [cell for _, cell in known])


def _by_days_across(sheet: _Sheet) -> Table | None:
    """The days of a month, from their numbers in the heading."""
    table, period = sheet.table, sheet.period
    numbers = [int(m[2]) if (m := _DAY.fullmatch(name)) and not m[1] else 0 for name in table.names]
    days = [n for n in numbers if 1 <= n <= 31]
    if period.grain is not Grain.MONTH or len(days) < _MIN_ACROSS or days != list(range(days[0], days[-1] + 1)):
        return None
    last = _days_in(period)
    kept = [i for i, n in enumerate(numbers) if n <= last]  # forms have 31 columns each month
    names = tuple(_text_of_day(period, numbers[i]) if numbers[i] else table.names[i] for i in kept)
    units = tuple(table.units[i] for i in kept) if table.units else ()
    return replace(table, names=names, columns=tuple(table.columns[i] for i in kept), units=units)


def _with_year(sheet: _Sheet) -> Table | None:
    """A column of the year next to months, or days and months."""
    months = any(p.holds_month_names or p.named("month") for p in sheet.profiles)
    if not sheet.period.year or not (months or any(map(_days_and_months, sheet.table.columns))):
        return None
    return _beside(sheet.table, "Year", str(sheet.period.year))


def _days_and_months(column: Column) -> bool:
    """Whether a column holds days and months: 31 Jan, 31.01."""
    if column.has_numbers:
        return False
    cells = [cell for cell in column.cells[:_SAMPLE] if cell != ""]
    return bool(cells) and sum(month_and_day(cell) is not None for cell in cells) >= _MIN_DAYS * len(cells)


def _with_period(sheet: _Sheet) -> Table | None:
    """A column of the period of the sheet, next to rows that say nothing about when they were."""
    table, period, profiles = sheet.table, sheet.period, sheet.profiles
    months_across = any(month_number(name) is not None for name in table.names)
    named = [frozenset(parts_named(p.name)) for p in profiles]
    if not any(p.numeric and not parts for p, parts in zip(profiles, named, strict=True)):
        named = []  # "Hours" and "Days" are what is counted
    timed = any(p.clock_share >= _MIN_DAYS for p in profiles) or any(parts & _TIMES for parts in named)
    if months_across or any(parts & _DAYS for parts in named) or any(map(_weekdays, table.columns)):
        return None
    if timed and period.grain not in (Grain.DAY, Grain.WEEK):
        return None
    month = f"{period.year}-{period.month:02}" if period.year else _month_word(period) if period.month else ""
    name, text = {
        Grain.YEAR: ("Year", str(period.year)),
        Grain.QUARTER: ("Quarter", f"{period.year} Q{(period.month + 2) // 3}"),
        Grain.MONTH: ("Month", month),
    }.get(period.grain, ("Date", f"{month}-{period.day:02}"))
    return _beside(table, name, text)


def _weekdays(column: Column) -> bool:
    if column.has_numbers:
        return False
    cells = [cell for cell in column.cells[:_SAMPLE] if cell != ""]
    named = sum(isinstance(cell, str) and is_weekday(cell.rstrip(".")) for cell in cells)
    return bool(cells) and named >= _MIN_DAYS * len(cells)


def _beside(table: Table, name: str, text: str) -> Table:
    """The table with one more column that holds the same text in every row."""
    column = Column(np.zeros(len(table), np.int32), [text])
    names = (*table.names, name if name not in table.names else f"{name} of the sheet")
    units = (*table.units, "") if table.units else ()
    return replace(table, names=names, columns=(*table.columns, column), units=units)


_WAYS: tuple[Callable[[_Sheet], Table | None], ...] = (
    _by_months_across,
    _by_number_of_day,
    _by_days_across,
    _with_year,
    _with_period,
)
