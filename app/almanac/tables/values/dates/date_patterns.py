"""The patterns in which people write dates, and what each says. Nothing here knows the rest of the column."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from enum import IntEnum
from typing import NamedTuple

from almanac.tables.values.dates.calendar_names import FIRST_YEAR, LAST_YEAR, month_number, parts_named
from almanac.tables.values.dates.eras import ERA_IN_DIGITS, ERA_PATTERNS, SHORT_QUARTER, year_of_era
from almanac.tables.values.dates.week_patterns import (
    HALF_YEAR,
    ITALIAN_WEEKS,
    QUARTER,
    WEEK_OR_SEPTEMBER,
    WEEK_PATTERNS,
    read_week,
)


class Grain(IntEnum):
    """How exactly a cell names a time, from coarse to fine."""

    YEAR = 0
    QUARTER = 1
    MONTH = 2
    WEEK = 3
    DAY = 4
    TIME = 5


class DateParts(NamedTuple):
    """What one cell says: ``seconds`` after midnight, and the name of the ``pattern`` it follows."""

    year: int
    month: int
    day: int
    seconds: int
    grain: Grain
    pattern: str


Reader = Callable[[re.Match[str]], DateParts | None]
Shapes = tuple[tuple[re.Pattern[str], Reader], ...]

COLON = "year:number"  # a month, or a quarter when no number is above 4
# Patterns that consist of digits alone: as cells they could also be plain numbers.
COMPACT_DAY, COMPACT_MONTH, COMPACT_TIME = "yearmonthday", "yearmonth", "yearmonthdaytime"
DIGITS_ALONE = (COMPACT_DAY, COMPACT_MONTH, COMPACT_TIME)
# Plain numbers that fit none of the shapes below, known without trying them all: most numbers of a table are such.
NEVER_A_DATE = re.compile(
    r"[-+]\d[\d.,]*|\d+,\d+|\d{1,3}|\d{5}|\d{7}|\d{9}|\d{11}|\d{13}|\d{15,}|"
    r"(?:\d{1,3}|\d{5,})\.(?:\d{1,3}|\d{5,})|\d{4}\.(?:1[3-9]|[2-9]\d|[1-9]\d{2,})",
    re.ASCII,
)

TIME = r"(?:[T ,]\s*(?:(?:klo|kl\.?|um|at|às|a las|à|o)\s)?"
TIME += r"(?P<h>\d{1,2})[:.h](?P<n>\d{2})(?:[:.](?P<s>\d{2})(?:[.,]\d+)?)?\s*+(?P<ap>[aApP]\.?[mM]\.?)?"
TIME += r"\s*+(?:Z|UTC|GMT|Uhr|h|[ECMP][SD]T|CES?T|MES?Z|BST|WES?T|EES?T|A[EWC]?[SD]T|NZ[SD]T|JST|IST|"
TIME += r"(?:GMT|UTC)?[+-]\d{1,2}(?::?\d{2})?(?:\s\([A-Z]{2,5}\))?)?)?"
SEP = r"(?P<sep>[-/._]|\s|\.\s|\s?/\s?)"
_OFFSET = re.compile(r":\d\d(?:[.,]\d+)?\s?(?:GMT|UTC)?([+-])(\d{1,2})(?::?(\d{2}))?(?:\s\([A-Z]{2,5}\))?$")
_ZONE = re.compile(r"(?<=[\d\s])([A-Z]{3,4})$")
# Hours ahead of UTC. Those that several countries use in different ways are read as where clocks change.
ZONES = {"WET": 0, "WEST": 1, "BST": 1, "CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2, "EET": 2, "EEST": 3}
ZONES |= {"AST": -4, "ADT": -3, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7}
ZONES |= {"AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13, "JST": 9}
_WORD = r"(?P<word>[^\W\d_]{3,12})\.?"
_OF_YEAR = r"(?:\s?(?:r|г|р)\.?)?"  # "of the year" behind it, in Slavic languages
_YEAR = r"(?P<y>\d{4}|'?\d{2})"
_NEXT = r"\s?[-/–]\s?(?P<next>\d{2}|\d{4})"
_ROMAN = ("i", "ii", "iii", "iv")
_WORDED = r"(?:(?P<q>[1-4])|(?P<r>I{1,3}|IV))\.?\s?(?P<word>[^\W\d_]{2,14})\.?"
PIVOT_YEAR = 70  # two-digit years from here on belong to the last century, as in C's strptime (which takes 69)


def seconds_of(match: re.Match[str]) -> int:
    """Seconds after midnight of a match with the groups of ``TIME``; 0 without a time."""
    if match["h"] is None:
        return 0
    hour, half = int(match["h"]), (match["ap"] or "").lower()
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return hour * 3600 + int(match["n"]) * 60 + int(match["s"] or 0)


def grain_of(match: re.Match[str]) -> Grain:
    """Whether a match with the groups of ``TIME`` names a day or a time."""
    return Grain.DAY if match["h"] is None else Grain.TIME


def offset_of(text: str) -> int | None:
    """Seconds ahead of UTC of a time with a zone: "+02:00" is 7200; None without a zone."""
    if text.endswith(("Z", "UTC", "GMT")):
        return 0
    zone = _ZONE.search(text)
    if zone is not None:
        return ZONES[zone[1]] * 3600 if zone[1] in ZONES else None
    match = _OFFSET.search(text)
    if match is None:
        return None
    seconds = int(match[2]) * 3600 + int(match[3] or 0) * 60
    return seconds if match[1] == "+" else -seconds


def full_year(text: str) -> int:
    """A year in two or four digits; two digits from 70 on belong to the last century."""
    text = text.lstrip("'")
    year = int(text)
    return year if len(text) > 2 else year + (1900 if year >= PIVOT_YEAR else 2000)


def is_possible(parts: DateParts) -> bool:
    """Whether year, month and day are in the range that is read; the length of the month is checked later."""
    return 1 <= parts.month <= 12 and 1 <= parts.day <= 31 and FIRST_YEAR <= parts.year <= LAST_YEAR


def _year_month_day(m: re.Match[str]) -> DateParts:
    pattern = f"year{m['sep']}month{m['sep']}day"
    return DateParts(int(m["y"]), int(m["a"]), int(m["b"]), seconds_of(m), grain_of(m), pattern)


def _compact(m: re.Match[str]) -> DateParts:
    return DateParts(int(m["y"]), int(m["a"]), int(m["b"]), seconds_of(m), grain_of(m), COMPACT_DAY)


def _with_month_name(m: re.Match[str]) -> DateParts | None:
    month = month_number(m["word"])
    if month is None:
        return None
    return DateParts(full_year(m["y"]), month, int(m["d"]), seconds_of(m), grain_of(m), "month name")


def _month_year(m: re.Match[str]) -> DateParts | None:
    month = month_number(m["word"])
    return None if month is None else _month(full_year(m["y"]), month, "month name and year")


def _three_months(m: re.Match[str]) -> DateParts | None:
    """ "Jan-Mar 1981" is a quarter."""
    first, last = month_number(m["word"]), month_number(m["last"])
    if first is None or last is None or (last - first) % 12 != 2:
        return None
    year = full_year(m["y"]) - (last < first)  # Nov-Jan 2024 ends in 2024
    return DateParts(year, first, 1, 0, Grain.QUARTER, "first and last month")


def _month(year: int, month: int, pattern: str) -> DateParts:
    return DateParts(year, month, 1, 0, Grain.MONTH, pattern)


def _number_month_year(m: re.Match[str]) -> DateParts:
    return _month(int(m["y"]), int(m["a"]), "year and month")


def _compact_month(m: re.Match[str]) -> DateParts:
    return _month(int(m["y"]), int(m["a"]), COMPACT_MONTH)


def _quarter_start(year: int, quarter: int, pattern: str = QUARTER) -> DateParts:
    return DateParts(year, quarter * 3 - 2, 1, 0, Grain.QUARTER, pattern)


def _quarter(m: re.Match[str]) -> DateParts:
    return _quarter_start(full_year(m["y"]), int(m["q"]), SHORT_QUARTER if _is_short(m) else QUARTER)


def _is_short(m: re.Match[str]) -> bool:
    """Whether a quarter is written as a code may be: T340, 1Q24."""
    return len(m["y"]) == len("24") and len(m[0]) <= len("T340") and m[0].isalnum()


def _half(m: re.Match[str]) -> DateParts:
    return _month(full_year(m["y"]), int(m["q"]) * 6 - 5, SHORT_QUARTER if _is_short(m) else HALF_YEAR)


def _day_of_year(m: re.Match[str]) -> DateParts | None:
    year, number = int(m["y"]), int(m["a"])
    if not 1 <= number <= 366:
        return None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return DateParts(year, 1, 1, 0, Grain.DAY, "day of the year")  # impossible, and Python's dates end soon
    day = date(year, 1, 1) + timedelta(number - 1)
    if day.year != year:
        return None
    return DateParts(day.year, day.month, day.day, 0, Grain.DAY, "day of the year")


def _named_quarter(m: re.Match[str]) -> DateParts | None:
    """ "March quarter 2005" is the quarter that ends in March."""
    month = month_number(m["word"])
    return None if month is None else _quarter_start(int(m["y"]), (month - 1) // 3 + 1, "named quarter")


def _week(m: re.Match[str]) -> DateParts | None:
    found = read_week(m)
    if found is None:
        return None
    day, pattern = found
    grain = Grain.DAY if m["d"] or pattern == WEEK_OR_SEPTEMBER else Grain.WEEK
    return DateParts(day.year, day.month, day.day, 0, grain, pattern)


def _three_numbers(m: re.Match[str]) -> DateParts:
    return DateParts(int(m["y"]), int(m["a"]), int(m["b"]), 0, Grain.DAY, "year, month, day")


def _of_era(m: re.Match[str]) -> DateParts | None:
    year = year_of_era(m)
    if year is None:
        return None
    grain = Grain.DAY if m["b"] else Grain.MONTH if m["a"] else Grain.YEAR
    return DateParts(
        year, int(m["a"] or 1), int(m["b"] or 1), 0, grain, ERA_IN_DIGITS if m[0].isascii() else "year of an era"
    )


def _compact_time(m: re.Match[str]) -> DateParts:
    seconds = int(m["h"]) * 3600 + int(m["n"] or 0) * 60 + int(m["s"] or 0)
    return DateParts(int(m["y"]), int(m["a"]), int(m["b"]), seconds, Grain.TIME, COMPACT_TIME)


def _colon(m: re.Match[str]) -> DateParts:
    return _month(int(m["y"]), int(m["a"]), COLON)


def _year(m: re.Match[str]) -> DateParts:
    return DateParts(int(m["y"]), 1, 1, 0, Grain.YEAR, "year")


def _follows(m: re.Match[str], year: int) -> bool:
    """Whether the group "next" is the year after ``year``, in two or four digits."""
    return int(m["next"][-2:]) == (year + 1) % 100


def _two_years(m: re.Match[str]) -> DateParts | None:
    """FY24/25 is the year that begins in 2024."""
    year = full_year(m["y"])
    return DateParts(year, 1, 1, 0, Grain.YEAR, "year") if _follows(m, year) else None


def _roman_quarter(m: re.Match[str]) -> DateParts:
    """I/2024 to IV/2024."""
    return _quarter_start(int(m["y"]), _ROMAN.index(m["r"].lower()) + 1)


def _worded_quarter(m: re.Match[str]) -> DateParts | None:
    """ "I kwartał 2024", "2024. 1. negyedév": a quarter in words of any language; 1. KW is a week in German."""
    if "quarter" not in parts_named(m["word"]) or m["word"] == "KW":
        return None
    return _quarter_start(int(m["y"]), _ROMAN.index(m["r"].lower()) + 1 if m["r"] else int(m["q"]))


def _quarter_of_two_years(m: re.Match[str]) -> DateParts | None:
    """2024/25 Q3 is the third quarter of the year that begins in 2024."""
    year = full_year(m["y"])
    return _quarter_start(year, int(m["q"])) if _follows(m, year) else None


def _day_below_month(m: re.Match[str]) -> DateParts | None:
    """ "January 2023 16/01": a day or a week under the name of its month."""
    month, a, b = month_number(m["word"]), int(m["a"]), int(m["b"])
    if month is None or month not in (a, b):
        return None
    return DateParts(int(m["y"]), month, a if b == month else b, 0, Grain.DAY, "month and day")


# Tried in this order; the first that matches the whole text and gives a possible date wins.
SHAPES: Shapes = tuple(
    (re.compile(pattern, re.IGNORECASE), reader)
    for pattern, reader in (
        *((pattern, _week) for pattern in ITALIAN_WEEKS),  # before dates with the name of a month
        (rf"(?P<y>\d{{4}}){SEP}(?P<a>\d{{1,2}})(?P=sep)(?P<b>\d{{1,2}})\.?{TIME}", _year_month_day),
        (rf"(?P<y>\d{{4}})(?P<a>\d{{2}})(?P<b>\d{{2}}){TIME}", _compact),
        (
            rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th|\.|º)?[-/\s]*(?:de\s|of\s)?{_WORD}[-/.,\s]*(?:del?\s)?{_YEAR}{_OF_YEAR}{TIME}",
            _with_month_name,
        ),
        (
            rf"{_WORD}[-/\s]*(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:,\s*|[-/\s]+)(?P<y>\d{{4}}){TIME}",
            _with_month_name,
        ),
        (rf"(?P<y>\d{{4}})\.?[-/\s]*{_WORD}[-/\s]*(?P<d>\d{{1,2}})\.?{TIME}", _with_month_name),
        (rf"{_WORD}[-/.,\s]*(?:del?\s|of\s)?{_YEAR}{_OF_YEAR}(?:\s*\([a-z]{{1,5}}\.?\))?", _month_year),
        (rf"(?P<y>\d{{4}})[-/.,\s]*{_WORD}(?:\s*\([a-z]\))?", _month_year),
        (rf"{_WORD}\s?[-–/]\s?(?P<last>[^\W\d_]{{3,12}})\.?[-/.,\s]+{_YEAR}", _three_months),
        (r"(?P<y>\d{4}):(?P<a>\d{1,2})", _colon),
        (
            r"(?P<y>(?:19|20)\d\d)(?P<a>\d\d)(?P<b>\d\d)(?P<h>[01]\d|2[0-3])(?:(?P<n>\d\d)(?P<s>\d\d)?)?",
            _compact_time,
        ),
        (r"(?P<y>\d{4})\s?[年년]\s?(?P<a>\d{1,2})\s?[月월]\s?(?P<b>\d{1,2})\s?[日일]?", _three_numbers),
        (r"(?P<y>\d{4})\s?[年년]\s?(?P<a>\d{1,2})\s?[月월]", _number_month_year),
        (r"(?P<y>\d{4})\s?[年년]度?", _year),
        *((pattern, _of_era) for pattern in ERA_PATTERNS),
        (r"(?:FY|SY|AY)\s?(?P<y>\d{4})(?:\s?[-/]\s?\d{2,4})?", _year),
        (rf"(?:FY|SY|AY)\s?(?P<y>\d{{2}}){_NEXT}", _two_years),
        (rf"(?:FY\s?)?(?P<y>\d{{4}}|\d{{2}}){_NEXT}[-/.,\s]*[QT]0?(?P<q>[1-4])", _quarter_of_two_years),
        (rf"[QT]0?(?P<q>[1-4])[-/.,\s]*(?:FY\s?)?(?P<y>\d{{4}}|\d{{2}}){_NEXT}", _quarter_of_two_years),
        (rf"{_WORD}\s(?P<y>\d{{4}})\s(?P<a>\d{{1,2}})[-/.](?P<b>\d{{1,2}})\.?", _day_below_month),
        (r"(?P<y>\d{4})[-/.,\s]*P(?P<a>0?[1-9]|1[0-2])", _number_month_year),
        (r"P(?P<a>0?[1-9]|1[0-2])[-/.,\s]+(?P<y>\d{4})", _number_month_year),
        (r"(?P<y>\d{4})[/.](?P<a>0\d{2})", _number_month_year),
        (r"(?P<a>0\d{2})[/.](?P<y>\d{4})", _number_month_year),
        (r"(?P<y>\d{4})(?:[-/._]|[-\s]?M)(?P<a>\d{1,2})", _number_month_year),
        (r"M(?:onth)?\s?(?P<a>\d{1,2})[-/.,\s]+(?P<y>\d{4})", _number_month_year),
        (r"(?P<y>(?:19|20)\d\d)\s(?P<a>0[1-9]|1[0-2])", _number_month_year),
        (r"(?P<y>\d{4}):(?P<a>\d\d):(?P<b>\d\d)", _three_numbers),
        (r"(?P<y>\d{4})(?P<a>\d\d)(?P<b>\d\d)T(?P<h>\d\d)(?P<n>\d\d)(?P<s>\d\d)?(?:Z|[+-]\d{4})?", _compact_time),
        (
            rf"{_WORD}\s+(?P<d>\d{{1,2}})\s+(?P<h>\d{{1,2}}):(?P<n>\d\d):(?P<s>\d\d)(?P<ap>)\s+(?:[A-Z]{{2,5}}\s+)?(?P<y>\d{{4}})",
            _with_month_name,
        ),
        (r"(?P<r>I{1,3}|IV)[-/.\s]+(?P<y>\d{4})", _roman_quarter),
        (r"(?P<y>\d{4})[-/.\s]+(?P<r>I{1,3}|IV)", _roman_quarter),
        (r"(?:Q|Qtr\.?|quarter)\s?(?P<q>[1-4])(?:,\s?|\s|\s?\([^()]{3,20}\)\s?)(?P<y>\d{4})", _quarter),
        (r"(?P<a>\d{1,2})[-/.](?P<y>\d{4})", _number_month_year),
        (r"(?P<y>19\d\d|20\d\d)(?P<a>\d{2})", _compact_month),
        (r"(?:FY|CY)?\s?(?P<y>\d{4})[-/.,:\s]*[QTK]\.?\s?0?(?P<q>[1-4])", _quarter),
        (r"(?:FY|CY)\s?'?(?P<y>\d{2})[-/.,\s]*[QTK]0?(?P<q>[1-4])", _quarter),
        (r"(?P<y>\d{4})[-/.,\s]*(?P<q>[1-4])[QT]", _quarter),
        (r"[QTK]\.?\s?0?(?P<q>[1-4])[-/.,'\s]*(?:FY|CY)?\s?(?P<y>\d{4}|\d{2})", _quarter),
        (r"(?:[HS]\.?\s?|semest(?:re|er)\s|sem\.?\s?)0?(?P<q>[12])[-/.,'\s]*(?:FY|CY)?\s?(?P<y>\d{4}|\d{2})", _half),
        (r"(?:FY|CY)?\s?(?P<y>\d{4})[-/.,\s]*(?:[HS]\.?\s?|sem\.?\s?)0?(?P<q>[12])", _half),
        (
            r"(?P<q>[12])(?:\.|st|nd|er|ère|e|ème|º|°|ª)?\s?(?:[HS]|halbjahr|semestre|semester|sem\.?)"
            r"[-/.,\s]*(?P<y>\d{4}|\d{2})",
            _half,
        ),
        (r"(?P<y>\d{4})-(?P<a>\d{3})", _day_of_year),
        (
            r"(?P<q>[1-4])(?:\.|st|nd|rd|th|er|e|ème|º|°|ª)?\s*(?:Q|T|quartal|quarter|qtr\.?|trimestre|trim\.?|kwartaal)[-/.,\s]*(?P<y>\d{4}|\d{2})",
            _quarter,
        ),
        (rf"{_WORDED}[-/.,\s]+(?P<y>\d{{4}}){_OF_YEAR}", _worded_quarter),
        (rf"(?P<y>\d{{4}}){_OF_YEAR}[-/.,\s]+{_WORDED}", _worded_quarter),
        (r"(?P<word>[a-z]{3,9})\.?\s+(?:quarter|qtr)\.?,?\s+(?P<y>\d{4})", _named_quarter),
        *((pattern, _week) for pattern in WEEK_PATTERNS),
        (r"(?P<y>1[6-9]\d\d|20\d\d|21\d\d)(?:\.0|\s?\((?:\d|[a-z])\)|\s?(?-i:[prebf])|[*†‡¹²³])?", _year),
    )
)
# One date of each kind that has no letter: without any, only shapes that fit one of these are worth trying.
_WITHOUT_LETTERS = (
    *("2024-01-31", "20240131", "2024013112", "202401", "2024", "2024.0", "2024*", "2024:1", "2024:01:31", "2024-1"),
    *("2024/001", "001/2024", "2024 01", "1/2024", "2024-031", "112/03/01"),
)
SHAPES_WITHOUT_LETTERS = tuple(
    (pattern, reader) for pattern, reader in SHAPES if any(map(pattern.fullmatch, _WITHOUT_LETTERS))
)
