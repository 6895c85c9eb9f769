"""Findings about rows, dates, numbers and series that a person should know."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from almanac.core.arrays import Flags
from almanac.core.calendar.frequency import Frequency, Unit
from almanac.core.problems import Finding
from almanac.tables.columns.keys.grouping import group_rows
from almanac.tables.columns.targets import first_numbers
from almanac.tables.columns.totals import are_averages
from almanac.tables.findings import registry as findings
from almanac.tables.reading_plan import ReadingPlan
from almanac.tables.series.amounts.read_amounts import sure_sentinels
from almanac.tables.series.amounts.sentinels import sentinels_of
from almanac.tables.series.grid.regular_grid import ColumnBlocks
from almanac.tables.series.odd_units import find_currencies_of_cells, find_odd_units, units_in
from almanac.tables.timeline.date_kinds import KINDS_WITHOUT_YEAR, SERIAL_KINDS, DateKind
from almanac.tables.timeline.timeline import COUNTED_WEEKS, THIRTEEN_PERIODS, THREE_MONTHS_EACH
from almanac.tables.values.cells import CellKind, Column, as_cells, cell_text, listed
from almanac.tables.values.dates.eras import is_buddhist
from almanac.tables.values.numbers import NUMBER, ColumnValues, Numbers

_WITHOUT_VALUE = (CellKind.EMPTY, CellKind.MISSING)
_MAX_ROWS_COMPARED = 20_000  # of a table in which it is looked at whether totals are averages; chosen by judgement


def observe_rows(plan: ReadingPlan) -> list[Finding]:
    """Rows that were set aside, and columns that were filled down."""
    found = []
    totals, notes = plan.all_rows.all_lines(plan.rows.totals), plan.all_rows.all_lines(plan.rows.notes)
    if plan.melted is not None:
        totals, notes = plan.melted.totals, plan.melted.notes
        if plan.rows.totals.any():
            found.append(findings.longer_periods(_names_of(plan.all_rows.columns[0], plan.rows.totals)))
    if len(totals):
        found.append(findings.totals_left_out(totals, _averages(plan), _longer(plan)))
    if len(notes):
        found.append(findings.notes_left_out(notes))
    unknown = plan.all_rows.all_lines(plan.rows.unknown)
    if len(unknown) and plan.dates.source is not None:
        found.append(findings.dates_not_understood(plan.date_name, unknown))
    if plan.filled_down:
        found.append(findings.carried_down([plan.table.names[i] for i in plan.filled_down]))
    return found


def _names_of(column: Column, rows: Flags) -> list[str]:
    """The different texts that a column has in some rows."""
    codes, first = np.unique(column.codes[rows], return_index=True)
    return [cell_text(column.cells[code]) for code in codes[np.argsort(first)].tolist()]


def _longer(plan: ReadingPlan) -> bool:
    """Whether the totals that were left out are about whole years, or other periods longer than those of other rows."""
    longer = plan.dates.timeline.coarser if plan.dates.timeline is not None else None
    return (
        longer is not None
        and plan.melted is None
        and len(longer) == len(plan.all_rows)
        and not (plan.rows.totals & ~longer).any()
    )


def _averages(plan: ReadingPlan) -> bool:
    """Whether the totals that were left out are averages of the rows around them."""
    if plan.melted is not None or len(plan.all_rows) > _MAX_ROWS_COMPARED:
        return False
    numbers = first_numbers(plan.all_rows.columns[plan.roles.values[0]], len(plan.all_rows))
    return are_averages(numbers, plan.rows.totals)


def observe_dates(plan: ReadingPlan, frequency: Frequency) -> list[Finding]:
    """How dates were read where that is not obvious, and dates after today; ``frequency``: of the rows."""
    source, timeline, changes = plan.dates.source, plan.dates.timeline, plan.dates.clock_changes
    if source is None or timeline is None:
        return []
    found = observe_other_dates(plan)
    if plan.mixed_grains is not None:
        mixed = plan.mixed_grains
        counts = {other.name: len(other.lines) for other in mixed.others}
        lines = np.sort(np.concatenate([other.lines for other in mixed.others]))
        found.append(findings.several_frequencies(mixed.name, counts, "row", listed(lines)))
    if source.kind in SERIAL_KINDS:
        found.append(findings.dates_from_numbers(plan.date_name, source.kind))
    if source.kind is DateKind.DATE and is_buddhist(cells := as_cells(plan.table.columns[source.columns[0]]).cells):
        example = next(cell_text(cell) for cell in cells if cell != "")
        year = int(str(plan.dates.when[0].astype("datetime64[Y]")))
        found.append(findings.buddhist_years(plan.date_name, example, year))
    if source.kind in KINDS_WITHOUT_YEAR:
        first = int(str(plan.dates.moments[0].astype("datetime64[Y]"))) if len(plan.dates.moments) else 1
        found.append(findings.months_without_year(plan.date_name, first, timeline.first_years))
    if plan.dates.clock is not None and changes is not None and frequency.unit in (Unit.HOUR, Unit.MINUTE):
        forward, back = ([str(day) for day in days] for days in (changes.forward, changes.back))
        found.append(findings.clocks_changed(plan.date_name, forward, back))
    found += observe_periods(plan, timeline.pattern)
    late = np.unique(plan.table.lines[plan.later_than_today])
    if len(late):
        found.append(findings.future_dates(plan.date_name, late, findings.future_dates.treatment(plan.options)))
    return found


def observe_periods(plan: ReadingPlan, pattern: str) -> list[Finding]:
    """Periods that are no usual parts of a year of the calendar."""
    if pattern == THREE_MONTHS_EACH:
        return [findings.rolling_periods(plan.date_name)]
    if pattern == THIRTEEN_PERIODS:
        return [findings.thirteen_periods(plan.date_name)]
    return [findings.counted_weeks(plan.date_name)] if pattern == COUNTED_WEEKS else []


def observe_other_dates(plan: ReadingPlan) -> list[Finding]:
    """Which of several columns of dates is used, and why."""
    source, others = plan.dates.source, plan.other_dates
    if source is None or not others:
        return []
    reason = "It is the first column of dates." if source.columns[0] < others[0] else "Its name says so more clearly."
    chosen = "You chose it." if plan.options.date else reason
    return [findings.date_column(plan.date_name, chosen, [plan.table.names[i] for i in others])]


def observe_order(plan: ReadingPlan) -> list[Finding]:
    """Rows whose dates run backwards."""
    backwards, lines = plan.dates.backwards, plan.table.lines
    if backwards is None:
        return []
    found = []
    if backwards.mistyped.any():
        first = int(np.flatnonzero(backwards.mistyped)[0])
        written, corrected = (str(when[first].astype("datetime64[D]")) for when in (backwards.written, backwards.when))
        used = findings.dates_backwards.treatment(plan.options)
        found.append(findings.dates_backwards(plan.date_name, written, corrected, lines[backwards.mistyped], used))
    if backwards.moved.any():
        found.append(findings.out_of_order(plan.date_name, lines[backwards.moved]))
    return found


def observe_numbers(plan: ReadingPlan, numbers: Mapping[int, Numbers]) -> list[Finding]:
    """Cells without a number, and numbers that probably mean "missing"; ``numbers``: by value column."""
    found = []
    table = plan.table
    for i, column in numbers.items():
        others = (column.kinds != NUMBER).any()  # most columns have none
        if others:
            found += _text_among_numbers(plan, i, column.kinds == CellKind.TEXT)
            found += _too_large(plan, i, column.kinds == CellKind.TOO_LARGE)
        if marked := units_in(table.columns[i]):
            found += _units(plan, i, column, marked)
        if others and (missing := _without_any(column)).any():
            rows = table.lines_of(i)[missing]
            found.append(findings.missing_values(table.names[i], rows, plan.options.gaps == "interpolate"))
    return found + observe_sentinels(plan, numbers)


def _without_any(column: Numbers) -> Flags:
    """Cells without a number, other than those whose number means that there is none: bool [N]."""
    missing: Flags = np.isin(column.kinds, _WITHOUT_VALUE)
    return missing if column.raw is None else missing & np.isnan(column.raw)


def _units(plan: ReadingPlan, i: int, numbers: Numbers, marked: Mapping[int, str]) -> list[Finding]:
    """Cells of a value column with another unit, or in several currencies; ``marked``: the units in them."""
    column, name = plan.table.columns[i], plan.table.names[i]
    odd, where = find_odd_units(column, numbers, marked)
    found = [findings.odd_units(name, odd, plan.table.lines_of(i)[where])] if odd else []
    currencies = find_currencies_of_cells(column, numbers, marked, lambda: group_rows(plan.table, plan.roles.series)[0])
    return (
        [*found, findings.several_units(name, currencies, ("currency", "currencies"), separate=False)]
        if currencies
        else found
    )


def _text_among_numbers(plan: ReadingPlan, column: int, text: Flags) -> list[Finding]:
    """Cells of a value column that hold text: bool [N]."""
    if not text.any():
        return []
    name = plan.table.names[column]
    used = findings.text_among_numbers.treatment(plan.options, name)
    example = plan.table.columns[column].text(int(np.flatnonzero(text)[0]))
    return [findings.text_among_numbers(name, example, plan.table.lines_of(column)[text], used)]


def _too_large(plan: ReadingPlan, column: int, cells: Flags) -> list[Finding]:
    """Cells of a value column with numbers that no amount of anything is: bool [N]."""
    if not cells.any():
        return []
    example = plan.table.columns[column].text(int(np.flatnonzero(cells)[0]))
    return [findings.numbers_too_large(plan.table.names[column], example, plan.table.lines_of(column)[cells])]


def observe_sentinels(plan: ReadingPlan, numbers: Mapping[int, Numbers]) -> list[Finding]:
    """Numbers that probably mean "missing", and those that the person said do."""
    found = []
    table, missing = plan.table, plan.options.missing
    columns_with: dict[float, list[int]] = {value: list(numbers) for value in missing}
    certain = sure_sentinels(plan, numbers)
    for i, values in certain.items():
        name = table.names[i]
        rows = np.logical_or.reduce([_cells_with(numbers[i], value) for value in values])
        used = findings.sentinels_left_out.treatment(plan.options, name)
        found.append(findings.sentinels_left_out(name, values, table.lines_of(i)[rows], used))
    for i, own in sentinels_of(ColumnValues(numbers)).items():
        for value in set(own).difference(certain.get(i, ())):
            columns_with.setdefault(value, []).append(i)
    for value, columns in columns_with.items():
        cells = {i: _cells_with(numbers[i], value) for i in columns}
        count = sum(int(hits.sum()) for hits in cells.values())
        if count:
            names = [table.names[i] for i, hits in cells.items() if hits.any()]
            rows = np.flatnonzero(np.logical_or.reduce(list(cells.values())))
            found.append(findings.sentinel_values(names, value, table.lines[rows], count, missing))
    return found


def _cells_with(column: Numbers, value: float) -> Flags:
    """Which cells held the number before it counted as missing: bool [N]."""
    hits: Flags = (column.values if column.raw is None else column.raw) == value
    return hits


def observe_series(grids: ColumnBlocks) -> list[Finding]:
    """Series without a value."""
    blocks = grids.blocks
    empty = [
        " · ".join(part for part in (*grids.keys[group], name if len(blocks) > 1 else "") if part)
        for name, block in zip(grids.names, blocks, strict=True)
        for group in block.empty
    ]
    return [findings.empty_series(empty)] if empty else []
