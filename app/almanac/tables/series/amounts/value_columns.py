"""Which value columns are forecast: no total next to its parts, and no copies if the person leaves them out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import numpy as np

from almanac.core.arrays import Flags
from almanac.core.problems import Finding
from almanac.tables.columns.column_words import is_identifier_name
from almanac.tables.columns.keys.grouping import splits
from almanac.tables.columns.keys.quality_codes import is_quality_code
from almanac.tables.columns.money.row_units import find_row_units
from almanac.tables.columns.money.signed_amounts import SignedAmounts
from almanac.tables.columns.roles import days_differ
from almanac.tables.columns.row_count import ROW_COUNT
from almanac.tables.columns.targets import sample
from almanac.tables.columns.totals import (
    is_running_name,
    is_total_of_all_or_a_year,
    running_total_columns,
    total_columns,
)
from almanac.tables.findings import registry as findings
from almanac.tables.findings.columns import Unused
from almanac.tables.quality.copied_columns import find_copies
from almanac.tables.reading_plan import ReadingPlan
from almanac.tables.values.cells import cell_text
from almanac.tables.values.dates.calendar_names import AVERAGE, plain
from almanac.tables.values.numbers import ColumnValues, Numbers
from almanac.tables.values.unread_numbers import all_missing, number_pair, unread_amount

Columns = tuple[int, ...]
# Words for times of day in the names of columns, which are then no durations.
_SAYS_WHEN = re.compile(
    r"\b(?:start|started|begin|beginning|end|ended|stop|open|opens|opened|opening|close|closes|closed|closing|from|to|at|"
    r"until|arrival|arrived|departure|departed|check|in|out|clock|uhrzeit|von|bis|beginn|ende|ankunft|abfahrt|debut|fin|"
    r"heure|de|a|arrivee|depart|inicio|hora|desde|hasta|llegada|salida|inizio|fine|ora|da|dalle|alle|arrivo|partenza|ate|"
    r"chegada|saida|begin|einde|van|tot|aankomst|vertrek|od|do|godzina|start|slut|fran|till)\b"
)
_EACH_ROW = "Each row is a single event, and what the other columns hold has no sum."
_AGAIN = re.compile(r" \(\d+\)$")  # behind a name that occurred before


def other_columns(plan: ReadingPlan) -> Columns:
    """The columns that may be forecast instead of those in use, best first."""
    return tuple(c.column for c in plan.roles.candidates if c.column not in plan.roles.values)


def other_names(plan: ReadingPlan) -> tuple[str, ...]:
    """What may be forecast instead, best first: columns, and of a list of events how many there are."""
    names = tuple(plan.table.names[i] for i in other_columns(plan))
    if ROW_COUNT in plan.table.names or plan.crosstab is not None or plan.dates.source is None:
        return names
    events = (plan.roles.transactions or plan.lists_events) and days_differ(plan.dates.moments, plan.dates.index)
    return (*names, ROW_COUNT) if events else names


def observe_row_count(plan: ReadingPlan, keep: Flags) -> list[Finding]:
    """That rows are counted, where the person did not choose it; ``keep`` bool [N]: those that are."""
    if not plan.table.counts_rows or plan.options.values:
        return []
    return [findings.rows_counted(len(plan.table), int(keep.sum()))]


def observe_target(plan: ReadingPlan) -> list[Finding]:
    """Which of several columns is forecast, and why."""
    others, names = other_columns(plan), plan.table.names
    if not others or len(plan.roles.values) != 1:
        return []
    (used,) = plan.roles.values
    money = plan.roles.money
    reason = next((c.reason for c in plan.roles.candidates if c.column == used), _EACH_ROW)
    if isinstance(money, SignedAmounts) and money.balance is not None:
        reason = f"“{names[money.balance]}” is the balance after each of its amounts."
    chosen = bool(plan.options.values)
    return [findings.target_column(names[used], reason, other_names(plan), chosen)]


def observe_row_units(plan: ReadingPlan) -> list[Finding]:
    """Numbers in several currencies or units, each of which is a series, unless the person chose other series."""
    if plan.dates.source is None or plan.crosstab is not None:
        return []
    found = find_row_units(plan.table, plan.roles.values, plan.dates.source.columns)
    if found is None:
        return []
    separate = found.column in plan.roles.series
    if not separate and not splits(plan.table, plan.roles.series, found.column):
        return []
    column = plan.table.columns[found.column]
    counted = zip(column.cells, column.counts.tolist(), strict=True)
    counts = {cell_text(cell): count for cell, count in counted if count and cell != ""}
    return [findings.several_units(plan.table.names[found.column], counts, found.noun, separate)]


def observe_number_pairs(plan: ReadingPlan) -> list[Finding]:
    """Columns that are left out because each of their cells holds two numbers."""
    if plan.crosstab is not None:
        return []
    dates = plan.dates.source.columns if plan.dates.source else ()
    taken = {*dates, *plan.roles.values, *plan.roles.series}
    found = []
    for i, column in enumerate(plan.table.columns):
        example = "" if i in taken or is_identifier_name(plan.table.names[i]) else number_pair(column)
        if example:
            rows = plan.table.lines_of(i)[~column.empty]
            found.append(findings.number_pairs(plan.table.names[i], example, rows))
    return found


def observe_unused(plan: ReadingPlan, events: Iterable[str]) -> list[Finding]:
    """Columns of numbers or durations that are neither forecast nor offered; ``events``: those that say when one is."""
    names, crosstab, source, roles = plan.original.names, plan.crosstab, plan.dates.source, plan.roles
    if crosstab is not None:
        down = () if crosstab.down is None else (crosstab.down,)
        used = {*crosstab.columns, *crosstab.keys, *down}
    else:
        dates = source.columns if source else ()
        used = {*dates, *plan.other_dates, *roles.values, *roles.series, *other_columns(plan)}
        used |= {*(state.column for state in roles.states), *(marks.column for marks in plan.marks)}
        used |= set() if roles.movements is None else {roles.movements.marks}
    free = [i for i in range(len(names)) if i not in used and names[i] not in set(events)]
    by_reason: dict[Unused, list[str]] = {}
    for i in (i for i in plan.numeric if i in free):
        reason = _unused_down(plan, i) if crosstab is None else _unused_across(names, i)
        by_reason.setdefault(reason, []).append(names[i])
    times = [names[i] for i in free if i in plan.timed and not _SAYS_WHEN.search(plain(names[i]))]
    if times and crosstab is None:
        by_reason["times"] = times
    found = [findings.columns_not_used(some, reason) for reason, some in by_reason.items()]
    return found + ([] if crosstab is not None else _observe_texts(plan, free))


def _observe_texts(plan: ReadingPlan, free: Iterable[int]) -> list[Finding]:
    """Columns among these that hold amounts that cannot be read, or only words for "missing"."""
    names, columns = plan.original.names, plan.original.columns
    texts = [i for i in free if not columns[i].has_numbers and i not in {*plan.numeric, *plan.timed}]
    missing = [names[i] for i in texts if all_missing(columns[i].cells)]
    amounts = [(names[i], example) for i in texts if (example := unread_amount(columns[i].cells))]
    found = [findings.columns_not_used(missing, "missing")] if missing else []
    return [*found, *(findings.amounts_not_read(name, example) for name, example in amounts)]


def _unused_down(plan: ReadingPlan, i: int) -> Unused:
    """Why a column of numbers next to a column of dates is not used."""
    if is_running_name(plan.original.names[i]):
        compared = {j: sample(plan.original.columns[j]) for j in (i, *plan.roles.values)}
        if i in running_total_columns(compared, plan.original.names):
            return "running"
    return "quality" if is_quality_code(plan.original, i) else "down"


def _unused_across(names: tuple[str, ...], i: int) -> Unused:
    """Why a column of numbers next to dates across is not used."""
    if is_total_of_all_or_a_year(names[i]) or AVERAGE.search(names[i]):
        return "totals"
    return "repeated" if _AGAIN.sub("", names[i]) in names[:i] else "across"


def without_totals(plan: ReadingPlan, numbers: Mapping[int, Numbers]) -> tuple[Columns, list[Finding]]:
    """The value columns without those that are the total of the others, unless the person named them."""
    columns, names = plan.roles.values, plan.table.names
    if plan.options.values or len(columns) < 3:
        return columns, []
    totals = total_columns(ColumnValues({i: numbers[i] for i in columns}), names)
    if not totals:
        return columns, []
    used = findings.totals_among_parts.treatment(plan.options)
    no_rows = np.zeros(0, dtype=np.int64)
    finding = findings.totals_among_parts("columns", [names[i] for i in totals], used, no_rows)
    return columns if used == "keep" else tuple(i for i in columns if i not in totals), [finding]


def without_copies(
    plan: ReadingPlan, columns: Columns, numbers: Mapping[int, Numbers]
) -> tuple[Columns, list[Finding]]:
    """The value columns, without those that repeat another if the person wants that."""
    if len(columns) < 2:
        return columns, []
    in_order = not plan.roles.series and not plan.roles.transactions
    copies = find_copies(ColumnValues({i: numbers[i] for i in columns}), shifts=in_order)
    if not copies:
        return columns, []
    used = findings.copied_columns.treatment(plan.options)
    names = plan.table.names
    finding = findings.copied_columns([(names[c.column], names[c.of], c.shift, c.factor) for c in copies], used)
    repeated = {copy.column for copy in copies}
    return columns if used == "keep" else tuple(i for i in columns if i not in repeated), [finding]
