"""Which rows of the table become values: one side of a ledger, no total next to its parts, nothing after today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers, all_of
from almanac.core.problems import Finding
from almanac.tables.columns.keys.grouping import group_numbers
from almanac.tables.columns.totals import total_groups
from almanac.tables.findings import registry as findings
from almanac.tables.reading_plan import ReadingPlan
from almanac.tables.series.amounts.read_amounts import Ledger, find_ledger, one_side
from almanac.tables.values.numbers import Numbers


@dataclass(frozen=True, eq=False)
class Rows:
    """The N rows of a table. ``keep``: bool [N], those in use; ``groups``: int64 [N], each row's series, as position in
    ``keys``; ``moved``: bool [N], those moved to another period, None when there are none."""

    keep: Flags
    groups: Integers
    keys: list[tuple[str, ...]]
    moved: Flags | None = None

    def without(self, rows: Flags) -> Rows:
        """The rows without some, given as bool [N]."""
        return replace(self, keep=self.keep & ~rows)


def rows_of(plan: ReadingPlan) -> Rows:
    """The rows of the plan, without those after today if the person left them out."""
    rows = Rows(all_of(len(plan.table)), *group_numbers(plan.table, plan.roles.series))
    backwards = plan.dates.backwards
    if backwards is not None and findings.dates_backwards.treatment(plan.options) == "leave_out":
        rows = rows.without(backwards.mistyped)
    if plan.dates.source is not None and findings.future_dates.treatment(plan.options) == "leave_out":
        rows = rows.without(plan.later_than_today)
    return rows


def choose_side(
    plan: ReadingPlan, rows: Rows, ledger: Ledger, numbers: Mapping[int, Numbers]
) -> tuple[Rows, Numbers, Finding]:
    """Only the side of the ledger that counts: its rows, its amounts, and the finding about it."""
    before = numbers[ledger.column]
    counted = one_side(ledger, before)
    known = ~np.isnan(before.values)
    dropped = known & np.isnan(counted.values)
    proposed = find_ledger(plan, plan.options.with_values(sign=None), {ledger.column: before})
    said = (
        plan.table.names[ledger.column],
        ledger.out[known],
        plan.table.lines[dropped],
        ledger.sign,
        proposed.sign if proposed else "all",
    )
    finding = findings.goods_by_sign(*said) if ledger.goods else findings.signs_mixed(*said)
    return rows.without(dropped), counted, finding


def without_total_series(plan: ReadingPlan, rows: Rows, values: Floats) -> tuple[Rows, list[Finding]]:
    """The rows without series that add up the others, such as "Total" next to "North" and "South".

    ``values``: float64 [N], of the first value column.
    """
    totals = total_groups(rows.groups, plan.dates.index, values, rows.keys)
    if not totals:
        return rows, []
    used = findings.totals_among_parts.treatment(plan.options)
    of_totals = np.isin(rows.groups, totals)
    names = [" · ".join(filter(None, rows.keys[group])) for group in totals]
    finding = findings.totals_among_parts("series", names, used, plan.table.lines[of_totals])
    return rows.without(of_totals) if used == "leave_out" else rows, [finding]
