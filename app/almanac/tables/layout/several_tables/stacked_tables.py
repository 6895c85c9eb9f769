"""Tables below one another in one sheet: with other headings they are other series, and never added to the first.

Tables with the same dates are put side by side. Others are left out, and a finding names their rows. Tables with the
same heading go on where the one above ended, as after a page break, unless they have the same dates once more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from almanac.core.arrays import Flags, Integers
from almanac.core.problems import Finding
from almanac.core.text import normalise
from almanac.tables.findings import registry as findings
from almanac.tables.layout.column_names import made_different
from almanac.tables.layout.sample import cell_kind
from almanac.tables.layout.several_tables.section_lines import SectionLine, alone, labelled
from almanac.tables.layout.several_tables.section_titles import different_lines
from almanac.tables.layout.units import unit_in_name
from almanac.tables.values.cells import Cell, CellKind, Column, Table, cell_text, column_letter
from almanac.tables.values.dates.calendar_names import is_year, names_date, parts_named
from almanac.tables.values.dates.months_without_year import are_years
from almanac.tables.values.dates.read_dates import looks_like_date, read_dates
from almanac.tables.values.texts import Texts

_WORDS = -2
# All chosen by judgement.
_MAX_HEADINGS = 200  # more lines of words are no headings
_MIN_ROWS = 2  # of a table below another
_MIN_ACROSS = 3  # names that are dates, from which on time runs across
_SECTION_ROWS = 200  # looked at
_MIN_SHARED = 0.5  # share of dates that two tables have in common, of those of the smaller one


@dataclass(frozen=True, eq=False)
class _Part:
    """One of the tables: its ``rows`` (int64), its ``names`` by column, and the rows of its title and ``heading``.

    ``lines``: what is above its heading.
    """

    rows: Integers
    names: dict[int, str]
    title: str
    heading: tuple[int, ...] = ()
    lines: tuple[SectionLine, ...] = ()

    def same_names(self, other: _Part) -> bool:
        """Whether the other table has the same columns."""
        return {i: normalise(n) for i, n in self.names.items()} == {i: normalise(n) for i, n in other.names.items()}


@dataclass(frozen=True, eq=False)
class _Stack:
    """A table that may hold several, and the column of their dates; ``parts``: further columns with parts of them."""

    table: Table
    date: int
    parts: tuple[int, ...] = ()

    @property
    def date_columns(self) -> tuple[int, ...]:
        """The columns that say which rows belong together."""
        return (self.date, *self.parts)

    @cached_property
    def moments(self) -> list[object]:
        """What each distinct cell of the dates says: a date where it is understood, otherwise its text."""
        dates = read_dates(self.table.columns[self.date].cells)
        texts = map(cell_text, self.table.columns[self.date].cells)
        return [
            str(day) if ok else text for day, ok, text in zip(dates.day_first, dates.understood, texts, strict=True)
        ]

    @cached_property
    def grains(self) -> list[int]:
        """How exact each distinct cell of the dates is; less than 0 where it is none, and _WORDS where it is a word."""
        cells = self.table.columns[self.date].cells
        found = read_dates(cells).grains.astype(np.int64)
        words = np.zeros(len(cells), dtype=bool)
        words[_begin_with_letter(cells)] = True
        exact: list[int] = np.where(words & (found < 0), _WORDS, found).tolist()
        return exact

    def dates(self, part: _Part) -> list[object]:
        """The date of each row of a part; where it has none its text, such as "Total", and the how-many-th it is."""
        codes = self.table.columns[self.date].codes[part.rows].tolist()
        moments = [self.moments[code] for code in codes]
        if not self.parts:
            seen: Counter[int] = Counter()
            for n, code in enumerate(codes):
                if self.grains[code] < 0:
                    seen[code] += 1
                    moments[n] = (moments[n], seen[code])
            return moments
        texts = [[self.table.columns[i].text(row) for row in part.rows.tolist()] for i in self.parts]
        return list(zip(moments, *texts, strict=True))

    def grain(self, part: _Part) -> int:
        """How exact most dates of a part are."""
        codes = self.table.columns[self.date].codes[part.rows]
        return int(np.bincount(np.array(self.grains, dtype=np.int64)[codes] - _WORDS).argmax())


def unstack(table: Table, above: Sequence[SectionLine] = ()) -> tuple[Table, tuple[Finding, ...]]:
    """The table with those below it as further columns, and what there is to say about them.

    ``above``: the lines right above the names of the columns. Lists with the same names, each under another title,
    are left for ``with_sections``.
    """
    across = sum(map(_is_date, table.names)) >= _MIN_ACROSS
    date = 0 if across else next((i for i, name in enumerate(table.names) if _names_date(name)), None)
    if date is None or table.columns[date].has_numbers:
        return table, ()
    stack = _Stack(table, date, _parts_beside(table, date))
    parts = _with_titles(list(_parts(stack, above)))
    if len(parts) < 2 or _one_for_each_year(parts):
        return table, ()
    groups = _groups(stack, parts)
    if across and (len(groups) < 2 or any(group[0].same_names(groups[0][0]) for group in groups[1:])):
        return table, ()  # with dates across, the same dates once more are sections of one table
    if len(groups) < 2:
        return _without_headings(table, [part.heading[-1] for part in parts[1:]])
    beside, apart = _sorted_out(stack, groups)
    if apart and all(part.title and part.same_names(parts[0]) for part in parts[1:]):
        return table, ()
    headings = table.lines[sorted(row for group in beside for part in group for row in part.heading)]
    found = [findings.tables_below(len(beside), headings.tolist())] if len(headings) else []
    if apart:
        names = [name for group in apart for i, name in group[0].names.items() if i != date]
        rows = [row for group in apart for part in group for row in (*part.heading, *part.rows.tolist())]
        found.append(findings.tables_left_out(names, table.lines[sorted(rows)].tolist()))
    return _side_by_side(stack, beside), tuple(found)


def _one_for_each_year(parts: Sequence[_Part]) -> bool:
    """Whether the tables have the same names, and a year each above them."""
    return are_years([part.title for part in parts]) and all(part.same_names(parts[0]) for part in parts[1:])


def _without_headings(table: Table, rows: list[int]) -> tuple[Table, tuple[Finding, ...]]:
    """The table without the rows in which its heading comes once more, as on each printed page."""
    keep = np.ones(len(table), dtype=bool)
    keep[rows] = False
    kept = table.take(keep)
    kept = replace(kept, columns=tuple(column.only_used_cells() for column in kept.columns))
    return kept, (findings.headings_repeated(table.lines[rows].tolist()),)


def _parts_beside(table: Table, date: int) -> tuple[int, ...]:
    """The columns right of a column of years, months or days that hold the other parts of the date."""
    found: list[int] = []
    if parts_named(table.names[date]):
        for i in range(date + 1, len(table.columns)):
            if not parts_named(table.names[i]) or table.columns[i].has_numbers:
                break
            found.append(i)
    return tuple(found)


def _is_date(name: str) -> bool:
    return is_year(name) or looks_like_date(name)


def _names_date(name: str) -> bool:
    return bool(parts_named(name)) or names_date(name) or normalise(name) == "when"


def _parts(stack: _Stack, above: Sequence[SectionLine]) -> Iterator[_Part]:
    """The tables, each with its heading: a line of words below data, with the name of a date above dates.

    ``above``: the lines above the first one.
    """
    table, column = stack.table, stack.table.columns[stack.date]
    own = normalise(table.names[stack.date])
    worded = _begin_with_letter(column.cells)
    dated = read_dates([column.cells[code] for code in worded.tolist()]).understood
    worded = worded[~dated]  # "KW 17/2000" names a week, and is one
    cells = ((code, str(column.cells[code])) for code in worded.tolist())
    named = [code for code, cell in cells if _names_date(cell) or normalise(cell) == own]
    headings = np.flatnonzero(_rows_with(column, named)).tolist()
    headings = [row for row in headings[:_MAX_HEADINGS] if _is_heading(table, row)]
    headings = sorted({*headings, *_headings_above_words(stack, _rows_with(column, worded.tolist()))})
    if not headings:
        return
    names = dict(enumerate(table.names))
    start, lines = 0, tuple(above)
    heading: tuple[int, ...] = ()
    filled = np.flatnonzero(~table.blank)
    for row in [*headings, len(table)]:
        titles = _lines_above(table, row, start, above) if row < len(table) else []
        inside = filled[(filled >= start) & (filled < (titles[0][0] if titles else row))]
        if len(inside) >= _MIN_ROWS:
            yield _Part(inside, names, _section(table, inside, names), heading, lines)
        if row < len(table):
            texts = {i: _text(table.columns[i], row) for i in range(len(table.columns))}
            names = {i: text for i, text in texts.items() if text}
            lines = tuple(line for _, line in titles)
            heading, start = (*(n for n, _ in titles), row), row + 1


def _rows_with(column: Column, codes: Sequence[int]) -> Flags:
    """Which rows have one of these distinct cells: bool [rows]."""
    among = np.zeros(len(column.cells), dtype=bool)
    among[codes] = True
    return among[column.codes]


def _headings_above_words(stack: _Stack, words: Flags) -> Iterator[int]:
    """The lines of names, each behind a blank row, of tables with words where the first one has dates or counts.

    ``words``: bool [rows], whether the cell of the dates is a word.
    """
    table = stack.table
    if not table.blank.any() or words[:_MIN_ROWS].any():
        return
    for row in (np.flatnonzero(table.blank[:-1] & ~table.blank[1:]) + 1).tolist()[:_MAX_HEADINGS]:
        while row < len(table) and not words[row] and not table.blank[row] and table.filled_cells[row] == 1:
            row += 1  # a title
        below = slice(row + 1, row + 1 + _MIN_ROWS)
        if row + _MIN_ROWS < len(table) and words[row] and words[below].all() and _is_heading(table, row):
            others = [other for i, other in enumerate(table.columns) if i != stack.date and not other.empty[row]]
            if any(_holds_number(other, line) for other in others for line in range(row + 1, row + 1 + _MIN_ROWS)):
                yield row


def _holds_number(column: Column, row: int) -> bool:
    return cell_kind(column.cell(row) or column.text(row)) is CellKind.NUMBER


def _begin_with_letter(cells: Sequence[Cell]) -> Integers:
    """The texts that begin with a letter: int64, the place of each."""
    able = np.flatnonzero(cells.begin_beyond_digits).tolist() if isinstance(cells, Texts) else range(len(cells))
    texts = ((i, cells[i]) for i in able)
    return np.array([i for i, cell in texts if isinstance(cell, str) and cell[:1].isalpha()], dtype=np.int64)


def _section(table: Table, rows: Integers, names: dict[int, str]) -> str:
    """The name of a table that stands at the beginning of each of its lines, that of the heading included."""
    first = next(iter(names), None)
    texts = set() if first is None else {_text(table.columns[first], row) for row in rows[:_SECTION_ROWS].tolist()}
    return names[first] if first is not None and texts == {names[first]} else ""


def _is_heading(table: Table, row: int) -> bool:
    """Whether a row holds only words, at least two, each another."""
    cells = [c.cell(row) or _text(c, row) for c in table.columns]
    filled = [cell for cell in cells if cell != ""]
    kinds = [cell_kind(cell) for cell in filled]
    numbers = [cell_text(c) for c, kind in zip(filled, kinds, strict=True) if kind is CellKind.NUMBER]
    names = len(filled) - kinds.count(CellKind.MISSING)  # "-" says that a value is missing, and names no column
    return names > 1 and all(map(is_year, numbers)) and len(set(filled)) == len(filled)


def _text(column: Column, row: int) -> str:
    return " ".join(column.text(row).split())


def _lines_above(table: Table, row: int, start: int, first: Sequence[SectionLine]) -> list[tuple[int, SectionLine]]:
    """The rows right above a heading that are titles, and what they say; blank rows may be between.

    They hold one text each, or a label and what it is about, as in the lines above the ``first`` heading.
    """
    labels = {line.label for line in first}
    found: list[tuple[int, SectionLine]] = []
    for above in range(row - 1, start - 1, -1):
        cells: list[Cell] = [c.cell(above) or c.text(above) for c in table.columns if not c.empty[above]]
        if not cells:
            continue
        kinds = [cell_kind(cell) for cell in cells]
        line = alone(cells[0]) if len(cells) == 1 else labelled(*cells[:2])
        known = len(cells) == 2 and line.label in labels
        year = len(cells) == 1 and is_year(cell_text(cells[0])) and not _has_years(table, range(start, above))
        if (kinds[0] is not CellKind.TEXT and not year) or (len(cells) > 1 and not known):
            break
        found.insert(0, (above, line))
    return found


def _has_years(table: Table, rows: range) -> bool:
    """Whether some row has a year in its first cell: then one alone is a row whose values are missing."""
    firsts = (next((c.text(row) for c in table.columns if not c.empty[row]), "") for row in rows)
    return any(map(is_year, firsts))


def _with_titles(parts: list[_Part]) -> list[_Part]:
    """The tables with their titles: of several lines above each, the one that differs from table to table."""
    if not parts or not all(part.lines for part in parts):
        return [replace(part, title=part.title or (part.lines[-1].whole if part.lines else "")) for part in parts]
    titles = [line.name for line in different_lines([list(part.lines) for part in parts])]
    return [replace(part, title=part.title or title) for part, title in zip(parts, titles, strict=True)]


def _groups(stack: _Stack, parts: Sequence[_Part]) -> list[list[_Part]]:
    """The tables, those that go on with one above in one group with it."""
    groups: list[list[_Part]] = []
    for part in parts:
        own = set(stack.dates(part))
        for group in groups:
            known = {moment for other in group for moment in stack.dates(other)}
            if group[0].same_names(part) and len(own & known) < _MIN_SHARED * len(own):
                group.append(part)
                break
        else:
            groups.append([part])
    return groups


def _sorted_out(stack: _Stack, groups: list[list[_Part]]) -> tuple[list[list[_Part]], list[list[_Part]]]:
    """The groups that can stand side by side, the first among them, and those that cannot."""
    first, *others = groups
    beside: list[list[_Part]] = [first]
    apart: list[list[_Part]] = []
    known = [moment for part in first for moment in stack.dates(part)]
    once = len(set(known)) == len(known)
    for group in others:
        own = [moment for part in group for moment in stack.dates(part)]
        shared = len(set(own) & set(known))
        fits = shared == 0 or shared >= _MIN_SHARED * min(len(own), len(known))
        once_each = once and len(set(own)) == len(own)
        same_grain = stack.grain(group[0]) == stack.grain(first[0])
        (beside if fits and once_each and same_grain and stack.date in group[0].names else apart).append(group)
    return beside, apart


def _side_by_side(stack: _Stack, groups: list[list[_Part]]) -> Table:
    """One row for each date, and the columns of all groups next to one another."""
    table = stack.table
    first = np.concatenate([part.rows for part in groups[0]])
    if len(groups) == 1:
        keep = np.zeros(len(table), dtype=bool)
        keep[first] = True
        return table.take(keep)
    rows_of = [_rows_by_date(stack, group) for group in groups]
    order = list(dict.fromkeys(moment for rows in rows_of for moment in rows))
    leading = np.array([next(rows[m] for rows in rows_of if m in rows) for m in order], dtype=np.int64)
    names: list[str] = []
    columns: list[Column] = []
    lines: list[Integers] = []
    titles = [group[0].title for group in groups]
    for n, (group, rows) in enumerate(zip(groups, rows_of, strict=True)):
        at = np.array([rows.get(moment, -1) for moment in order], dtype=np.int64)
        for i, column in enumerate(table.columns):
            name = group[0].names.get(i, f"Column {column_letter(i)}" if n == 0 else "")
            if not name or (n and i in stack.date_columns):
                continue
            others = [other[0].names.get(i) for k, other in enumerate(groups) if k != n]
            if name in others and i not in stack.date_columns:
                name = f"{titles[n]} {name}" if titles[n] and titles.count(titles[n]) == 1 else name
            names.append(name)
            columns.append(_picked(column, leading if i in stack.date_columns and n == 0 else at))
            lines.append(table.lines[np.where(at >= 0, at, leading)])
    different, _ = made_different(names)
    units = tuple(unit_in_name(name) for name in different)
    known = (*table.units, *units[len(table.columns) :]) if table.units else units
    return replace(
        table,
        names=different,
        columns=tuple(columns),
        lines=table.lines[leading],
        column_lines=tuple(lines),
        units=known if any(known) else (),
    )


def _rows_by_date(stack: _Stack, group: Sequence[_Part]) -> dict[object, int]:
    """The row of each date of some tables."""
    pairs = (zip(stack.dates(part), part.rows.tolist(), strict=True) for part in group)
    return {moment: row for part in pairs for moment, row in part}


def _picked(column: Column, rows: Integers) -> Column:
    """Some rows of a column in another order, without the cells of other rows; -1 is a blank cell."""
    if column.has_numbers:
        floats = np.where(rows >= 0, column.floats[rows], np.nan)
        return Column(column.codes, column.cells, floats)
    cells = list(column.cells)
    if "" not in cells:
        cells.append("")
    codes = np.where(rows >= 0, column.codes[rows], cells.index("")).astype(np.int32)
    return Column(codes, cells).only_used_cells()
