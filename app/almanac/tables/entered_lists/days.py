"""The dates of a list, all of them read in one way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from almanac.core.arrays import Timestamps
from almanac.tables.values.dates.date_patterns import Grain
from almanac.tables.values.dates.read_dates import Dates, read_dates

_MONTHS = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.YEAR: 12}


@dataclass(frozen=True)
class ListDate:
    """A date: ``first`` and ``last`` day of what it names, a day or a month; ``is_time``: a moment, with its time."""

    first: datetime
    last: datetime
    is_time: bool = False


class ListDates:
    """The texts of all cells with dates in a list; ``english``: as in ``ListRows``."""

    def __init__(self, texts: Sequence[str], english: bool) -> None:
        cells = list(dict.fromkeys(texts))
        self._place = {cell: i for i, cell in enumerate(cells)}
        self._dates = read_dates(cells)
        self._day_first = _order(self._dates, english)

    def read(self, text: str) -> ListDate:
        """Raises ``ValueError`` with the reason for a text that is not one clear date."""
        i = self._place[text]
        day_first, month_first = self._dates.day_first[i], self._dates.month_first[i]
        if self._day_first is None and day_first != month_first:
            either = " or ".join(sorted(str(one.astype("datetime64[D]")) for one in (day_first, month_first)))
            raise ValueError(f"“{text}” may be {either}: write it like the first of these")
        when = month_first if self._day_first is False else day_first
        if np.isnat(when):
            raise ValueError(f"“{text}” is not a date such as 2026-07-01")
        first = _as_datetime(when)
        grain = Grain(int(self._dates.grains[i]))
        if grain is Grain.TIME and when != when.astype("datetime64[D]"):
            return ListDate(first, first, is_time=True)
        return ListDate(first, _as_datetime(_last_day(when, grain)))


def _as_datetime(when: np.datetime64) -> datetime:
    return datetime.fromisoformat(str(when.astype("datetime64[s]")))


def _last_day(when: np.datetime64, grain: Grain) -> np.datetime64:
    if grain in _MONTHS:
        after = (when.astype("datetime64[M]") + _MONTHS[grain]).astype("datetime64[s]")
        return np.datetime64(after - np.timedelta64(1, "D"), "s")
    return when + np.timedelta64(6 if grain is Grain.WEEK else 0, "D")


def _order(dates: Dates, english: bool) -> bool | None:
    """Whether 03/04/2025 has the day first, by the other dates of the list; None when that is not known."""
    if not dates.ambiguous:
        return True
    only_day, only_month = _only(dates.day_first, dates.month_first), _only(dates.month_first, dates.day_first)
    if only_day != only_month:
        return only_day
    if only_day:
        return None
    return True if dates.separator == "." or not english else None


def _only(one: Timestamps, other: Timestamps) -> bool:
    """Whether a cell is a date in the one order alone."""
    return bool((~np.isnat(one) & np.isnat(other)).any())
