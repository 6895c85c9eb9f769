"""Lines that stand alone above the rows they are about: the name of a shop, an account, or the day."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

import numpy as np

from almanac.core.arrays import Flags, Integers
from almanac.tables.layout.sample import cell_kind
from almanac.tables.values.cells import Cell, CellKind, Column, Table, cell_text
from almanac.tables.values.dates.calendar_names import is_weekday, is_year
from almanac.tables.values.dates.read_dates import read_clock, read_dates
from almanac.tables.values.numbers import looks_like_number

# All chosen by judgement.
_MAX_LINES, _MAX_PAIRS = 0.5, 0.7  # share of the filled rows that hold one cell, and two
_LOOKED_AT = 50  # cells
_MAX_TEXT = 80  # characters of a name
_AROUND = " :-–=*#_[]>"  # a name
_GOES_ON = re.compile(
    r"\s?[([]?\b(?:continued|cont(?:inued)?\.|cont'd|fortsetzung|forts\.|suite|continuación|segue|continuação|vervolg|"
    r"cd\.)[)\]]?$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class SectionLine:
    """What a line says: the ``cell`` that names the rows below, and the ``label`` in front of it: "Store" of "Store:
    North", an empty text for none. ``above``: its number, where it is above the table.
    """

    cell: Cell
    label: str = ""
    above: int = 0

    @property
    def name(self) -> str:
        """The name as it is written, without blanks around it or "(continued)" behind it."""
        return _GOES_ON.sub("", " ".join(cell_text(self.cell).split())).strip(_AROUND)

    @property
    def whole(self) -> str:
        """The name with its label."""
        return f"{self.label}: {self.name}" if self.label else self.name


@dataclass(frozen=True, eq=False)
class SectionLines:
    """``rows``: int64 [n], ascending, and the column of the first cell of each (int64 [n]); ``different``: what they
    say, each once; ``which``: int64 [n], the position of each line's text among these.
    """

    rows: Integers
    columns: Integers
    which: Integers
    different: tuple[SectionLine, ...]

    def only(self, which: Flags) -> SectionLines:
        """Only some of the lines: bool [n]."""
        return SectionLines(self.rows[which], self.columns[which], self.which[which], self.different)

    @property
    def used(self) -> list[SectionLine]:
        """What the lines say, each once."""
        return [self.different[n] for n in np.unique(self.which).tolist()]

    @property
    def label(self) -> str:
        """What all names are, such as "Store"; empty where the lines do not say it."""
        labels = {line.label for line in self.used}
        return labels.pop() if len(labels) == 1 else ""


def lines_above(rows: Sequence[Sequence[Cell]], numbers: Sequence[int]) -> tuple[SectionLine, ...]:
    """What the last lines above a table say that hold one text or date, or a label and one; ``numbers``: theirs."""
    found: list[SectionLine] = []
    for row, number in zip(reversed(rows), reversed(numbers), strict=True):
        filled = [cell for cell in row if cell != ""]
        if not 1 <= len(filled) <= 2 or not _names_something(filled[-1], None):
            break
        line = labelled(*filled) if len(filled) == 2 else alone(filled[0])
        found.insert(0, replace(line, above=number))
    return tuple(found)


def alone(cell: Cell) -> SectionLine:
    """A line of one cell; "Store: North" has a label."""
    if not isinstance(cell, str):
        return SectionLine(cell)
    label, _, rest = cell.partition(":")
    named = rest.strip() and label.strip() and not label.strip()[-1].isdigit()
    return SectionLine(rest.strip(), label.strip()) if named else SectionLine(cell)


def labelled(label: Cell, cell: Cell) -> SectionLine:
    """A line of two cells; a weekday in front of a date is no label."""
    text = cell_text(label)
    if is_weekday(text) and cell_kind(cell) is CellKind.DATE:
        return SectionLine(cell)
    return SectionLine(cell, text.rstrip(" :"))


def find_lines(table: Table, labels: AbstractSet[str] = frozenset()) -> SectionLines | None:
    """The rows that hold a single text or date, or two texts such as "Store" and "North"; None when there are none.

    ``labels``: those of the lines above the table.
    """
    counts = table.filled_cells
    filled = int((counts > 0).sum())
    found: list[_Found] = []
    singles = np.flatnonzero(counts == 1)
    pairs = np.flatnonzero(counts == 2) if len(table.columns) > 2 else singles[:0]
    if 0 < len(singles) <= _MAX_LINES * filled:
        found += _singles(table, singles)
    if 0 < len(pairs) <= _MAX_PAIRS * filled:
        found += _pairs(table, pairs, labels)
    if not found:
        return None
    rows, columns = np.concatenate([one.rows for one in found]), [np.full(len(one.rows), one.column) for one in found]
    order = np.argsort(rows, kind="stable")
    which = np.repeat(np.arange(len(found)), [len(one.rows) for one in found])
    return SectionLines(rows[order], np.concatenate(columns)[order], which[order], tuple(one.line for one in found))


@dataclass(frozen=True, eq=False)
class _Found:
    """All rows that say the same; ``column``: of their first cell."""

    rows: Integers
    column: int
    line: SectionLine


def _by_cell(table: Table, rows: Integers, i: int) -> Iterator[tuple[Cell, Integers]]:
    """The different cells of a column in some rows, and the rows of each; plain numbers left out."""
    column = table.columns[i]
    if column.has_numbers:
        known = dict(column.stray_texts)
        for row in rows.tolist():
            if row in known:
                yield known[row], np.array([row], dtype=np.int64)
        return
    filled = rows[~column.empty[rows]]
    codes = column.codes[filled]
    order = np.argsort(codes, kind="stable")
    starts = np.flatnonzero(np.diff(codes[order], prepend=-1))
    for part in np.split(filled[order], starts[1:]) if len(starts) else ():
        yield column.cells[int(column.codes[part[0]])], np.sort(part)


def _kind_of_others(table: Table, rows: Integers, i: int) -> CellKind | None:
    """What the first cells of a column hold in the rows that are none of these; None for nothing."""
    others = np.ones(len(table), dtype=bool)
    others[rows] = False
    column = table.columns[i]
    filled = np.flatnonzero(others & ~column.empty)[:_LOOKED_AT].tolist()
    kinds = [_kind(column.cell(row) or column.text(row)) for row in filled]
    return max(set(kinds), key=kinds.count, default=None)


def _kind(cell: Cell) -> CellKind:
    """What a cell holds; a time of day counts as a text."""
    return CellKind.TEXT if read_clock(cell) is not None else cell_kind(cell)


def _names_something(cell: Cell, others: CellKind | None) -> bool:
    """Whether a cell may name the rows below; ``others``: what the column holds in these, no date or number again."""
    kind = _kind(cell)
    if kind is CellKind.NUMBER:  # the number of an account, or a year
        return others is not kind and cell_text(cell).isdecimal()
    if kind is CellKind.DATE and (others is kind or (others is CellKind.NUMBER and looks_like_number(cell))):
        return False  # 2015.12 in a column of amounts is one
    return kind in (CellKind.TEXT, CellKind.DATE) and len(cell_text(cell)) <= _MAX_TEXT


def _singles(table: Table, rows: Integers) -> list[_Found]:
    """Rows of one cell."""
    found = []
    for i in range(len(table.columns)):
        mine = rows[~table.columns[i].empty[rows]]
        if not len(mine):
            continue
        others = _kind_of_others(table, mine, i)
        if _all_alike(table.columns[i], mine, others):
            continue
        for cell, same in _by_cell(table, mine, i):
            if _names_something(cell, others):
                found.append(_Found(same, i, alone(cell)))
    return found


def _all_alike(column: Column, rows: Integers, others: CellKind | None) -> bool:
    """Whether these rows hold dates or numbers like all others: the rest of them is missing."""
    if others not in (CellKind.DATE, CellKind.NUMBER):
        return False
    kinds = [_kind(column.cell(row) or column.text(row)) for row in rows[:_LOOKED_AT].tolist()]
    return kinds.count(others) > _MAX_LINES * len(kinds)


def _pairs(table: Table, rows: Integers, labels: AbstractSet[str]) -> list[_Found]:
    """Rows of two cells: "Store" and "North", or a date that a comma took apart; ``labels``: known ones."""
    found = []
    others = [_kind_of_others(table, rows, j) for j in range(len(table.columns))]
    for i in range(len(table.columns) - 1):
        for label, same in _by_cell(table, rows, i):
            if not isinstance(label, str) or not label[:1].isalpha() or cell_kind(label) is not CellKind.TEXT:
                continue
            for j in range(i + 1, len(table.columns)):
                for cell, mine in _by_cell(table, same, j):
                    if _names_something(cell, others[j]):
                        found.append(_Found(mine, i, labelled(label, cell)))
    lines = Counter[str]()
    for one in found:
        lines[one.line.label] += len(one.rows)
    return [one for one in found if lines[one.line.label] > 1 or one.line.label in labels]


def dates_of(cells: Sequence[Cell]) -> list[Cell] | None:
    """The dates in cells such as "Sales of 03.04.2025", without the words around them; None when some have none."""
    texts = [_words(cell) for cell in cells]
    start = _shared(texts)
    stop = _shared([words[::-1] for words in texts])
    for first, last in ((0, 0), (start, 0), (start, stop)):
        bare: list[Cell] = [
            cell if not isinstance(cell, str) else " ".join(words[first : len(words) - last])
            for cell, words in zip(cells, texts, strict=True)
        ]
        if all(_is_date(cell) for cell in bare) and read_dates(bare).understood.all():
            return bare
    return None


def _is_date(cell: Cell) -> bool:
    return is_year(cell_text(cell)) or cell_kind(cell) is CellKind.DATE


def _words(cell: Cell) -> list[str]:
    return cell.split() if isinstance(cell, str) else [cell_text(cell)]


def _shared(texts: Sequence[Sequence[str]]) -> int:
    """How many words, none with a digit, all texts begin with."""
    count = 0
    while all(len(words) > count + 1 for words in texts):
        word = texts[0][count]
        if any(c.isdigit() for c in word) or any(words[count] != word for words in texts):
            break
        count += 1
    return count
