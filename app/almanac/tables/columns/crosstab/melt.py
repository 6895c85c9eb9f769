"""A crosstab becomes a long table: one row for each cell under a date."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from almanac.core.arrays import Flags, Integers
from almanac.tables.columns.crosstab.find import Crosstab, CrosstabKind
from almanac.tables.columns.crosstab.years_across import (
    parts_of_year,
    years_down,
)
from almanac.tables.columns.totals import total_rows
from almanac.tables.values.calendar_names import is_year
from almanac.tables.values.cells import Column, Table, cell_text, make_column
from almanac.tables.values.dates import looks_like_date, read_dates
from almanac.tables.values.numbers import is_missing_word, looks_like_number

SECTION, MEASURE = "Section", "Measure"
_FOOTNOTE = re.compile(r"\(\d+\)$")
# Both chosen by judgement.
_MAX_BLANK = 0.5  # share of blank cells from which on they never existed
_MAX_HEADING = 60  # characters of a heading between rows


@dataclass(frozen=True, eq=False)
class Melted:
    """The long table, and the lines that were no data: totals and notes (int64)."""

    table: Table
    totals: Integers
    notes: Integers


@dataclass(frozen=True, eq=False)
class _RowDates:
    """What each of N rows says of its date: texts before and after what its columns add.

    ``dated``: bool [N], rows that can be data; ``totals``: bool [N], rows whose date is a word for a total. ``later``:
    what is before for the columns from ``turn`` on, where a new year of the calendar begins with it.
    """

    before: list[str]
    after: list[str]
    dated: Flags
    totals: Flags
    later: list[str] = field(default_factory=list)
    turn: int = 2**31

    def text(self, row: int, column: int, part: str) -> str:
        """The date of one cell."""
        before = self.later if column >= self.turn else self.before
        return f"{before[row]}{part}{self.after[row]}"


def melt(table: Table, cross: Crosstab, value_name: str) -> Melted:
    """One row for each cell under a date: columns Date, the keys (and Section where names repeat), and the value."""
    key_texts = [table.columns[k].texts() for k in cross.keys]
    labels: list[tuple[str, ...]] = list(zip(*key_texts, strict=True)) if key_texts else [()] * len(table)
    dates = _row_dates(table, cross, labels)
    empty = table.empty_in(cross.columns)
    totals = dates.totals | np.logical_or.reduce([total_rows(table.columns[k]) for k in cross.keys], initial=False)
    kept = _with_figures(table, cross) & dates.dated & ~totals
    rows = np.flatnonzero(kept)
    sections = _sections(labels, kept, empty)
    repeated = len({labels[row] for row in rows}) < len(rows)
    with_sections = repeated and cross.kind is not CrosstabKind.PARTS_OF_YEAR and len(set(sections)) > 1

    cell_rows, cell_columns = _cells(table, cross, rows)
    keys = [make_column(texts[row] for row in rows) for texts in key_texts]
    if with_sections:
        keys.append(make_column(sections[row] for row in rows))
    by_measure = len(set(cross.measures)) > 1
    positions = list(zip(rows[cell_rows].tolist(), cell_columns.tolist(), strict=True))
    long = Table(
        (
            "Date",
            *(table.names[k] for k in cross.keys),
            *([SECTION] if with_sections else []),
            *([MEASURE] if by_measure else []),
            value_name,
        ),
        (
            make_column(dates.text(row, c, cross.across[c][1]) for row, c in positions),
            *(Column(key.codes[cell_rows], key.cells) for key in keys),
            *([make_column(cross.measures[c] for c in cell_columns)] if by_measure else []),
            make_column(table.columns[cross.across[c][0]].cell(row) for row, c in positions),
        ),
        table.lines[rows][cell_rows],
        table.header_row,
        table.title,
        table.sheets,
        _units(table, cross, 2 + len(keys)),
    )
    return Melted(long, table.lines[totals], table.lines[~kept & ~totals & ~table.blank])


def _units(table: Table, cross: Crosstab, columns: int) -> tuple[str, ...]:
    """The units of the columns of the long table: that of its values, when all columns across have the same."""
    units = {table.units[i] for i, _ in cross.across} if table.units else {""}
    unit = units.pop() if len(units) == 1 else ""
    return (*[""] * (columns - 1), unit) if unit else ()


def _with_figures(table: Table, cross: Crosstab) -> Flags:
    """Rows with a number, or a word for "missing", under some date: bool [N]."""
    found = np.zeros(len(table), dtype=bool)
    for i in cross.columns:
        column = table.columns[i]
        if column.floats is not None:
            found |= ~column.empty
        else:
            figures = [looks_like_number(cell) or is_missing_word(cell) for cell in column.cells]
            found |= np.array(figures, dtype=bool)[column.codes]
    return found


def _cells(table: Table, cross: Crosstab, rows: Integers) -> tuple[Integers, Integers]:
    """The cells under dates that become rows: int64, the place of each in ``rows`` and in ``cross.across``.

    Joined sheets leave the dates of the other sheets blank, and no month has a 30th of February: such cells never
    existed, and are left out.
    """
    blank = np.stack([table.columns[i].empty[rows] for i, _ in cross.across], axis=1)
    never_existed = cross.kind in (CrosstabKind.DAYS, CrosstabKind.CLOCKS) or blank.sum() > _MAX_BLANK * blank.size
    cell_rows, cell_columns = np.nonzero(~blank if never_existed else np.ones_like(blank))
    return cell_rows, cell_columns


def _row_dates(table: Table, cross: Crosstab, labels: list[tuple[str, ...]]) -> _RowDates:
    """What each row says of its date, by the kind of the crosstab."""
    nothing = [""] * len(table)
    if cross.down is None:
        named = np.array([not cross.keys or any(label) for label in labels], dtype=bool)
        return _RowDates(nothing, nothing, named, np.zeros(len(table), dtype=bool))
    column = table.columns[cross.down]
    if cross.kind is CrosstabKind.PARTS_OF_YEAR:
        fiscal = years_down(column, [part for _, part in cross.across])
        if fiscal is not None:
            before, later, turn = fiscal
            dated = np.array([text != "" for text in before], dtype=bool)
            return _RowDates(before, nothing, dated, total_rows(column), later, turn)
    texts = (
        _parts(table.names[cross.down], column) if cross.kind is CrosstabKind.YEARS else _DATE_TEXTS[cross.kind](column)
    )
    dated = np.array([text != "" for text in texts], dtype=bool)
    if cross.kind is CrosstabKind.YEARS:
        return _RowDates(nothing, texts, dated, total_rows(column))
    no_totals = cross.kind is not CrosstabKind.PARTS_OF_YEAR
    return _RowDates(texts, nothing, dated, np.zeros(len(table), dtype=bool) if no_totals else total_rows(column))


def _years(column: Column) -> list[str]:
    """The year of every row, an empty text where there is none."""
    return [text if is_year(text) else "" for text in column.texts()]


def _parts(name: str, column: Column) -> list[str]:
    """The month, quarter, week or day of every row, an empty text where there is none."""
    texts = parts_of_year(name, column) or [""] * len(column.cells)
    return [texts[code] for code in column.codes]


def _months(column: Column) -> list[str]:
    """The month of every row as 2024-01, an empty text where there is none."""
    when = read_dates(column.cells).day_first.astype("datetime64[M]")
    texts = ["" if np.isnat(month) else str(month) for month in when]
    return [texts[code] for code in column.codes]


def _days(column: Column) -> list[str]:
    """The day of every row as it is written, an empty text where there is none."""
    texts = [cell_text(cell) if looks_like_date(cell) else "" for cell in column.cells]
    return [texts[code] for code in column.codes]


_DATE_TEXTS: dict[CrosstabKind, Callable[[Column], list[str]]] = {
    CrosstabKind.PARTS_OF_YEAR: _years,
    CrosstabKind.DAYS: _months,
    CrosstabKind.CLOCKS: _days,
}


def _sections(labels: list[tuple[str, ...]], kept: Flags, empty: Flags) -> list[str]:
    """For each row the heading above it: the last line that held nothing but a few words."""
    heading, found = "", []
    for label, data, bare in zip(labels, kept, empty, strict=True):
        words = " ".join(text for text in label if text)
        if not data and bare and words and len(words) <= _MAX_HEADING:
            heading = _FOOTNOTE.sub("", words).strip()
        found.append(heading)
    return found
