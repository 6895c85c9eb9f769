"""Read a stock list from a workbook, a text file, or rows that were typed or pasted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from almanac.core.problems import Problem, stop_with
from almanac.core.text import agree, some
from almanac.tables.sources import delimited, workbook
from almanac.tables.sources.files import identify_file
from almanac.tables.stock_list.cells import (
    HIGHEST_CERTAINTY,
    number_part,
    read_amount,
    read_certainty,
    read_duration,
    unit_of,
)
from almanac.tables.stock_list.entries import Duration, StockEntry, StockList
from almanac.tables.stock_list.headings import StockColumn, StockHeading, find_stock_heading
from almanac.tables.values.cells import Cell, cell_text, clean_cell
from almanac.tables.values.numbers import Convention, find_convention, is_missing_word, votes
from almanac.wording.orders import NO_NAME

Rows = Sequence[Sequence[Cell]]
_LEAST_PACK = 1e-6
_MAX_SHOWN = 3  # of the cells that cannot be read


def read_stock_list(source: Path | Rows, keys: Sequence[str] = ()) -> StockList:
    """The stock list in a file (of a workbook, the sheet with the most columns about stock) or in ``rows`` of cells.

    ``keys``: the columns that the series are split by, to find those of names. A row with a cell that cannot be read
    is left out and said. Raises ``ProblemError`` when there is no list, or it lacks a column that nothing replaces.
    """
    name = source.name if isinstance(source, Path) else "the table"
    candidates = _sheets(source) if isinstance(source, Path) else [source]
    found = [(rows, find_stock_heading(rows, keys)) for rows in candidates]
    rows, heading = max(found, key=_known_columns, default=((), find_stock_heading((), keys)))
    _require_columns(name, heading)
    return _entries(rows, heading)


def _sheets(path: Path) -> list[Rows]:
    if identify_file(path).kind == "text":
        return [delimited.read_head(path, delimited.MAX_WHOLE_BYTES)[1].rows]
    with workbook.open_workbook(path) as book:
        return [book.grid(name).rows for name in book.names]


def _known_columns(candidate: tuple[Rows, StockHeading]) -> tuple[bool, int]:
    columns = candidate[1].columns
    return StockColumn.ON_HAND in columns, len(columns)


def _require_columns(name: str, heading: StockHeading) -> None:
    lacking = [one.value for one in (StockColumn.ON_HAND, StockColumn.LEAD) if one not in heading.columns]
    if lacking:
        raise stop_with(
            "no_stock_list",
            f"There is no column for {' and '.join(lacking)} in {name}.",
            "How much to order follows from what is there and how long a delivery takes.",
            "Give columns with headings such as Product, Stock, On order, Lead time (days), Pack size, Certainty.",
        )


def _entries(rows: Rows, heading: StockHeading) -> StockList:
    body = [(n + 1, [clean_cell(cell) for cell in rows[n]]) for n in range(heading.row + 1, len(rows))]
    body = [(line, cells) for line, cells in body if any(cell != "" for cell in cells)]
    columns = [_Column(kind, heading, body) for kind in _READERS if kind in heading.columns]
    values = [column.values for column in columns]
    bad = {line for column in columns for line in column.bad}
    entries, unread = [], []
    for k, (line, cells) in enumerate(body):
        names = tuple(cell_text(_cell(cells, i)) for i in heading.names)
        known: dict[str, Any] = {column.field: own[k] for column, own in zip(columns, values, strict=True)}
        if line in bad:
            unread.append(names)
        else:
            entries.append(StockEntry(names=names, row=line, **known))
    called = {line: " · ".join(cell_text(_cell(cells, i)) for i in heading.names) for line, cells in body}
    problems = [problem for column in columns for problem in column.problems(called)]
    if heading.unused:
        problems.append(_unused(heading.unused))
    return StockList(heading.by_keys, tuple(entries), tuple(unread), tuple(problems))


class _Column:
    """One column of the list: a value for each row, and the rows whose cell cannot be read."""

    def __init__(self, kind: StockColumn, heading: StockHeading, body: list[tuple[int, list[Cell]]]) -> None:
        self.field, wanted, self._must, read = _READERS[kind]
        self._wanted, self._name = wanted, heading.texts[heading.columns[kind]]
        cells = [_cell(row, heading.columns[kind]) for _, row in body]
        numbers = [number_part(_cell(row, i)) for _, row in body for i in heading.columns.values()]
        convention = find_convention(votes(map(number_part, cells)), votes(numbers))
        self.values: list[Any] = []
        self.bad: dict[int, str] = {}
        for (line, _), cell in zip(body, cells, strict=True):
            blank = cell == "" or is_missing_word(cell)
            value = None if blank else read(cell, convention)
            if value is None and (self._must or not blank):
                self.bad[line] = "(blank)" if blank else cell_text(cell)
            self.values.append(_with_unit(value, self._name) if isinstance(value, Duration) else value)

    def problems(self, called: Mapping[int, str]) -> list[Problem]:
        """What a person should know about cells that cannot be read; ``called``: the name of each row."""
        if not self.bad:
            return []
        count, shown = len(self.bad), [f"“{text}”" for text in dict.fromkeys(self.bad.values())]
        where = some([f"{line:,} ({called[line] or NO_NAME})" for line in self.bad], 5)
        return [
            Problem(
                "unreadable_stock_cell",
                f"{count:,} {agree(count, 'product is', 'products are')} left out: {some(shown, _MAX_SHOWN)} "
                f"under “{self._name}” cannot be understood.",
                f"It should be {self._wanted}. {agree(count, 'Row', 'Rows')} {where}.",
                "Correct the list and read it again.",
                count=count,
                rows=tuple(self.bad),
            )
        ]


def _unused(headings: tuple[str, ...]) -> Problem:
    count = len(headings)
    return Problem(
        "unused_stock_columns",
        f"{some(headings)} {agree(count, 'is', 'are')} not used.",
        "Only columns about stock, orders, lead time, pack size and certainty say how much to order.",
        "Nothing, unless one of them is such a column; then give it a heading such as Stock or Lead time (days).",
        count=count,
    )


def _cell(cells: Sequence[Cell], i: int) -> Cell:
    return cells[i] if i < len(cells) else ""


def _with_unit(length: Duration, heading: str) -> Duration:
    """The length in its own unit, or else that of the heading."""
    return replace(length, unit=length.unit or unit_of(heading))


def _above(cell: Cell, convention: Convention, least: float) -> float | None:
    value = read_amount(cell, convention)
    return value if value is not None and value >= least else None


_Reader = Callable[[Cell, Convention], Any]
# Of each column: the field of an entry, what a cell should be, whether it must be filled, and what reads it.
_READERS: dict[StockColumn, tuple[str, str, bool, _Reader]] = {
    StockColumn.ON_HAND: ("on_hand", "a number, below 0 for what is owed to customers", True, read_amount),
    StockColumn.ON_ORDER: ("on_order", "a number from 0 up", False, partial(_above, least=0.0)),
    StockColumn.LEAD: ("lead", "a number of days or weeks such as 10 or “2 weeks”", True, read_duration),
    StockColumn.REVIEW: ("review", "a number of days or weeks such as 7 or “1 week”", False, read_duration),
    StockColumn.PACK: ("pack", "a number above 0", False, partial(_above, least=_LEAST_PACK)),
    StockColumn.CERTAINTY: (
        "certainty",
        f"50% to {HIGHEST_CERTAINTY:.1%}, such as 95% or “once in 20 times”",
        False,
        read_certainty,
    ),
}
