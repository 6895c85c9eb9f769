"""Which lines name the columns, which line holds their units, and where the data begin.

A line that holds values is data, however few they are: it never becomes part of a name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Flags, Integers
from almanac.tables.layout.column_names import cell_text_at
from almanac.tables.layout.marked_dates import unmarked
from almanac.tables.layout.names_in_data import (
    MIN_DATES_IN_HEADER,
    filled_above,
    is_date_header,
    names_all,
    names_in_data,
    repeated_names_below,
    stacked_names,
)
from almanac.tables.layout.sample import Sample
from almanac.tables.layout.units import is_units_label, is_units_line
from almanac.tables.values.cells import Cell, CellKind, cell_text
from almanac.tables.values.dates.calendar_names import (
    is_fiscal_year,
    is_year,
    month_number,
    quarter_number,
)
from almanac.tables.values.dates.date_text import day_and_month
from almanac.tables.values.dates.read_dates import is_written_like_date

_WIDTH = re.compile(r"\d{1,3}[sdn]")

# All chosen by judgement.
_MIN_MEASURED = 0.5  # share of numbers and dates in a row of data
_MAX_TEXT = 1 / 3  # share of texts in the data columns of a row of data
_LINES_AHEAD, _GOOD_LINES_AHEAD = 12, 6  # lines after a row of data, and how many of them must mostly be data as well
_MAX_NOTE_LINES = 12  # between notes about each column, such as units, and the line of their names
_MAX_FILE_LINES, _MIN_FILE_COLUMNS = 6, 2  # of a table about the file, above the one of its data
_MAX_SECTION_CELLS, _MAX_SECTION_LINES = 2, 4  # of a line that names the rows below it, and such lines


@dataclass(frozen=True)
class Heading:
    """``rows``: the lines that name the columns, ``units``: the line of their units, ``body``: the first row of data.

    ``notes``: lines between names and data that are neither. ``rule`` says what found the names.
    """

    rows: tuple[int, ...]
    body: int
    rule: str
    units: int | None = None
    notes: tuple[int, ...] = ()


def find_heading(sample: Sample) -> Heading | None:
    """The heading of the table, or None when nothing looks like data."""
    body = _first_good_row(sample) if sample.data_columns.any() else None
    if body is None:
        return None
    body = _with_rows_above(sample, body)
    rule = names_in_data(sample, body) if body + 1 < len(sample.rows) else ""
    if rule and repeated_names_below(sample, body):
        body, rule = body + 2, ""
    if rule:
        return _heading(sample, body + 1, [body, *filled_above(sample, body)], rule)
    if (again := _names_on_every_page(sample, body)) is not None:
        return _heading(sample, again + 1, [again, *filled_above(sample, again)], "a line of names that comes again")
    above = _without_notes(sample, _without_values(sample, filled_above(sample, body)), body)
    if len(above) == 1 and _names_section(sample, above[0], body):
        return Heading((), above[0], "the line above the data names a section of it")
    return _heading(sample, body, above)


def _heading(sample: Sample, body: int, above: list[int], rule: str = "") -> Heading:
    """The heading; ``above``: the lines above the data that may be it, from the last one up. With a ``rule`` the last
    of them is known to name the columns.
    """
    units = None
    if not rule and (stack := stacked_names(sample, above)) is not None:
        notes = tuple(r for r in above[1:] if r > stack[1])
        return Heading(
            stack, body, "two of several lines of names, which together tell the columns apart", above[0], notes
        )
    if rule and _is_units_line(sample, above[0], body):
        units, body = body, body + 1
    elif not rule and len(above) > 1 and _is_units_line(sample, above[1], above[0]):
        units, above = above[0], above[1:]
    rows, rule = _name_rows(sample, above, rule)
    if not rows:
        return Heading((), body, rule)
    last = rows[-1] if units is None else units
    between = [r for r in range(rows[-1] + 1, body) if sample.filled[r].any() and r != units]
    body = next((r for r in between if _names_section(sample, r, body)), body)
    body = max(next((r for r in between if _holds_values(sample, r)), body), last + 1)
    while body - 1 > last and sample.filled[body - 1].sum() == 1:
        body -= 1  # a heading between the names and the data belongs to the data
    return Heading(rows, body, rule, units, tuple(r for r in between if r < body))


def _holds_values(sample: Sample, row: int) -> bool:
    """Whether a line has a number or a date where the data have them."""
    return bool(sample.measured[row][sample.data_columns].any())


def _first_good_row(sample: Sample) -> int | None:
    """The first row from which on most rows hold numbers or dates where the table has them."""
    columns = sample.data_columns
    measured, texts = sample.measured[:, columns], sample.texts[:, columns]
    missing = _missing(sample)[:, columns]
    width = int(columns.sum())
    good = (measured | missing).sum(1) >= max(1, (width + 1) // 2)
    good &= measured.any(1) | (sample.filled.sum(1) > 1)
    good &= texts.sum(1) <= width * _MAX_TEXT
    rows = np.flatnonzero(good)
    if len(rows) == 0:
        loose = np.flatnonzero(measured.any(1))
        return int(loose[0]) if len(loose) else None
    dated = np.isin(np.flatnonzero(columns), sample.dated_from(0))
    all_text, begins = np.flatnonzero(texts.all(1)), 0
    for row in rows.tolist():
        if texts[row, dated].any() and ((all_text > row) & (all_text <= row + _MAX_NOTE_LINES)).any():
            continue  # "Series start", "Unit" …: notes about the columns, above the line of their names
        if any(_is_in_heading(sample, row, n, dated) for n in all_text.tolist()):
            continue
        begins = next((n for n in all_text.tolist() if _is_about_file(sample, row, n, dated)), begins)
        if row < begins:
            continue
        ahead = [r for r in range(row, min(row + _LINES_AHEAD, len(good))) if sample.filled[r].any()]
        if good[ahead[:_GOOD_LINES_AHEAD]].mean() >= _MIN_MEASURED:
            return int(row)
    return int(rows[0])


def _is_in_heading(sample: Sample, row: int, names: int, dated: Flags) -> bool:
    """Whether a row has numbers of things, such as serial numbers, above a line of names or units, and no date.

    ``dated``: bool, of the columns of data.
    """
    where = np.flatnonzero(sample.data_columns)[dated]
    if not row < names <= row + _MAX_FILE_LINES or len(where) != 1 or where[0] > 0:
        return False
    return not sample.filled[row:names, where].any() and bool(sample.filled[row:names].any(1).all())


def _is_about_file(sample: Sample, row: int, names: int, dated: Flags) -> bool:
    """Whether a row and those below it, up to a line of names, say something of the whole file.

    They have other names above them, as latitude and time zone. None has a date where the table has them, or they are a
    single line above a blank one. ``dated``: bool, of the columns of data.
    """
    columns, last = sample.data_columns, names if sample.filled[names - 1].any() else names - 1
    lines = range(row, last)
    if not dated.any() or not 0 < len(lines) <= _MAX_FILE_LINES or row == 0 or columns.sum() < _MIN_FILE_COLUMNS:
        return False
    if not sample.texts[row - 1][columns & sample.filled[row]].all() or not all(sample.filled[n].any() for n in lines):
        return False
    with_dates = sample.dates[row:last][:, columns][:, dated].any()
    if with_dates or sample.texts[row][columns][dated].any():
        return len(lines) == 1 and last < names
    below = [cell_text_at(sample.rows[names], i) for i in np.flatnonzero(columns).tolist()]
    return len(set(below)) == len(below)


def _missing(sample: Sample) -> Flags:
    flags: Flags = sample.kinds == CellKind.MISSING
    return flags


def _with_rows_above(sample: Sample, body: int) -> int:
    """The first row of data, which may be above ``body``: columns may begin later than others, or hold words first."""
    days = [i for i, cell in enumerate(sample.rows[body]) if _is_day_of_year(cell)]
    dated = np.union1d(sample.dated_from(body), np.array(days, dtype=np.int64))
    values = sample.data_columns.copy()
    values[dated] = False
    n = body - 1
    while n >= 0:
        if sample.filled[n].any():
            if not _is_data_row(sample, n, dated, values, adjacent=n == body - 1):
                break
            body = n
        n -= 1
    return body


def _is_data_row(sample: Sample, n: int, dated: Integers, values: Flags, adjacent: bool) -> bool:
    """Whether a row above others is one of them: it has a date where they have theirs, or numbers where they have such.

    Its date may be one that is not understood (9999-12-31), or its value a word (closed). ``adjacent``: no blank line
    is between this row and the others.
    """
    number, words = sample.numbers[n][values].any(), sample.texts[n][values].any()
    if any(is_written_like_date(cell) or _is_day_of_year(cell) for cell in sample.cells(n, dated)):
        if number or (adjacent and not words):
            return True
        named = n > 0 and sample.texts[n - 1][dated].all() and sample.texts[n - 1][values].all()
        return bool(named and sample.filled[n][values].any())
    if not number or words or sample.texts[n][dated].any():
        return False
    years = [is_year(cell_text(cell)) for cell in sample.cells(n, np.flatnonzero(values))]
    only_year = sample.filled[n].sum() == 1 and all(years)
    return not only_year and not is_date_header(sample.rows[n], sample.data_columns)


def _is_day_of_year(cell: Cell) -> bool:
    return isinstance(cell, str) and day_and_month(cell) is not None


def _without_values(sample: Sample, above: list[int]) -> list[int]:
    """The lines above the data without those right above it that hold values below a line of names."""
    for n, row in enumerate(above):
        with_numbers = sample.numbers[row][sample.data_columns].any()
        if not with_numbers or not any(names_all(sample, upper, row) for upper in above[n + 1 :]):
            return above[n:]
    return above


def _without_notes(sample: Sample, above: list[int], body: int) -> list[int]:
    """The rows above the data, from the last one up, without a note or a year between the names and the data."""
    filled, data = sample.filled, sample.data_columns
    widths = [cell_text_at(sample.rows[above[0]], i) for i in range(len(sample.rows[above[0]]))] if above else []
    if len(above) > 1 and len(widths) > 1 and all(map(_WIDTH.fullmatch, widths)):
        above = above[1:]  # 5s, 15s, 20d, 14n: how wide each column is, and whether it holds texts, dates or numbers
    while len(above) > 1 and _names_section(sample, above[0], body):
        above = above[1:]
    columns = data.sum() + (~data & filled[body:].any(0)).sum()
    while above and filled[above[0]].sum() == 1 and columns > 2:
        if len(above) > 1 and _is_units_line(sample, above[1], above[0]):
            return above
        above = above[1:]  # a line such as "NOT ADJUSTED"
    only_a_year = len(above) > 1 and filled[above[0]].sum() == 1 and sample.numbers[above[0]].any()
    return above[1:] if only_a_year and filled[above[1]].sum() > 1 else above


def _names_on_every_page(sample: Sample, body: int) -> int | None:
    """The line of names right below a line such as "Date", 2024-04-01, where both come again above other rows."""
    texts = sample.texts.sum(1)
    row = next((r for r in range(body, min(body + _MAX_SECTION_LINES, len(texts))) if texts[r] > 1), None)
    if row is None or sample.numbers[body : row + 1].any() or (sample.filled[row] & ~sample.texts[row]).any():
        return None
    if texts[row] < sample.data_columns.sum() or (sample.filled[body:row].sum(1) > _MAX_SECTION_CELLS).any():
        return None
    names = [cell_text_at(sample.rows[row], i) for i in range(len(sample.rows[row]))]
    same = [r for r in np.flatnonzero((sample.filled == sample.filled[row]).all(1)).tolist() if r > row]
    again = any(names == [cell_text_at(sample.rows[r], i) for i in range(len(sample.rows[r]))] for r in same)
    return row if again else None


def _names_section(sample: Sample, row: int, body: int) -> bool:
    """Whether a line names the rows below it: another like it, with a text or two in the same cells, is among these."""
    like = sample.filled[row]
    if like.sum() > _MAX_SECTION_CELLS or like.sum() >= sample.filled[body].sum() or sample.numbers[row].any():
        return False
    same = (sample.filled[body + 1 :] == like).all(1) & ~sample.numbers[body + 1 :].any(1)
    for n in np.flatnonzero(same)[:1].tolist():
        below = sample.measured[body + 2 + n :]
        return bool(below[:, sample.data_columns].any())
    return False


def _is_units_line(sample: Sample, names: int, row: int) -> bool:
    """Whether a row holds the units of columns that are named by the row above it."""
    values = sample.data_columns.copy()
    values[sample.dated_from(row)] = False
    if sample.measured[row].any() or names + 1 < row - 1:
        return False
    columns = [i for i in np.flatnonzero(values).tolist() if sample.filled[row][i]]
    if columns and is_units_label(cell_text_at(sample.rows[row], int(np.argmax(sample.filled[row])))):
        return True
    above = [cell_text_at(sample.rows[names], i) for i in columns]
    return len(set(above)) == len(above) and is_units_line(above, [cell_text_at(sample.rows[row], i) for i in columns])


def _name_rows(sample: Sample, above: list[int], rule: str) -> tuple[tuple[int, ...], str]:
    """The one or two lines that name the columns, and the rule that found them."""
    filled, data = sample.filled, sample.data_columns
    if not above:
        return (), "no line above the data is filled"
    last = above[0]
    names = filled[last] & ~sample.numbers[last]
    if not rule and not names[data].any() and not (names.any() and filled[last].sum() > 1):
        return (), "the line above the data holds no names"
    if len(above) > 1 and above[1] == last - 1 and (two := _two_line_rule(sample, above[1], last)):
        return (above[1], last), two
    return (last,), rule or "the last line above the data that names columns"


def _two_line_rule(sample: Sample, upper: int, lower: int) -> str:
    """Which rule makes two lines the header together; an empty text when none does."""
    if _years_above(sample.rows[upper], sample.rows[lower]):
        return "a line of years above one of months or quarters"
    if _groups_names(sample, upper, lower):
        return "a line of groups above one of names"
    if sample.texts[upper].sum() >= 2 and not sample.numbers[upper].any() and not _names_suffice(sample, lower):
        return "two lines of names"
    return ""


def _names_suffice(sample: Sample, row: int) -> bool:
    """Whether a line has a different name for every column of data: what is above it is then no part of the names."""
    names = [cell_text_at(sample.rows[row], i) for i in np.flatnonzero(sample.data_columns).tolist()]
    return all(names) and len(set(names)) == len(names)


def _years_above(upper: Sequence[Cell], lower: Sequence[Cell]) -> bool:
    """Whether a line of years is above one of months or quarters."""
    years = [unmarked(text) for i in range(len(upper)) if (text := cell_text_at(upper, i))]
    parts = [unmarked(text) for i in range(len(lower)) if (text := cell_text_at(lower, i))]
    named = sum(month_number(text) is not None or quarter_number(text) is not None for text in parts)
    all_years = all(is_year(text) or is_fiscal_year(text) for text in years[-2:])
    return bool(years) and all_years and named >= max(2, 0.6 * len(parts))


def _groups_names(sample: Sample, upper: int, lower: int) -> bool:
    """Whether a line above the names holds names of groups: not over the first column, where a title would be.

    Unless the groups are dates: then what is left of them names the columns that have no name in the lower line.
    """
    first = int(np.argmax(sample.filled[lower]))
    groups = sample.texts[upper] | sample.dates[upper]
    if sample.dates[upper].sum() >= MIN_DATES_IN_HEADER and sample.dates[upper][first]:
        names = Counter(cell_text(cell) for cell in sample.cells(lower, np.flatnonzero(sample.texts[lower])))
        return bool(groups[sample.filled[upper]].all() and max(names.values(), default=0) > 1)
    return bool(not sample.filled[upper][: first + 1].any() and groups.any() and not sample.numbers[upper].any())
