"""Dates by counting: months that follow one another without a year, quarters and weeks as numbers."""

from __future__ import annotations

import re

import numpy as np

from almanac.core.arrays import Integers
from almanac.tables.values.cells import Column, cell_text
from almanac.tables.values.dates.months_without_year import months_in

_YEAR_WEEK = re.compile(
    r"(?P<y>(?:19|20)\d\d)(?:(?P<w>0[1-9]|[1-4]\d|5[0-3])|\s?[-/._\s]\s?(?P<w2>0?[1-9]|[1-4]\d|5[0-3]))|"
    r"(?P<w3>0?[1-9]|[1-4]\d|5[0-3])\.?\s?[-/._\s]\s?(?P<y2>(?:19|20)\d\d)"
)
_YEAR_QUARTER = re.compile(r"((?:19|20)\d\d)([1-4])")
_NO_MONTH = np.iinfo(np.int64).min  # numpy's own number for "no time"

# All chosen by judgement.
_MIN_MONTHS = 4  # rows of months that follow one another
_MIN_QUARTERS, _QUARTER_SHARE = 5, 0.95
_WEEK_SHARE = 0.8


def consecutive_months(column: Column) -> Integers | None:
    """Months that follow one another without a year: int64 [N], months since January of the first year.

    -1 for rows without a month; None when they do not rise, or fall, month by month.
    """
    months = months_in(column)
    if months is None:
        return None
    rows = np.flatnonzero(months >= 0)
    steps = set((np.diff(months[rows]) % 12).tolist())
    if len(rows) < _MIN_MONTHS or steps not in ({1}, {11}):
        return None
    order = rows if steps == {1} else rows[::-1]
    numbers = np.full(len(column), -1, dtype=np.int64)
    numbers[order] = months[order[0]] + np.arange(len(order))
    return numbers


def compact_quarters(column: Column) -> Integers | None:
    """Months since 1970 of cells such as 20241 to 20244: int64 [N], _NO_MONTH elsewhere; None for any other column."""
    if column.has_numbers or len(column.cells) < _MIN_QUARTERS:
        return None
    found = [_YEAR_QUARTER.fullmatch(cell_text(cell)) for cell in column.cells]
    if len({m[2] for m in found if m}) < 4 or sum(m is not None for m in found) < _QUARTER_SHARE * len(found):
        return None
    months = [(int(m[1]) - 1970) * 12 + int(m[2]) * 3 - 3 if m else _NO_MONTH for m in found]
    return np.array(months, dtype=np.int64)[column.codes]


def compact_weeks(column: Column) -> tuple[Integers, Integers] | None:
    """Year and week of each row of a column such as 202453, 2024-53 or 53/2024: int64 [N] each, 0 where there are none.

    None for other columns: nearly all cells must be a year and a week.
    """
    if column.has_numbers:
        return None
    found = [_YEAR_WEEK.fullmatch(cell_text(cell)) for cell in column.cells]
    pairs = [(int(m["y"] or m["y2"]), int(m["w"] or m["w2"] or m["w3"])) if m else (0, 0) for m in found]
    parts = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    filled = sum(cell != "" for cell in column.cells)
    if not filled or (parts[:, 0] > 0).sum() < _WEEK_SHARE * filled:
        return None
    return parts[column.codes, 0], parts[column.codes, 1]
