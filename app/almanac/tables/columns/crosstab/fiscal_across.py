"""Months of fiscal years in a crosstab: Apr to Mar across next to 2022 or 2022/23, or down below such years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from almanac.core.calendar.fiscal import MONTHS
from almanac.tables.values.cells import Column, cell_text
from almanac.tables.values.dates.calendar_names import is_year
from almanac.tables.values.dates.fiscal_dates import Part, read_fiscal

_APRIL, _JANUARY = 4, 1
# Months from January of the year in the name, the usual ones: Britain, India and Japan from April, Australia from July,
# the United States from October. A name with one year means the one in which the year ends, or (last) begins.
STARTS_OF_TWO_YEARS, STARTS_OF_ONE = (3, 6, 9), (0, -9, -6, -3, 3)


@dataclass(frozen=True)
class FiscalMonths:
    """Where fiscal years begin whose months have the names of the calendar. ``start``: see ``FiscalYear``.

    ``starts``: where they may begin, the assumed one first; ``cell`` and ``year``: one of them, for a question.
    """

    start: int
    starts: tuple[int, ...]
    cell: str
    year: int

    def in_calendar(self, text: str) -> str:
        """The month of the calendar for one in a fiscal year: "2023-01" for "2022-01" in a year from April 2022."""
        year, month = int(text[:4]), int(text[5:])
        later = -int(month > MONTHS + self.start) if self.start < 0 else int(month <= self.start)
        return f"{year + later}-{month:02d}"


@dataclass(frozen=True)
class NamedYears:
    """Years as they are called. ``two_years``: by both, as 2022/23; ``fiscal``: said to be fiscal, as FY23.

    ``cell`` and ``year``: the first of them.
    """

    two_years: bool
    fiscal: bool
    cell: str
    year: int


def fiscal_months(months: Sequence[int], years: NamedYears, chosen: int | None) -> FiscalMonths | None:
    """Where the years begin whose months (1 to 12) are in this order; None where they are those of the calendar.

    ``chosen``: the answer of the person, where it is possible.
    """
    turns = sum(later < earlier for earlier, later in pairwise(months))
    runs_on = turns <= 1 and len(set(months)) == len(months)
    if not runs_on or (turns == 0 and not years.fiscal):
        return None
    starts = _starts(months[0], years)
    start = chosen if chosen in starts else starts[0]
    asked = () if chosen in starts else starts
    return FiscalMonths(start, asked, years.cell, years.year)


def _starts(first: int, years: NamedYears) -> tuple[int, ...]:
    """Where years may begin whose months are written from this one on.

    A year with one number in its name that begins with April is mostly called after the year in which it begins, one
    that begins with July or October, or is called FY23, after the one in which it ends.
    """
    begins, ends = first - 1, first - 1 - MONTHS
    if first == _JANUARY:
        return STARTS_OF_TWO_YEARS if years.two_years else STARTS_OF_ONE
    if years.two_years:
        return (begins,)
    either = (begins, ends) if first == _APRIL and not years.fiscal else (ends, begins)
    return either if years.fiscal else (*either, 0)


def years_of(column: Column) -> tuple[list[int], NamedYears] | None:
    """The year in the name of each distinct cell (0: none), and how they are called; None without any year."""
    texts = [cell_text(cell) for cell in column.cells]
    found = read_fiscal(column.cells)
    fiscal = found is not None and found.part is Part.YEAR
    years = found.years.tolist() if found is not None and fiscal else [int(t) if is_year(t) else 0 for t in texts]
    first = next((n for n, year in enumerate(years) if year), None)
    if first is None:
        return None
    return years, NamedYears(fiscal and found is not None and found.two_years, fiscal, texts[first], years[first])
