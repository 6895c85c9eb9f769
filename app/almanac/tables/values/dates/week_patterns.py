"""The ways to write a week of a year: Week 12, 2023; 2023-W12; KW 12/23; 12. Woche 2023; 2023年第12週; S12 2023.

A letter may also count longer parts of a year: S1 and S2 are half-years (semestre) where no number is higher, and weeks
(semaine) where one is. One cell does not tell, so ``settle_weeks`` looks at all of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

import numpy as np

from almanac.core.arrays import Flags, Integers
from almanac.tables.values.dates.calendar_names import parts_named, plain

WEEK_OF_YEAR = "year and week"
LETTERED = "week by a letter"  # also the letter of a longer part, of which a year has fewer than this number
SHORT_YEAR = "week and year in two digits"
WEEK_OR_SEPTEMBER = "week or day of September"  # "sett." in Italian
HALF_YEAR, QUARTER = "half-year", "year and quarter"

_LETTERS = {"s": 2, "h": 2, "sem": 2, "t": 4}  # how many longer parts of a year the same letters count
_WEEK_LETTERS = frozenset(("w", "v", "u"))
_SEPTEMBER = "sett"
_DAYS_OF_SEPTEMBER = 30
_MIN_WEEKS = 50  # the last one of a complete year, or the one before; chosen by judgement

_WORD = r"(?P<word>[^\W\d_]{1,14})"
_MARK = r"\.?[-\s_/#]?(?:(?:no|nr|n)\b[.:]?\s?|n°\s?|#\s?|ke-)?"  # week no. 12, semaine n°12, minggu ke-12
_WEEK = r"(?P<w>\d{1,2})"
_ORDINAL = r"(?:\.|st|nd|rd|th|er|ère|ème|eme|e|re|ª|º|°|a|-?я|-?й)?"
_BETWEEN = r"[-/.,_\s]{0,3}"
_OF = r"(?:(?:de|del|di|do|of|van|des)\s)?"
_YEAR = r"(?P<y>\d{4}|(?<=['’/-])\d\d)"
_NO_DAY = r"(?P<d>)??"
_OF_YEAR = r"(?:\s?(?:r|г|р)\.?)?"

ITALIAN_WEEKS = (
    rf"(?P<word>sett)\.?\s?{_WEEK}[-/.,\s]{{1,3}}(?P<y>\d{{4}}){_NO_DAY}",
    rf"(?P<y>\d{{4}})[-/.,\s]{{0,3}}(?P<word>sett)\.?\s?{_WEEK}{_NO_DAY}",
)
WEEK_PATTERNS = (
    rf"(?P<y>\d{{4}}|\d\d(?=[-/])){_BETWEEN}(?:ISO[-\s]?)?{_WORD}{_MARK}{_WEEK}(?:-(?P<d>[1-7]))?",
    rf"(?:ISO[-\s]?)?{_WORD}{_MARK}{_WEEK}(?:{_BETWEEN}{_OF}['’]?|\s?\(){_YEAR}{_OF_YEAR}\)?{_NO_DAY}",
    rf"{_WEEK}{_ORDINAL}\s?{_WORD}\.?{_BETWEEN}{_OF}(?P<y>\d{{4}}){_OF_YEAR}{_NO_DAY}",
    rf"(?P<y>\d{{4}})(?:\.?\s?(?:évi\s)?|[-/_,]\s?){_WEEK}{_ORDINAL}\s?{_WORD}\.?{_NO_DAY}",
    rf"(?P<y>\d{{4}})\s?[年년]\s?第?{_WEEK}\s?(?P<word>[週周주])[間間차目次]?{_NO_DAY}",
    rf"第?{_WEEK}\s?(?P<word>[週周주])차?[,\s]{{0,2}}(?P<y>\d{{4}})[年년]?{_NO_DAY}",
)


def names_week(word: str) -> bool:
    """Whether a word before or after a number makes it that of a week: W, KW, uke, viikko, týden; v in Swedish."""
    return word.lower().rstrip(".") in _WEEK_LETTERS or "week" in parts_named(word)


def may_name_week(word: str) -> bool:
    """Whether a word may name weeks or something else: S, Sem., Sett."""
    return plain(word).rstrip(".") in (*_LETTERS, _SEPTEMBER)


def read_week(match: re.Match[str]) -> tuple[date, str] | None:
    """The day that a match of one of ``WEEK_PATTERNS`` names, Monday where it names none, and its pattern.

    ``SHORT_YEAR`` and ``LETTERED`` are settled by ``settle_weeks``; None where the word is none for weeks.
    """
    year, week, word, pattern = match["y"], int(match["w"]), plain(match["word"]), WEEK_OF_YEAR
    if word in _LETTERS and len(year) == len("2023"):
        if week <= _LETTERS[word]:
            return None  # a longer part of a year, as far as one cell tells
        pattern = LETTERED
    elif word == _SEPTEMBER and len(year) == len("2023"):
        if week <= _DAYS_OF_SEPTEMBER:
            return None if week == 0 else (date(int(year), 9, week), WEEK_OR_SEPTEMBER)
        pattern = LETTERED
    elif not names_week(match["word"]):
        return None
    elif len(year) == len("23"):
        year, pattern = f"20{year}", SHORT_YEAR
    try:
        return date.fromisocalendar(int(year), week, int(match["d"] or 1)), pattern
    except ValueError:
        return None


def settle_weeks(parts: Integers, patterns: Sequence[str]) -> Flags | None:
    """Turn what may be weeks into weeks, or say that there are none.

    ``parts``: int64 [n, 4], year, month, day and seconds of each cell, changed in place; ``patterns``: how each is
    written, "" where it is not a date. Returns which cells are weeks: bool [n]; None where nothing is to be settled.
    """
    names = np.array(patterns, dtype=object)
    lettered, september, short = (names == name for name in (LETTERED, WEEK_OR_SEPTEMBER, SHORT_YEAR))
    if september.any() and not (names == "month name").any():  # other months would have their names
        _turn(parts, september, parts[:, 2])
        lettered |= september
    if (names == LETTERED).any():
        for name, months in ((HALF_YEAR, 6), (QUARTER, 3)):
            some = names == name
            _turn(parts, some, (parts[:, 1] - 1) // months + 1)
            lettered |= some
    weeks: Flags = lettered | short
    return weeks if weeks.any() else None


def are_other_things(parts: Integers, weeks: Flags, patterns: Sequence[str]) -> bool:
    """Whether the numbers do not run as weeks do: sprints S1 to S26 of each year, or spans of weeks (KW 12/13)."""
    isos = [date(*(int(n) for n in row[:3])).isocalendar()[:2] for row in parts[weeks]]
    if any(name == SHORT_YEAR for name in patterns):
        following = sum(year % 100 == week + 1 for year, week in isos)
        if len(isos) > 1 and following > len(isos) / 2:
            return True
    last = max(year for year, _ in isos)
    for year in {year for year, _ in isos} - {last}:
        numbers = [week for of, week in isos if of == year]
        if min(numbers) == 1 and max(numbers) < _MIN_WEEKS and len(numbers) > 1:
            return True
    return False


def _turn(parts: Integers, some: Flags, numbers: Integers) -> None:
    """Give some cells the Monday of the week with that number of their year, in place."""
    for i in np.flatnonzero(some).tolist():
        day = date.fromisocalendar(int(parts[i, 0]), int(numbers[i]), 1)
        parts[i, :3] = day.year, day.month, day.day
