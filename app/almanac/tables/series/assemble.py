"""A ReadingPlan becomes a SeriesSet: numbers, frequency, repairs, and all findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from almanac.core.entered.events import EventColumn
from almanac.core.problems import Finding
from almanac.core.series import SeriesSet
from almanac.core.sparse import sparsely
from almanac.core.system.memory import give_back
from almanac.tables.columns.money.columns import TwoColumns
from almanac.tables.findings import registry as findings
from almanac.tables.observer import Observer, ignore
from almanac.tables.quality import inspect
from almanac.tables.reading_plan import ReadingPlan
from almanac.tables.series.amounts.cancelled import without_cancelled
from almanac.tables.series.amounts.money import known_on_one_side, money_flow, movement_flow
from almanac.tables.series.amounts.read_amounts import find_ledger, read_amounts
from almanac.tables.series.amounts.value_columns import (
    observe_number_pairs,
    observe_row_count,
    observe_row_units,
    observe_target,
    observe_unused,
    without_copies,
    without_totals,
)
from almanac.tables.series.calendar.common_end import to_common_end
from almanac.tables.series.calendar.explained import without_explained
from almanac.tables.series.calendar.frequencies import of_one_frequency
from almanac.tables.series.calendar.gaps import treat_gaps
from almanac.tables.series.calendar.history import find_no_history
from almanac.tables.series.calendar.strays import treat_strays
from almanac.tables.series.event_columns import find_event_columns
from almanac.tables.series.grid.duplicates import without_duplicates
from almanac.tables.series.grid.grids import GridBuild, build_grids
from almanac.tables.series.grid.regular_grid import ColumnBlocks
from almanac.tables.series.grid.resampling import Counters, find_resampling, period_numbers, without_unfinished_period
from almanac.tables.series.measuring.running_totals import find_running_totals
from almanac.tables.series.naming import join_blocks
from almanac.tables.series.observations import (
    observe_dates,
    observe_numbers,
    observe_order,
    observe_rows,
    observe_series,
)
from almanac.tables.series.rows import Rows, choose_side, rows_of, without_total_series
from almanac.tables.values.cells import CellKind
from almanac.tables.values.numbers import ColumnValues, Convention, Numbers


@dataclass(frozen=True, eq=False)
class Assembled:
    """The series, the value columns they came from (without totals), and how each column writes its numbers.

    ``events``: columns that say when an event is.
    """

    series: SeriesSet
    values: tuple[int, ...]
    conventions: Mapping[int, Convention]
    events: tuple[EventColumn, ...]


@dataclass(frozen=True, eq=False)
class _Measured:
    """The value columns in use, their names and numbers, the rows in use, and what was found on the way."""

    columns: tuple[int, ...]
    names: tuple[str, ...]
    numbers: Mapping[int, Numbers]
    rows: Rows
    found: tuple[Finding, ...]

    @property
    def values(self) -> ColumnValues:
        """The values of the columns in use, by their positions."""
        return ColumnValues({i: self.numbers[i] for i in self.columns})

    def only(self, columns: tuple[int, ...]) -> _Measured:
        """With only some of the columns."""
        name = dict(zip(self.columns, self.names, strict=True))
        return replace(self, columns=columns, names=tuple(name[i] for i in columns))


def assemble(
    plan: ReadingPlan, before: tuple[Finding, ...], delimiter: str | None = None, observe: Observer = ignore
) -> Assembled:
    """Build the series; ``before``: what was found earlier, ``delimiter``: between the cells of a text file.

    ``observe`` gets the numbers and the frequency.

    Raises ProblemError when no number is left, the frequency requested does not fit, or a treatment does not exist.
    """
    built = _build(plan, delimiter, observe)
    give_back()
    inspected = inspect(built.series, plan.options, built.grids.lines_of)
    found = (*before, *built.found, *inspected.findings)
    series = to_common_end(inspected.series) if built.to_common_end else inspected.series
    return Assembled(replace(series, findings=found), built.columns, built.conventions, built.events)


@dataclass(frozen=True, eq=False)
class _Built:
    """The series before they are inspected; the numbers of the rows, which are as many again, are given up by then."""

    series: SeriesSet
    grids: ColumnBlocks
    columns: tuple[int, ...]
    conventions: Mapping[int, Convention]
    found: tuple[Finding, ...]
    events: tuple[EventColumn, ...]
    to_common_end: bool


def _build(plan: ReadingPlan, delimiter: str | None, observe: Observer) -> _Built:
    """The series on a regular grid, and all that was found on the way."""
    amounts = read_amounts(plan, delimiter)
    observe(amounts)
    measured = _measure(plan, amounts.numbers)
    rows, total_findings = without_total_series(plan, measured.rows, measured.values[measured.columns[0]])
    one = of_one_frequency(plan, rows, measured.values)
    rows, measured = one.rows, measured.only(one.columns)
    by_column = measured.values
    totals = find_running_totals(plan, rows, by_column)
    whole = {i: total.of_all(rows) for i, total in totals.items()}
    differenced = {i: every for i, every in whole.items() if totals[i].treatment(plan) == "difference"}
    counters = Counters(differenced, frozenset(i for i, every in whole.items() if every and i not in differenced))
    resampling, frequency_findings = find_resampling(plan, rows, by_column, counters)
    observe(resampling)
    strays = treat_strays(plan, rows, resampling)
    plan, rows = strays.plan, strays.rows
    periods = period_numbers(plan, resampling.frequency, resampling.shift)
    rows, duplicate_findings = without_duplicates(plan, rows, by_column.values(), resampling, periods)
    rows, unfinished_findings = without_unfinished_period(plan, rows, periods, resampling)
    build = GridBuild(plan, rows, periods, resampling, totals)
    grids, running_findings = build_grids(build, measured.names, by_column)
    events = find_event_columns(plan, rows, periods, grids.blocks)
    no_history = find_no_history(plan, resampling)
    series = join_blocks(plan, grids, resampling.frequency)
    treated = treat_gaps(plan, series, grids, resampling.events, history=not no_history)
    measured_findings = without_explained(plan, measured.found, measured.numbers, periods, treated.series)
    found = (
        *observe_rows(plan),
        *observe_unused(plan, [*(event.name for event in events.columns), *(f.column or "" for f in events.findings)]),
        *observe_dates(plan, resampling.native.frequency),
        *observe_order(plan),
        *measured_findings,
        *total_findings,
        *one.findings,
        *no_history,
        *frequency_findings,
        *strays.findings,
        *duplicate_findings,
        *running_findings,
        *unfinished_findings,
        *treated.findings,
        *observe_series(grids),
        *events.findings,
    )
    columns = plan.roles.values if isinstance(plan.roles.money, TwoColumns) else measured.columns
    return _Built(
        treated.series,
        grids.without_values(),
        columns,
        amounts.conventions,
        found,
        events.columns,
        treated.to_common_end,
    )


def _measure(plan: ReadingPlan, amounts: Mapping[int, Numbers]) -> _Measured:
    """The value columns and rows to use, with text and the other side of a ledger as the person chose."""
    columns, total_findings = without_totals(plan, amounts)
    columns, copy_findings = without_copies(plan, columns, amounts)
    numbers = dict(amounts) | {i: _with_text(plan, i, amounts[i]) for i in columns}
    rows, cancelled_findings = without_cancelled(plan, rows_of(plan), columns, numbers)
    found = [*observe_row_count(plan, rows.keep), *observe_target(plan)]
    found += [*observe_row_units(plan), *observe_number_pairs(plan)]
    found += [*total_findings, *copy_findings]
    found += observe_numbers(plan, known_on_one_side(plan, {i: numbers[i] for i in columns}))
    found += cancelled_findings
    names = {i: plan.table.names[i] for i in columns}
    flow = money_flow(plan, numbers) or movement_flow(plan, numbers)
    if flow is not None:
        rows, numbers[flow.column], names[flow.column] = rows.without(flow.dropped), flow.numbers, flow.name
        columns = (flow.column,) if isinstance(plan.roles.money, TwoColumns) else columns
        found.append(flow.finding)
    elif (ledger := find_ledger(plan, plan.options, numbers)) is not None:
        rows, numbers[ledger.column], finding = choose_side(plan, rows, ledger, numbers)
        found.append(finding)
    return _Measured(columns, tuple(names[i] for i in columns), numbers, rows, tuple(found))


def _with_text(plan: ReadingPlan, column: int, numbers: Numbers) -> Numbers:
    """The numbers with text as zero, if the person chose that."""
    if findings.text_among_numbers.treatment(plan.options, plan.table.names[column]) != "zero":
        return numbers
    values = np.where(numbers.kinds == CellKind.TEXT, 0.0, numbers.values)
    return Numbers(sparsely(values, np.nan), numbers.kept_kinds, numbers.kept_raw)
