"""Where the table is in a grid: titles above it, header lines, first line of data, and the columns that belong."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

import numpy as np

from almanac.core.arrays import Flags, Integers
from almanac.tables.layout.column_names import cell_text_at, column_names
from almanac.tables.layout.side_by_side import DataArea, find_side_by_side
from almanac.tables.values.calendar_names import (
    FIRST_YEAR,
    LAST_YEAR,
    is_fiscal_year,
    is_year,
    month_number,
    parts_named,
    quarter_number,
)
from almanac.tables.values.cells import Cell, CellKind, Grid, Kinds, cell_text, clean_cell
from almanac.tables.values.dates import is_compact_date, is_written_like_date, looks_like_date, read_clock
from almanac.tables.values.numbers import is_missing_word, looks_like_number, whole_number

_RULE = re.compile(r"[:+|]?[-=_]{3,}[:+|]?")

# All chosen by judgement.
_SAMPLE_ROWS = 3000  # rows looked at
_MIN_MEASURED = 0.5  # share of numbers and dates in a column of data
_MIN_COLUMN_FILL = 0.2  # numbers and dates in a column of data, of those in the column that has most
_MAX_TEXT = 1 / 3  # share of texts in the data columns of a row of data
_LINES_AHEAD, _GOOD_LINES_AHEAD = 12, 6  # lines after a row of data, and how many of them must mostly be data as well
_MAX_NOTE_LINES = 12  # between notes about each column, such as units, and the line of their names
_MAX_HEADER_DISTANCE = 8  # lines above the data in which the header is looked for
_MIN_DATES_IN_HEADER = 3
_MIN_CLOCKS_IN_HEADER = 12
_HEADER_SHARE = 0.7  # of the cells in a header of dates or times of day
_MIN_DATE_COLUMN, _DATE_COLUMN_SHARE = 3, 0.5
_MIN_CODES, _CODE_DATE_SHARE = 2, 0.9


@dataclass(frozen=True)
class Structure:
    """``header``: indices of the header rows in the grid (empty = none), ``body``: index of the first row of data,
    ``columns``: indices of the table's columns, ``names`` theirs; ``duplicated`` names were given a number.
    ``elsewhere``: columns of another table next to this one. ``title`` is the text above. ``tables``: how many tables
    next to one another, with the same dates, were joined. ``header_rule`` says which rule found the header.
    """

    header: tuple[int, ...]
    body: int
    columns: tuple[int, ...]
    names: tuple[str, ...]
    duplicated: tuple[str, ...]
    elsewhere: tuple[int, ...]
    title: str
    tables: int = 1
    header_rule: str = field(default="", compare=False)


@dataclass(frozen=True)
class _Header:
    """The header rows, and the rule that found them."""

    rows: tuple[int, ...]
    rule: str


@dataclass(frozen=True, eq=False)
class _Sample:
    """The first rows of a grid, and the kind of each cell: int8 [rows, columns]."""

    rows: Sequence[Sequence[Cell]]
    kinds: Kinds

    def _of_kind(self, kind: CellKind) -> Flags:
        flags: Flags = self.kinds == kind
        return flags

    @cached_property
    def filled(self) -> Flags:
        """bool [rows, columns]."""
        return ~self._of_kind(CellKind.EMPTY)

    @cached_property
    def dates(self) -> Flags:
        """bool [rows, columns]."""
        return self._of_kind(CellKind.DATE)

    @cached_property
    def texts(self) -> Flags:
        """bool [rows, columns]."""
        return self._of_kind(CellKind.TEXT)

    @cached_property
    def numbers(self) -> Flags:
        """bool [rows, columns]."""
        return self._of_kind(CellKind.NUMBER)

    @cached_property
    def measured(self) -> Flags:
        """Cells that are numbers or dates: bool [rows, columns]."""
        return self.numbers | self.dates

    @cached_property
    def data_columns(self) -> Flags:
        """Columns that mostly hold numbers or dates: bool [columns]."""
        measured = self.measured.sum(0)
        share = measured / np.maximum((self.measured | self.texts).sum(0), 1)
        flags: Flags = (share >= _MIN_MEASURED) & (measured >= max(1, _MIN_COLUMN_FILL * measured.max(initial=0)))
        return flags


def cell_kind(cell: Cell) -> CellKind:
    """What a cell of a grid holds."""
    cell = clean_cell(cell)
    if cell == "":
        return CellKind.EMPTY
    if is_missing_word(cell):
        return CellKind.MISSING
    if looks_like_date(cell) or read_clock(cell) is not None:
        return CellKind.DATE
    return CellKind.NUMBER if looks_like_number(cell) else CellKind.TEXT


def find_structure(grid: Grid) -> Structure | None:
    """The table in the grid, or None when nothing in it looks like one."""
    sample = _sampled(grid)
    data = sample.data_columns
    body = _first_body_row(sample) if data.any() else None
    if body is None:
        return None
    body = _with_dated_rows_above(sample, body)
    rule = _names_in_data(sample, body)
    if rule and body + 1 < len(sample.rows):
        body += 1
        header = _header_rows(sample, body, rule)
    else:
        header = _header_rows(sample, body)
    while header.rows and body - 1 > header.rows[-1] and sample.filled[body - 1].sum() == 1:
        body -= 1  # a heading between the names and the data belongs to the data
    named = np.logical_or.reduce([sample.filled[h] for h in header.rows], initial=False)
    used = sample.filled[body:].any(axis=0) | (named & data)
    area = DataArea(body, header.rows, np.asarray(used), sample.measured[body:], sample.dates[body:])
    found = find_side_by_side(grid.rows, area)
    names, duplicated = column_names(sample.rows, header.rows, found.columns, found.titles)
    above = sample.rows[: min(header.rows, default=body)]
    title = next((text for row in above for cell in row if (text := cell_text(clean_cell(cell)))), "")
    return Structure(
        header.rows, body, found.columns, names, duplicated, found.elsewhere, title, found.tables, header.rule
    )


def _sampled(grid: Grid) -> _Sample:
    rows = grid.rows[:_SAMPLE_ROWS]
    kinds = np.full((len(rows), grid.width), CellKind.EMPTY, dtype=np.int8)
    for i, row in enumerate(rows):
        if not _is_rule(row):
            kinds[i, : len(row)] = [CellKind.EMPTY if cell == "" else cell_kind(cell) for cell in row]
    return _Sample(rows, kinds)


def _is_rule(row: Sequence[Cell]) -> bool:
    """Whether the row only draws a line: ---- | ----:"""
    cells = [cell for cell in row if cell not in ("", None)]
    return len(cells) > 1 and all(isinstance(c, str) and _RULE.fullmatch(c.strip()) is not None for c in cells)


def _first_body_row(sample: _Sample) -> int | None:
    """The first row from which on most rows hold numbers or dates where the table has them."""
    columns = sample.data_columns
    measured, texts = sample.measured[:, columns], sample.texts[:, columns]
    missing = sample.kinds[:, columns] == CellKind.MISSING
    width = int(columns.sum())
    good = (measured | missing).sum(1) >= max(1, (width + 1) // 2)
    good &= measured.any(1) | (sample.filled.sum(1) > 1)
    good &= texts.sum(1) <= width * _MAX_TEXT
    rows = np.flatnonzero(good)
    if len(rows) == 0:
        loose = np.flatnonzero(measured.any(1))
        return int(loose[0]) if len(loose) else None
    dates = sample.dates[:, columns]
    dated = dates.sum(0) >= max(_MIN_DATE_COLUMN, _DATE_COLUMN_SHARE * len(dates))
    all_text = np.flatnonzero(texts.all(1))
    for row in rows.tolist():
        if texts[row, dated].any() and ((all_text > row) & (all_text <= row + _MAX_NOTE_LINES)).any():
            continue  # "Series start", "Unit" …: notes about the columns, above the line of their names
        ahead = [r for r in range(row, min(row + _LINES_AHEAD, len(good))) if sample.filled[r].any()]
        if good[ahead[:_GOOD_LINES_AHEAD]].mean() >= 0.5:
            return int(row)
    return int(rows[0])


def _with_dated_rows_above(sample: _Sample, body: int) -> int:
    """The first row of data, which may be above ``body``: a row with a date where those below have theirs is data.

    Its date may be one that is not understood (9999-12-31), or its value a word (closed).
    """
    below = sample.dates[body:]
    dated = np.flatnonzero(below.sum(0) >= max(_MIN_DATE_COLUMN, _DATE_COLUMN_SHARE * len(below)))
    values = sample.data_columns.copy()
    values[dated] = False
    while body > 0 and _is_dated_row(sample, body - 1, dated, values):
        body -= 1
    return body


def _is_dated_row(sample: _Sample, n: int, dated: Integers, values: Flags) -> bool:
    """Whether a row holds a date, and a number, or anything else below a row of names."""
    row = sample.rows[n]
    if not any(i < len(row) and is_written_like_date(clean_cell(row[i])) for i in dated.tolist()):
        return False
    if sample.numbers[n][values].any():
        return True
    named = n > 0 and sample.texts[n - 1][dated].all() and sample.texts[n - 1][values].all()
    return bool(named and sample.filled[n][values].any())


def _names_in_data(sample: _Sample, body: int) -> str:
    """Which rule makes the first row that looks like data the line of names instead; an empty text when none does."""
    if _is_date_header(sample.rows[body], sample.data_columns):
        return "its cells are a row of dates"
    if _is_year_header(sample, body):
        return "its cells are a part of a date and years"
    if _is_code_header(sample, body):
        return "its cells are a row of codes above dates and numbers"
    return ""


def _is_date_header(row: Sequence[Cell], data: Flags) -> bool:
    """Whether a row is a header of periods: 2001, 2002, 2003 …, Jan 2020, Feb 2020 … or 00:00, 00:30, 01:00 …"""
    cells = [cell for i in np.flatnonzero(data).tolist() if i < len(row) and (cell := clean_cell(row[i])) != ""]
    texts = [cell_text(cell) for cell in cells]
    dates = sum(looks_like_date(cell) or is_compact_date(text) for cell, text in zip(cells, texts, strict=True))
    clocks = sum(read_clock(cell) is not None for cell in cells)
    if dates >= max(_MIN_DATES_IN_HEADER, _HEADER_SHARE * len(cells)):
        return True
    if clocks >= max(_MIN_CLOCKS_IN_HEADER, _HEADER_SHARE * len(cells)):
        return True
    numbers = [n for text in texts if (n := whole_number(text)) is not None]
    days = [n for n in numbers if n <= 31]
    if len(days) in (12, 28, 29, 30, 31) and days == list(range(1, len(days) + 1)):
        return len(cells) - len(days) <= 1
    years = [n for n in numbers if FIRST_YEAR <= n <= LAST_YEAR]
    steps = set(np.diff(years).tolist())
    if len(years) < _MIN_DATES_IN_HEADER or len(years) < len(cells) - 1:
        return False
    return len(steps) == 1 and abs(steps.pop()) in (1, 2, 5, 10)


def _is_year_header(sample: _Sample, body: int) -> bool:
    """Whether the row is "Month", 2023, 2024: the name of a part of a date next to years, and no years below these."""
    row, below = sample.rows[body], sample.rows[body + 1 : body + 1 + _LINES_AHEAD]
    texts = [cell_text_at(row, i) for i in range(len(row))]
    years = [i for i, text in enumerate(texts) if is_year(text)]
    steps = {int(texts[b]) - int(texts[a]) for a, b in pairwise(years)}
    if not years or not below or not (steps <= {1} or steps <= {-1}):
        return False
    if not any(parts_named(text) - {"year"} for text in texts[: years[0]]):
        return False
    return not all(is_year(cell_text_at(line, i)) for line in below for i in years)


def _is_code_header(sample: _Sample, body: int) -> bool:
    """Whether the row names its columns by numbers: "day", 1001, 1002 …, with a word where all below are dates."""
    data, row = sample.data_columns, sample.rows[body]
    below = sample.dates[body + 1 :]
    dates = data & (below.sum(0) >= max(_MIN_DATE_COLUMN, _CODE_DATE_SHARE * len(below)))
    if not sample.texts[body][dates].any():
        return False
    codes = [cell_text(clean_cell(row[i])) for i in np.flatnonzero(data & ~dates).tolist() if i < len(row)]
    return len(codes) >= _MIN_CODES and len(set(codes)) == len(codes) and all(code.isdecimal() for code in codes)


def _header_rows(sample: _Sample, body: int, rule: str = "") -> _Header:
    """The one or two rows above the body that name its columns; with a ``rule`` the last of them is known."""
    filled, data = sample.filled, sample.data_columns
    above = [r for r in range(body - 1, max(body - _MAX_HEADER_DISTANCE, -1), -1) if filled[r].any()]
    if not rule:
        above = _without_notes(sample, above, body)
    if not above:
        return _Header((), "no line above the data is filled")
    last = above[0]
    names = filled[last] & ~sample.numbers[last]
    if not rule and not names[data].any() and not (names.any() and filled[last].sum() > 1):
        return _Header((), "the line above the data holds no names")
    if len(above) > 1 and above[1] == last - 1 and (two := _two_line_rule(sample, above[1], last)):
        return _Header((above[1], last), two)
    return _Header((last,), rule or "the last line above the data that names columns")


def _without_notes(sample: _Sample, above: list[int], body: int) -> list[int]:
    """The rows above the data, from the last one up, without a note or a year between the names and the data."""
    filled, data = sample.filled, sample.data_columns
    columns = data.sum() + (~data & filled[body:].any(0)).sum()
    while above and filled[above[0]].sum() == 1 and columns > 2:
        above = above[1:]  # a line such as "NOT ADJUSTED"
    only_a_year = len(above) > 1 and filled[above[0]].sum() == 1 and sample.numbers[above[0]].any()
    return above[1:] if only_a_year and filled[above[1]].sum() > 1 else above


def _two_line_rule(sample: _Sample, upper: int, lower: int) -> str:
    """Which rule makes two lines the header together; an empty text when none does."""
    if _years_above(sample.rows[upper], sample.rows[lower]):
        return "a line of years above one of months or quarters"
    if _groups_names(sample, upper, lower):
        return "a line of groups above one of names"
    filled = sample.filled
    adds = (filled[upper] & ~filled[lower]).any() or filled[upper].sum() >= 0.5 * filled[lower].sum()
    if sample.texts[upper].sum() >= 2 and not sample.numbers[upper].any() and adds:
        return "two lines of names"
    return ""


def _years_above(upper: Sequence[Cell], lower: Sequence[Cell]) -> bool:
    """Whether a line of years is above one of months or quarters."""
    years = [text for i in range(len(upper)) if (text := cell_text_at(upper, i))]
    parts = [text for i in range(len(lower)) if (text := cell_text_at(lower, i))]
    named = sum(month_number(text) is not None or quarter_number(text) is not None for text in parts)
    all_years = all(is_year(text) or is_fiscal_year(text) for text in years[-2:])
    return bool(years) and all_years and named >= max(2, 0.6 * len(parts))


def _groups_names(sample: _Sample, upper: int, lower: int) -> bool:
    """Whether a line above the names holds names of groups: not over the first column, where a title would be."""
    first = int(np.argmax(sample.filled[lower]))
    words = (sample.texts[upper] | sample.dates[upper]).any()
    return bool(not sample.filled[upper][: first + 1].any() and words and not sample.numbers[upper].any())
