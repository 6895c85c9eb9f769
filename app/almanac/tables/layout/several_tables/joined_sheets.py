"""Sheets that continue one another: one for each year or month, with the same columns, joined into one table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from almanac.tables.columns.profile import profile_table
from almanac.tables.values.cells import SHEET_STEP, Cell, Column, Table
from almanac.tables.values.dates.calendar_names import month_number
from almanac.tables.values.dates.one_date import parse_date
from almanac.tables.values.dates.read_dates import looks_like_date

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_MAX_SHEETS = 120  # ten years of months; more sheets are hardly one table (chosen by judgement)


def sheets_after_dates(names: Sequence[str]) -> tuple[str, ...]:
    """Several sheets that are called after a year, quarter, month or week each, in the same way; empty without them.

    Others, such as notes, may be among the sheets.
    """
    alike: dict[str, list[str]] = {}
    for name in names:
        if _YEAR.search(name):
            alike.setdefault(_YEAR.sub("", name.strip(), count=1), []).append(name)
    found = [of for of in alike.values() if len(of) == len({_YEAR.findall(name)[0] for name in of})]
    longest = max((*found, [name for name in names if _is_date(name.strip())]), key=len)
    return tuple(longest) if 2 <= len(longest) <= _MAX_SHEETS else ()


def _is_date(name: str) -> bool:
    return (
        looks_like_date(name) or month_number(name) is not None or (name.isdecimal() and parse_date(name) is not None)
    )


def with_years(tables: Sequence[Table], names: Sequence[str]) -> list[Table]:
    """The tables with a column for the year that their sheet is called after, where their dates are months only."""
    years = [match[0] if (match := _YEAR.search(name)) else None for name in names]
    profiles = [profile_table(table) for table in tables]
    if not all(years) or any(p.dated or p.holds_years for columns in profiles for p in columns):
        return list(tables)
    if not all(any(p.holds_month_names or p.named("month") for p in columns) for columns in profiles):
        return list(tables)
    return [_with_year(table, year) for table, year in zip(tables, years, strict=True) if year is not None]


def _with_year(table: Table, year: str) -> Table:
    column = Column(np.zeros(len(table), np.int32), [year])
    names = (*table.names, "Year" if "Year" not in table.names else "Year of the sheet")
    units = (*table.units, "") if table.units else ()
    return replace(table, names=names, columns=(*table.columns, column), units=units)


def joinable(first: Table, other: Table) -> bool:
    """Whether the tables have the same columns, apart from those that are dates themselves."""
    return _undated_names(first) == _undated_names(other)


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
