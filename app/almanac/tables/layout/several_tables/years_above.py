"""Days without a year, 0101 or 20.11., of a span of dates or of a year in the lines above the table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

import numpy as np

from almanac.core.problems import Finding
from almanac.tables.findings import registry as findings
from almanac.tables.values.cells import Cell, Table, as_cells, cell_text
from almanac.tables.values.dates.calendar_names import called_date
from almanac.tables.values.dates.days_without_year import DaysWithoutYear, days_without_year
from almanac.tables.values.dates.one_date import day_of

_DATE = re.compile(r"(?<!\d)(?:\d{8}|\d{4}-\d{1,2}-\d{1,2}|(?:\d{1,2}[./]){2}\d{4})(?!\d)")
_YEAR = re.compile(r"(?<![\d.,/-])(?:19|20)\d\d(?![\d.,/-])")
_NUMBER = re.compile(r"[\d.,]+")  # a cell that may be an amount, and no year
_MAX_DAYS, _TURN = 366, 300  # of a span in which each day is once; days from December back to January
_MAX_LINES, _FIRST_COLUMNS = 20, 2  # both chosen by judgement, as is the next
_MIN_SHARE = 0.9  # of the first cells that are days


def with_years_above(table: Table, above: Sequence[Sequence[Cell]]) -> tuple[Table, tuple[Finding, ...]]:
    """The table with whole dates, where its days have no year and all are in a span that the lines above name."""
    spans = _spans(above[-_MAX_LINES:])
    for i, name in enumerate(table.names if spans else ()):
        called = called_date(name)
        if not called and i >= _FIRST_COLUMNS:
            continue
        found = days_without_year(as_cells(table.columns[i]), _MIN_SHARE, in_digits=called)
        for first, last in spans:
            dated = _dated(table, i, found, first, last)
            if dated is not None:
                return dated, (findings.year_above(name, first.isoformat(), last.isoformat()),)
    return table, ()


def _spans(above: Sequence[Sequence[Cell]]) -> list[tuple[date, date]]:
    """The first and the last day of spans that the lines name, the shortest first; at last that of their only year."""
    dates = [day for line in above for cell in line for day in _dates_in(cell)]
    spans = [(a, b) for a, b in pairwise(dates) if 0 < (b - a).days < _MAX_DAYS]
    years = {year for line in above for cell in line for year in _years_in(cell)}
    spans.sort(key=lambda span: span[1] - span[0])
    return [*spans, *((date(year, 1, 1), date(year, 12, 31)) for year in years if len(years) == 1)]


def _dates_in(cell: Cell) -> Iterator[date]:
    yield from filter(None, map(day_of, _DATE.findall(cell_text(cell))))


def _years_in(cell: Cell) -> Iterator[int]:
    text = cell_text(cell)
    if _NUMBER.fullmatch(text) is None or len(text) == len("2024"):
        yield from map(int, _YEAR.findall(text))


def _dated(table: Table, i: int, found: Sequence[DaysWithoutYear], first: date, last: date) -> Table | None:
    """The table with the dates of a span; ``found``: the ways to read the days, of which the first that fits is taken.

    None where some day is outside the span, or its year ends among the rows.
    """
    column = as_cells(table.columns[i])
    for days in found:
        dates = [_in_span(day, first, last) for day in days]
        if any(when is None for when, day in zip(dates, days, strict=True) if day is not None):
            continue
        numbers = np.array([0 if when is None else when.toordinal() for when in dates], dtype=np.int64)[column.codes]
        numbers = numbers[numbers > 0]
        if (abs(np.diff(numbers)) >= _TURN).any() and first.month == 1:
            continue
        cells = [cell if when is None else when.isoformat() for when, cell in zip(dates, column.cells, strict=True)]
        columns = (*table.columns[:i], replace(column, cells=tuple(cells)), *table.columns[i + 1 :])
        return replace(table, columns=columns)
    return None


def _in_span(day: tuple[int, int] | None, first: date, last: date) -> date | None:
    """The date of a day and a month in a span; None for one outside, or that the calendar does not have."""
    if day is None:
        return None
    year = first.year if day[::-1] >= (first.month, first.day) else first.year + 1
    try:
        when = date(year, day[1], day[0])
    except ValueError:
        return None
    return when if when <= last else None
