"""Columns whose cells hold numbers that cannot be forecast, and those that hold nothing but words for "missing".

Two numbers, such as 24/28, 120/80, 10-15 or 3 of 5, are no amount as a whole; others have signs that are not known.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from almanac.core.number_signs import GROUP_SIGNS
from almanac.tables.values.cells import Cell, Column, Table, cell_text
from almanac.tables.values.dates.read_dates import looks_like_date, read_clock
from almanac.tables.values.numbers import is_missing_word

_NUMBER = r"\d{1,4}(?:[.,]\d{1,3})?"
_BETWEEN = r"\s?(?:[/|:–—-]|of|out of|von|sur|de|di|van|z|av|to|bis|till|à)\s?"
_PAIR = re.compile(rf"[<>~±]?{_NUMBER}\s?[%a-z°€$£]{{0,3}}{_BETWEEN}{_NUMBER}\s?[%a-z°€$£]{{0,3}}", re.IGNORECASE)
# Thousands set apart, or cents: numbers of papers and things have neither.
AMOUNT = re.compile(rf"\d{{1,3}}(?:[.,{GROUP_SIGNS}\s]\d{{3}})+(?:[.,]\d{{1,2}})?|\d+[.,]\d\d")
_DIGITS = re.compile(rf"\d[\d.,{GROUP_SIGNS}\s]*")
# All chosen by judgement.
_CELLS_LOOKED_AT, _MIN_CELLS = 200, 8  # different ones
_MIN_ALIKE, _MIN_AMOUNTS = 0.8, 0.5  # shares with two numbers, or the same text around one, and with amounts
_MAX_LETTERS = 6  # around the number


def number_pair(column: Column) -> str:
    """The first cell of a column in which nearly all cells hold two numbers; empty for any other column."""
    if column.has_numbers:
        return ""
    texts = [cell_text(cell) for cell in column.cells[:_CELLS_LOOKED_AT] if cell != "" and not is_missing_word(cell)]
    pairs = [text for text in texts if _PAIR.fullmatch(text) and read_clock(text) is None and not looks_like_date(text)]
    return pairs[0] if pairs and len(pairs) >= _MIN_ALIKE * len(texts) else ""


def about_pairs(table: Table, apart_from: Collection[int]) -> str:
    """A sentence on the first column of such cells, ``apart_from`` some columns; empty where there is none."""
    pairs = ((table.names[i], number_pair(column)) for i, column in enumerate(table.columns) if i not in apart_from)
    said = (f" The cells of “{name}” hold two numbers each, such as “{cell}”." for name, cell in pairs if cell)
    return next(said, "")


def all_missing(cells: Sequence[Cell]) -> bool:
    """Whether a column has nothing but blanks and words for "missing", and at least one of these."""
    known = [cell for cell in cells[:_CELLS_LOOKED_AT] if cell != ""]
    return bool(known) and len(cells) <= _CELLS_LOOKED_AT and all(map(is_missing_word, known))


def unread_amount(cells: Sequence[Cell]) -> str:
    """The first cell of a column whose cells all have the same text next to an amount; empty for any other column."""
    texts = [cell for cell in cells[:_CELLS_LOOKED_AT] if isinstance(cell, str) and cell and not is_missing_word(cell)]
    if len(texts) < _MIN_CELLS:
        return ""
    found = [_DIGITS.findall(text) for text in texts]
    amounts = sum(len(own) == 1 and AMOUNT.fullmatch(own[0].rstrip()) is not None for own in found)
    rest, alike = Counter(_DIGITS.sub(" ", text) for text in texts).most_common(1)[0]
    few = sum(map(str.isalpha, rest)) <= _MAX_LETTERS
    return texts[0] if few and alike >= _MIN_ALIKE * len(texts) and amounts >= _MIN_AMOUNTS * len(texts) else ""
