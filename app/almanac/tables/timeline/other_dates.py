"""Columns that hold dates as well, such as the month of a sale next to the day on which it was reported."""

from __future__ import annotations

import numpy as np

from almanac.core.arrays import Integers, Timestamps
from almanac.tables.columns.column_words import is_birth_name
from almanac.tables.columns.profile import ColumnProfile
from almanac.tables.timeline.date_kinds import DateSource
from almanac.tables.values.cells import Column, Table, as_cells
from almanac.tables.values.dates.read_dates import read_dates

# All chosen by judgement.
ROWS_COMPARED = 1000
_MIN_FILLED = 0.5  # share of the rows with such a date
_MAX_SAME = 0.9  # share of the rows in which it is the same day: then it is the same date again
_MIN_ROWS = 8


def find_other_dates(
    table: Table, profiles: tuple[ColumnProfile, ...], source: DateSource, when: Timestamps
) -> tuple[int, ...]:
    """The columns whose dates may be those of the rows instead; ``when``: those in use, of the first rows.

    Those that only say the same in another way are not among them, such as the end of each week next to its beginning.
    """
    enough = _MIN_FILLED * len(table)
    able = [i for i, p in enumerate(profiles) if p.dated and p.distinct > 1 and p.filled >= max(enough, _MIN_ROWS)]
    others = [i for i in able if i not in source.columns and not is_birth_name(profiles[i].name)]
    days = when.astype("datetime64[D]").astype(np.int64)
    return tuple(i for i in others if _are_others(days, _days(table.columns[i], len(days))))


def _days(column: Column, rows: int) -> Integers:
    """The day of each of the first rows as a number: int64, the smallest one where there is none."""
    cells = as_cells(column)
    codes, place = np.unique(cells.codes[:rows], return_inverse=True)
    dates = read_dates([cells.cells[code] for code in codes.tolist()]).day_first
    days: Integers = dates.astype("datetime64[D]").astype(np.int64)[place]
    return days


def _are_others(days: Integers, others: Integers) -> bool:
    """Whether rows of one date have different other dates, or the other way round, and most are not of the same day."""
    known = others != np.datetime64("NaT", "D").astype(np.int64)
    pairs = np.stack([days[known], others[known]])
    if pairs.shape[1] < _MIN_ROWS or (pairs[0] == pairs[1]).mean() > _MAX_SAME:
        return False
    together = np.unique(pairs, axis=1).shape[1]
    return bool(together > min(len(np.unique(row)) for row in pairs))
