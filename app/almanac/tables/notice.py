"""What is worth telling about rows, numbers and series."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np

from almanac.problems import Problem
from almanac.series import Floats, SeriesSet
from almanac.tables import findings as words
from almanac.tables.build import Block
from almanac.tables.cells import Table
from almanac.tables.numbers import EMPTY, MISSING, TEXT, Numbers
from almanac.tables.reading import Gaps
from almanac.tables.understand import Plan

_SHORT = 8


def notice_rows(plan: Plan) -> list[Problem]:
    """Rows that were set aside, and dates later than today."""
    found = []
    lines = plan.before.lines
    totals, notes = lines[plan.rows.totals], lines[plan.rows.notes]
    columns: list[str] = []
    if plan.melted is not None:
        totals, notes = plan.melted.totals, plan.melted.notes
    if len(totals) or columns:
        found.append(words.totals_left_out(totals, columns))
    if len(notes):
        found.append(words.notes_left_out(notes))
    unknown = np.unique(lines[plan.rows.unknown])
    if len(unknown) and plan.source is not None:
        found.append(words.dates_not_understood(plan.date_words, unknown))
    if plan.source is not None:
        today = np.datetime64(date.today().isoformat(), "s") + np.timedelta64(1, "D")
        holds = ~np.logical_and.reduce([plan.table.columns[i].empty for i in plan.values])
        late = np.unique(plan.table.lines[(plan.when >= today) & holds])
        if len(late) and plan.cross is None:
            found.append(words.future_dates(plan.date_words, late))
    return found


def notice_numbers(table: Table, numbers: Mapping[int, Numbers]) -> list[Problem]:
    """Cells without a number, and numbers that probably mean "missing"."""
    found = []
    for i, column in numbers.items():
        name = table.names[i]
        text = column.kinds == TEXT
        if text.any():
            first = int(np.flatnonzero(text)[0])
            found.append(words.text_among_numbers(name, table.columns[i].text(first), table.lines[text]))
        missing = (column.kinds == EMPTY) | (column.kinds == MISSING)
        if missing.any():
            found.append(words.missing_values(name, table.lines[missing]))
        value = _sentinel(column.values)
        if value is not None:
            found.append(words.sentinel_values(name, value, table.lines[column.values == value]))
    return found


def _sentinel(values: Floats) -> float | None:
    """A number that occurs often and lies further from all others than these lie apart."""
    known = values[~np.isnan(values)]
    if len(known) < 20:
        return None
    low, high = known.min(), known.max()
    for extreme in (low, high):
        rest = known[known != extreme]
        often = len(known) - len(rest)
        if often < 5 or len(rest) < 10 or set(f"{abs(extreme):g}") - set("129.0"):
            continue
        near = rest.min() if extreme == low else rest.max()
        if (
            abs(extreme - near) > max(rest.max() - rest.min(), 10) * (0.1 if extreme < 0 <= near else 1)
            and abs(extreme) >= 99
        ):
            return float(extreme)
    return None


def notice_series(
    plan: Plan,
    series: SeriesSet,
    values: tuple[int, ...],
    blocks: list[Block],
    gaps: Gaps,
    keys: list[tuple[str, ...]],
) -> list[Problem]:
    """Gaps, and series too short, too even or empty."""
    found = []
    missing = sum(block.gaps for block in blocks)
    if missing:
        start = np.cumsum([0, *(len(block.groups) for block in blocks)])
        owners = [
            series.names[start[n] + int(np.searchsorted(block.groups, group))]
            for n, block in enumerate(blocks)
            for group in block.gap_groups
        ]
        # All columns of one row miss it together: count the row once.
        number = max(block.gaps for block in blocks) if not plan.series else missing
        found.append(words.gaps_found(number, owners if plan.series else (), series.frequency, gaps, len(series)))
    empty = [
        " · ".join(part for part in (*keys[g], plan.table.names[i] if len(blocks) > 1 else "") if part)
        for i, b in zip(values, blocks, strict=True)
        for g in b.empty
    ]
    if empty:
        found.append(words.named("empty_series", empty))
    lengths = series.lengths
    lows, highs = (
        np.fmin.reduceat(series.values, series.offsets[:-1]),
        np.fmax.reduceat(series.values, series.offsets[:-1]),
    )
    constant = [series.names[i] for i in np.flatnonzero((lows == highs) & (lengths > 2))]
    if constant:
        found.append(words.named("constant_series", constant))
    short = [series.names[i] for i in np.flatnonzero(lengths < _SHORT)]
    if short:
        found.append(words.named("too_short", short))
    return found
