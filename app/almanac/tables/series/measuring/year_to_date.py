"""Running totals that begin at zero every year, so that the first reading of a year is what the period added."""

from __future__ import annotations

import re

import numpy as np

from almanac.core.arrays import Flags, Integers
from almanac.core.calendar.frequency import Frequency, Unit
from almanac.tables.columns.column_words import words_of

_YEAR_TO_DATE = re.compile(
    r"\b(?:ytd|year to date|seit jahresbeginn|jahr kumuliert|cumul annuel|acumulado (?:del )?ano)\b"
)
_MIN_YEARS = 2  # that begin in the same month, to be no chance; chosen by judgement
_MIDDLE_OF_WEEK = 3  # days after the one that labels a week; the year of this day is that of the week


def year_starts(name: str, frequency: Frequency, first: Integers, offsets: Integers, fell: Flags) -> Flags:
    """The points at which the total of a year begins, at the beginning of a series: bool [points].

    ``first`` and ``offsets`` as in SeriesSet; ``fell``: bool [points], readings below the one before. All of these are
    in one month, with which the years begin, or the name says that they begin with January.
    """
    starts = np.zeros(len(fell), dtype=bool)
    if not frequency.dated or not len(fell):
        return starts
    at = np.arange(len(fell)) + np.repeat(first - offsets[:-1], np.diff(offsets))
    falls = np.unique(_months(frequency, at[fell]))
    begins = np.unique(falls % 12)
    named = _YEAR_TO_DATE.search(words_of(name)) is not None
    if len(begins) > 1 or (len(falls) < _MIN_YEARS and not named):
        return starts
    begin = int(begins[0]) if len(begins) else 0
    months, before = (_months(frequency, first - n) for n in (0, 1))
    starts[offsets[:-1]] = (months % 12 == begin) & (before != months)
    return starts


def _months(frequency: Frequency, numbers: Integers) -> Integers:
    """The month of each period, counted from January 1970: int64."""
    dates = frequency.even_dates(numbers)
    if frequency.unit is Unit.WEEK:
        dates = dates + np.timedelta64(_MIDDLE_OF_WEEK, "D")
    return dates.astype("datetime64[M]").astype(np.int64)
