"""What a block of rows is called when several lines are above it: the one that differs from block to block."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from almanac.core.arrays import Flags, Integers
from almanac.tables.columns.crosstab.melt import SECTION
from almanac.tables.layout.several_tables.section_lines import SectionLine, SectionLines

_MAX_LINES = 6  # above one block, the nearest ones; chosen by judgement


@dataclass(frozen=True, eq=False)
class Titles:
    """The names of n blocks. ``lines``: int64 [n], the position of the last line above each among all lines, -1 for
    rows above the first; ``label``: what all of them are, such as "Store". ``share_label``: bool [n], names with a
    label that others have, too; ``of_line``: for each line the position of its block, -1 where it is below all rows.
    ``above``: the line above the table that is one of the names.
    """

    lines: Integers
    names: tuple[str, ...]
    label: str
    share_label: Flags
    of_line: Integers
    above: tuple[int, ...] = ()

    def only(self, which: Flags) -> Titles:
        """With only some of the blocks: bool [n]; rows of the others belong to the block above."""
        place = np.where(which, np.cumsum(which) - 1, -1)
        return replace(
            self,
            lines=self.lines[which],
            names=tuple(name for name, chosen in zip(self.names, which, strict=True) if chosen),
            share_label=self.share_label[which],
            of_line=np.where(self.of_line < 0, -1, place[self.of_line]),
        )


def titles_of_blocks(lines: SectionLines, block: Integers, above: Sequence[SectionLine]) -> Titles | None:
    """The name of each block; None for no blocks.

    ``block``: the position of the last line above each row with a date, ascending; ``above``: the lines above the
    table.
    """
    last = np.unique(block)
    if not len(last):
        return None
    of_line = np.searchsorted(last, np.arange(len(lines.rows)), side="left")
    of_line = np.where(of_line < len(last), of_line, -1)
    texts: list[list[SectionLine]] = [[] for _ in last]
    for n, which in zip(of_line.tolist(), lines.which.tolist(), strict=True):
        if n >= 0:
            texts[n].append(lines.different[which])
    unnamed = not texts[0]
    if unnamed:
        texts[0] = list(above) or [SectionLine(f"{SECTION} 1")]
    chosen = different_lines(texts)
    labels = [line.label for line in chosen]
    known = labels[1:] if unnamed and not above else labels
    label = known[0] if len(set(known)) == 1 else ""
    names = tuple(line.name if line.label == label else line.whole for line in chosen)
    share = np.array([own != "" and labels.count(own) > 1 for own in labels], dtype=bool)
    used = (chosen[0].above,) if unnamed and chosen[0].above else ()
    return Titles(last, names, label, share, of_line, used)


def different_lines(texts: list[list[SectionLine]]) -> list[SectionLine]:
    """For each block the line that tells it from most others; with the one above that where names come again."""
    levels = [_level(texts, depth) for depth in range(min(max(map(len, texts)), _MAX_LINES))]
    most = max(len({line.whole for line in level}) for level in levels)
    inner = next(level for level in levels if len({line.whole for line in level}) == most)
    for outer in levels:
        both = [(other.whole, own.whole) for other, own in zip(outer, inner, strict=True)]
        if len(set(both)) > most:
            return [
                own if own.whole == other.whole else SectionLine(f"{other.name} · {own.name}", "", other.above)
                for other, own in zip(outer, inner, strict=True)
            ]
    return inner


def _level(texts: list[list[SectionLine]], depth: int) -> list[SectionLine]:
    """The line so many above the last one of each block; where there is none, that of the block above counts on."""
    found: list[SectionLine] = []
    for lines in texts:
        if len(lines) > depth:
            found.append(lines[-1 - depth])
        else:
            found.append(found[-1] if found else lines[0])
    return found
