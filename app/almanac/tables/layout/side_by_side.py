"""Tables that stand beside one another: where each lies, and whether they have the same dates and can be joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Flags
from almanac.tables.values.cells import Cell, cell_text, tidy

Block = tuple[int, ...]
_ABOVE = 8  # lines above the names in which titles are looked for


@dataclass(frozen=True)
class Beside:
    """``columns``: those to read; ``titles``: for columns of joined tables what their table is called, empty where it
    has no title; ``tables``: how many were joined (1: none); ``elsewhere``: columns of tables that were not.
    """

    columns: Block
    titles: dict[int, str]
    tables: int
    elsewhere: Block


def find_beside(
    rows: Sequence[Sequence[Cell]], body: int, header: tuple[int, ...], used: Flags, measured: Flags, dates: Flags
) -> Beside:
    """The columns of the table; of several that have the same dates, all columns but the repeated dates.

    ``used``: bool [columns]; ``measured``, ``dates``: bool [rows from ``body``, columns].
    """
    blocks = _blocks(used, measured, dates)
    best = max(blocks, key=lambda block: int(measured[:, block].sum()), default=())
    whens = [_when(block, measured, dates) for block in blocks]
    if len(blocks) < 2 or None in whens or not _same([i for i in whens if i is not None], rows[body:]):
        return Beside(best, {}, 1, tuple(i for block in blocks if block is not best for i in block))
    columns = tuple(i for block in blocks for i in block if block is blocks[0] or i not in whens)
    return Beside(columns, _titles(rows, header, blocks, whens), len(blocks), ())


def _blocks(used: Flags, measured: Flags, dates: Flags) -> list[Block]:
    """The columns of each table: one begins behind a blank column, with dates of its own."""
    blocks: list[list[int]] = []
    for i in np.flatnonzero(used).tolist():
        apart = not blocks or (i > blocks[-1][-1] + 1 and _dated(i, measured, dates))
        if apart:
            blocks.append([])
        blocks[-1].append(i)
    return [tuple(block) for block in blocks]


def _dated(column: int, measured: Flags, dates: Flags) -> bool:
    return bool(dates[:, column].sum() >= max(3, 0.5 * measured[:, column].sum()))


def _when(block: Block, measured: Flags, dates: Flags) -> int | None:
    return next((i for i in block if _dated(i, measured, dates)), None)


def _same(columns: Sequence[int], body: Sequence[Sequence[Cell]]) -> bool:
    """Whether these columns hold the same cells, line by line."""
    first, *others = ([tidy(row[i]) if i < len(row) else "" for row in body] for i in columns)
    return all(other == first for other in others)


def _titles(
    rows: Sequence[Sequence[Cell]], header: tuple[int, ...], blocks: Sequence[Block], whens: Sequence[int | None]
) -> dict[int, str]:
    """What stands alone above each of the tables, for their columns of values."""
    if not header:
        return {}
    for row in reversed(rows[max(header[-1] - _ABOVE, 0) : header[-1]]):
        cells = [[cell_text(tidy(row[i])) for i in block if i < len(row) and tidy(row[i]) != ""] for block in blocks]
        if all(len(texts) == 1 for texts in cells) and len({texts[0] for texts in cells}) == len(blocks):
            named = zip(blocks, cells, strict=True)
            return {i: texts[0] for block, texts in named for i in block if i not in whens}
    return {}
