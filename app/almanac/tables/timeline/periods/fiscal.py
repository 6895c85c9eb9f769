"""Periods of fiscal years: where they are, when they begin, and what is open because no cell says it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Flags, Integers, Timestamps
from almanac.core.calendar.fiscal import MONTHS, FiscalYear
from almanac.tables.columns.crosstab.fiscal_across import STARTS_OF_ONE, STARTS_OF_TWO_YEARS
from almanac.tables.columns.profile import ColumnProfile
from almanac.tables.values.cells import Cell, Column, Table, as_cells, cell_text
from almanac.tables.values.dates.calendar_names import month_number, parts_named, plain, quarter_number
from almanac.tables.values.dates.date_patterns import Grain
from almanac.tables.values.dates.fiscal_dates import Part, read_fiscal
from almanac.tables.values.dates.read_dates import NAT
from almanac.tables.values.numbers import whole_number

_FISCAL = re.compile(
    r"\b(?:fiscal|financial|fy|geschaftsjahr|wirtschaftsjahr|finanzjahr|exercice|ejercicio|esercizio|boekjaar|"
    r"regnskabsar|regnskapsar|rakenskapsar|tilikausi|rozpoctovy)\b"
)
_FROM_TO = re.compile(r"\b([^\W\d_]{3,12})\.?\s?(?:-|–|to|bis|through|until|a|au|al)\s?([^\W\d_]{3,12})\b")
_PERIOD = re.compile(r"(?:P|M|Period\s)0?([1-9]|1[0-2])", re.IGNORECASE)
_PER_QUARTER = 3
# Both chosen by judgement.
_MAX_DISTINCT = 400  # cells of a column of parts of a year
_MIN_PART_SHARE = 0.8  # of its cells that are parts; the others are totals


@dataclass(frozen=True, eq=False)
class FiscalRows:
    """When N rows of a table happened. ``when``: datetime64[s] [N], NaT where there is no period; ``sums``: bool [N],
    rows of whole years among their parts; ``year``: how periods are called, None where the file has months by name.
    ``starts``: where the year may begin, the assumed one first; more than one is a question.
    """

    when: Timestamps
    sums: Flags
    grain: Grain
    year: FiscalYear | None
    starts: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class _Years:
    """The year in the name of each row's fiscal year: int64 [N], 0 where there is none; see ``FiscalCells``."""

    numbers: Integers
    pattern: str
    two_years: bool

    @property
    def starts(self) -> tuple[int, ...]:
        """Where such a year usually begins."""
        return STARTS_OF_TWO_YEARS if self.two_years else STARTS_OF_ONE


def holds_fiscal_years(name: str, profile: ColumnProfile, column: Column) -> bool:
    """Whether the column holds fiscal years alone: 2022/23, FY23, or plain years below a name for them."""
    return _years(name, column, profile.holds_years) is not None


def fiscal_part(column: Column) -> Part | None:
    """Which part of a fiscal year the cells of one column name; None when they name none."""
    if column.has_numbers:
        return None
    found = read_fiscal(column.cells)
    return None if found is None else found.part


def holds_fiscal_parts(profile: ColumnProfile, column: Column) -> bool:
    """Whether the column holds the quarters, periods or months of a fiscal year that another column names."""
    return _places(profile.name, column) is not None


def read_fiscal_rows(table: Table, columns: tuple[int, ...], start: int | None) -> FiscalRows:
    """When each row happened; ``columns``: one, or a year and its part; ``start``: the person's answer, if any."""
    column = as_cells(table.columns[columns[0]])
    if len(columns) == 1:
        found = read_fiscal(column.cells)
        assert found is not None
        years = _Years(found.years[column.codes], found.pattern, found.two_years)
        return _of_places(table, years, found.places[column.codes], found.part, start)
    years_found = _years(table.names[columns[0]], column, True)
    places = _places(table.names[columns[1]], as_cells(table.columns[columns[1]]))
    assert years_found is not None
    assert places is not None
    if not places.pattern:
        return _of_months(table, years_found, places.numbers, start)
    pattern = f"{years_found.pattern} {places.pattern}"
    years = _Years(years_found.numbers, pattern, years_found.two_years)
    return _of_places(table, years, places.numbers, places.part, start)


def _of_places(table: Table, years: _Years, places: Integers, part: Part, start: int | None) -> FiscalRows:
    """Years with the number of a quarter or month within each."""
    known = (years.numbers > 0) & ((places > 0) | (part is Part.YEAR))
    starts = (0,) if part is Part.YEAR else _starts(table, years)
    starts = starts if start is None else (start,)
    length = {Part.YEAR: MONTHS, Part.QUARTER: _PER_QUARTER, Part.MONTH: 1}[part]
    months = (years.numbers - 1970) * MONTHS + starts[0] + np.maximum(places - 1, 0) * length
    when = np.where(known, months.astype("datetime64[M]").astype("datetime64[s]"), NAT)
    grain = {Part.YEAR: Grain.YEAR, Part.QUARTER: Grain.QUARTER, Part.MONTH: Grain.MONTH}[part]
    return FiscalRows(when, (years.numbers > 0) & ~known, grain, FiscalYear(starts[0], years.pattern), starts)


def _of_months(table: Table, years: _Years, months: Integers, start: int | None) -> FiscalRows:
    """Years with months of the calendar; where the name of the year changes, a year begins."""
    known = (years.numbers > 0) & (months > 0)
    first = _first_month(years.numbers[known], months[known])
    starts = _starts(table, years) if first is None else _starts_with(first, years)
    starts = starts if start is None else (start,)
    into = (months - 1 - starts[0]) % MONTHS
    count = (years.numbers - 1970) * MONTHS + starts[0] + into
    when = np.where(known, count.astype("datetime64[M]").astype("datetime64[s]"), NAT)
    return FiscalRows(when, np.zeros(len(when), dtype=bool), Grain.MONTH, None, starts)


def _first_month(years: Integers, months: Integers) -> int | None:
    """The month with which every year begins, by the rows at which the year changes; None when they disagree."""
    steps = np.diff(years)
    if (steps < 0).sum() > (steps > 0).sum():  # newest first
        years, months = years[::-1], months[::-1]
        steps = np.diff(years)
    begins = months[1:][steps > 0] if (steps > 0).any() else months[:1]
    return int(begins[0]) if len(begins) and (begins == begins[0]).all() and not (steps < 0).any() else None


def _starts_with(month: int, years: _Years) -> tuple[int, ...]:
    """Where a year that begins with a month (1 to 12) may begin, by what its name says."""
    if years.two_years or month == 1:
        return (month - 1,)
    return (month - 1 - MONTHS, month - 1)


def _starts(table: Table, years: _Years) -> tuple[int, ...]:
    """Where the years may begin: as the title or a heading says (April to March), otherwise where they usually do."""
    for text in (table.title, *table.names):
        for match in _FROM_TO.finditer(plain(text)):
            first, last = month_number(match[1]), month_number(match[2])
            if first is not None and last is not None and (last - first) % MONTHS == MONTHS - 1:
                return _starts_with(first, years)
    return years.starts


def _years(name: str, column: Column, may_be_plain: bool) -> _Years | None:
    column = as_cells(column)
    found = read_fiscal(column.cells)
    if found is not None and found.part is Part.YEAR:
        return _Years(found.years[column.codes], found.pattern, found.two_years)
    if not may_be_plain or _FISCAL.search(re.sub(r"[\W_]+", " ", plain(name))) is None:
        return None
    numbers = np.array([_number(cell) for cell in column.cells], dtype=np.int64)
    return _Years(numbers[column.codes], "{y}", two_years=False)


@dataclass(frozen=True, eq=False)
class _Places:
    """The quarter or month of each row within its fiscal year: int64 [N], 0 for none; without a ``pattern``, the
    month of the calendar.
    """

    numbers: Integers
    part: Part
    pattern: str


def _places(name: str, column: Column) -> _Places | None:
    """The parts of a year in a column: Q1 to Q4, P01 to P12, numbers below a name for these, or names of months."""
    column = as_cells(column)
    if len(column.cells) > _MAX_DISTINCT:
        return None
    texts = [cell_text(cell).removesuffix(".0") for cell in column.cells]
    filled = [text for text in texts if text]
    named = parts_named(name)
    for read, needs, part, pattern in _PARTS:
        found = [read(text) or 0 for text in texts]
        enough = sum(n > 0 for n in found) >= max(_MIN_PART_SHARE * len(filled), 1)
        complete = needs != "period" or max(found) == MONTHS  # otherwise a few numbered terms or halves
        if enough and complete and (not needs or needs in named):
            return _Places(np.array(found, dtype=np.int64)[column.codes], part, pattern)
    return None


def _period(text: str) -> int | None:
    match = _PERIOD.fullmatch(text)
    return int(match[1]) if match else None


def _counted(most: int) -> Callable[[str], int | None]:
    def read(text: str) -> int | None:
        number = whole_number(text)
        return number if number is not None and 1 <= number <= most else None

    return read


# What reads a cell, the name that its column needs, what it is, and how it is written behind the year.
_PARTS: tuple[tuple[Callable[[str], int | None], str, Part, str], ...] = (
    (quarter_number, "", Part.QUARTER, "Q{q}"),
    (_period, "", Part.MONTH, "P{p2}"),
    (month_number, "", Part.MONTH, ""),
    (_counted(4), "quarter", Part.QUARTER, "Q{q}"),
    (_counted(MONTHS), "period", Part.MONTH, "P{p}"),
)


def _number(cell: Cell) -> int:
    return whole_number(cell_text(cell).removesuffix(".0")) or 0
