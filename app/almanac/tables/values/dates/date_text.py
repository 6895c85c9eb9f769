"""Finds one date in a text with other words: after a weekday, next to a week number, or as the start of a range."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from almanac.tables.values.cells import Cell
from almanac.tables.values.dates.calendar_names import (
    is_calendar_word,
    is_weekday,
    month_number,
    plain,
    weekday_numbers,
)
from almanac.tables.values.dates.date_patterns import (
    DIGITS_ALONE,
    SEP,
    SHAPES,
    SHAPES_WITHOUT_LETTERS,
    TIME,
    ZONES,
    DateParts,
    Grain,
    Shapes,
    full_year,
    is_possible,
)
from almanac.tables.values.dates.eras import NAMES_OF_ERAS
from almanac.tables.values.dates.week_patterns import may_name_week, names_week

_LETTER = re.compile(r"[^\W\d_]")
_THAI = re.compile(r"[\u0e00-\u0e7f]")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
# What dates begin with besides words of the calendar: letters before numbers, and words before a date.
_BEGINNINGS = "fy sy ay cy q t k h s m r p v w u iso sett wc we wb i ii iii iv sem end start die 第"
_FIRST_WORDS = frozenset(_BEGINNINGS.split())
# Without a blank next to the word.
_ROMAN_BEFORE = re.compile(r"^(?:i{1,3}|iv)(?=.)", re.IGNORECASE)
_OF_AFTER = re.compile(r"(?<=.)(?:del?|of)$", re.IGNORECASE)
_NUMERIC = re.compile(rf"(?P<a>\d{{1,2}}){SEP}(?P<b>\d{{1,2}})(?P=sep)(?P<y>\d{{4}}|\d{{2}}){TIME}", re.IGNORECASE)
_WEEKDAY_AFTER = re.compile(r"(?<!\s),?(?:\s*+[(（]([^\W\d_]{1,14})\.?[)）]|\s++([^\W\d_]{2,14})\.?)$")
_PREFIX = re.compile(
    r"(?:w/?[ceb]|(?:week|month|period|quarter|year|day)\s(?:commencing|ending|of|beginning|starting|ended)|"
    r"end|start|(?:die )?woche (?:vom|ab)|semaine du|semana del?|settimana del|week van)\.?:?\s+",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(?<=\d)\s+(?:-|–|—|to|bis|until|through|al|au|a|t/m)\s+(?=\S*\d)", re.IGNORECASE)
_WEEK_AND_DATE = re.compile(r"([^\W\d_]{1,14})\.?\s?\d{1,2}\s*[(:,]\s*(\d[^()]{5,11})\)?")
_TIME_SLOT = re.compile(r"(\d.{4,12}\d{1,2}:\d{2})\s?[-–]\s?\d{1,2}:\d{2}")
_OPEN_RANGE = re.compile(
    r"(?P<first>\d{1,2}|\d{1,2}\.\d{1,2}\.|\d{1,2}\.?\s[^\W\d_]{3,12}\.?|[^\W\d_]{3,12}\.?\s\d{1,2})"
    r"\s?(?:-|–|to|bis)\s?(?P<last>\S.{5,20}\d{4})"
)
_DAY_MONTH = re.compile(
    r"(?:(?P<weekday>[^\W\d_]{2,14})[.,]{0,2}\s+)?"
    r"(?:(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.|(?P<a>\d{1,2})/(?P<b>\d{1,2})|"
    r"(?P<d2>\d{1,2})\.?[-\s]?(?P<word>[^\W\d_]{3,12})\.?|(?P<word2>[^\W\d_]{3,12})\.?[-\s](?P<d3>\d{1,2}))"
    r"(?:,?\s+\(?(?P<after>[^\W\d_]{2,14})\.?\)?)?"
)
WEEKDAY = re.compile(r"([^\W\d_]{2,14}(?:-feira)?)(?:\.,|[.,]|\s)\s*(?:den\s+|the\s+)?(?=\d|[^\W\d_])")


def first_date_text(cell: str) -> str:
    """The text of the first date in the cell, without the words around it."""
    prefix = _PREFIX.match(cell)
    cell = cell[prefix.end() :] if prefix else cell
    week = _WEEK_AND_DATE.fullmatch(cell)
    if week and (names_week(week[1]) or may_name_week(week[1])) and _is_date(week[2]):
        return week[2]
    slot = _TIME_SLOT.fullmatch(cell)
    if slot and _is_date(slot[1]):
        return slot[1]
    weekday = _WEEKDAY_AFTER.search(cell)
    word = (weekday[1] or weekday[2]) if weekday else ""
    if weekday and word not in ZONES and is_weekday(word):  # CET, and Thursday in Slovenia
        return cell[: weekday.start()]
    glue = _RANGE.search(cell)
    if glue and _is_date(cell[: glue.start()]) and _is_date(cell[glue.end() :]):
        return cell[: glue.start()]
    return _start_of_range(cell) or cell


def _start_of_range(cell: str) -> str | None:
    """The text of the first date of a range; None for any other text.

    Both dates are complete (2024-01-01/2024-01-07), or only the last one has a year (Jan 1 - Jan 7, 2024;
    01.01.-07.01.2024; 1 - 7 January 2024).
    """
    middle = len(cell) // 2
    if len(cell) % 2 and cell[middle] in "-–/" and _is_date(cell[:middle]) and _is_date(cell[middle + 1 :]):
        return cell[:middle]
    span = _OPEN_RANGE.fullmatch(cell)
    if span is None or _is_date(cell) or not _is_date(span["last"]):
        return None
    first, last = span["first"].strip(), span["last"]
    if first.isdecimal():
        return re.sub(r"^\d{1,2}", first, last) if last[0].isdecimal() else None
    year = int(last[-4:])
    glue = "" if first.endswith(".") else " "
    earlier, later = (parse_date_text(f"{first}{glue}{y}") or _dotted(f"{first}{glue}{y}") for y in (year - 1, year))
    end = parse_date_text(last) or _dotted(last)
    if earlier is None or later is None or end is None:
        return None
    return f"{first}{glue}{year if later[:3] <= end[:3] else year - 1}"


def _dotted(text: str) -> DateParts | None:
    """A date with full stops, which nobody writes with the month first."""
    match = _NUMERIC.fullmatch(text)
    if match is None or match["sep"] != ".":
        return None
    return DateParts(full_year(match["y"]), int(match["b"]), int(match["a"]), 0, Grain.DAY, "")


def _is_date(text: str) -> bool:
    return match_numeric_date(text) is not None or parse_date_text(text) is not None


def match_numeric_date(cell: Cell) -> re.Match[str] | None:
    """The match of a date in three numbers that begins with day or month, perhaps after the name of a weekday."""
    if not isinstance(cell, str):
        return None
    match = _NUMERIC.fullmatch(cell)
    if match is None and cell[:1].isalpha():
        weekday = WEEKDAY.match(cell)
        if weekday and is_weekday(weekday[1]):
            return _NUMERIC.fullmatch(cell, weekday.end())
    return match


def is_shaped_like_date(text: str) -> bool:
    """Whether the whole text is written as a day, week, month or quarter is, also as one that no calendar has."""
    for pattern, reader in _shapes(text):
        match = pattern.fullmatch(text)
        if match is not None and (parts := reader(match)) is not None:
            return parts.grain is not Grain.YEAR and parts.pattern not in DIGITS_ALONE
    return match_numeric_date(text) is not None


def parse_date_text(text: str) -> DateParts | None:
    """The date that the whole text is, by the first of ``SHAPES`` that fits; None when none does."""
    for pattern, reader in _shapes(text):
        match = pattern.fullmatch(text)
        if match is not None and (parts := reader(match)) is not None and is_possible(parts):
            return parts
    return None


def may_begin_date(text: str) -> bool:
    """Whether a text begins as dates do: not with a letter, or with a word that dates begin with.

    Names and other texts mostly begin with another word, and need not be compared with each of ``SHAPES``.
    """
    word = _FIRST_WORD.match(text)
    return word is None or _begins_dates(word[0])


@lru_cache(maxsize=1 << 12)
def _begins_dates(word: str) -> bool:
    forms = [plain(form) for form in (word, _ROMAN_BEFORE.sub("", word), _OF_AFTER.sub("", word))]
    return word.startswith(NAMES_OF_ERAS) or any(form in _FIRST_WORDS or is_calendar_word(form) for form in forms)


def _shapes(text: str) -> Shapes:
    """Those of ``SHAPES`` that may fit a text."""
    if _LETTER.search(text) is None:
        return SHAPES_WITHOUT_LETTERS
    if _THAI.search(text) is not None:  # months are in Latin letters by now, but for those before two digits
        return ()
    return SHAPES if may_begin_date(text) else ()


@dataclass(frozen=True)
class DayAndMonth:
    """A day without its year. ``swaps``: the month may come first; ``weekdays``: which it may be, from 0 for Monday."""

    day: int
    month: int
    swaps: bool = False
    weekdays: frozenset[int] = frozenset()


def day_and_month(cell: Cell) -> DayAndMonth | None:
    """The day in a cell such as 20.11., Mo 20.11., Nov 20, Mon 03/02; None for other cells."""
    match = _DAY_MONTH.fullmatch(cell) if isinstance(cell, str) else None
    if match is None:
        return None
    weekday = match["weekday"] or match["after"]
    if weekday and not is_weekday(weekday):
        return None
    known = weekday_numbers(weekday) if weekday else frozenset[int]()
    if match["a"]:
        day, month, swaps = int(match["a"]), int(match["b"]), True
    else:
        word = match["word"] or match["word2"]
        day, swaps = int(match["d"] or match["d2"] or match["d3"]), False
        month = month_number(word) or 0 if word else int(match["m"])
    most = 31 if swaps else 12
    return DayAndMonth(day, month, swaps, known) if 1 <= month <= most and 1 <= day <= 31 else None


def month_and_day(cell: Cell) -> tuple[int, int] | None:
    """The month and the day of a cell such as 20.11., Mo 20.11., Nov 20; None for other cells, also 03/02."""
    found = day_and_month(cell)
    return None if found is None or found.swaps else (found.month, found.day)
