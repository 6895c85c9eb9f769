"""What is worth telling about rows, numbers and series."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers
from almanac.core.problems import Finding
from almanac.core.series import SeriesSet
from almanac.tables import findings as words
from almanac.tables.plan import Plan
from almanac.tables.reading import Gaps, ReadingOptions
from almanac.tables.series.regular_grid import Block
from almanac.tables.timeline.timeline import THIRTEEN_WORDS
from almanac.tables.values.cells import Table, listed
from almanac.tables.values.numbers import EMPTY, MISSING, TEXT, Numbers

_ROUND = re.compile(r"(?:[125]|99)00+")
_NINES = re.compile(r"9+(?:\.9+)?")


def notice_rows(plan: Plan, options: ReadingOptions) -> list[Finding]:
    """Rows that were set aside, and dates later than today."""
    found = []
    lines = plan.before.lines
    totals, notes = lines[plan.rows.totals], lines[plan.rows.notes]
    if plan.melted is not None:
        totals, notes = plan.melted.totals, plan.melted.notes
    if len(totals):
        found.append(words.totals_left_out(totals))
    if len(notes):
        found.append(words.notes_left_out(notes))
    unknown = np.unique(lines[plan.rows.unknown])
    if len(unknown) and plan.source is not None:
        found.append(words.dates_not_understood(plan.date_words, unknown))
    if plan.carried:
        found.append(words.carried_down([plan.table.names[i] for i in plan.carried]))
    if plan.source is not None and plan.source.parts in ("excel days", "unix seconds", "unix milliseconds"):
        found.append(words.dates_from_numbers(plan.date_words, plan.source.parts))
    if plan.source is not None and plan.source.parts in ("month alone", "day alone"):
        found.append(words.months_without_year(plan.date_words))
    if plan.changes is not None:
        days = [[str(day) for day in days] for days in (plan.changes.forward, plan.changes.back)]
        found.append(words.clocks_changed(plan.date_words, days[0], days[1]))
    if plan.line is not None and plan.line.words == THIRTEEN_WORDS:
        found.append(words.thirteen_periods(plan.date_words))
    if plan.source is not None:
        late = np.unique(plan.table.lines[plan.later_than_today])
        if len(late):
            found.append(words.future_dates(plan.date_words, late, options.repair("future_dates") or "keep"))
    return found


def notice_numbers(
    table: Table, values: tuple[int, ...], numbers: Mapping[int, Numbers], options: ReadingOptions
) -> list[Finding]:
    """Cells without a number, and numbers that probably mean "missing"."""
    found = []
    sentinels: dict[float, list[int]] = {value: [i for i in values if i in numbers] for value in options.missing}
    for i, column in numbers.items():
        name = table.names[i]
        text = column.kinds == TEXT
        if text.any():
            first = int(np.flatnonzero(text)[0])
            used = options.repair("text_among_numbers", name) or "missing"
            example = table.columns[i].text(first)
            found.append(words.text_among_numbers(name, example, table.lines[text], used))
        missing = (column.kinds == EMPTY) | (column.kinds == MISSING)
        if missing.any():
            found.append(words.missing_values(name, table.lines[missing]))
        for value in _sentinels(column.values):
            sentinels.setdefault(value, []).append(i)
    for value, columns in sentinels.items():
        hits = {i: _cells_with(numbers[i], value) for i in columns}
        rows = np.flatnonzero(np.logical_or.reduce(list(hits.values()))) if hits else np.zeros(0, dtype=np.int64)
        number = sum(int(hit.sum()) for hit in hits.values())
        names = [table.names[i] for i, hit in hits.items() if hit.any()]
        if number:
            found.append(words.sentinel_values(names, value, table.lines[rows], number, options.missing))
    return found


def _cells_with(column: Numbers, value: float) -> Flags:
    """Which cells held the number before it counted as missing: bool [N]."""
    hits: Flags = (column.values if column.raw is None else column.raw) == value
    return hits


def _sentinels(values: Floats) -> list[float]:
    """Numbers that occur several times, look made up (-999, -9.99, -200) and lie apart from all others."""
    known = values[~np.isnan(values)]
    if len(known) < 20:
        return []
    found = []
    for extreme, below in ((float(known.min()), True), (float(known.max()), False)):
        rest = known[known != extreme]
        often = len(known) - len(rest)
        if often < 2 or len(rest) < 10:
            continue
        near, spread = float(rest.min() if below else rest.max()), float(np.ptp(rest))
        look = f"{abs(extreme):.10g}"
        crosses = below and extreme < 0 <= near  # the only negative number among counts or measurements
        counts = crosses and often >= 5 and spread >= 20 and bool((rest == np.floor(rest)).all())
        far = abs(extreme - near)
        made_up = (
            (_NINES.fullmatch(look) and far > spread * (0.05 if crosses else 1))
            or (extreme == -1 and counts)
            or (_ROUND.fullmatch(look) and often >= 5 and far > max(spread, 10) * (0.1 if crosses else 1))
        )
        if made_up:
            found.append(extreme)
    return found


def notice_series(
    plan: Plan,
    series: SeriesSet,
    values: tuple[int, ...],
    blocks: list[Block],
    gaps: Gaps,
    keys: list[tuple[str, ...]],
    lines: Integers,
) -> list[Finding]:
    """Gaps and empty columns. ``lines``: int64, of the rows the blocks were built from."""
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
        before = listed(np.unique(np.concatenate([lines[block.gap_rows] for block in blocks])))
        found.append(
            words.gaps_found(number, owners if plan.series else (), series.frequency, gaps, len(series), before)
        )
    empty = [
        " · ".join(part for part in (*keys[g], plan.table.names[i] if len(blocks) > 1 else "") if part)
        for i, b in zip(values, blocks, strict=True)
        for g in b.empty
    ]
    if empty:
        found.append(words.named("empty_series", empty))
    return found
