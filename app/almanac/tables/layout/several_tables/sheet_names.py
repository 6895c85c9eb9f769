"""Dates in the names of sheets: "Jan", "January 2024", "2024-01", "Sales Q1 2024", "05.03.2024"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from almanac.tables.values.dates.calendar_names import month_number
from almanac.tables.values.dates.date_patterns import Grain
from almanac.tables.values.dates.one_date import one_date

_WORDS = re.compile(r"[^\W_]+(?:[.\-/'’][^\W_]+)*\.?|['’]\d\d")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBER = re.compile(r"\d+")
_MONTH_NUMBER = re.compile(r"(\d{1,2})[月월]?")  # also as in Chinese and Japanese, Korean
_IN_NUMBERS = re.compile(
    r"(?<!\d)(?P<first>\d{1,2})(?P<sign>[-./])(?P<second>\d{1,2})(?P=sign)(?P<year>(?:\d\d)?\d\d)(?!\d)"
)
_MONTHS = 12
_MAX_WORDS = 8  # of the name of a sheet in which a date is looked for; chosen by judgement
_NO_PERIODS: tuple[SheetPeriod, ...] = ()


@dataclass(frozen=True)
class SheetPeriod:
    """What the name of a sheet says: a year, a month or both, and how exactly; ``rest``: the other words of the name.

    Parts that it does not say are 0.
    """

    year: int
    month: int
    day: int
    grain: Grain
    rest: str = ""

    @property
    def place(self) -> tuple[int, int, int]:
        """Where it is in time, to compare it with others."""
        return self.year, self.month, self.day


def period_of_name(name: str) -> SheetPeriod | None:
    """The period that the longest run of words of a name says, the day first; None where no words are one."""
    name = name.replace("_", " ")
    words = list(_WORDS.finditer(name))
    if not 0 < len(words) <= _MAX_WORDS:
        return None
    for length in range(len(words), 0, -1):
        for first in range(len(words) - length + 1):
            start, end = words[first].start(), words[first + length - 1].end()
            found = _period(name[start:end])
            if found is not None:
                rest = " ".join(word.casefold() for word in (name[:start] + " " + name[end:]).split())
                return SheetPeriod(*found, rest)
    return None


def _period(text: str) -> tuple[int, int, int, Grain] | None:
    """Year, month, day and how exactly a text names them."""
    if _YEAR.fullmatch(text):
        return int(text), 0, 0, Grain.YEAR
    words = text.split()
    if len(words) == 2:  # in either order: 2023 January, 01 2023
        year = next((word for word in words if _YEAR.fullmatch(word)), None)
        month = _month(words[1 - words.index(year)]) if year is not None else None
        return (int(year), month, 1, Grain.MONTH) if year is not None and month is not None else _date(text)
    return _date(text)


def _month(word: str) -> int | None:
    """The month that a word or a number names."""
    number = _MONTH_NUMBER.fullmatch(word)
    if number is None:
        return month_number(word)
    return int(number[1]) if 1 <= int(number[1]) <= 12 else None


def _date(text: str) -> tuple[int, int, int, Grain] | None:
    month = _month(text) if not text.isdecimal() else None
    if month is not None:
        return 0, month, 0, Grain.MONTH
    if not any(letter.isdecimal() for letter in text) or (text.isdecimal() and len(text) not in (6, 8)):
        return None
    (year, of_year, day, _), grain = one_date(text)[:2]
    return None if grain is None or grain is Grain.TIME or of_year > _MONTHS else (year, of_year, day, grain)


def periods_of_names(names: Sequence[str]) -> tuple[SheetPeriod, ...]:
    """The period of each name, when all are called in the same way after different ones; else empty."""
    found = [period_of_name(name) for name in _day_first(names)]
    known = tuple(period for period in found if period is not None)
    if len(known) < len(names) or len({(p.rest, p.grain, p.year > 0) for p in known}) != 1:
        return _NO_PERIODS
    return known if len({p.place for p in known}) == len(known) else _NO_PERIODS


def _day_first(names: Sequence[str]) -> list[str]:
    """The names with the day first in their dates, where in one of them only the month can be: 10-31-2024."""
    found = [_IN_NUMBERS.search(name.replace("_", "-")) for name in names]
    if not any(match and int(match["second"]) > _MONTHS >= int(match["first"]) for match in found):
        return list(names)
    turned = r"\g<second>\g<sign>\g<first>\g<sign>\g<year>"
    return [
        _IN_NUMBERS.sub(turned, name.replace("_", "-") if match else name)
        for name, match in zip(names, found, strict=True)
    ]


def called_after_periods(names: Sequence[str]) -> list[str]:
    """The most names that say different periods in the same way, such as "Sales Jan" and "Sales Feb"."""
    alike: dict[tuple[str, Grain, bool], list[tuple[str, SheetPeriod]]] = {}
    for name, day_first in zip(names, _day_first(names), strict=True):
        period = period_of_name(day_first)
        if period is not None:
            alike.setdefault((period.rest, period.grain, period.year > 0), []).append((name, period))
    found = [of for of in alike.values() if max(Counter(p.place for _, p in of).values()) == 1]
    return [name for name, _ in max(found, key=len, default=[])]


def numbered(names: Sequence[str]) -> list[str]:
    """The most names that differ in one number only, such as 01, 02 or "Data (1)", "Data (2)"."""
    alike: dict[str, list[str]] = {}
    for name in names:
        if len(_NUMBER.findall(name)) == 1:
            alike.setdefault(_NUMBER.sub("#", name.strip().casefold()), []).append(name)
    return max(alike.values(), key=len, default=[])


def in_time_order(periods: Sequence[SheetPeriod]) -> list[int]:
    """The places of sheets from the earliest to the latest.

    Months without a year stay as they are, because they may go on in the next year, unless each goes back by one.
    """
    places = list(range(len(periods)))
    if all(period.year for period in periods):
        return sorted(places, key=lambda i: periods[i].place)
    back = all((a.month - b.month) % 12 == 1 for a, b in pairwise(periods))
    return places[::-1] if back and len(places) > 1 else places
