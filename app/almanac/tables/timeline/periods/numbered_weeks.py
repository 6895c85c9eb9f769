"""When the numbered weeks of years begin: those of ISO, or of fiscal years that have a 53rd week in another year."""

from __future__ import annotations

import numpy as np

from almanac.core.arrays import Flags, Integers, Timestamps
from almanac.tables.values.dates.read_dates import NAT, weekdays

_LAST, _LONG = 52, 53  # weeks of most years, and of some
_NAT_NUMBER = np.iinfo(np.int64).min


def week_starts(year: Timestamps, week: Integers, fiscal: bool) -> tuple[Timestamps, bool]:
    """The Monday of each week, datetime64[s] [N], and whether weeks are counted from year to year.

    ``year``: datetime64[Y] [N], ``week``: int64 [N], 0 where there is none; ``fiscal``: the years are called fiscal.

    They are ISO weeks, unless that would put the 53rd week of a year and the first of the next on one Monday. These
    are one week for those who begin week 1 on 1 January, and count 53 in each year; in fiscal years they are two, and
    a year begins when the weeks of the one before are over.
    """
    numbers = year.astype(np.int64)
    known = (week > 0) & (week <= _LONG) & (numbers != _NAT_NUMBER)
    result: Timestamps = np.full(len(week), NAT, dtype="datetime64[s]")
    if not known.any():
        return result, False
    place, first = numbers[known] - numbers[known].min(), int(numbers[known].min())
    begins = _mondays(np.arange(first, first + int(place.max()) + 2))
    longest, has_first = np.zeros(len(begins) - 1, dtype=np.int64), np.zeros(len(begins) - 1, dtype=bool)
    np.maximum.at(longest, place, week[known])
    has_first[place[week[known] == 1]] = True
    run_on = _run_on(longest, has_first, np.diff(begins).astype(np.int64) // 7, fiscal)
    if run_on:
        lengths = np.where(longest == _LONG, _LONG, _LAST)
        begins[1:] = begins[0] + 7 * np.cumsum(lengths)
    result[known] = (begins[place] + (week[known] - 1) * 7).astype("datetime64[s]")
    return result, run_on


def _mondays(years: Integers) -> Timestamps:
    """The Monday of week 1 of each year since 1970, datetime64[D]."""
    fourth = years.astype("datetime64[Y]").astype("datetime64[D]") + 3  # 4 January is always in week 1
    mondays: Timestamps = fourth - weekdays(fourth).astype("timedelta64[D]")
    return mondays


def _run_on(longest: Integers, has_first: Flags, iso: Integers, fiscal: bool) -> bool:
    """Whether some week 53 would be the first of the next year, and is another one.

    ``longest``: the last week of each year; ``has_first``: bool, the years that have week 1; ``iso``: the weeks that
    each has in the calendar.
    """
    doubled = (longest[:-1] == _LONG) & (iso[:-1] < _LONG) & has_first[1:]
    if not doubled.any():
        return False
    if fiscal:
        return True
    whole = longest[:-1] >= _LAST
    as_in_iso = (longest == _LONG) & (iso == _LONG)  # with a mistake in another year
    return bool((longest[:-1][whole] < _LONG).any() and not as_in_iso.any())
