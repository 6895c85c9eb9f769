"""A crosstab becomes a long table: one row for each cell under a date."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from almanac.core.arrays import Flags, Integers, number_type, pick
from almanac.tables.columns.column_words import Meaning, meaning_of
from almanac.tables.columns.counting import renumber
from almanac.tables.columns.crosstab.find import Crosstab, CrosstabKind
from almanac.tables.columns.crosstab.fiscal_across import FiscalMonths, fiscal_months, years_of
from almanac.tables.columns.crosstab.years_across import parts_of_year
from almanac.tables.columns.money.sides import only_indicator
from almanac.tables.columns.profile import unnamed
from almanac.tables.columns.totals import total_rows
from almanac.tables.values.cells import Cell, Codes, Column, Table, as_cells, cell_text, make_column
from almanac.tables.values.dates.calendar_names import names_date
from almanac.tables.values.dates.read_dates import is_compact_date, looks_like_date, read_dates
from almanac.tables.values.numbers import is_missing_word, looks_like_number

SECTION, MEASURE = "Section", "Measure"
_FOOTNOTE = re.compile(r"\(\d+\)$")
# Both chosen by judgement.
_MAX_BLANK = 0.5  # share of blank cells from which on they never existed
_MAX_HEADING = 60  # characters of a heading between rows


@dataclass(frozen=True, eq=False)
class Melted:
    """The long table, and the lines that were no data: totals and notes (int64).

    ``fiscal``: where the years of its months begin, if that is not January.
    """

    table: Table
    totals: Integers
    notes: Integers
    fiscal: FiscalMonths | None = None


@dataclass(frozen=True, eq=False)
class _RowDates:
    """What each of N rows says of its date: texts before and after what its columns add.

    ``dated``: bool [N], rows that can be data; ``totals``: bool [N], rows whose date is a word for a total. ``fiscal``:
    where the years begin, when their months belong to two years of the calendar.
    """

    before: list[str]
    after: list[str]
    dated: Flags
    totals: Flags
    fiscal: FiscalMonths | None = None

    def column(self, cells: _Cells, parts: Sequence[str]) -> Column:
        """The dates of cells; ``parts``: what each column across adds."""
        known: dict[tuple[str, str], int] = {}
        around = [(self.before[row], self.after[row]) for row in cells.rows.tolist()]
        row_codes = np.array([known.setdefault(texts, len(known)) for texts in around], dtype=np.int64)
        pairs: Integers = cells.at_column
        if len(known) > 1:
            pairs = pick(row_codes * len(parts), cells.at_row) + cells.at_column
        numbers, first = renumber(pairs, max(len(known), 1) * len(parts))
        different = list(known)
        texts = (parts[pair % len(parts)].join(different[pair // len(parts)]) for pair in pairs[first].tolist())
        column = make_column(texts if self.fiscal is None else map(self.fiscal.in_calendar, texts))
        return Column(pick(column.codes, numbers), column.cells)


@dataclass(frozen=True, eq=False)
class _Cells:
    """The cells under dates that become rows of the long table, row by row.

    ``rows``: int64, the rows of the table that have some; ``shape``: how many, and how many columns across; ``some``:
    ``at_row`` and ``at_column``, None where there is one for every row and column.
    """

    rows: Integers
    shape: tuple[int, int]
    some: tuple[Codes, Codes] | None = None

    @property
    def complete(self) -> bool:
        """Whether there is one for every row and column."""
        return self.some is None

    @property
    def at_row(self) -> Codes:
        """The place of each in ``rows``: of ``number_type`` [cells]."""
        height, width = self.shape
        return np.repeat(np.arange(height, dtype=number_type(height)), width) if self.some is None else self.some[0]

    @property
    def at_column(self) -> Codes:
        """The place of each among the columns across: of ``number_type`` [cells]."""
        height, width = self.shape
        return np.tile(np.arange(width, dtype=number_type(width)), height) if self.some is None else self.some[1]


@dataclass(frozen=True, eq=False)
class MeltParts:
    """What a crosstab gives its long table, without the numbers of the crosstab, which are as large as the file.

    ``parts``: what each column across adds to a date; ``keys``: a column for each key, of the rows of ``cells``;
    ``measures``: what each column across measures, None where all measure the same. ``heading``: the long table without
    its rows; ``lines``: int64 [rows of ``cells``]; ``totals``, ``notes``: as in ``Melted``.
    """

    dates: _RowDates
    cells: _Cells
    parts: tuple[str, ...]
    keys: tuple[Column, ...]
    measures: Column | None
    values: Column
    heading: Table
    lines: Integers
    totals: Integers
    notes: Integers

    def melted(self) -> Melted:
        """One row for each cell: columns Date, the keys (and Section where names repeat), and the value."""
        cells = self.cells
        columns = (
            self.dates.column(cells, self.parts),
            *(Column(pick(key.codes, cells.at_row), key.cells) for key in self.keys),
            *([] if self.measures is None else [_by_column(self.measures, cells)]),
            self.values,
        )
        table = replace(self.heading, columns=columns, lines=pick(self.lines, cells.at_row))
        return Melted(table, self.totals, self.notes, self.dates.fiscal)


def melt(table: Table, cross: Crosstab, called: str, fiscal_start: int | None = None) -> MeltParts:
    """What makes the long table; the crosstab itself need not be in memory any more when that is made of it.

    ``called``: the name of the values; ``fiscal_start``: where the person says that the years begin.
    """
    key_texts = [table.columns[k].texts() for k in cross.keys]
    labels: list[tuple[str, ...]] = list(zip(*key_texts, strict=True)) if key_texts else [()] * len(table)
    dates = _row_dates(table, cross, labels, fiscal_start)
    empty = table.empty_in(cross.columns)
    totals = dates.totals | np.logical_or.reduce([total_rows(table.columns[k]) for k in cross.keys], initial=False)
    kept = _with_figures(table, cross) & dates.dated & ~totals
    rows = np.flatnonzero(kept)
    sections = _sections(labels, kept, empty)
    repeated = len({labels[row] for row in rows}) < len(rows)
    with_sections = repeated and cross.kind is not CrosstabKind.PARTS_OF_YEAR
    with_sections = with_sections and len({sections[row] for row in rows}) > 1  # not the line above notes at the end

    cells = _cells(table, cross, rows)
    keys = [make_column(texts[row] for row in rows) for texts in key_texts]
    names = [table.names[k] for k in cross.keys]
    if with_sections:
        keys.append(make_column(sections[row] for row in rows))
        names.append(SECTION)
    by_measure = len(set(cross.measures)) > 1
    return MeltParts(
        dates=dates,
        cells=cells,
        parts=tuple(part for _, part in cross.across),
        keys=tuple(keys),
        measures=make_column(cross.measures) if by_measure else None,
        values=_values([table.columns[i] for i, _ in cross.across], cells),
        heading=replace(
            table.heading,
            names=("Date", *names, *([MEASURE] if by_measure else []), called),
            units=_units(table, cross, 2 + len(keys), called),
            section=None,
            counts_rows=False,
        ),
        lines=table.lines[rows],
        totals=table.lines[totals],
        notes=table.lines[~kept & ~totals & ~table.blank],
    )


def value_name(table: Table, crosstab: Crosstab) -> str:
    """The name of the cells under the dates: as the columns are called, or what a column says that all measure, or for
    a single series what the corner above its years or the title says."""
    if crosstab.measure:
        return crosstab.measure
    if crosstab.keys or crosstab.measures:
        others = set(range(len(table.names))) - crosstab.columns - set(crosstab.keys)
        return only_indicator(table, sorted(others)) or "Value"
    down = crosstab.down
    if down is None or unnamed(table.names[down]):
        return table.title or "Value"
    words = table.names[down].removesuffix(table.units[down]) if table.units else table.names[down]
    of_dates = names_date(words) or meaning_of(words) is Meaning.CALENDAR
    return (table.title or "Value") if of_dates else table.names[down]


def _units(table: Table, cross: Crosstab, columns: int, called: str) -> tuple[str, ...]:
    """The units of the columns of the long table: that of its values, when all columns across have the same, or in the
    corner that names them."""
    units = {table.units[i] for i, _ in cross.across} if table.units else {""}
    unit = units.pop() if len(units) == 1 else ""
    if not unit and table.units and cross.down is not None and table.names[cross.down] == called:
        unit = table.units[cross.down]
    return (*[""] * (columns - 1), unit) if unit else ()


def _with_figures(table: Table, cross: Crosstab) -> Flags:
    """Rows with a number, or a word for "missing", under some date: bool [N]."""
    found = np.zeros(len(table), dtype=bool)
    for i in cross.columns:
        column = table.columns[i]
        if column.has_numbers:
            found |= ~column.empty
        else:
            figures = [looks_like_number(cell) or is_missing_word(cell) for cell in column.cells]
            found |= np.array(figures, dtype=bool)[column.codes]
    return found


def _cells(table: Table, cross: Crosstab, rows: Integers) -> _Cells:
    """The cells under dates that become rows.

    Joined sheets leave the dates of the other sheets blank, and no month has a 30th of February: such cells never
    existed, and are left out.
    """
    shape = len(rows), len(cross.across)
    blank = np.empty(shape, dtype=bool)
    for n, (i, _) in enumerate(cross.across):
        blank[:, n] = table.columns[i].empty[rows]
    if cross.kind in (CrosstabKind.DAYS, CrosstabKind.CLOCKS) or blank.sum() > _MAX_BLANK * blank.size:
        places = zip(np.nonzero(~blank), shape, strict=True)
        at_row, at_column = (at.astype(number_type(count)) for at, count in places)
        return _Cells(rows, shape, (at_row, at_column))
    return _Cells(rows, shape)


def _by_column(across: Column, cells: _Cells) -> Column:
    """What is said of each column across, for every cell."""
    return Column(pick(across.codes, cells.at_column), across.cells)


def _values(columns: Sequence[Column], cells: _Cells) -> Column:
    """What the cells hold."""
    if all(column.has_numbers for column in columns):
        return _floats(columns, cells)
    columns = [as_cells(column) for column in columns]
    together = make_column(cell for column in columns for cell in column.cells)
    codes, start = np.empty((len(cells.rows), len(columns)), dtype=np.int32), 0
    for n, column in enumerate(columns):
        codes[:, n] = together.codes[start : start + len(column.cells)][column.codes[cells.rows]]
        start += len(column.cells)
    return Column(codes.ravel() if cells.complete else codes[cells.at_row, cells.at_column], together.cells)


def _floats(columns: Sequence[Column], cells: _Cells) -> Column:
    """As ``_values``, of columns of plain numbers."""
    floats = np.empty((len(cells.rows), len(columns)))
    for n, column in enumerate(columns):
        floats[:, n] = column.floats[cells.rows]
    values = floats.ravel() if cells.complete else floats[cells.at_row, cells.at_column]
    kept = set(cells.rows.tolist())
    strays = [(row, n, t) for n, column in enumerate(columns) for row, t in column.stray_texts if row in kept]
    texts = []
    if strays:
        numbers = cells.at_row * np.int64(len(columns)) + cells.at_column  # ascending
        for row, n, text in strays:  # a text is not blank, so it has a cell
            number = np.searchsorted(cells.rows, row) * len(columns) + n
            place = int(np.searchsorted(numbers, number))
            texts.append((place, text))
    return Column(np.zeros(0, dtype=np.int32), (), values, tuple(sorted(texts)))


def _row_dates(table: Table, cross: Crosstab, labels: list[tuple[str, ...]], fiscal_start: int | None) -> _RowDates:
    """What each row says of its date, by the kind of the crosstab."""
    nothing = [""] * len(table)
    if cross.down is None:
        named = np.array([not cross.keys or any(label) for label in labels], dtype=bool)
        years, fiscal = nothing, None
        if cross.years is not None:
            years = [f"{cross.years.year:04d}"] * len(table)
            fiscal = fiscal_months([int(part[1:]) for _, part in cross.across], cross.years, fiscal_start)
        return _RowDates(years, nothing, named, np.zeros(len(table), dtype=bool), fiscal)
    column = table.columns[cross.down]
    if cross.kind is CrosstabKind.YEARS:
        return _below_years(table.names[cross.down], column, cross, fiscal_start)
    if cross.kind is CrosstabKind.PARTS_OF_YEAR:
        return _beside_years(column, [part for _, part in cross.across], fiscal_start)
    texts = _DATE_TEXTS[cross.kind](column)
    return _RowDates(texts, nothing, _filled(texts), np.zeros(len(table), dtype=bool))


def _filled(texts: list[str]) -> Flags:
    return np.array([text != "" for text in texts], dtype=bool)


def _below_years(name: str, column: Column, cross: Crosstab, fiscal_start: int | None) -> _RowDates:
    """Rows of months, quarters, weeks or days below years."""
    parts = parts_of_year(name, column) or [""] * len(column.cells)
    texts = [parts[code] for code in column.codes]
    fiscal = None
    if cross.years is not None and _are_months(parts):
        months = [int(text[1:]) for text in dict.fromkeys(texts) if text]
        fiscal = fiscal_months(months, cross.years, fiscal_start)
    return _RowDates([""] * len(texts), texts, _filled(texts), total_rows(column), fiscal)


def _beside_years(column: Column, across: list[str], fiscal_start: int | None) -> _RowDates:
    """Rows of years with their months, quarters or weeks across."""
    found = years_of(column)
    years, named = ([0] * len(column.cells), None) if found is None else found
    fiscal = None
    texts = [str(year) if year else "" for year in years]
    if named is not None and _are_months(across):
        fiscal = fiscal_months([int(part[1:]) for part in across], named, fiscal_start)
    elif named is not None and named.fiscal and across[0].startswith("Q"):
        texts = [f"{cell_text(cell)} " if year else "" for cell, year in zip(column.cells, years, strict=True)]
    rows = [texts[code] for code in column.codes]
    return _RowDates(rows, [""] * len(rows), _filled(rows), total_rows(column), fiscal)


def _are_months(parts: list[str]) -> bool:
    """Whether these are months of a year, written "-03"."""
    return all(len(part) == len("-03") and part.startswith("-") for part in parts if part)


def _months(column: Column) -> list[str]:
    """The month of every row as 2024-01, an empty text where there is none."""
    when = read_dates(column.cells).day_first.astype("datetime64[M]")
    texts = ["" if np.isnat(month) else str(month) for month in when]
    return [texts[code] for code in column.codes]


def _days(column: Column) -> list[str]:
    """The day of every row as it is written, an empty text where there is none."""
    texts = [_day(cell) for cell in column.cells]
    return [texts[code] for code in column.codes]


def _day(cell: Cell) -> str:
    text = cell_text(cell)
    if is_compact_date(text) and len(text) == len("20240131"):
        return f"{text[:4]}-{text[4:6]}-{text[6:]}"
    return text if looks_like_date(cell) else ""


_DATE_TEXTS: dict[CrosstabKind, Callable[[Column], list[str]]] = {
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
