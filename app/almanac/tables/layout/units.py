"""Numbers with their unit in every cell, such as "12.5 kg": one unit for the whole column is taken off, others stay."""

from __future__ import annotations

import re
from collections import Counter

from almanac.tables.values.cells import Cell, Column
from almanac.tables.values.numbers import is_missing_word, looks_like_number

_WITH_UNIT = re.compile(r"([-+−]?[\d.,'’\s]*\d)\s*([^\W\d_]{1,6}[²³/.]?[^\W\d_]{0,4}\.?|°\s?[CF]?)")
_GLANCE = 50


def without_unit(column: Column) -> Column:
    """The column with plain numbers, when nearly all its cells are a number and the same unit; else as it is."""
    if column.floats is not None or not _likely(column.cells[:_GLANCE]):
        return column
    matches = [_WITH_UNIT.fullmatch(cell) if isinstance(cell, str) else None for cell in column.cells]
    units = Counter(match[2] for match in matches if match)
    if len(units) != 1:  # kilograms among grams are no one's to add up
        return column
    others = [c for c, match in zip(column.cells, matches, strict=True) if match is None and c != ""]
    if len(others) > 0.2 * len(column.cells) or any(looks_like_number(c) and not is_missing_word(c) for c in others):
        return column
    cells = [cell if match is None else match[1].strip() for cell, match in zip(column.cells, matches, strict=True)]
    return Column(column.codes, cells) if len(set(cells)) == len(cells) else column


def _likely(cells: list[Cell] | tuple[Cell, ...] | object) -> bool:
    """A quick look: are some of the first cells a number with a unit, and not a number as it is?"""
    assert isinstance(cells, list | tuple)
    texts = [cell for cell in cells if isinstance(cell, str) and cell[:1].isdecimal()]
    return bool(texts) and all(not looks_like_number(text) and _WITH_UNIT.fullmatch(text) for text in texts)
