"""Numbers that say once more of which date a row is: 2024000606 and 202406 next to June 2024."""

from __future__ import annotations

import numpy as np

from almanac.core.arrays import Integers, Timestamps
from almanac.tables.columns.column_words import measures
from almanac.tables.columns.profile import ColumnProfile
from almanac.tables.columns.targets import sample
from almanac.tables.values.cells import Column, Table

_YEAR_DIGITS = 4
_MIN_CODE = 10**5  # six digits: a year and a month
_MIN_DATES = 3  # at least, each with another number; chosen by judgement


def without_repeated_dates(
    table: Table, profiles: tuple[ColumnProfile, ...], moments: Timestamps, dates: Integers, free: list[int]
) -> list[int]:
    """The ``free`` columns without those that repeat the date.

    ``moments``: the distinct dates, ascending; ``dates``: int64 [N], the place of each row's date among them.
    """
    return [i for i in free if not _repeats_dates(table.columns[i], profiles[i], moments, dates)]


def _repeats_dates(column: Column, profile: ColumnProfile, moments: Timestamps, dates: Integers) -> bool:
    """Whether whole numbers begin with the year of their row's date, a different one for each date."""
    may_be_code = profile.whole and profile.lowest >= _MIN_CODE and not measures(profile.name)
    if not may_be_code or len(moments) < _MIN_DATES:
        return False
    values = sample(column)
    of_rows = dates[: len(values)]
    known = ~np.isnan(values)
    values, of_rows = values[known], of_rows[known]
    years = moments.astype("datetime64[Y]").astype(np.int64)[of_rows] + 1970
    scale = 10.0 ** (np.floor(np.log10(values)) + 1 - _YEAR_DIGITS)
    if not len(values) or (np.floor(values / scale) != years).any():
        return False
    pairs = len(np.unique(np.stack([of_rows, values]), axis=1).T)
    return bool(pairs == len(np.unique(of_rows)) == len(np.unique(values)) >= _MIN_DATES)
