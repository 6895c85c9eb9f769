"""A column that counts the rows: of visits, orders or tickets often nothing else can be added up."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from almanac.core.arrays import Integers, Timestamps
from almanac.tables.columns.keys.grouping import distinguished_share
from almanac.tables.columns.keys.splitting import receipt_key
from almanac.tables.columns.profile import ColumnProfile
from almanac.tables.columns.roles import KnownColumns, Roles
from almanac.tables.columns.states import find_states
from almanac.tables.columns.targets import is_code, is_no_target, rank_targets
from almanac.tables.values.cells import Column, Table

ROW_COUNT = "Number of rows"  # the name of the column
_MIN_CELLS = 2  # in a row that is counted: notes have one


def with_row_count(table: Table) -> Table:
    """The table with one column more, which holds a 1 in each row that has several cells."""
    filled = np.zeros(len(table), dtype=np.int32)
    for column in table.columns:
        filled += ~column.empty
    one_each = Column((filled < min(_MIN_CELLS, len(table.columns))).astype(np.int32), (1, ""))
    return replace(
        table,
        names=(*table.names, ROW_COUNT),
        columns=(*table.columns, one_each),
        units=(*table.units, "") if table.units else (),
        column_lines=(*table.column_lines, table.lines) if table.column_lines else (),
        counts_rows=True,
    )


def count_roles(
    table: Table, profiles: tuple[ColumnProfile, ...], moments: Timestamps, dates: Integers, known: KnownColumns
) -> Roles:
    """What each column of a list is for whose rows are counted; the parameters are those of ``find_roles``.

    What splits a list of receipts splits it, too: a column that names few things, each of which has a row on most days.
    """
    days, place = np.unique(moments.astype("datetime64[D]"), return_inverse=True)
    by_day = place[dates]
    states = find_states(table, profiles)
    free = [i for i, p in enumerate(profiles) if p.filled and i not in (*known.dates, *known.values)]
    series = known.series
    if not series:
        series = receipt_key(table, profiles, by_day, [i for i in free if i not in {s.column for s in states}])
    measured = [i for i in free if profiles[i].numeric and i not in series and not is_code(table, i, profiles[i])]
    measured = [i for i in measured if not is_no_target(table, i, profiles[i], alone=False, events=True)]
    return Roles(
        known.values,
        series,
        transactions=True,
        repeated_share=1 - len(days) / max(len(dates), 1),
        distinguished_share=distinguished_share(table, by_day, series),
        events=True,
        candidates=rank_targets(table, profiles, measured, events=True),
        states=states,
    )
