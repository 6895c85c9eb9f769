"""Numbers that are dates: days since 1900 as Excel counts them, seconds since 1970, and codes of years and months."""

from __future__ import annotations

import re

import numpy as np

from almanac.core.arrays import Floats, Timestamps, pieces
from almanac.tables.columns.profile import ColumnProfile, unnamed
from almanac.tables.timeline.date_kinds import SIX_DIGITS, DateKind
from almanac.tables.values.cells import Column, cell_text
from almanac.tables.values.dates.calendar_names import called_date, names_stamp
from almanac.tables.values.dates.date_patterns import PIVOT_YEAR
from almanac.tables.values.dates.read_dates import NAT, SECONDS_PER_DAY
from almanac.tables.values.numbers import read_cells

# The smallest and the largest number of each kind: years 1941 to 2119, 1990 to 2096.
_SPANS = (
    (DateKind.EXCEL_DAYS, 15_000, 80_000),
    (DateKind.UNIX_SECONDS, 6.3e8, 4e9),
    (DateKind.UNIX_MILLISECONDS, 6.3e11, 4e12),
)
_EPOCH = np.datetime64("1899-12-30", "s")  # Excel counts a 29 February 1900, so this fits days from March 1900 on
_CODE = re.compile(r"(\d{1,2})-(\d{2})")
_COUNTED = re.compile(r"(\D{1,20})(\d{1,9})")

# All chosen by judgement.
_MIN_NUMBERS, _MIN_DISTINCT = 0.8, 3  # share of numbers (the rest are totals and notes), and distinct ones
_MIN_COMMON_STEP = 0.4  # share of the commonest step between days: ordinary numbers keep no step
_MIN_STAMP_STEP = 10  # seconds, of stamps without a name: numbers of things mostly rise by 1
_MIN_CODES, _MAX_CODES = 3, 5000
# Different days in six digits, and how many times longer the span of days must be that another order gives, or Excel.
_MIN_IN_DIGITS, _MIN_LONGER, _MIN_LONGER_SERIALS = 8, 3.0, 1.2  # a month in digits is as long as a hundred serials
_LEAST_IN_DIGITS, _LARGE, _MOST_IN_DIGITS = 101, 10_000, 991_231


def serial_kind(profile: ColumnProfile, column: Column) -> DateKind | None:
    """Which kind of serial dates a column of numbers holds; None for ordinary numbers."""
    if profile.number_share < _MIN_NUMBERS or profile.distinct < _MIN_DISTINCT:
        return None
    if called_date(profile.name) and (digits := six_digits_kind(profile, column)) is not None:
        return digits
    named = profile.named_like_date or names_stamp(profile.name)
    if not named and not (unnamed(profile.name) and profile.whole):
        return None
    kind = next((k for k, low, high in _SPANS if low <= profile.lowest and profile.highest <= high), None)
    if kind is DateKind.EXCEL_DAYS:
        return kind if named and _common_step(column) else None
    return kind if named or _common_step(column) >= _MIN_STAMP_STEP else None


def six_digits_kind(profile: ColumnProfile, column: Column) -> DateKind | None:
    """In which order six digits (240131, 310124) are days; None where not all numbers are, or two orders fit alike."""
    if not profile.whole or profile.lowest < _LEAST_IN_DIGITS or not _LARGE <= profile.highest <= _MOST_IN_DIGITS:
        return None
    numbers = np.unique(_values(column))
    numbers = numbers[~np.isnan(numbers)]
    if len(numbers) < _MIN_IN_DIGITS:
        return None
    _, low, high = _SPANS[0]
    as_serials = low <= profile.lowest and profile.highest <= high
    spans = {DateKind.EXCEL_DAYS: int(numbers[-1] - numbers[0])} if as_serials else {}
    for kind in SIX_DIGITS:
        days = _days_in_digits(numbers, kind)
        if not np.isnat(days).any():
            spans[kind] = int((days.max() - days.min()).astype(np.int64)) // SECONDS_PER_DAY
    best = min(spans, key=lambda kind: spans[kind], default=DateKind.EXCEL_DAYS)
    longer = {kind: _MIN_LONGER if kind in SIX_DIGITS else _MIN_LONGER_SERIALS for kind in spans if kind is not best}
    clear = best in SIX_DIGITS and all(spans[kind] > times * spans[best] for kind, times in longer.items())
    return best if clear else None


def _days_in_digits(numbers: Floats, kind: DateKind) -> Timestamps:
    """datetime64[s] of numbers of six digits, NaT where the calendar has no such day."""
    digits = np.nan_to_num(numbers, nan=0).astype(np.int64)
    first, second, third = digits // 10_000, digits // 100 % 100, digits % 100
    year, month, day = {
        DateKind.YYMMDD: (first, second, third),
        DateKind.DDMMYY: (third, second, first),
        DateKind.MMDDYY: (third, first, second),
    }[kind]
    year = np.where(year >= PIVOT_YEAR, 1900, 2000) + year
    months = ((year - 1970) * 12 + month - 1).astype("datetime64[M]")
    days = months.astype("datetime64[D]") + (day - 1).astype("timedelta64[D]")
    exists = (month >= 1) & (month <= 12) & (day >= 1) & (days.astype("datetime64[M]") == months)
    found: Timestamps = np.where(exists & (digits <= _MOST_IN_DIGITS), days.astype("datetime64[s]"), NAT)
    return found


def _common_step(column: Column) -> float:
    """The commonest step between the numbers of a column; 0 when none is common."""
    values = _values(column)
    steps, counts = np.unique(np.round(np.diff(np.unique(values[~np.isnan(values)])), 6), return_counts=True)
    return float(steps[counts.argmax()]) if counts.max(initial=0) >= max(_MIN_COMMON_STEP * counts.sum(), 1) else 0.0


def serial_dates(column: Column, kind: DateKind) -> Timestamps:
    """datetime64[s] of each distinct cell (of each row for a column of floats), NaT where there is none."""
    values = _values(column)
    dates: Timestamps = np.empty(len(values), dtype="datetime64[s]")
    for part in pieces(len(values)):
        known = ~np.isnan(values[part])
        numbers = np.where(known, values[part], 0)
        if kind in SIX_DIGITS:
            dates[part] = _days_in_digits(numbers, kind)
            continue
        if kind is DateKind.EXCEL_DAYS:
            when = _EPOCH + np.round(numbers * SECONDS_PER_DAY).astype("timedelta64[s]")
        else:
            when = np.round(numbers / (1000 if kind is DateKind.UNIX_MILLISECONDS else 1)).astype("datetime64[s]")
        dates[part] = np.where(known, when, NAT)
    return dates


def _values(column: Column) -> Floats:
    return column.floats if column.has_numbers else read_cells(column.cells, ".")[0]


def counts_months(column: Column) -> bool:
    """Whether the column runs through 1-01, 1-02 … 1-12, 2-01: the number of a year, and a month."""
    if column.has_numbers or not _MIN_CODES <= len(column.cells) <= _MAX_CODES:
        return False
    codes = [code_months(cell_text(cell)) for cell in column.cells if cell != ""]
    months = [code for code in codes if code is not None]
    steps = set(np.diff(months).tolist())
    return len(months) == len(codes) > _MIN_CODES and steps in ({1}, {-1})


def code_months(text: str) -> int | None:
    """Months since the beginning of year 0 of "1-01"; None for any other text."""
    match = _CODE.fullmatch(text)
    if match is None or not 1 <= int(match[2]) <= 12:
        return None
    return int(match[1]) * 12 + int(match[2]) - 1


def counts_up(column: Column) -> bool:
    """Whether every row holds a word and the next number: Day 1, Day 2, Day 3."""
    if column.has_numbers or len(column.cells) < len(column):
        return False
    matches = [_COUNTED.fullmatch(cell_text(cell)) for cell in column.cells]
    found = [match for match in matches if match is not None]
    steps = set(np.diff([int(match[2]) for match in found]).tolist())
    return len(found) == len(matches) and len({match[1] for match in found}) == 1 and steps == {1}
