"""Months without a year in the cells of a column, and texts that say which year it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from almanac.core.arrays import Integers
from almanac.tables.values.cells import Cell, Column, cell_text
from almanac.tables.values.dates.calendar_names import FIRST_YEAR, LAST_YEAR, month_number, plain
from almanac.tables.values.numbers import whole_number

MONTHS_OF_YEAR = 12
_MAX_MONTH_CELLS = 200  # distinct cells of a column of months; chosen by judgement
_WORDS = "year fy fiscal jahr saison season annee exercice ano temporada anno stagione jaar rok ar"
_YEAR_WORDS = frozenset(_WORDS.split())
_FIRST_NUMBER, _LETTERS = re.compile(r"\d{1,4}(?!\d)"), re.compile(r"[^\W\d_]+")
_TWO_YEARS = re.compile(r"(?P<a>\d\d)\s?[-/–]\s?(?:\d\d)?(?P<b>\d\d)(?!\d)")


def months_in(column: Column) -> Integers | None:
    """0 to 11 for each row with a month by name or number, -1 for others: int64 [N]; None for what holds no months."""
    if column.has_numbers or len(column.cells) > _MAX_MONTH_CELLS:
        return None
    months: Integers = np.array([_month(cell) for cell in column.cells], dtype=np.int64)[column.codes] - 1
    return months


def _month(cell: Cell) -> int:
    """1 to 12, by name or number; 0 for anything else."""
    text = cell_text(cell)
    if text.isdecimal():
        return number if (number := whole_number(text) or 0) <= MONTHS_OF_YEAR else 0
    return month_number(text) or 0


def names_year(text: str) -> bool:
    """Whether a text has a word for a year, or for a season that has one."""
    return not _YEAR_WORDS.isdisjoint(_LETTERS.findall(plain(text)))


def are_years(texts: Sequence[str]) -> bool:
    """Whether texts are years that follow one another, forwards or backwards: 2023, 24/25, Year 1."""
    found = [_FIRST_NUMBER.search(text) for text in texts]
    numbers = [int(match[0]) for match in found if match]
    if len(numbers) < len(texts) or any(abs(b - a) != 1 for a, b in pairwise(numbers)):
        return False
    return all(_is_year(number, text) for number, text in zip(numbers, texts, strict=True))


def _is_year(number: int, text: str) -> bool:
    two = _TWO_YEARS.search(text)
    following = two is not None and (int(two["a"]) + 1) % 100 == int(two["b"])
    return FIRST_YEAR <= number <= LAST_YEAR or following or names_year(text)
