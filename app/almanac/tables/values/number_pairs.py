"""Cells that hold two numbers, such as 24/28, 120/80, 10-15 or 3 of 5: as a whole they are no amount."""

from __future__ import annotations

import re
from collections.abc import Collection

from almanac.tables.values.cells import Column, Table, cell_text
from almanac.tables.values.dates.read_dates import looks_like_date, read_clock
from almanac.tables.values.numbers import is_missing_word

_NUMBER = r"\d{1,4}(?:[.,]\d{1,3})?"
_BETWEEN = r"\s?(?:[/|:–—-]|of|out of|von|sur|de|di|van|z|av|to|bis|till|à)\s?"
_PAIR = re.compile(rf"[<>~±]?{_NUMBER}\s?[%a-z°€$£]{{0,3}}{_BETWEEN}{_NUMBER}\s?[%a-z°€$£]{{0,3}}", re.IGNORECASE)
_MIN_SHARE, _CELLS_LOOKED_AT = 0.8, 200  # of the different cells; both chosen by judgement


def number_pair(column: Column) -> str:
    """The first cell of a column in which nearly all cells hold two numbers; empty for any other column."""
    if column.has_numbers:
        return ""
    texts = [cell_text(cell) for cell in column.cells[:_CELLS_LOOKED_AT] if cell != "" and not is_missing_word(cell)]
    pairs = [text for text in texts if _PAIR.fullmatch(text) and read_clock(text) is None and not looks_like_date(text)]
    return pairs[0] if pairs and len(pairs) >= _MIN_SHARE * len(texts) else ""


def about_pairs(table: Table, apart_from: Collection[int]) -> str:
    """A sentence on the first column of such cells, ``apart_from`` some columns; empty where there is none."""
    pairs = ((table.names[i], number_pair(column)) for i, column in enumerate(table.columns) if i not in apart_from)
    said = (f" The cells of “{name}” hold two numbers each, such as “{cell}”." for name, cell in pairs if cell)
    return next(said, "")
