"""Columns of events become periods with an event, for each series, also in rows that have no value yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Floats, Integers
from almanac.core.entered.events import EventColumn
from almanac.core.problems import Finding
from almanac.tables.columns.event_columns import event_flags, event_kind
from almanac.tables.findings import registry as findings
from almanac.tables.reading_plan import ReadingPlan
from almanac.tables.series.grid.regular_grid import Block
from almanac.tables.series.rows import Rows


@dataclass(frozen=True, eq=False)
class EventColumns:
    """The columns of events that are used, and what was found."""

    columns: tuple[EventColumn, ...] = ()
    findings: tuple[Finding, ...] = ()


def find_event_columns(plan: ReadingPlan, rows: Rows, periods: Integers, blocks: Sequence[Block]) -> EventColumns:
    """The columns of a list of one row for each period and series that say when an event is.

    ``periods``: int64 [N], of every row; ``blocks``: the series of each value column, as they are joined.
    """
    if plan.crosstab is not None or plan.roles.transactions or plan.dates.source is None:
        return EventColumns()
    taken = {*plan.dates.source.columns, *plan.roles.values, *plan.roles.series}
    found, columns = [], []
    for i, name in enumerate(plan.table.names):
        kind = None if i in taken else event_kind(name)
        flags = None if kind is None else event_flags(plan.table.columns[i])
        if kind is None or flags is None:
            continue
        used = findings.event_column.treatment(plan.options, name)
        ahead = flags & rows.keep & (periods > _last_of(rows.groups, blocks))
        found.append(findings.event_column(name, kind, (int(flags.sum()), int(ahead.sum())), used))
        if used == "event":
            series, number, shares = _placed(rows, periods, flags.astype(np.float64), blocks)
            last = int(periods[rows.keep].max(initial=0))
            columns.append(EventColumn(name, kind, series, number, shares, last))
    return EventColumns(tuple(columns), tuple(found))


def _last_of(groups: Integers, blocks: Sequence[Block]) -> Integers:
    """The last period with a value of each row's group: int64 [N]."""
    last = np.full(int(groups.max(initial=0)) + 1, np.iinfo(np.int64).max)
    for block in blocks:
        last[block.groups] = block.first + np.diff(block.offsets) - 1
    ends: Integers = last[groups]
    return ends


def _placed(rows: Rows, periods: Integers, flags: Floats, blocks: Sequence[Block]) -> tuple[Integers, Integers, Floats]:
    """The periods with an event: the position of the series, the period, and the share of its rows that have it."""
    groups, periods, flags = rows.groups[rows.keep], periods[rows.keep], flags[rows.keep]
    first = int(periods.min(initial=0))
    width = int(periods.max(initial=0)) - first + 1
    pairs, place = np.unique(groups * np.int64(width) + (periods - first), return_inverse=True)
    shares = np.bincount(place, flags) / np.bincount(place)
    pairs, shares = pairs[shares > 0], shares[shares > 0]
    series: list[Integers] = []
    at: list[Integers] = []
    start = 0
    for block in blocks:
        position = np.full(len(rows.keys), -1)
        position[block.groups] = np.arange(len(block.groups)) + start
        start += len(block.groups)
        owner = position[pairs // width]
        kept = np.flatnonzero(owner >= 0)
        series.append(owner[kept])
        at.append(kept)
    chosen = np.concatenate(at)
    return np.concatenate(series), pairs[chosen] % width + first, shares[chosen]
