"""A Table becomes a Plan: which columns tell when, what is measured, what splits it, and which rows are data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from almanac.core.arrays import Flags, Integers, Timestamps
from almanac.core.problems import stop_with
from almanac.core.text import did_you_mean, normalise, some
from almanac.tables.columns.counting import different_moments
from almanac.tables.columns.crosstab import Crosstab, Melted, find_crosstab, melt
from almanac.tables.columns.data_rows import SortedRows, sort_rows
from almanac.tables.columns.fill_down import carried_down, carry_date, carry_keys, with_columns
from almanac.tables.columns.profile import Facts, table_facts
from almanac.tables.columns.roles import find_roles, group_numbers, id_like, money_word, numbers_of_their_own
from almanac.tables.reading import ReadingOptions, Role
from almanac.tables.timeline.day_month_order import Order, chosen, find_order
from almanac.tables.timeline.daylight_saving import Changes, find_changes
from almanac.tables.timeline.serial_dates import counts_up
from almanac.tables.timeline.source import DateSource, find_date_source
from almanac.tables.timeline.timeline import Timeline, read_timeline
from almanac.tables.values.cells import Column, Table
from almanac.tables.values.date_patterns import Grain


@dataclass(frozen=True, eq=False)
class Plan:
    """``original`` is the table as in the file, ``before`` the one whose rows were sorted (long if ``cross`` says that
    time ran across), ``table`` its rows of data only. ``moments``: the different dates, ascending, datetime64[s];
    ``index``: int64 [N], each row's among them. ``rows`` sorts the rows of ``before``;
    ``carried``: columns whose cells stand for the blank ones below; ``changes``: of the clocks, told in ``moments``.
    """

    original: Table
    table: Table
    before: Table
    cross: Crosstab | None
    melted: Melted | None
    source: DateSource | None
    line: Timeline | None
    order: Order
    moments: Timestamps
    index: Integers
    grain: Grain
    values: tuple[int, ...]
    series: tuple[int, ...]
    transactions: bool
    rows: SortedRows
    carried: tuple[int, ...] = ()
    changes: Changes | None = None

    @cached_property
    def when(self) -> Timestamps:
        """Each row's date, datetime64[s] [N]."""
        return self.moments[self.index]

    @cached_property
    def later_than_today(self) -> Flags:
        """Rows dated after today that hold a value: bool [N]; time running across often ends in a planned year."""
        if self.source is None or self.cross is not None:
            return np.zeros(len(self.table), dtype=bool)
        today = np.datetime64(date.today().isoformat(), "s") + np.timedelta64(1, "D")
        late = self.moments >= today
        if not late.any():
            return np.zeros(len(self.table), dtype=bool)
        empty = np.logical_and.reduce([self.table.columns[i].empty for i in self.values])
        flags: Flags = late[self.index] & ~empty
        return flags

    @property
    def lists_events(self) -> bool:
        """Whether each row is a single event, such as a sale: it has a number of its own, or an amount of money."""
        return (
            any(id_like(name) for name in self.table.names)
            or any(money_word(self.table.names[i]) for i in self.values)
            or any(numbers_of_their_own(column) for column in self.table.columns)
        )

    @property
    def date_words(self) -> str:
        """The columns that tell when, as a person reads it."""
        if self.cross is not None:
            return cross_words(self.original, self.cross)
        return self.source.words(self.original.names) if self.source else "row order"


def cross_words(table: Table, cross: Crosstab) -> str:
    first, last = table.names[cross.across[0][0]], table.names[cross.across[-1][0]]
    across = f"{first} … {last}"
    down = next((i for i in (cross.year, cross.month, cross.days) if i is not None), None)
    return across if down is None else f"{table.names[down]} × {across}"


def _value_name(table: Table, cross: Crosstab) -> str:
    """What the cells under the dates are called: a single series is what the title says."""
    return "Value" if cross.keys or not table.title else table.title


def make_plan(table: Table, options: ReadingOptions, file: str, head_only: bool = False) -> Plan:
    """Understand the table. Raises ProblemError when there is nothing to forecast or a column asked for is missing."""
    if len(table) < 2 and not head_only:
        raise _too_few(file, len(table))
    facts = table_facts(table)
    cross = find_crosstab(table, facts)
    if cross is not None and options.values:
        # Naming the cells under the dates is no choice; naming another column is.
        own = {_value_name(table, cross), *(table.names[i] for i in cross.columns)}
        cross = cross if own.issuperset(options.values) else None
    if cross is not None and options.date not in (None, cross_words(table, cross)):
        cross = None
    if cross is not None:
        return _cross_plan(table, cross, options, file)
    asked = None if options.date in (None, "row order") else _date_index(table, facts, options.date or "")
    values = tuple(column_index(table, name) for name in options.values)
    series = tuple(column_index(table, name) for name in options.series)
    source = None if options.date == "row order" else find_date_source(table, facts, asked)
    return _plan(table, facts, source, values, series, options, file, head_only)


def _cross_plan(table: Table, cross: Crosstab, options: ReadingOptions, file: str) -> Plan:
    if options.series:
        cross = Crosstab(
            cross.across,
            cross.year,
            tuple(column_index(table, n) for n in options.series if n in table.names),
        )
    melted = melt(table, cross, _value_name(table, cross))
    long = melted.table
    if len(long) == 0:
        raise _too_few(file, 0)
    source = DateSource("date", (0,))
    line = read_timeline(long, source)
    order = _order(line, options)
    when = chosen(line, order)
    rows = sort_rows(long, ~np.isnat(when), (len(long.names) - 1,))
    kept = long.take(rows.kept)
    keys = tuple(range(1, len(long.names) - 1))
    moments, index = different_moments(when[rows.kept])
    return Plan(
        table, kept, long, cross, melted, source, line, order, moments, index, line.grain,
        (len(long.names) - 1,), keys, False, rows,
    )  # fmt: skip


def _plan(
    table: Table,
    facts: tuple[Facts, ...],
    source: DateSource | None,
    values: tuple[int, ...],
    series: tuple[int, ...],
    options: ReadingOptions,
    file: str,
    head_only: bool,
) -> Plan:
    numeric = tuple(i for i, f in enumerate(facts) if f.numeric and (source is None or i not in source.columns))
    if not numeric and not values:
        raise _no_numbers(file, source, table)
    line = None
    carried: list[int] = []
    if source is None:
        _require_order(table, facts, file)
        order, grain = Order(True, True), Grain.DAY
        rows = sort_rows(table, ~np.logical_and.reduce([table.columns[i].empty for i in values or numeric]), numeric)
        when: Timestamps = np.arange(len(table)).astype("datetime64[s]")
    else:
        if source.parts == "date" and (filled := carry_date(table, source.columns[0], values or numeric)) is not None:
            table = filled
            carried.append(source.columns[0])
        line = read_timeline(table, source)
        order, grain = _order(line, options), line.grain
        when = chosen(line, order)
        rows = sort_rows(table, ~np.isnat(when), values or numeric, line.coarser)
    kept, when = (table, when) if rows.kept.all() else (table.take(rows.kept), when[rows.kept])
    if not head_only:
        _require_dates(when, source, table, file)
    taken = source.columns if source else ()
    moments, index = different_moments(when)
    roles = find_roles(kept, facts, index, taken, values, series)
    if (not roles.series or roles.transactions) and (blocks := carry_keys(kept, facts, taken)):
        filled_down = with_columns(kept, {i: carried_down(kept.columns[i]) for i in blocks})
        again = find_roles(filled_down, table_facts(filled_down), index, taken, values, series)
        if set(again.series) & set(blocks) and not again.transactions:
            kept, roles = filled_down, again
            carried += [i for i in blocks if i in again.series]
    if not roles.values:
        raise _no_numbers(file, source, table)
    changes = None
    if line is not None and grain is Grain.TIME and line.local and not roles.transactions:
        changes = find_changes(when, moments, index, group_numbers(kept, roles.series)[0])
        if changes is not None:
            moments, index = different_moments(changes.when)
    return Plan(
        table, kept, table, None, None, source, line, order, moments, index, grain,
        roles.values, roles.series, roles.transactions, rows, tuple(carried), changes,
    )  # fmt: skip


def _order(line: Timeline, options: ReadingOptions) -> Order:
    return find_order(line) if options.day_first is None else Order(options.day_first, True)


def column_roles(plan: Plan) -> tuple[Role, ...]:
    """What each column of the original table is for."""
    names = plan.original.names
    roles: list[Role] = ["ignored"] * len(names)
    if plan.cross is not None:
        for i in plan.cross.columns:
            roles[i] = "value"
        for i in plan.cross.keys:
            roles[i] = "series"
        for down in (plan.cross.year, plan.cross.month, plan.cross.days):
            if down is not None:
                roles[down] = "date"
        return tuple(roles)
    for i in plan.source.columns if plan.source else ():
        roles[i] = "date"
    for i in plan.values:
        roles[i] = "value"
    for i in plan.series:
        roles[i] = "series"
    return tuple(roles)


def column_index(table: Table, name: str) -> int:
    """The column of that name; raises ProblemError when there is none."""
    if name in table.names:
        return table.names.index(name)
    loose = [i for i, n in enumerate(table.names) if normalise(n) == normalise(name)]
    if len(loose) == 1:
        return loose[0]
    raise stop_with(
        "no_such_column",
        f"There is no column “{name}”.",
        f"The columns are {some(table.names, 12)}.",
        did_you_mean(name, table.names, "Choose one of these columns."),
    )


def _date_index(table: Table, facts: tuple[Facts, ...], name: str) -> int:
    i = column_index(table, name.split(" + ")[0] if name not in table.names else name)
    column: Column = table.columns[i]
    f = facts[i]
    if f.dates < 0.3 and f.years < 0.3 and f.months_of_year < 0.3:
        example = next((column.text(row) for row in range(min(len(column), 100)) if column.text(row)), "")
        raise stop_with(
            "no_dates",
            f"“{table.names[i]}” holds no dates.",
            f"Its first cell reads “{example}”." if example else "Its cells are blank.",
            "Choose the column that tells when each row happened.",
        )
    return i


def _too_few(file: str, rows: int) -> Exception:
    return stop_with(
        "one_row" if rows else "no_rows",
        f"{file} has {'only one row' if rows else 'no rows'} of data.",
        "A forecast needs a past: values at several dates.",
        "Add more rows, one for each month, week or day, and open the file again.",
    )


def _no_numbers(file: str, source: DateSource | None, table: Table) -> Exception:
    where = f" beside the dates in “{source.words(table.names)}”" if source else ""
    return stop_with(
        "no_numbers",
        f"There is nothing to forecast in {file}.",
        f"No column holds numbers{where}.",
        "Add a column with the numbers you want to forecast, such as sales or visits.",
    )


def _require_order(table: Table, facts: tuple[Facts, ...], file: str) -> None:
    """A table of nothing but numbers can be read in the order of its rows; with words in it that would be a guess."""
    if any(f.filled and not f.numeric and not counts_up(c) for f, c in zip(facts, table.columns, strict=True)):
        raise stop_with(
            "no_dates",
            f"No dates were found in {file}.",
            "No column looks like dates, so it is not clear which value comes after which.",
            "Add a column with a date in every row, such as 2025-03-14 or March 2025.",
        )


def _require_dates(when: Timestamps, source: DateSource | None, table: Table, file: str) -> None:
    if len(when) == 0:
        raise _too_few(file, 0)
    if (when == when[0]).all():
        if len(when) == 1 or source is None:
            raise _too_few(file, 1)
        raise stop_with(
            "one_date",
            f"Every row of {file} has the same date.",
            f"“{source.words(table.names)}” says {when[0].astype('datetime64[D]')} everywhere.",
            "Add rows for other dates: a forecast needs values at several dates.",
        )
