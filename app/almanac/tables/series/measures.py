"""What each series measures: the unit that the file gives."""

from __future__ import annotations

from collections.abc import Sequence

from almanac.core.measure import Measure
from almanac.tables.layout.units import is_units_label
from almanac.tables.reading_plan import ReadingPlan
from almanac.tables.values.cells import Table, cell_text


def measures_of(plan: ReadingPlan, columns: Sequence[int], keys: Sequence[tuple[str, ...]]) -> tuple[Measure, ...]:
    """What the series measure; ``columns``, ``keys``: the value column and the group values of each."""
    known = {column: unit_of(plan, column) for column in set(columns)}
    labels = [n for n, i in enumerate(plan.roles.series) if is_units_label(plan.table.names[i])]
    units = [next((key[n] for n in labels if key[n]), known[column]) for column, key in zip(columns, keys, strict=True)]
    return tuple(Measure(unit=unit) for unit in units) if any(units) else ()


def unit_of(plan: ReadingPlan, column: int) -> str:
    """The unit of a value column as the file writes it; empty when it gives none."""
    table = plan.table
    own = table.units[column] if table.units else ""
    return own or _unit_everywhere(table)


def _unit_everywhere(table: Table) -> str:
    """What a column called "Unit" says, when it is the same in every row."""
    for name, column in zip(table.names, table.columns, strict=True):
        if is_units_label(name) and column.floats is None:
            texts = [cell_text(cell) for cell, count in zip(column.cells, column.counts, strict=True) if count and cell]
            if len(texts) == 1:
                return texts[0]
    return ""
