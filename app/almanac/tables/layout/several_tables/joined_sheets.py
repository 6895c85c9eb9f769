"""Sheets that continue one another: one for each year, month or day, with the same columns, joined into one table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from almanac.core.text import normalise
from almanac.tables.columns.profile import profile_table
from almanac.tables.layout.several_tables.dated_sheets import with_dates, with_years
from almanac.tables.layout.several_tables.sheet_names import (
    called_after_periods,
    in_time_order,
    numbered,
    period_of_name,
    periods_of_names,
)
from almanac.tables.values.cells import SHEET_STEP, Cell, Column, Table, as_cells
from almanac.tables.values.dates.calendar_names import month_number
from almanac.tables.values.dates.one_date import parse_date
from almanac.tables.values.dates.read_dates import looks_like_date, read_dates

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_MAX_SHEETS = 120  # ten years of months; more sheets are hardly one table (chosen by judgement)
_MAX_OVERLAPPING = 0.5  # share of sheets that begin before the one before ends; chosen by judgement
_MIN_SHARED = 2  # columns of a table of which another has all and some more; chosen by judgement

Span = tuple[np.datetime64, np.datetime64]


@dataclass(frozen=True, eq=False)
class SheetTable:
    """The table of one sheet, called ``name``, and the texts ``above`` it."""

    name: str
    table: Table
    above: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class JoinedSheets:
    """``table``: of the sheets ``names``, in order of time. ``dated``: whether their names say when rows were."""

    table: Table
    names: tuple[str, ...]
    dated: bool


def sheets_after_dates(names: Sequence[str]) -> tuple[str, ...]:
    """Several sheets that are called after a period each, or numbered, in the same way; empty without them.

    Others, such as notes, may be among the sheets.
    """
    alike: dict[str, list[str]] = {}
    for name in names:
        if _YEAR.search(name):
            alike.setdefault(_YEAR.sub("", name.strip(), count=1), []).append(name)
    found = [of for of in alike.values() if len(of) == len({_YEAR.findall(name)[0] for name in of})]
    dates = [name for name in names if _is_date(name.strip())]
    longest = max((called_after_periods(names), *found, dates, numbered(names)), key=len)
    return tuple(longest) if 2 <= len(longest) <= _MAX_SHEETS else ()


def _is_date(name: str) -> bool:
    return (
        looks_like_date(name) or month_number(name) is not None or (name.isdecimal() and parse_date(name) is not None)
    )


def join_sheets(sheets: Sequence[SheetTable], file: str) -> JoinedSheets | None:
    """The tables as one, in order of time, with the dates that only the names of the sheets say.

    None where they have not the same columns or hold the same time, or where sheets that are only numbered have no
    dates. ``file``: the name of the file, which may say the year.
    """
    sheets = [sheet for sheet in sheets if _holds_numbers(sheet.table)]
    if len(sheets) < 2:
        return None
    tables = _spelled_alike([_without_own_name(sheet) for sheet in sheets])
    names = [sheet.name for sheet in sheets]
    spans = _spans(tables)
    if spans is not None and _overlap(spans):
        return None
    periods = periods_of_names(names)
    dated = list(tables)
    if periods:
        periods = tuple(with_years(periods, [(*sheet.above, file) for sheet in sheets]))
        order = in_time_order(periods)
        names, tables, periods = (
            [names[i] for i in order],
            [tables[i] for i in order],
            tuple(periods[i] for i in order),
        )
        dated = with_dates(tables, periods)
    elif not all(map(_is_date, map(str.strip, names))) and not all(map(_YEAR.search, names)) and spans is None:
        return None
    if not all(joinable(dated[0], table) for table in dated[1:]):
        return None
    changed = any(one is not table for one, table in zip(dated, tables, strict=True))
    return JoinedSheets(join(dated, names), tuple(names), changed)


def _holds_numbers(table: Table) -> bool:
    """Whether there is a number besides the dates; forms for months to come have none."""
    return any(p.numeric and not p.named("day") for p in profile_table(table))


def _spans(tables: Sequence[Table]) -> list[Span] | None:
    """The first and the last date of each table, from the first column of dates; None where one has none."""
    found = []
    for table in tables:
        dated = next((i for i, profile in enumerate(profile_table(table)) if profile.dated), None)
        if dated is None:
            return None
        found.append(read_dates(as_cells(table.columns[dated]).cells))
    month_first = sum(int(np.isnat(dates.day_first).sum() - np.isnat(dates.month_first).sum()) for dates in found) > 0
    known = [dates.month_first if month_first else dates.day_first for dates in found]
    known = [when[~np.isnat(when)] for when in known]
    return [(when.min(), when.max()) for when in known] if all(map(len, known)) else None


def _overlap(spans: Sequence[Span]) -> bool:
    """Whether tables hold the same time: those of two shops, or a list as it was at several times."""
    in_order = sorted(spans)
    shared = sum(bool(b[0] < a[1]) for a, b in pairwise(in_order))
    return shared > _MAX_OVERLAPPING * (len(spans) - 1)


def _without_own_name(sheet: SheetTable) -> Table:
    """The table with its first column called "Date" where it is called after the period of the sheet."""
    first, *others = sheet.table.names
    own = month_number(first)
    period = period_of_name(sheet.name) if own is not None else None
    return replace(sheet.table, names=("Date", *others)) if period is not None and period.month == own else sheet.table


def _spelled_alike(tables: Sequence[Table]) -> list[Table]:
    """The tables with names of columns written as in the first, where only capitals and blanks differ."""
    known = {normalise(name): name for name in tables[0].names}
    if len(known) < len(tables[0].names):
        return list(tables)
    spelled = [tuple(known.get(normalise(name), name) for name in table.names) for table in tables]
    return [
        replace(table, names=names) if len(set(names)) == len(names) else table
        for table, names in zip(tables, spelled, strict=True)
    ]


def joinable(first: Table, other: Table) -> bool:
    """Whether the tables have the same columns, apart from those that are dates themselves, or one has some more."""
    one, two = _undated_names(first), _undated_names(other)
    if one == two:
        return True
    shorter, longer = sorted((set(one), set(two)), key=len)
    return shorter < longer and len(shorter) >= _MIN_SHARED and one[0] == two[0]


def _undated_names(table: Table) -> list[str]:
    """The names before the first date; in a table with dates across these columns name the rows."""
    across = [i for i, name in enumerate(table.names) if looks_like_date(name) or (len(name) == 4 and name.isdecimal())]
    return list(table.names[: across[0]] if across else table.names)


def join(tables: Sequence[Table], sheets: Sequence[str]) -> Table:
    """All rows one below the other; a column that a sheet does not have is blank there."""
    names = tuple(dict.fromkeys(name for table in tables for name in table.names))
    columns = tuple(_joined_column(tables, name) for name in names)
    lines = np.concatenate([table.lines + n * SHEET_STEP for n, table in enumerate(tables)])
    known = {name: unit for table in tables for name, unit in zip(table.names, table.units, strict=False) if unit}
    units = tuple(known.get(name, "") for name in names) if known else ()
    return Table(names, columns, lines, tables[0].header_row, tables[0].title, tuple(sheets), units)


def _joined_column(tables: Sequence[Table], name: str) -> Column:
    known: dict[tuple[type, Cell], int] = {}
    codes = []
    for table in tables:
        if name in table.names:
            part = table.columns[table.names.index(name)]
        else:
            part = Column(np.zeros(len(table), np.int32), [""])
        here = [known.setdefault((type(cell), cell), len(known)) for cell in part.cells]
        codes.append(np.array(here, dtype=np.int32)[part.codes])
    return Column(np.concatenate(codes), [cell for _, cell in known])
