"""Numbered parts of a year: months, weeks, terms, or thirteen periods of four weeks."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Integers, Timestamps
from almanac.tables.columns.profile import ColumnProfile
from almanac.tables.timeline.split.lettered_parts import parts_by_letter
from almanac.tables.values.cells import Column, cell_text
from almanac.tables.values.dates.date_patterns import Grain
from almanac.tables.values.dates.read_dates import NAT, read_dates

THIRTEEN = 13  # periods of four weeks
_NUMBERED = re.compile(r"([^\W\d_]{1,10}\.?)?\s?(\d{1,2})(?:\.0)?", re.IGNORECASE)
_WHOLE_MONTHS = (2, 3, 4, 6)  # parts that last 6, 4, 3 and 2 months
_MIN_LAST_WEEK = 50  # of a year; chosen by judgement
_MAX_CELLS, _MIN_NUMBERED = 200, 0.8  # distinct cells, and share of them with a number; chosen by judgement


@dataclass(frozen=True, eq=False)
class NumberedParts:
    """``numbers``: int64 [n], the number in each distinct cell, 0 where there is none; ``word``: that of the cells."""

    numbers: Integers
    word: str = ""

    @property
    def most(self) -> int:
        """The highest number."""
        return int(self.numbers.max(initial=0))

    @property
    def complete(self) -> bool:
        """Whether every number from 1 to the highest occurs."""
        return set(self.numbers[self.numbers > 0].tolist()) == set(range(1, self.most + 1))

    def fill_years(self, column: Column, years: Column) -> bool:
        """Whether each year has weeks without a gap, and all but the last up to its end."""
        numbers = self.numbers[column.codes]
        rows = numbers > 0
        pairs = np.unique(np.stack([_year_numbers(years)[years.codes[rows]], numbers[rows]]), axis=1)
        of_years = [pairs[1, pairs[0] == year] for year in np.unique(pairs[0])]
        gapless = all(weeks[-1] - weeks[0] + 1 == len(weeks) for weeks in of_years)
        return gapless and all(weeks[-1] >= _MIN_LAST_WEEK for weeks in of_years[:-1])


def numbered_parts(column: Column) -> NumberedParts | None:
    """The numbers in cells such as 3, P03, Week 3 or Term 3, with the same word in all; None for anything else."""
    if column.has_numbers or not 0 < len(column.cells) <= _MAX_CELLS:
        return None
    matches = [_NUMBERED.fullmatch(cell_text(cell)) for cell in column.cells]
    found = [m for m in matches if m is not None]
    if len({m[1] for m in found}) != 1 or len(found) < _MIN_NUMBERED * len(matches):
        return None
    return NumberedParts(np.array([int(m[2]) if m else 0 for m in matches], dtype=np.int64), found[0][1] or "")


def _year_numbers(years: Column) -> Integers:
    return read_dates(years.cells).day_first.astype("datetime64[Y]").astype(np.int64)


def parts_per_year(profile: ColumnProfile, column: Column, years: Column) -> int | None:
    """How many parts a year has in a column called period or term: 12, 13, or 2, 3, 4 or 6 that fill whole years.

    Also 2 or 4 in one called by a letter for such parts: T, S.
    """
    found = numbered_parts(column) if profile.filled else None
    if found is None or found.most < 2 or found.most > THIRTEEN:
        return None
    if found.complete and parts_by_letter(profile.name, found.word) == found.most:
        return found.most
    if not profile.named("period"):
        return None
    if found.most == THIRTEEN:
        return THIRTEEN if found.complete else None
    if found.most in _WHOLE_MONTHS and found.complete and _fills_years(found, column, years):
        return found.most
    return 12


def _fills_years(found: NumberedParts, column: Column, years: Column) -> bool:
    """Whether all but the first and the last of several years have every part."""
    rows = found.numbers[column.codes] > 0
    pairs = np.unique(np.stack([years.codes[rows], found.numbers[column.codes][rows]]), axis=1)
    _, counts = np.unique(pairs[0], return_counts=True)
    return len(counts) >= 2 and int((counts < found.most).sum()) <= min(2, len(counts) - 1)


def part_starts(years: Timestamps, column: Column, parts: int) -> tuple[Timestamps, Grain]:
    """When each row begins: datetime64[s] [N], NaT where a year (datetime64[Y] [N]) or number is missing.

    Thirteen periods of four weeks each follow one another from 1 January of the first year on, because the file does
    not say which of them had a fifth week.
    """
    found = numbered_parts(column)
    assert found is not None
    numbers = found.numbers[column.codes]
    good = (numbers > 0) & (numbers <= parts) & ~np.isnat(years)
    if parts == THIRTEEN:
        first = years[good].min()
        run = (years - first).astype(np.int64) * THIRTEEN + numbers - 1
        when = first.astype("datetime64[D]") + run * 28
        grain = Grain.DAY
    else:
        when = (years.astype("datetime64[M]") + (numbers - 1) * (12 // parts)).astype("datetime64[D]")
        grain = Grain.MONTH
    return np.where(good, when.astype("datetime64[s]"), NAT), grain
