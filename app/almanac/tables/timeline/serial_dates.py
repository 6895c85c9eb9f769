"""Numbers that stand for dates: days since 1900 as Excel counts them, seconds since 1970, and year-number codes."""

from __future__ import annotations

import re
from typing import Literal

import numpy as np

from almanac.core.arrays import Floats, Timestamps
from almanac.tables.columns.profile import Facts
from almanac.tables.values.cells import Column, cell_text
from almanac.tables.values.numbers import read_cells

Serial = Literal["excel days", "unix seconds", "unix milliseconds"]
# The smallest and the largest number of each kind: years 1941 to 2119, 1990 to 2096.
_SPANS: tuple[tuple[Serial, float, float], ...] = (
    ("excel days", 15_000, 80_000),
    ("unix seconds", 6.3e8, 4e9),
    ("unix milliseconds", 6.3e11, 4e12),
)
_EPOCH = np.datetime64("1899-12-30", "s")  # Excel believes in a 29 February 1900, so days from March 1900 on fit
_CODE = re.compile(r"(\d{1,2})-(\d{2})")
_COUNTED = re.compile(r"(\D{1,20})(\d{1,9})")
_STAMPS = re.compile(r"(?:.*[\W_])?(?:time_?stamp|unix|epoch|ts|stamp)(?:[\W_].*)?", re.IGNORECASE)


def serial_kind(facts: Facts, column: Column) -> Serial | None:
    """Which kind of serial dates a column of numbers holds; None for ordinary numbers."""
    if facts.numbers < 0.8 or facts.different < 3:  # the rest are totals and notes below
        return None
    if not facts.named_like_date and not _STAMPS.fullmatch(facts.name):
        return None
    kind = next((k for k, low, high in _SPANS if low <= facts.low and facts.high <= high), None)
    if kind is None:
        return None
    steps = np.diff(np.unique(_values(column)))
    common = np.unique(np.round(steps, 6), return_counts=True)[1].max(initial=0)
    return kind if common >= 0.4 * len(steps) or kind != "excel days" else None


def serial_dates(column: Column, kind: Serial) -> Timestamps:
    """datetime64[s] of each different cell (of each row for a column of floats), NaT where there is none."""
    values = _values(column, keep=True)
    known = ~np.isnan(values)
    seconds = np.where(known, values, 0)
    if kind == "excel days":
        when = _EPOCH + np.round(seconds * 86_400).astype("timedelta64[s]")
    else:
        when = np.round(seconds / (1000 if kind == "unix milliseconds" else 1)).astype("datetime64[s]")
    dates: Timestamps = np.where(known, when, np.datetime64("NaT"))
    return dates


def _values(column: Column, keep: bool = False) -> Floats:
    values = column.floats if column.floats is not None else read_cells(column.cells, ".")[0]
    return values if keep else values[~np.isnan(values)]


def counts_months(column: Column) -> bool:
    """Whether the column runs through 1-01, 1-02 … 1-12, 2-01: the number of a year, and a month."""
    if column.floats is not None or not 3 <= len(column.cells) <= 5000:
        return False
    codes = [code_months(cell_text(cell)) for cell in column.cells if cell != ""]
    months = np.array([code for code in codes if code is not None])
    return (
        len(months) == len(codes) > 3 and len(set(np.diff(months).tolist())) == 1 and abs(int(np.diff(months)[0])) == 1
    )


def code_months(text: str) -> int | None:
    """Months since the beginning of year 0 of "1-01"; None for any other text."""
    match = _CODE.fullmatch(text)
    if match is None or not 1 <= int(match[2]) <= 12:
        return None
    return int(match[1]) * 12 + int(match[2]) - 1


def counts_up(column: Column) -> bool:
    """Whether every row holds a word and the next number: Day 1, Day 2, Day 3."""
    if column.floats is not None or len(column.cells) < len(column):
        return False
    matches = [_COUNTED.fullmatch(cell_text(cell)) for cell in column.cells]
    numbers = [int(m[2]) for m in matches if m is not None]
    return (
        len(numbers) == len(matches)
        and len({m[1] for m in matches if m}) == 1
        and set(np.diff(numbers).tolist()) == {1}
    )
