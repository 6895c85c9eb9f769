"""How a table is read: which columns give the date, the values and the series, and which rows are data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from almanac.core.arrays import Flags, Integers, Timestamps, pick
from almanac.core.calendar.clock import Clock
from almanac.core.calendar.frequency import ROW_ORDER
from almanac.tables.columns.column_words import is_identifier_name, is_money_name
from almanac.tables.columns.crosstab.find import Crosstab
from almanac.tables.columns.crosstab.melt import Melted
from almanac.tables.columns.data_rows import RowKinds
from almanac.tables.columns.keys.sources import only_source
from almanac.tables.columns.money.marked_amounts import Marks
from almanac.tables.columns.money.quotes import are_quotes
from almanac.tables.columns.money.row_units import are_currencies
from almanac.tables.columns.money.sides import only_indicator
from almanac.tables.columns.roles import Roles, has_reference_numbers
from almanac.tables.columns.words.among_names import says_who_paid
from almanac.tables.layout.units import is_units_label
from almanac.tables.reading import ReadingOptions, Role
from almanac.tables.timeline.backwards import Backwards
from almanac.tables.timeline.date_kinds import DateSource
from almanac.tables.timeline.day_month_order import DayMonthOrder
from almanac.tables.timeline.daylight_saving import ClockChanges
from almanac.tables.timeline.periods.mixed_grains import MixedGrains
from almanac.tables.timeline.timeline import Timeline
from almanac.tables.values.cells import Table, cell_text
from almanac.tables.values.dates.date_patterns import Grain
from almanac.tables.values.numbers import looks_like_number


@dataclass(frozen=True, eq=False)
class RowDates:
    """The dates of N rows.

    ``source`` and ``timeline`` are None where there are none and the order of the rows counts. ``moments``: the
    different dates, ascending, datetime64[s]; ``index``: [N], the position of each row's date among them.
    ``clock_changes``: changes of the clocks that ``moments`` were corrected for. ``backwards``: rows that are not in
    order, though all others are.
    """

    source: DateSource | None
    timeline: Timeline | None
    order: DayMonthOrder
    grain: Grain
    moments: Timestamps
    index: Integers
    clock_changes: ClockChanges | None = None
    backwards: Backwards | None = None

    @property
    def when(self) -> Timestamps:
        """Each row's date, datetime64[s] [N]: not kept, as it is as large as the file."""
        return pick(self.moments, self.index)

    @property
    def clock(self) -> Clock | None:
        """How the clocks change that the file's times are written by; None where they do not."""
        return self.clock_changes.clock if self.clock_changes and self.clock_changes.clock.changes else None

    @property
    def on_the_wall(self) -> Timestamps:
        """The different dates as they are written, datetime64[s]: those of two rows may be the same in autumn."""
        return self.moments if self.clock is None else self.clock.on_the_wall(self.moments)


@dataclass(frozen=True, eq=False)
class ReadingPlan:
    """How to read a table.

    ``original`` is the table as in the file, without its rows where ``crosstab`` says that time runs across;
    ``all_rows`` the same with dates and keys filled down, or made long; ``rows`` sorts its rows, and ``table`` has only
    its N rows of data. ``filled_down``: columns whose blank cells repeat the cell above; ``marks``: columns of amounts
    with a mark each for money out or in; ``mixed_grains``: where the file has rows of several frequencies, those that
    are read, which alone are in all of these tables, and the others. ``other_dates``: columns whose dates may be chosen
    instead. ``numeric`` and ``timed``: the columns of numbers and of times of the original table.
    """

    options: ReadingOptions
    original: Table
    all_rows: Table
    table: Table
    rows: RowKinds
    dates: RowDates
    roles: Roles
    crosstab: Crosstab | None = None
    melted: Melted | None = None
    filled_down: tuple[int, ...] = ()
    marks: tuple[Marks, ...] = ()
    mixed_grains: MixedGrains | None = None
    other_dates: tuple[int, ...] = ()
    numeric: tuple[int, ...] = ()
    timed: tuple[int, ...] = ()

    @cached_property
    def later_than_today(self) -> Flags:
        """Rows dated after today that hold a value: bool [N].

        None where time runs across: such tables often end in a planned year.
        """
        none = np.zeros(len(self.table), dtype=bool)
        if self.dates.source is None or self.crosstab is not None:
            return none
        tomorrow = np.datetime64(date.today().isoformat(), "s") + np.timedelta64(1, "D")
        late = self.dates.moments >= tomorrow
        if not late.any():
            return none
        empty = self.table.empty_in(self.roles.values)
        flags: Flags = pick(late, self.dates.index) & ~empty
        return flags

    @property
    def lists_events(self) -> bool:
        """Whether each row is a single event, such as a sale: it has its own number, or an amount of money."""
        if self.roles.events or self.roles.of_sources:
            return self.roles.events
        named = zip(self.table.names, self.table.columns, strict=True)
        return (
            any(is_identifier_name(name) and column.everywhere == "" for name, column in named)
            or any(is_money_name(self.table.names[i]) for i in self.roles.values)
            or any(has_reference_numbers(column) for column in self.table.columns)
        )

    @cached_property
    def only_source(self) -> str:
        """What all rows are readings of, where a column says something that is a level; else an empty text."""
        return only_source(self.table)

    @cached_property
    def only_indicator(self) -> str:
        """What all rows measure, where a column says it; else an empty text."""
        values = set(self.roles.values)
        return only_indicator(self.table, [i for i in range(len(self.table.names)) if i not in values])

    @cached_property
    def lists_payments(self) -> bool:
        """Whether a column of words says who paid for each row, or for which paper, so that its price is an amount."""
        if self.crosstab is not None or self.roles.series:
            return False
        numeric = {*self.numeric, *self.roles.values}
        return says_who_paid(self.table.names, [name for i, name in enumerate(self.table.names) if i not in numeric])

    @cached_property
    def unit_everywhere(self) -> str:
        """What a column called "Unit" says, when it is the same in every row; else an empty text."""
        for name, column in zip(self.table.names, self.table.columns, strict=True):
            if is_units_label(name) and not column.has_numbers:
                counted = zip(column.cells, column.counts, strict=True)
                texts = [cell_text(cell) for cell, count in counted if count and cell]
                if len(texts) == 1 and not looks_like_number(texts[0]):  # "Units" may be how many
                    return texts[0]
        return ""

    @cached_property
    def of_currencies(self) -> bool:
        """Whether each value column is called by the code of a currency, in which its amounts are, or for its rates."""
        return are_currencies([self.table.names[i] for i in self.roles.values])

    @cached_property
    def of_quotes(self) -> bool:
        """Whether each value column is called like a ticker and holds prices of an exchange."""
        return self.crosstab is None and are_quotes(self.table, self.roles.values, self.dates.moments)

    @property
    def date_name(self) -> str:
        """The columns that give the date, as a person reads it."""
        if self.crosstab is not None:
            return crosstab_name(self.original.names, self.crosstab)
        return self.dates.source.label(self.original.names) if self.dates.source else ROW_ORDER


def crosstab_name(names: Sequence[str], crosstab: Crosstab) -> str:
    """Dates that run across the table, as a person reads them: "Month × 2019 … 2024"."""
    first, last = names[crosstab.across[0][0]], names[crosstab.across[-1][0]]
    across = first if first == last else f"{first} … {last}"
    return across if crosstab.down is None else f"{names[crosstab.down]} × {across}"


def column_roles(plan: ReadingPlan) -> tuple[Role, ...]:
    """What each column of the original table is for; a later role in the list below goes before an earlier one."""
    crosstab, source = plan.crosstab, plan.dates.source
    assigned: tuple[tuple[Role, Iterable[int]], ...]
    if crosstab is not None:
        down = () if crosstab.down is None else (crosstab.down,)
        assigned = (("value", crosstab.columns), ("series", crosstab.keys), ("date", down))
    else:
        dates = source.columns if source else ()
        assigned = (("date", dates), ("value", plan.roles.values), ("series", plan.roles.series))
    roles: list[Role] = ["ignored"] * len(plan.original.names)
    for role, columns in assigned:
        for i in columns:
            roles[i] = role
    return tuple(roles[:-1] if plan.original.counts_rows else roles)
