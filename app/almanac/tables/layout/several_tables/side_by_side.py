"""Tables next to one another in one sheet: which columns each has, and whether they can be joined by their dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Flags
from almanac.tables.values.cells import Cell, cell_text, clean_cell

Block = tuple[int, ...]
# All chosen by judgement.
_MAX_TITLE_DISTANCE = 8  # lines above the names in which titles are looked for
_MAX_SHORT = 0.3  # of the rows, at which a list next to the table is over
_MIN_DATES, _MIN_DATE_SHARE = 3, 0.5  # of a column of dates


@dataclass(frozen=True, eq=False)
class DataArea:
    """Where the data of a sheet are: ``body``: index of the first row of data, ``header``: indices of the header rows.

    ``used``: bool [columns]; ``measured``, ``dates``: bool [rows from ``body``, columns], cells that are numbers or
    dates.
    """

    body: int
    header: tuple[int, ...]
    used: Flags
    measured: Flags
    dates: Flags

    def is_dated(self, column: int) -> bool:
        """Whether a column holds dates."""
        enough = max(_MIN_DATES, _MIN_DATE_SHARE * self.measured[:, column].sum())
        return bool(self.dates[:, column].sum() >= enough)


@dataclass(frozen=True)
class SideBySide:
    """``columns``: those to read; ``titles``: for columns of joined tables what their table is called, empty where it
    has no title; ``tables``: how many were joined (1: none); ``elsewhere``: columns of tables that were not.
    """

    columns: Block
    titles: dict[int, str]
    tables: int
    elsewhere: Block


def find_side_by_side(rows: Sequence[Sequence[Cell]], area: DataArea) -> SideBySide:
    """The columns to read: of the largest table, or of all when they have the same dates, which then count once."""
    blocks = _blocks(rows, area)
    largest = max(blocks, key=lambda block: int(area.measured[:, block].sum()), default=())
    date_columns = [next((i for i in block if area.is_dated(i)), None) for block in blocks]
    dated = [i for i in date_columns if i is not None]
    if len(blocks) < 2 or len(dated) < len(blocks) or not _same(dated, rows[area.body :]):
        return SideBySide(largest, {}, 1, tuple(i for block in blocks if block is not largest for i in block))
    columns = tuple(i for block in blocks for i in block if block is blocks[0] or i not in dated)
    return SideBySide(columns, _titles(rows, area, blocks, dated), len(blocks), ())


def _blocks(rows: Sequence[Sequence[Cell]], area: DataArea) -> list[Block]:
    """The columns of each table: one begins after a blank column without a name, with its own dates, or is a short list
    without any, such as guests by country next to the days of a year.
    """
    names = rows[area.header[-1]] if area.header else ()
    runs: list[list[int]] = []
    for i in np.flatnonzero(area.used).tolist():
        between = range(runs[-1][-1] + 1, i) if runs else range(0)
        if not runs or not all(n < len(names) and cell_text(clean_cell(names[n])) for n in between):
            runs.append([])
        runs[-1].append(i)
    blocks: list[list[int]] = []
    for run in runs:
        if not blocks or area.is_dated(run[0]) or _is_short_list(run, blocks[0], rows, area):
            blocks.append([])
        blocks[-1] += run
    return [tuple(block) for block in blocks]


def _is_short_list(run: Sequence[int], first: Sequence[int], rows: Sequence[Sequence[Cell]], area: DataArea) -> bool:
    """Whether columns without dates next to a table with dates hold names and numbers in its first rows only."""
    if not any(area.is_dated(i) for i in first) or any(area.is_dated(i) for i in run):
        return False
    filled = [any(i < len(row) and cell_text(clean_cell(row[i])) for i in run) for row in rows[area.body :]]
    lines = np.flatnonzero(filled)
    words = [i for i in run if not area.measured[:, i].any()]
    few = bool(len(lines)) and lines[-1] < _MAX_SHORT * len(filled)
    return few and bool(words) and len(words) < len(run)


def _same(columns: Sequence[int], body: Sequence[Sequence[Cell]]) -> bool:
    """Whether these columns hold the same cells, line by line."""
    first, *others = ([clean_cell(row[i]) if i < len(row) else "" for row in body] for i in columns)
    return all(other == first for other in others)


def _titles(
    rows: Sequence[Sequence[Cell]], area: DataArea, blocks: Sequence[Block], dated: Sequence[int]
) -> dict[int, str]:
    """The single cell above each of the tables, for their columns of values."""
    if not area.header:
        return {}
    last = area.header[-1]
    for row in reversed(rows[max(last - _MAX_TITLE_DISTANCE, 0) : last]):
        cells = [[text for i in block if i < len(row) and (text := cell_text(clean_cell(row[i])))] for block in blocks]
        if all(len(texts) == 1 for texts in cells) and len({texts[0] for texts in cells}) == len(blocks):
            named = zip(blocks, cells, strict=True)
            return {i: texts[0] for block, texts in named for i in block if i not in dated}
    return {}
