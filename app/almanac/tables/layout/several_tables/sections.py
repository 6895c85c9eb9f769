"""Blocks of rows below a line that names them: a shop, an account or a day alone in its row, then the rows about it.

What the line says becomes a column: blocks with the same dates are then other series, which are never added up, and
rows below a day have a date.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers
from almanac.core.problems import Finding
from almanac.core.text import normalise
from almanac.tables.columns.crosstab.melt import SECTION
from almanac.tables.columns.profile import ColumnProfile, profile_column, unnamed
from almanac.tables.columns.totals import total_rows
from almanac.tables.findings import registry as findings
from almanac.tables.layout.column_names import made_different
from almanac.tables.layout.several_tables.finer_dates import with_days
from almanac.tables.layout.several_tables.section_lines import SectionLine, SectionLines, dates_of, find_lines
from almanac.tables.layout.several_tables.section_titles import Titles, titles_of_blocks
from almanac.tables.layout.several_tables.summed_lines import find_summed_lines
from almanac.tables.values.cells import Cell, Column, Table, cell_text, make_column
from almanac.tables.values.dates.calendar_names import is_year
from almanac.tables.values.dates.months_without_year import MONTHS_OF_YEAR, are_years, months_in
from almanac.tables.values.dates.read_dates import read_dates

# All chosen by judgement.
_MAX_ODD_STEPS = 0.1  # share of dates within the blocks that do not follow the one before
_MIN_EARLIER = 2  # dates of a section before the end of the one above, or all but one
_USUAL_STEP, _USUAL = 1.5, 0.9  # times the distance that so many dates have at most, where they go on below a note
_MIN_DATED, _MAX_DATED = 0.6, 0.1  # share of rows with a date: in a column of dates, and where the lines have them
_MIN_LINES = 2  # that are dates, above rows without


@dataclass(frozen=True, eq=False)
class _Blocks:
    """A table, the lines that name blocks of its rows, and ``headings``: rows that repeat its names (bool [N])."""

    table: Table
    lines: SectionLines
    headings: Flags

    @cached_property
    def data(self) -> Flags:
        """Rows of the blocks: bool [N]."""
        rows = ~self.table.blank & ~self.headings
        rows[self.lines.rows] = False
        return rows

    @cached_property
    def block(self) -> Integers:
        """The position of the line above each row among the lines, -1 above the first: int64 [N]."""
        count = np.zeros(len(self.table), dtype=np.int64)
        count[self.lines.rows] = 1
        return np.cumsum(count) - 1

    @cached_property
    def profiles(self) -> tuple[ColumnProfile, ...]:
        """The profiles of the columns, from the rows of the blocks."""
        data = self.table.take(self.data)
        columns = (column.only_used_cells() for column in data.columns)
        return tuple(profile_column(name, column) for name, column in zip(data.names, columns, strict=True))

    def only(self, which: Flags) -> _Blocks:
        """With only some of the lines: bool [n]; the others are rows like any other."""
        return _Blocks(self.table, self.lines.only(which), self.headings)


def with_sections(table: Table, above: Sequence[SectionLine]) -> tuple[Table, tuple[Finding, ...]]:
    """The table with a column for what the lines between its rows say, and what there is to say about them.

    ``above``: the lines right above the names of the columns, which may be the first of these.
    """
    if table.column_lines or len(table.columns) < 2 or len(table) < 2:
        return table, ()
    for lines in _possible_lines(table, above):
        blocks = _Blocks(table, lines, _repeated_headings(table))
        found = (_with_dates(blocks, above) or _with_names(blocks, above)) if blocks.data.any() else None
        if found is not None:
            return found
    return table, ()


def _possible_lines(table: Table, above: Sequence[SectionLine]) -> Iterator[SectionLines]:
    """Lines that stand alone, and lines that hold the sum of the rows below."""
    for lines in (find_lines(table, {line.label for line in above}), find_summed_lines(table)):
        if lines is not None:
            yield lines


def _repeated_headings(table: Table) -> Flags:
    """Rows that hold the names of the columns once more: bool [N]."""
    same = ~table.blank
    for name, column in zip(table.names, table.columns, strict=True):
        if column.has_numbers:
            rows = [row for row, text in column.stray_texts if normalise(text) == normalise(name)]
            here = np.zeros(len(table), dtype=bool)
            here[rows] = True
        else:
            cells = [normalise(cell_text(cell)) in ("", normalise(name)) for cell in column.cells]
            here = np.array(cells, dtype=bool)[column.codes]
        same &= here
        if not same.any():
            break
    return same


def _with_dates(blocks: _Blocks, above: Sequence[SectionLine]) -> tuple[Table, tuple[Finding, ...]] | None:
    """The table with the dates that its lines hold, where its rows have none."""
    dated = _dated_lines(blocks.lines)
    if dated is None or not _are_enough(blocks, *dated, above):
        return None
    lines, dates = dated
    years = all(is_year(cell_text(date)) for date in dates)
    if any(p.holds_years or (p.date_share > _MAX_DATED and not p.numeric and not years) for p in blocks.profiles):
        return None
    data = blocks.data | _like_others(blocks)
    blocks = replace(blocks, lines=lines)
    cells = [line.cell for line in lines.used]
    first = next((line for line in above if dates_of([*cells, line.cell])), None)
    before: Cell = "" if first is None else (dates_of([*cells, first.cell]) or [""])[-1]
    used = {n: place for place, n in enumerate(np.unique(lines.which).tolist())}
    codes = np.array([*(used[n] for n in lines.which.tolist()), len(dates)], dtype=np.int32)[blocks.block]
    codes = np.where(data & blocks.data & ~_totals(blocks), codes, len(dates) + 1).astype(np.int32)
    column = Column(codes, [*dates, before, ""])
    if years and first is None and blocks.profiles[int(lines.columns[0])].holds_month_names:
        return None  # years among months in one column are read as dates there, if the first is there as well
    exact = with_days(column, blocks.table, blocks.profiles)
    if exact is None and years and not any(p.holds_month_names or p.counts_periods for p in blocks.profiles):
        return None
    name = lines.label or ("Year" if years else "Date")
    rows = blocks.table.lines[lines.rows]
    if first is not None:
        rows = np.append(first.above, rows)
    finding = findings.dates_above_rows(cell_text(lines.used[0].cell), rows)
    added = _with_column(blocks, name, column)[0] if exact is None else _in_place(blocks, *exact)
    return added, (finding, *_about_headings(blocks))


def _are_enough(blocks: _Blocks, lines: SectionLines, dates: list[Cell], above: Sequence[SectionLine]) -> bool:
    """Whether there are several dates; with that above the table, where each year has a table with its own heading."""
    years = all(is_year(cell_text(date)) for date in dates)
    one_more = years and blocks.headings.any() and any(is_year(line.name) for line in above)
    return min(len(lines.rows), len(dates)) + bool(one_more) >= _MIN_LINES


def _dated_lines(lines: SectionLines) -> tuple[SectionLines, list[Cell]] | None:
    """The lines that hold dates, in the column that has most of these, and the dates."""
    dates = dates_of([line.cell for line in lines.used])
    if dates is not None:
        return lines, dates
    columns, counts = np.unique(lines.columns, return_counts=True)
    for column in columns[np.argsort(-counts)].tolist():
        mine = lines.only(lines.columns == column)
        alone = np.array([dates_of([line.cell]) is not None for line in lines.different], dtype=bool)
        for chosen in (mine, mine.only(alone[mine.which])):
            if len(chosen.rows) and (dates := dates_of([line.cell for line in chosen.used])) is not None:
                return chosen, dates
    return None


def _like_others(blocks: _Blocks) -> Flags:
    """Lines that hold what other rows hold in that column: a product without a number, no note. bool [N]."""
    found = np.zeros(len(blocks.table), dtype=bool)
    for i in np.unique(blocks.lines.columns).tolist():
        column, mine = blocks.table.columns[i], blocks.lines.rows[blocks.lines.columns == i]
        if not column.has_numbers:
            found[mine] = np.isin(column.codes[mine], np.unique(column.codes[blocks.data]))
    return found


def _totals(blocks: _Blocks) -> Flags:
    """Rows of totals of the blocks, which get no date: bool [N]."""
    found = np.zeros(len(blocks.table), dtype=bool)
    for profile, column in zip(blocks.profiles, blocks.table.columns, strict=True):
        if profile.worded:
            found |= total_rows(column)
    return found


def _with_names(blocks: _Blocks, above: Sequence[SectionLine]) -> tuple[Table, tuple[Finding, ...]] | None:
    """The table with the names of blocks whose dates begin again, which would be added up without them."""
    dated = [i for i, p in enumerate(blocks.profiles) if p.date_share >= _MIN_DATED or p.holds_years]
    months = [i for i, p in enumerate(blocks.profiles) if p.holds_month_names]
    columns = [blocks.table.columns[i] for i in (*dated, *months)]
    columns = [column for column in columns if not column.has_numbers]
    if not columns:
        return None
    for moments in _moments(columns[0]) if dated else _months(columns[0]):
        titles = titles_of_blocks(blocks.lines, blocks.block[blocks.data & ~np.isnan(moments)], above)
        if titles is None or (not dated and are_years(titles.names)):
            continue
        begins = _begins(blocks, titles, moments)
        if begins is not None:
            return _named(blocks, titles.only(begins))
    return None


def _months(column: Column) -> list[Floats]:
    """The month of each row without a year, counted from that of the first, NaN where there is none."""
    months = months_in(column)
    if months is None or not (months >= 0).any():
        return []
    first = months[months >= 0][0]
    return [np.where(months >= 0, (months - first) % MONTHS_OF_YEAR, np.nan).astype(np.float64)]


def _moments(column: Column) -> list[Floats]:
    """The date of each row as a number, NaN where there is none: with the day and with the month first, unless one of
    these fits fewer cells.
    """
    dates = read_dates(column.cells)
    orders = [dates.day_first, dates.month_first] if dates.ambiguous else [dates.day_first]
    fewest = min(int(np.isnat(when).sum()) for when in orders)
    found = []
    for when in orders:
        if np.isnat(when).sum() == fewest:
            numbers = when.astype("datetime64[s]").astype(np.int64).astype(np.float64)
            numbers[np.isnat(when)] = np.nan
            found.append(numbers[column.codes])
    return found


def _begins(blocks: _Blocks, titles: Titles, moments: Floats) -> Flags | None:
    """Which of the titles begin a section: bool [n]; None when no dates begin again, or they have no order.

    In the others the dates go on where those above end: notes between rows.
    """
    known = blocks.data & ~np.isnan(moments)
    when, block = moments[known], np.searchsorted(titles.lines, blocks.block[known], side="right") - 1
    starts = np.flatnonzero(np.diff(block, prepend=block[0] - 1))
    within = np.ones(len(when), dtype=bool)
    within[starts] = False
    steps = np.diff(when, prepend=when[0])[within]
    steps = steps[steps != 0]
    if len(starts) < 2 or not len(steps):
        return None
    if (steps < 0).mean() > _MAX_ODD_STEPS:
        when, steps = -when, -steps
    if (steps < 0).mean() > _MAX_ODD_STEPS:
        return None
    highest, sizes = np.maximum.reduceat(when, starts), np.diff(starts, append=len(when))
    earlier = np.add.reduceat(when < np.repeat(np.append(-np.inf, highest[:-1]), sizes), starts)
    again = earlier >= np.clip(sizes - 1, 1, _MIN_EARLIER)
    gap = when[starts] - np.append(np.nan, highest[:-1])
    begins = again | ~((gap > 0) & (gap <= _USUAL_STEP * np.quantile(steps, _USUAL))) | titles.share_label
    begins[0] = True
    return begins if again.any() else None


def _named(blocks: _Blocks, titles: Titles) -> tuple[Table, tuple[Finding, ...]]:
    """The table with the name of each row's block."""
    used = np.isin(titles.of_line, np.arange(len(titles.names)))
    column = make_column([*titles.names, ""])
    place = np.searchsorted(titles.lines, blocks.block, side="right") - 1
    codes = np.where(blocks.data & (place >= 0), column.codes[place], column.codes[-1]).astype(np.int32)
    chosen = blocks.only(used)
    rows = np.append(np.array(titles.above, dtype=np.int64), blocks.table.lines[chosen.lines.rows])
    finding = findings.sections(list(dict.fromkeys(titles.names)), rows)
    added, section = _with_column(chosen, titles.label or SECTION, replace(column, codes=codes))
    return replace(added, section=section), (finding, *_about_headings(blocks))


def _with_column(blocks: _Blocks, name: str, column: Column) -> tuple[Table, int]:
    """The table without the lines and repeated headings, and with what the lines say as one more column; its place.

    Where a column holds nothing but the lines, that is the one.
    """
    table, i = blocks.table, int(blocks.lines.columns[0])
    if blocks.profiles[i].filled == 0:
        names = tuple(name if k == i and unnamed(own) else own for k, own in enumerate(table.names))
        return _in_place(replace(blocks, table=replace(table, names=made_different(names)[0])), column, i), i
    units = (*table.units, "") if table.units else ()
    names = made_different([*table.names, name])[0]
    longer = replace(table, names=names, columns=(*table.columns, column), units=units)
    return _without_lines(blocks, longer), len(names) - 1


def _in_place(blocks: _Blocks, column: Column, i: int) -> Table:
    """The table without the lines and repeated headings, and with another column in the place of one."""
    columns = tuple(column if k == i else other for k, other in enumerate(blocks.table.columns))
    return _without_lines(blocks, replace(blocks.table, columns=columns))


def _without_lines(blocks: _Blocks, table: Table) -> Table:
    keep = ~blocks.headings
    keep[blocks.lines.rows] = False
    kept = table.take(keep)
    return replace(kept, columns=tuple(column.only_used_cells() for column in kept.columns))


def _about_headings(blocks: _Blocks) -> list[Finding]:
    rows = blocks.table.lines[blocks.headings]
    return [findings.headings_repeated(rows.tolist())] if len(rows) else []
