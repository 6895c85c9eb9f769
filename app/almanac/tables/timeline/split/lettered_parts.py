"""Quarters and half-years called by a letter or a short word, next to their years: T1 to T4 below "T", S1 and S2."""

from __future__ import annotations

import numpy as np

from almanac.core.arrays import Integers
from almanac.tables.columns.fill_down import as_in_rows_below
from almanac.tables.timeline.date_columns import DateColumns
from almanac.tables.values.dates.calendar_names import plain
from almanac.tables.values.dates.read_dates import read_dates

_QUARTERS = "t q k kv tri trim tr qtr trimestre"
_HALF_YEARS = """
    s h sem hj hy half halfyear semestre semestri semestr semester semestar halbjahr halvar halfjaar polrocze pololeti
    polrok felev yariyil puolivuosi полугодие εξαμηνο
"""
_PARTS: dict[str, int] = {word: parts for words, parts in ((_QUARTERS, 4), (_HALF_YEARS, 2)) for word in words.split()}
_MIN_WORD = 3  # letters from which on a name tells what numbers alone are; chosen by judgement


def parts_by_letter(name: str, word: str | None = None) -> int | None:
    """How many parts a year has in a column of this name: T, Trim., S; ``word``: before the numbers in its cells.

    None where the two do not agree: shops are S1 and S2 below "Shop".
    """
    called = _plain(name)
    parts = _PARTS.get(called)
    if word is None or (not word and len(called) >= _MIN_WORD) or _PARTS.get(_plain(word)) == parts:
        return parts
    return None


def run_on(columns: DateColumns, year: int, part: int, numbers: Integers) -> bool:
    """Whether the parts follow one another, year after year, for each thing that other columns name.

    ``numbers``: int64 [n], the number in each distinct cell of the column ``part``, 0 where there is none. Only the
    first year may begin later, and the last end sooner. A list of teams goes through the years of each instead, or has
    them several times.
    """
    years, of_rows = as_in_rows_below(columns.cells(year)), numbers[columns.cells(part).codes]
    most, rows = int(numbers.max()), np.flatnonzero((of_rows > 0) & ~years.empty)
    called = read_dates(years.cells).day_first.astype("datetime64[Y]").astype(np.int64)[years.codes]
    place = (called * most + of_rows)[rows]
    things = np.zeros(len(rows), dtype=np.int64)
    for i, profile in columns.other_than(year):
        if i != part and profile.worded and profile.distinct * most <= len(rows):
            cells = as_in_rows_below(columns.cells(i))
            things = things * len(cells.cells) + cells.codes[rows]
    order = np.argsort(things, kind="stable")
    steps = np.diff(place[order])[np.diff(things[order]) == 0]
    known = np.unique(place)
    return len(known) > most and len(known) == known[-1] - known[0] + 1 and bool((steps > 0).all() or (steps < 0).all())


def _plain(name: str) -> str:
    return plain(name).strip(" .").replace("-", "").replace(" ", "")
