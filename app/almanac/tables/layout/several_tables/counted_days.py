"""Days that are only counted, 0000, 0001 … of a span of dates in the lines above the table: they are the dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from almanac.core.problems import Finding
from almanac.tables.findings import registry as findings
from almanac.tables.values.cells import Cell, Column, Table, cell_text
from almanac.tables.values.dates.calendar_names import names_date
from almanac.tables.values.dates.one_date import day_of

_DIGITS = len("0000")
# Chosen by judgement.
_MIN_DAYS, _MAX_CELLS = 7, 10_000


def with_counted_days(table: Table, above: Sequence[Sequence[Cell]]) -> tuple[Table, tuple[Finding, ...]]:
    """The table with dates instead of counted days, where two lines above say when the first and the last one were."""
    if not table.columns or table.columns[0].has_numbers or not names_date(table.names[0]):
        return table, ()
    column = table.columns[0]
    if len(column.cells) > _MAX_CELLS:
        return table, ()
    counted = {n: int(text) for n, cell in enumerate(column.cells) if _is_count(text := cell_text(cell))}
    first = _first_day(above, len(counted))
    if first is None or sorted(counted.values()) != list(range(len(counted))):
        return table, ()
    days = [
        (first + timedelta(counted[n])).isoformat() if n in counted else cell for n, cell in enumerate(column.cells)
    ]
    dated = Column(column.codes, tuple(days))
    found = findings.days_counted(table.names[0], first.isoformat())
    return replace(table, columns=(dated, *table.columns[1:])), (found,)


def _is_count(text: str) -> bool:
    return len(text) == _DIGITS and text.isdecimal()


def _first_day(above: Sequence[Sequence[Cell]], count: int) -> date | None:
    """The first of two days above the table, one below the other, that are so many days apart; None for none."""
    days = [day for line in above for cell in line if (day := _day_at_end(cell_text(cell))) is not None]
    spans = pairwise(days)
    return next((first for first, last in spans if count >= _MIN_DAYS and (last - first).days == count - 1), None)


def _day_at_end(text: str) -> date | None:
    """The day at the end of a line such as "# Start date: 20240101"."""
    words = text.split()
    return day_of(words[-1]) if words else None
