"""Profiles of columns: what each holds, before it is decided what it is for."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import numpy as np

from almanac.core.arrays import Flags
from almanac.tables.values.cells import Column, Table, as_cells, cell_text
from almanac.tables.values.dates.calendar_names import (
    FIRST_YEAR,
    LAST_YEAR,
    Part,
    month_number,
    names_date,
    parts_named,
)
from almanac.tables.values.dates.date_patterns import NEVER_A_DATE, Grain
from almanac.tables.values.dates.eras import MAY_BE_CODES
from almanac.tables.values.dates.read_dates import read_clock, read_dates
from almanac.tables.values.numbers import decimal_sign, is_missing_word, looks_like_number, read_cells, votes
from almanac.tables.values.plain_cells import PlainCells, lines_of

_SAMPLE, _FEW = 2000, 50  # distinct cells looked at; cells and rows, where there are several columns of dates
# Shares of a column's filled cells, all chosen by judgement.
_MIN_NUMERIC = 0.6  # from which on a column is one of numbers, or of dates
_MIN_YEARS = 0.8  # from which on a column holds years
_MIN_MONTH_NAMES = 0.8  # from which on a column holds names of months
_NEVER_DATES = re.compile(rf"(?:(?:{NEVER_A_DATE.pattern})?\n)*+", re.ASCII)  # one below the other, or empty
_NO_SHARES = (0.0,) * 5  # of dates, clocks, names of months, years and compact dates
# Different numbers that are all days, and thus dates: of numbers with eight digits one in thirty is one by chance.
_MIN_DAYS = 8
_HAS_DIGIT = re.compile(r"\d")
_FRACTION = re.compile(r"\d{4}[.,]\d+")

# The numbers of periods that are counted within a year, and of years.
_SPANS: dict[Part, tuple[int, int]] = {
    "year": (FIRST_YEAR, LAST_YEAR),
    "quarter": (1, 4),
    "month": (1, 12),
    "week": (1, 53),
    "day of year": (1, 366),
    "period": (1, 13),
}


@dataclass(frozen=True)
class ColumnProfile:
    """What one column holds. Shares are of its ``filled`` cells (words for "missing" do not count), from 0 to 1.

    ``date_share``: days, weeks, months and quarters, but not bare years, and of plain numbers only many days;
    ``compact_share``: YYYYMM, or a few YYYYMMDD, as plain numbers. ``distinct``: how many distinct cells; ``whole``:
    every number is a whole one.
    """

    name: str
    filled: int
    number_share: float
    date_share: float
    clock_share: float
    month_name_share: float
    year_share: float
    compact_share: float
    distinct: int
    whole: bool
    lowest: float
    highest: float

    @property
    def repeats(self) -> bool:
        """Whether a cell occurs more than once, among the first different ones."""
        return self.distinct < self.filled

    @property
    def numeric(self) -> bool:
        """Whether most cells are numbers and few are dates."""
        return self.filled > 0 and self.number_share >= _MIN_NUMERIC and self.date_share < _MIN_NUMERIC

    @property
    def worded(self) -> bool:
        """Whether the column is filled, and mostly not with numbers."""
        return self.filled > 0 and self.number_share < _MIN_NUMERIC

    @property
    def dated(self) -> bool:
        """Whether most cells are dates."""
        return self.filled > 0 and self.date_share >= _MIN_NUMERIC

    @property
    def in_digits(self) -> bool:
        """Whether the dates of the column are plain numbers: 20240131."""
        return self.dated and self.lowest >= 1e4 * FIRST_YEAR

    @property
    def holds_years(self) -> bool:
        """Whether nearly all cells are bare years."""
        return self.year_share >= _MIN_YEARS

    @property
    def holds_month_names(self) -> bool:
        """Whether nearly all cells are names of months."""
        return self.month_name_share >= _MIN_MONTH_NAMES

    @property
    def holds_months(self) -> bool:
        """Whether the column holds months: their names, or numbers from 1 to 12 below a name for "month"."""
        return self.holds_month_names or (self.named("month") and 1 <= self.lowest <= self.highest <= 12)

    @property
    def named_like_date(self) -> bool:
        """Whether a word of the name is one for a date, a time or a period."""
        return names_date(self.name)

    def named(self, part: Part) -> bool:
        """Whether the name is one for this part of a date."""
        return part in parts_named(self.name)

    @property
    def counts_periods(self) -> bool:
        """Whether the column holds the years, quarters, months, weeks or periods that its name speaks of."""
        spans = (_SPANS[part] for part in parts_named(self.name) if part in _SPANS)
        return any(low <= self.lowest <= self.highest <= high for low, high in spans)


@dataclass(frozen=True)
class TableProfile:
    """The profiles of all columns of a table."""

    columns: tuple[ColumnProfile, ...]

    @property
    def numeric(self) -> tuple[int, ...]:
        """The columns of numbers, by their places."""
        return tuple(i for i, profile in enumerate(self.columns) if profile.numeric)

    @property
    def timed(self) -> tuple[int, ...]:
        """The columns of times of day, which may be durations, by their places."""
        return tuple(i for i, profile in enumerate(self.columns) if profile.clock_share >= _MIN_NUMERIC)


def unnamed(name: str) -> bool:
    """Whether a column without a name was called after its letter."""
    return re.fullmatch(r"Column [A-Z]{1,3}", name) is not None


def profile_column(name: str, column: Column) -> ColumnProfile:
    """The profile of one column, from at most its first 2,000 distinct cells."""
    if column.has_numbers:
        known = column.known
        low, high = (float(known.min()), float(known.max())) if len(known) else (0.0, 0.0)
        whole = bool((known == np.floor(known)).all())
        return ColumnProfile(name, len(known), 1.0, 0, 0, 0, 0, 0, min(len(known), 10**6), whole, low, high)
    if column.plain is not None and len(column.cells) <= _SAMPLE:
        profile = _profile_plain(name, column, column.plain)
        if profile is not None:
            return profile
    counts = column.counts  # 0 for cells of rows that are set aside
    used = [
        (cell, int(count))
        for cell, count in zip(column.cells[:_SAMPLE], counts[:_SAMPLE], strict=True)
        if cell != "" and count
    ]
    counted = [(cell, count) for cell, count in used if not is_missing_word(cell)]
    cells = [cell for cell, _ in counted]
    weights = np.array([count for _, count in counted], dtype=np.int64)
    total = int(weights.sum()) or 1

    def share(which: Flags | list[bool]) -> float:
        return float(weights[np.array(which, dtype=bool)].sum() / total)

    own = votes(cells)
    numbers = read_cells(cells, decimal_sign(own, own))[0]
    numbers = numbers[~np.isnan(numbers)]
    looks = np.array([len(numbers) > 0 and looks_like_number(cell) for cell in cells], dtype=bool)  # 5.3.1 is none
    plain = ColumnProfile(
        name,
        filled=int(weights.sum()),
        number_share=share(looks),
        date_share=0.0,
        clock_share=0.0,
        month_name_share=0.0,
        year_share=0.0,
        compact_share=0.0,
        distinct=len(used) + int(np.count_nonzero(counts[_SAMPLE:])),
        whole=bool((numbers == np.floor(numbers)).all()),
        lowest=float(numbers.min()) + 0.0 if len(numbers) else 0.0,  # never -0
        highest=float(numbers.max()) + 0.0 if len(numbers) else 0.0,
    )
    if all(isinstance(cell, str) and NEVER_A_DATE.fullmatch(cell) for cell in cells):
        return plain  # as most columns of numbers: nothing of what follows can be in such cells
    dates = read_dates(cells)
    year = dates.understood & (dates.grains == Grain.YEAR)
    compact = np.array([cell_text(cell).isdecimal() for cell in cells], dtype=bool)
    exact = dates.understood & ~year & ~compact
    fractions = np.array(
        [isinstance(cell, str) and _FRACTION.fullmatch(cell) is not None for cell in cells], dtype=bool
    )
    days = compact & (dates.grains == Grain.DAY)
    if len(days) >= _MIN_DAYS and days.all() and not _HAS_DIGIT.search(name):  # below "N1" rows may be of other kinds
        exact = days
    if (fractions & ~exact).any():  # 1608.3 is a number where 1608.25 is one
        exact &= ~fractions
    return replace(
        plain,
        number_share=share(looks & ~exact),
        date_share=share(exact),
        clock_share=share([read_clock(cell) is not None for cell in cells]),
        month_name_share=share([isinstance(cell, str) and month_number(cell) is not None for cell in cells]),
        year_share=share(year),
        compact_share=share(dates.understood & compact & ~year & ~exact),
    )


def _profile_plain(name: str, column: Column, plain: PlainCells) -> ColumnProfile | None:
    """As ``profile_column``, for cells that are all plain numbers; None where one may be a date, or a point groups."""
    if _NEVER_DATES.fullmatch(lines_of(column.cells) or "") is None:
        return None
    if plain.fractions and decimal_sign(own := votes(column.cells), own) != ".":
        return None
    numbers = plain.known()
    whole = not plain.fractions or bool((numbers == np.floor(numbers)).all())
    filled = len(column) if not plain.empty else int(column.counts[~np.isnan(plain.values)].sum())
    return ColumnProfile(name, filled, float(filled > 0), *_NO_SHARES, plain.count, whole, plain.lowest, plain.highest)


def profile_table(table: Table) -> tuple[ColumnProfile, ...]:
    """The profiles of all columns."""
    profiles = tuple(profile_column(name, column) for name, column in zip(table.names, table.columns, strict=True))
    return _without_codes(table, profiles)


def _without_codes(table: Table, profiles: tuple[ColumnProfile, ...]) -> tuple[ColumnProfile, ...]:
    """The profiles, with columns that may hold codes or dates (R5.3.1) not dated next to other dates."""
    dated = [i for i, profile in enumerate(profiles) if profile.dated]
    if len(dated) < 2:
        return profiles
    dates = {i: read_dates(as_cells(table.columns[i]).cells[:_FEW]) for i in dated}
    codes = {i for i, found in dates.items() if found.pattern in MAY_BE_CODES}
    sure = [i for i in dated if i not in codes]
    codes = {i for i in codes if sure and not any(_in_same_months(table, i, other) for other in sure)}
    return tuple(replace(p, date_share=0.0) if i in codes else p for i, p in enumerate(profiles))


def _in_same_months(table: Table, i: int, other: int) -> bool:
    """Whether two columns of dates name the same months in most of the first rows, written in two ways."""
    columns = [as_cells(table.columns[place]) for place in (i, other)]
    days = [read_dates([c.cells[code] for code in c.codes[:_FEW].tolist()]).day_first for c in columns]
    months, others = (found.astype("datetime64[M]") for found in days)
    return bool((months == others).mean() >= _MIN_NUMERIC)
