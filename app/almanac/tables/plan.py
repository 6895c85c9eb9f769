"""A Table becomes a ReadingPlan: which columns give the date, the values and the series, and which rows are data."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from almanac.core.arrays import Flags, Timestamps
from almanac.core.calendar.frequency import ROW_ORDER
from almanac.core.problems import ProblemError, stop_with
from almanac.core.text import did_you_mean, normalise, some
from almanac.tables.columns.counting import distinct_moments, moments_of
from almanac.tables.columns.crosstab.blocks import with_blocks
from almanac.tables.columns.crosstab.find import Crosstab, find_crosstab
from almanac.tables.columns.crosstab.melt import MeltParts, melt, value_name
from almanac.tables.columns.data_rows import RowKinds, classify_rows, without_asides
from almanac.tables.columns.fill_down import fill_down_blocks, fill_down_dates, fill_down_orders
from almanac.tables.columns.keys.grouping import group_rows
from almanac.tables.columns.marked_totals import marked_totals
from almanac.tables.columns.money.marked_amounts import Marks, without_marks
from almanac.tables.columns.profile import ColumnProfile, TableProfile, profile_table
from almanac.tables.columns.roles import KnownColumns, Roles, days_differ, find_roles
from almanac.tables.columns.row_count import ROW_COUNT, count_roles, with_row_count
from almanac.tables.findings import registry as findings
from almanac.tables.nothing_to_forecast import no_numbers, only_codes, require_order, too_few
from almanac.tables.observer import Observer, ignore
from almanac.tables.reading import ReadingOptions
from almanac.tables.reading_plan import ReadingPlan, RowDates, crosstab_name
from almanac.tables.timeline.backwards import find_backwards
from almanac.tables.timeline.date_kinds import DateKind, DateSource
from almanac.tables.timeline.day_month_order import DayMonthOrder, dates_in, find_day_month_order
from almanac.tables.timeline.daylight_saving import find_clock_changes, undo_offsets
from almanac.tables.timeline.other_dates import ROWS_COMPARED, find_other_dates
from almanac.tables.timeline.periods.fiscal import fiscal_part
from almanac.tables.timeline.periods.mixed_grains import MixedGrains, find_mixed_grains
from almanac.tables.timeline.source import find_date_source
from almanac.tables.timeline.timeline import Timeline, read_distinct, read_timeline
from almanac.tables.values.cells import Column, Table
from almanac.tables.values.dates.date_patterns import Grain
from almanac.tables.values.dates.fiscal_dates import Part

MIN_DATES = 0.3  # share of a column's cells that must be dates for it to be used as asked; chosen by judgement
_NOTHING_TO_ADD_UP = ("no_numbers", "only_codes")
_EXAMPLE_ROWS = 100  # rows searched for a filled cell to show


@dataclass(frozen=True, eq=False)
class _Request:
    """A table to read and how; ``file`` is its name for sentences, ``head_only``: it is only the beginning."""

    table: Table
    profiles: tuple[ColumnProfile, ...]
    options: ReadingOptions
    file: str
    head_only: bool
    observe: Observer
    marks: tuple[Marks, ...] = ()

    @cached_property
    def date(self) -> int | None:
        """The date column that the person chose; None when they chose none, or the order of the rows."""
        name = self.options.date
        return None if name in (None, ROW_ORDER) else _date_index(self.table, self.profiles, name or "")

    @cached_property
    def values(self) -> tuple[int, ...]:
        """The value columns that the person chose, or the one that counts the rows."""
        if self.table.counts_rows and ROW_COUNT not in self.options.values:
            return (len(self.table.names) - 1,)
        return tuple(column_index(self.table, name) for name in self.options.values)

    @cached_property
    def series(self) -> tuple[int, ...]:
        """The series columns that the person chose."""
        return tuple(column_index(self.table, name) for name in self.options.series)

    def require_columns(self) -> None:
        """Raises ProblemError when a column that the person chose is missing, or their date column has no dates."""
        _ = self.date, self.values, self.series


@dataclass(frozen=True, eq=False)
class _DatedTable:
    """A table with the date of every row, datetime64[s], NaT where there is none; ``filled``: columns filled down."""

    table: Table
    source: DateSource | None
    timeline: Timeline | None
    order: DayMonthOrder
    grain: Grain
    when: Timestamps
    rows: RowKinds
    filled: tuple[int, ...] = ()


def make_plan(
    table: Table, options: ReadingOptions, file: str, head_only: bool = False, observe: Observer = ignore
) -> ReadingPlan:
    """Understand the table; ``observe`` gets the profiles of the columns, where the dates are and how they are written.

    Raises ProblemError when there is nothing to forecast or a requested column is missing.
    """
    if len(table) < (1 if options.frequency else 2) and not head_only:
        raise too_few(file, len(table))
    table, marks = without_marks(table)
    if ROW_COUNT in options.values and ROW_COUNT not in table.names:
        table = with_row_count(table)
    request = _Request(table, profile_table(without_asides(table)), options, file, head_only, observe, marks)
    observe(profile := TableProfile(request.profiles))
    crosstab = _requested_crosstab(request)
    if crosstab is None:
        plan = _plan_list_or_count(request)
    else:
        crosstab, parts, blocks = _melt(request, crosstab)
        request = replace(request, table=table.heading)
        del table  # as large as the file, as the long table is going to be
        plan = _plan_crosstab(request, crosstab, parts, blocks)
    plan = replace(plan, marks=marks, numeric=profile.numeric, timed=profile.timed)
    observe(plan)
    return plan


def _requested_crosstab(request: _Request) -> Crosstab | None:
    """The crosstab in the table, unless the person chose other columns than it has."""
    table, options = request.table, request.options
    crosstab = find_crosstab(table, request.profiles)
    if crosstab is None or options.date not in (None, crosstab_name(table.names, crosstab)):
        return None
    # Naming the cells under the dates is no choice; naming another column is.
    own = {value_name(table, crosstab), *(table.names[i] for i in crosstab.columns)}
    return crosstab if own.issuperset(options.values) else None


def _melt(request: _Request, crosstab: Crosstab) -> tuple[Crosstab, MeltParts, tuple[int, ...]]:
    """The crosstab with the keys that the person chose, its parts, and which keys were filled down."""
    table, options = request.table, request.options
    if options.series:
        keys = tuple(column_index(table, name) for name in options.series if name in table.names)
        crosstab = replace(crosstab, keys=keys)
    in_blocks, crosstab, blocks = with_blocks(table, request.profiles, crosstab)
    request.observe(crosstab)
    return crosstab, melt(in_blocks, crosstab, value_name(table, crosstab), options.fiscal_start), blocks


def _plan_crosstab(request: _Request, crosstab: Crosstab, parts: MeltParts, blocks: tuple[int, ...]) -> ReadingPlan:
    """The plan for a table in which time runs across, made long; ``request`` has only its heading, ``blocks``: the keys
    that were filled down."""
    melted = parts.melted()
    options, long = request.options, melted.table
    if len(long) == 0:
        raise too_few(request.file, 0)
    fiscal = fiscal_part(long.columns[0]) not in (None, Part.YEAR)
    kind = DateKind.FISCAL if fiscal else DateKind.NUMBERED_YEAR if crosstab.without_year else DateKind.DATE
    source = DateSource(kind, (0,), fiscal_start=options.fiscal_start)
    value, dates = len(long.names) - 1, long.columns[0]
    timeline = read_distinct(dates, source)
    order = _order(request, timeline, ())
    when = dates_in(timeline, order)
    coarser = None if timeline.coarser is None else dates.spread(timeline.coarser)
    rows = classify_rows(long, dates.spread(~np.isnat(when)), (value,), coarser)
    all_kept = bool(rows.kept.all())  # no copies of millions of rows then
    line = timeline.without_rows if order.certain else timeline.spread(dates)
    moments, index = moments_of(when, dates.codes if all_kept else dates.codes[rows.kept])
    return ReadingPlan(
        options=options,
        original=request.table,
        all_rows=long,
        table=long if all_kept else long.take(rows.kept),
        rows=rows,
        dates=RowDates(source, line, order, timeline.grain, moments, index),
        roles=Roles((value,), tuple(range(1, value)), False),
        crosstab=crosstab,
        melted=melted,
        filled_down=tuple(1 + place for place in blocks),  # behind the date
    )


def _plan_list_or_count(request: _Request) -> ReadingPlan:
    """The plan for a table with one date per row; where nothing can be added up and each row is an event, of counts."""
    try:
        return _plan_list(request)
    except ProblemError as error:
        if error.problem.code not in _NOTHING_TO_ADD_UP or request.options.values:
            raise
        counted = with_row_count(request.table)
        again = replace(request, table=counted, profiles=profile_table(without_asides(counted)))
        with suppress(ProblemError):
            plan = _plan_list(again)
            if plan.dates.source is not None and days_differ(plan.dates.moments, plan.dates.index):
                return plan
        raise


def _plan_list(request: _Request) -> ReadingPlan:
    """The plan for a table with one date per row."""
    request.require_columns()
    request, dated, mixed = _of_one_frequency(request, _date_rows(request))
    rows = dated.rows
    all_kept = bool(rows.kept.all())
    table, when = (dated.table, dated.when) if all_kept else (dated.table.take(rows.kept), dated.when[rows.kept])
    if not request.head_only and not (len(when) and request.options.frequency):  # one date may go on from a past
        _require_dates(when, dated, request.file)
    dates = _row_dates(dated, when)
    table, roles, filled = _assign_roles(request, table, dates)
    if not roles.values:
        raise no_numbers(request.table, request.file, dated.source)
    if roles.codes and not request.head_only:
        raise only_codes(request.file, [table.names[i] for i in roles.codes])
    dates = _with_dates_backwards(request, dates, table, roles)
    source = dates.source
    others = (
        ()
        if source is None
        else find_other_dates(table, request.profiles, source, dates.moments[dates.index[:ROWS_COMPARED]])
    )
    return ReadingPlan(
        options=request.options,
        original=dated.table,
        all_rows=dated.table,
        table=table,
        rows=rows,
        dates=_without_clock_changes(dates, table, roles),
        roles=roles,
        filled_down=dated.filled + filled,
        mixed_grains=mixed,
        other_dates=others,
    )


def _row_dates(dated: _DatedTable, when: Timestamps) -> RowDates:
    """The dates of the rows that are data; where they have offsets from UTC that change, on a clock that does not."""
    offsets = dated.timeline.offsets if dated.timeline else None
    changes = None if offsets is None else undo_offsets(when, offsets[dated.rows.kept])
    moments, index = distinct_moments(when if changes is None else changes.when)
    line = dated.timeline.without_rows if dated.timeline and dated.order.certain else dated.timeline
    return RowDates(dated.source, line, dated.order, dated.grain, moments, index, changes)


def _date_rows(request: _Request) -> _DatedTable:
    """The date of every row. Raises ProblemError when no column is numeric, or the order of the rows is unknown."""
    table, profiles, options = request.table, request.profiles, request.options
    values = request.values
    source = None if options.date == ROW_ORDER else find_date_source(table, profiles, request.date)
    if source is not None:
        source = replace(source, fiscal_start=options.fiscal_start, first_year=options.first_year)
    dates = source.columns if source else ()
    numeric = tuple(i for i, f in enumerate(profiles) if f.numeric and i not in dates)
    if not numeric and not values:
        raise no_numbers(request.table, request.file, source)
    measured = values or numeric
    if source is None:
        if options.date != ROW_ORDER:
            require_order(table, profiles, request.file)
        holds_value = ~table.empty_in(measured)
        in_order: Timestamps = np.arange(len(table)).astype("datetime64[s]")
        rows = classify_rows(table, holds_value, numeric)
        return _DatedTable(table, None, None, DayMonthOrder(True, True), Grain.DAY, in_order, rows)
    filled: tuple[int, ...] = ()
    if source.kind is DateKind.DATE and (below := fill_down_dates(table, source.columns[0], measured)) is not None:
        table, filled = below, (source.columns[0],)
    request.observe(source)
    timeline = read_timeline(table, source)
    order = _order(request, timeline, [table.names[i] for i in source.columns])
    when = dates_in(timeline, order)
    rows = classify_rows(table, ~np.isnat(when), measured, _sums(table, timeline, when, measured))
    return _DatedTable(table, source, timeline, order, timeline.grain, when, rows, filled)


def _sums(table: Table, timeline: Timeline, when: Timestamps, measured: tuple[int, ...]) -> Flags | None:
    """Rows that are totals of others: those of whole years or quarters, and those that a text marks."""
    marked = marked_totals(table, ~np.isnat(when), measured, when.astype(np.int64))
    if marked is None or timeline.coarser is None:
        return timeline.coarser if marked is None else marked
    return marked | timeline.coarser


def _of_one_frequency(request: _Request, dated: _DatedTable) -> tuple[_Request, _DatedTable, MixedGrains | None]:
    """Only the rows of one frequency, where the file has several in one column."""
    if dated.source is None or dated.timeline is None:
        return request, dated, None
    mixed = find_mixed_grains(dated.table, dated.timeline, dated.source, request.options.frequency)
    if mixed is None:
        return request, dated, None
    kept = dated.table.take(mixed.kept)
    table = replace(kept, columns=tuple(column.only_used_cells() for column in kept.columns))
    request = replace(request, table=table, profiles=profile_table(without_asides(table)))
    dates = table.names[dated.source.columns[0]]  # which a list of years alone may not show
    again = _date_rows(replace(request, options=replace(request.options, date=dates)))
    return request, again, mixed


def _assign_roles(request: _Request, table: Table, dates: RowDates) -> tuple[Table, Roles, tuple[int, ...]]:
    """What each column is for; where that helps, with its keys filled down. Returns the columns filled, too."""
    taken = dates.source.columns if dates.source else ()
    table, orders = fill_down_orders(table, request.profiles, taken)
    profiles = profile_table(table) if orders else request.profiles
    known = KnownColumns(taken, request.values, request.series, tuple(marks.column for marks in request.marks))
    if table.counts_rows:
        return table, count_roles(table, profiles, dates.moments, dates.index, known), ()
    roles = find_roles(table, profiles, dates.moments, dates.index, known)
    filled, blocks = (
        (table, ()) if roles.series and not roles.transactions else fill_down_blocks(table, profiles, taken)
    )
    if blocks:
        again = find_roles(filled, profile_table(filled), dates.moments, dates.index, known)
        if set(again.series) & set(blocks) and not again.transactions:
            return filled, again, tuple(i for i in blocks if i in again.series)
    used = {*roles.series, *(state.column for state in roles.states)}
    return table, roles, tuple(i for i in orders if i in used)


def _with_dates_backwards(request: _Request, dates: RowDates, table: Table, roles: Roles) -> RowDates:
    """The dates with those corrected that were typed wrong, as the order of the rows shows."""
    if dates.source is None or request.head_only:
        return dates
    backwards = find_backwards(dates.when, group_rows(table, roles.series)[0])
    if backwards is None:
        return dates
    if findings.dates_backwards.treatment(request.options) != "correct":
        return replace(dates, backwards=backwards)
    moments, index = distinct_moments(backwards.when)
    return replace(dates, moments=moments, index=index, backwards=backwards)


def _without_clock_changes(dates: RowDates, table: Table, roles: Roles) -> RowDates:
    """The dates with changes of the clocks undone, where they are local times at an even frequency."""
    timeline = dates.timeline
    if timeline is None or dates.grain is not Grain.TIME or not timeline.local or roles.transactions:
        return dates
    changes = find_clock_changes(dates.when, dates.moments, dates.index, group_rows(table, roles.series)[0])
    if changes is None:
        return dates
    moments, index = distinct_moments(changes.when)
    return replace(dates, moments=moments, index=index, clock_changes=changes)


def _order(request: _Request, timeline: Timeline, names: Sequence[str]) -> DayMonthOrder:
    """The order of day and month that the person chose, or that the dates or the names of their columns show."""
    day_first = request.options.day_first
    order = DayMonthOrder(bool(day_first), True, "it was chosen")
    if day_first is None:
        order = find_day_month_order(timeline, names)
    request.observe(timeline)
    request.observe(order)
    return order


def column_index(table: Table, name: str) -> int:
    """Position of the column with this name. Raises ProblemError when there is none."""
    if name in table.names:
        return table.names.index(name)
    similar = [i for i, n in enumerate(table.names) if normalise(n) == normalise(name)]
    if len(similar) == 1:
        return similar[0]
    raise stop_with(
        "no_such_column",
        f"There is no column “{name}”.",
        f"The columns are {some(table.names, 12)}.",
        did_you_mean(name, table.names, "Choose one of these columns."),
    )


def _date_index(table: Table, profiles: tuple[ColumnProfile, ...], name: str) -> int:
    i = column_index(table, name.partition(" + ")[0] if name not in table.names else name)
    column: Column = table.columns[i]
    f = profiles[i]
    if max(f.date_share, f.year_share, f.compact_share) < MIN_DATES:
        texts = (column.text(row) for row in range(min(len(column), _EXAMPLE_ROWS)))
        example = next((text for text in texts if text), "")
        raise stop_with(
            "no_dates",
            f"“{table.names[i]}” holds no dates.",
            f"Its first cell is “{example}”." if example else "Its cells are blank.",
            "Choose the column that says when each row happened.",
        )
    return i


def _require_dates(when: Timestamps, dated: _DatedTable, file: str) -> None:
    """Raises ProblemError unless there are rows with different dates."""
    if len(when) == 0:
        raise too_few(file, 0)
    if (when == when[0]).all():
        if len(when) == 1 or dated.source is None:
            raise too_few(file, 1)
        raise stop_with(
            "one_date",
            f"Every row of {file} has the same date.",
            f"“{dated.source.label(dated.table.names)}” says {when[0].astype('datetime64[D]')} everywhere.",
            "Add rows for other dates: a forecast needs values at several dates.",
        )
