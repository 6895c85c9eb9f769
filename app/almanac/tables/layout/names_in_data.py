"""Rows of dates, years and codes that are the line of names, though they look like data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from almanac.core.arrays import Flags
from almanac.tables.columns.column_words import measures
from almanac.tables.layout.column_names import cell_text_at
from almanac.tables.layout.marked_dates import unmarked
from almanac.tables.layout.sample import Sample
from almanac.tables.layout.units import is_unit_cell
from almanac.tables.values.cells import Cell, cell_text, clean_cell
from almanac.tables.values.dates.calendar_names import FIRST_YEAR, LAST_YEAR, is_year, names_date, parts_named
from almanac.tables.values.dates.fiscal_dates import names_fiscal_period
from almanac.tables.values.dates.read_dates import is_compact_date, looks_like_date, read_clock
from almanac.tables.values.numbers import whole_number

# All chosen by judgement.
_MAX_HEADER_DISTANCE = 8  # lines above the data in which the header is looked for
MIN_DATES_IN_HEADER = 3
_MIN_CLOCKS_IN_HEADER = 12
_MAX_BESIDE_DAYS = 3  # names and totals next to the days of a month
_HEADER_SHARE = 0.7  # of the cells in a header of dates or times of day
_CODE_DATE_SHARE, _MIN_CODES = 0.9, 2
_MIN_STACK = 3  # lines of names and units of which none tells the columns apart
_LINES_AHEAD = 12  # below such a row, among which its years would come again


def names_in_data(sample: Sample, body: int) -> str:
    """Which rule makes the first row that looks like data the line of names instead; an empty text when none does."""
    data = sample.data_columns
    if is_date_header(sample.rows[body], data):
        return "its cells are a row of dates"
    if _is_year_header(sample.rows[body], data) and not _is_year_header(sample.rows[body + 1], data):
        return "its cells are a row of years"
    if _is_part_and_years(sample, body):
        return "its cells are a part of a date and years"
    if _is_code_header(sample, body):
        return "its cells are a row of codes above dates and numbers"
    return ""


def repeated_names_below(sample: Sample, row: int) -> bool:
    """Whether the line below one of dates says what is under each: Budget, Actual, Budget, Actual …

    Also above columns that are still blank, such as what really came in the months to come.
    """
    below, data = row + 1, sample.data_columns
    if below + 1 >= len(sample.rows) or not sample.texts[below][data].all():
        return False
    named = data | (sample.texts[below] & ~sample.filled[below + 1 :].any(0))
    return any(_repeat_alike(sample.cells(below, np.flatnonzero(columns))) for columns in (data, named))


def _repeat_alike(cells: Sequence[Cell]) -> bool:
    """Whether there are several names, and each as often as the others, more than once."""
    names = Counter(map(cell_text, cells))
    return len(names) > 1 and len(set(names.values())) == 1 and names.total() > len(names)


def is_date_header(row: Sequence[Cell], data: Flags) -> bool:
    """Whether a row is a header of periods: Jan 2020, Feb 2020 …, 00:00, 00:30, 01:00 … or 1, 2, 3 … 31."""
    cells = [cell for i in np.flatnonzero(data).tolist() if i < len(row) and (cell := clean_cell(row[i])) != ""]
    cells = [unmarked(cell) if isinstance(cell, str) else cell for cell in cells]
    texts = [cell_text(cell) for cell in cells]
    dates = sum(
        looks_like_date(cell) or is_compact_date(text) or names_fiscal_period(text)
        for cell, text in zip(cells, texts, strict=True)
    )
    clocks = sum(read_clock(cell) is not None for cell in cells)
    if dates >= max(MIN_DATES_IN_HEADER, _HEADER_SHARE * len(cells)):
        return True
    if clocks >= max(_MIN_CLOCKS_IN_HEADER, _HEADER_SHARE * len(cells)):
        return True
    days = [n for text in texts if (n := whole_number(text)) is not None and n <= 31]
    counted = len(days) in (12, 28, 29, 30, 31) and days == list(range(1, len(days) + 1))
    return (counted and len(cells) - len(days) <= 1) or _counts_days(row)


def _counts_days(row: Sequence[Cell]) -> bool:
    """Whether a row counts the days of a month between a name and a total, whatever is below some of them (closed)."""
    texts = [text for i in range(len(row)) if (text := cell_text_at(row, i))]
    days = [n for text in texts if (n := whole_number(text)) is not None and n <= 31]
    whole_month = len(days) in (28, 29, 30, 31) and days == list(range(1, len(days) + 1))
    return whole_month and len(texts) - len(days) <= _MAX_BESIDE_DAYS


def _is_year_header(row: Sequence[Cell], data: Flags) -> bool:
    """Whether a row is a header of years at even distances: 2001, 2002, 2003 …"""
    texts = [unmarked(text) for i in np.flatnonzero(data).tolist() if (text := cell_text_at(row, i))]
    years = [n for text in texts if (n := whole_number(text)) is not None and FIRST_YEAR <= n <= LAST_YEAR]
    steps = set(np.diff(years).tolist())
    if len(years) < MIN_DATES_IN_HEADER or len(years) < len(texts) - 1:
        return False
    return len(steps) == 1 and abs(steps.pop()) in (1, 2, 5, 10)


def _is_part_and_years(sample: Sample, body: int) -> bool:
    """Whether the row is "Month", 2023, 2024: the name of a part of a date next to years, and no years below these."""
    row, below = sample.rows[body], sample.rows[body + 1 : body + 1 + _LINES_AHEAD]
    texts = [unmarked(cell_text_at(row, i)) for i in range(len(row))]
    years = [i for i, text in enumerate(texts) if is_year(text)]
    steps = {int(texts[b]) - int(texts[a]) for a, b in pairwise(years)}
    if not years or not below or not (steps <= {1} or steps <= {-1}):
        return False
    if not any(parts_named(text) - {"year"} for text in texts[: years[0]]):
        return False
    return not all(is_year(cell_text_at(line, i)) for line in below for i in years)


def _is_code_header(sample: Sample, body: int) -> bool:
    """Whether the row names its columns by numbers: "day", 1001, 1002 …, with a word where all below are dates.

    Or with a word for a date where all below are years: "Accident year", 12, 24, 36 …

    Below a line of names it is a row like any other, such as an opening balance.
    """
    data, row = sample.data_columns, sample.rows[body]
    below = sample.dates[body + 1 :]
    least = max(MIN_DATES_IN_HEADER, _CODE_DATE_SHARE * len(below))
    dates = data & (below.sum(0) >= least)
    for i in np.flatnonzero(data & sample.texts[body]).tolist():
        if names_date(cell_text_at(row, i)):
            dates[i] |= sum(is_year(cell_text_at(line, i)) for line in sample.rows[body + 1 :]) >= least
    if not sample.texts[body][dates].any() or any(names_all(sample, r, body) for r in filled_above(sample, body)):
        return False
    names = [text for i in np.flatnonzero(data & ~dates).tolist() if (text := cell_text_at(row, i))]
    codes = len(names) >= _MIN_CODES and all(name.isdecimal() for name in names)
    words = sample.texts[body][data & ~dates].any() and len(names) == (data & ~dates).sum()
    return bool(len(set(names)) == len(names) and (codes or words))


def names_all(sample: Sample, upper: int, row: int) -> bool:
    """Whether a line has words, and no numbers, above all numbers and dates of a row."""
    columns = sample.data_columns & sample.filled[row]
    return bool(sample.texts[upper][columns].all() and not sample.numbers[upper][sample.data_columns].any())


def filled_above(sample: Sample, body: int) -> list[int]:
    """The filled lines above the data in which names are looked for, from the last one up."""
    return [r for r in range(body - 1, max(body - _MAX_HEADER_DISTANCE, -1), -1) if sample.filled[r].any()]


def stacked_names(sample: Sample, above: list[int]) -> tuple[int, int] | None:
    """Two lines of a stack that tell the columns apart together, as no line does alone; None without such a stack.

    ``above``: the filled lines above the data, from the last one up, of which the first has the unit of each column:
    below the kind of device, its number and what it measures. The lower line is the one with most names for
    measures, and of such lines the one that says most.
    """
    if len(above) < _MIN_STACK:
        return None
    columns = np.setdiff1d(np.flatnonzero(sample.data_columns), sample.dated_from(above[0] + 1)).tolist()
    stack = [r for n, r in enumerate(above) if r == above[0] - n and sample.filled[r][columns].all()]
    if len(columns) < 2 or len(stack) < _MIN_STACK:
        return None
    texts = [[cell_text_at(sample.rows[r], i) for i in columns] for r in stack]
    if not all(map(is_unit_cell, texts[0])) or any(len(set(line)) == len(columns) for line in texts):
        return None
    said = {n: (sum(map(measures, texts[n])), sum(map(len, texts[n]))) for n in range(1, len(stack) - 1)}
    for lower in sorted(said, key=said.__getitem__, reverse=True):
        for upper in range(len(stack) - 1, lower, -1):
            if len(set(zip(texts[upper], texts[lower], strict=True))) == len(columns):
                return stack[upper], stack[lower]
    return None
