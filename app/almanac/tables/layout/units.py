"""Numbers with their unit in every cell, such as "12.5 kg": the same unit in a whole column is taken off."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from almanac.tables.values.cells import Cell, Column
from almanac.tables.values.numbers import is_missing_word, looks_like_number

_WITH_UNIT = re.compile(r"([-+−]?[\d.,'’\s]*\d)\s*([^\W\d_]{1,6}[²³/.]?[^\W\d_]{0,4}\.?|°\s?[CF]?)")
_SAMPLE = 50  # cells looked at first
_MAX_OTHERS = 0.2  # share of cells without a number; chosen by judgement


def without_unit(column: Column) -> Column:
    """The column with plain numbers, when nearly all its cells are a number and the same unit; otherwise unchanged."""
    if column.floats is not None or not _likely(column.cells[:_SAMPLE]):
        return column
    matches = [_WITH_UNIT.fullmatch(cell) if isinstance(cell, str) else None for cell in column.cells]
    units = Counter(match[2] for match in matches if match)
    if len(units) != 1:  # kilograms and grams cannot be added
        return column
    others = [c for c, match in zip(column.cells, matches, strict=True) if match is None and c != ""]
    if len(others) > _MAX_OTHERS * len(column.cells) or any(
        looks_like_number(c) and not is_missing_word(c) for c in others
    ):
        return column
    cells = [cell if match is None else match[1].strip() for cell, match in zip(column.cells, matches, strict=True)]
    return Column(column.codes, cells) if len(set(cells)) == len(cells) else column


def _likely(cells: Sequence[Cell]) -> bool:
    """Whether the first cells that begin with a digit are numbers with a unit, and no numbers without one."""
    texts = [cell for cell in cells if isinstance(cell, str) and cell[:1].isdecimal()]
    return bool(texts) and all(not looks_like_number(text) and _WITH_UNIT.fullmatch(text) for text in texts)
