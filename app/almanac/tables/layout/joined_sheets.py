"""Sheets that continue one another: one for each year or month, with the same columns, joined into one table."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from almanac.tables.columns.profile import table_facts
from almanac.tables.values.calendar_names import month_number
from almanac.tables.values.cells import SHEET_STEP, Column, Table
from almanac.tables.values.dates import looks_like_date, read_parts

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
MOST = 120  # sheets that are joined; more are hardly one table


def named_after_times(names: Sequence[str]) -> bool:
    """Whether there are several sheets, each called after a year, quarter, month or week, perhaps behind a word."""
    if not 2 <= len(names) <= MOST:
        return False
    names = [name.strip() for name in names]
    years = [_YEAR.search(name) for name in names]
    if all(years) and len({m[0] for m in years if m}) == len(names):
        return len({_YEAR.sub("", name, count=1) for name in names}) == 1
    return all(
        looks_like_date(name) or month_number(name) is not None or (name.isdecimal() and read_parts(name) is not None)
        for name in names
    )


def with_years(tables: Sequence[Table], names: Sequence[str]) -> list[Table]:
    """The tables with a column for the year their sheet is called after, where they tell only months themselves."""
    years = [match[0] if (match := _YEAR.search(name)) else None for name in names]
    facts = [table_facts(table) for table in tables]
    if not all(years) or any(f.dated or f.years >= 0.8 for columns in facts for f in columns):
        return list(tables)
    if not all(any(f.months >= 0.8 or f.named("month") for f in columns) for columns in facts):
        return list(tables)
    return [_and_year(table, year) for table, year in zip(tables, years, strict=True) if year is not None]


def _and_year(table: Table, year: str) -> Table:
    column = Column(np.zeros(len(table), np.int32), [year])
    names = (*table.names, "Year" if "Year" not in table.names else "Year of the sheet")
    return Table(names, (*table.columns, column), table.lines, table.header_row, table.title)


def joinable(first: Table, other: Table) -> bool:
    """Whether the tables have the same columns, apart from those that are dates themselves."""
    return _steady(first) == _steady(other)


def _steady(table: Table) -> list[str]:
    """The names before the first date; a table of dates across names its rows there."""
    across = [i for i, name in enumerate(table.names) if looks_like_date(name) or _year(name)]
    return list(table.names[: across[0]] if across else table.names)


def _year(name: str) -> bool:
    return len(name) == 4 and name.isdecimal()


def join(tables: Sequence[Table], sheets: Sequence[str]) -> Table:
    """All rows one below the other; a column that a sheet does not have is blank there."""
    names = list(dict.fromkeys(name for table in tables for name in table.names))
    columns = []
    for name in names:
        known: dict[object, int] = {}
        cells: list[object] = []
        codes = []
        for table in tables:
            part = (
                table.columns[table.names.index(name)]
                if name in table.names
                else Column(np.zeros(len(table), np.int32), [""])
            )
            here = []
            for cell in part.cells:
                code = known.setdefault((type(cell), cell), len(known))
                if code == len(cells):
                    cells.append(cell)
                here.append(code)
            codes.append(np.array(here, dtype=np.int32)[part.codes])
        columns.append(Column(np.concatenate(codes), cells))  # type: ignore[arg-type]
    lines = np.concatenate([table.lines + n * SHEET_STEP for n, table in enumerate(tables)])
    return Table(tuple(names), tuple(columns), lines, tables[0].header_row, tables[0].title, tuple(sheets))
