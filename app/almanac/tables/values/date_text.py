"""One date out of the words around it: behind a weekday, in a week's number, or as the first of a span of days."""

from __future__ import annotations

import re

from almanac.tables.values.calendar_names import WEEKDAYS, plain
from almanac.tables.values.cells import Cell
from almanac.tables.values.date_patterns import SEP, SHAPES, TIME, Grain, Parts, full_year

_THREE = re.compile(rf"(?P<a>\d{{1,2}}){SEP}(?P<b>\d{{1,2}})(?P=sep)(?P<y>\d{{4}}|\d{{2}}){TIME}", re.IGNORECASE)
_BEHIND = re.compile(r"\s*\(([^\W\d_]{1,10})\.?\)$|\s+([^\W\d_]{2,10})\.?$")
_PREFIX = re.compile(
    r"(?:w/?[ceb]|(?:week|month|period|quarter|year|day)\s(?:commencing|ending|of|beginning|starting|ended)|"
    r"end|start|(?:die )?woche (?:vom|ab)|semaine du|semana del?|settimana del|week van)\.?:?\s+",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(?<=\d)\s+(?:-|–|—|to|bis|until|through|al|au|a|t/m)\s+(?=\S*\d)", re.IGNORECASE)
_WEEK_AND_DATE = re.compile(r"(?:KW|W|Wk|Week|Sem\.?|Uke)\s?\d{1,2}\s*[(:,]\s*(\d[^()]{5,11})\)?", re.IGNORECASE)
_SLOT = re.compile(r"(\d.{4,12}\d{1,2}:\d{2})\s?[-–]\s?\d{1,2}:\d{2}")
_OPEN_SPAN = re.compile(
    r"(?P<first>\d{1,2}|\d{1,2}\.\d{1,2}\.|\d{1,2}\.?\s[^\W\d_]{3,12}\.?|[^\W\d_]{3,12}\.?\s\d{1,2})"
    r"\s?(?:-|–|to|bis)\s?(?P<last>\S.{5,20}\d{4})"
)
WEEKDAY = re.compile(r"([^\W\d_]{2,10})(?:\.,|[.,]|\s)\s*(?=\d|[^\W\d_])")


def bare(cell: str) -> str:
    """The first date in the cell, without the words around it."""
    prefix = _PREFIX.match(cell)
    cell = cell[prefix.end() :] if prefix else cell
    week = _WEEK_AND_DATE.fullmatch(cell)
    if week and _a_date(week[1]):
        return week[1]
    slot = _SLOT.fullmatch(cell)
    if slot and _a_date(slot[1]):
        return slot[1]
    weekday = _BEHIND.search(cell)
    if weekday and plain(weekday[1] or weekday[2]) in WEEKDAYS:
        return cell[: weekday.start()]
    span = _RANGE.search(cell)
    if span and _a_date(cell[: span.start()]) and _a_date(cell[span.end() :]):
        return cell[: span.start()]
    return first_of_span(cell) or cell


def first_of_span(cell: str) -> str | None:
    """The first date of a span whose halves are alike (2024-01-01/2024-01-07), or whose year stands only at the end
    (Jan 1 - Jan 7, 2024; 01.01.-07.01.2024; 1 - 7 January 2024); None for any other text."""
    middle = len(cell) // 2
    if len(cell) % 2 and cell[middle] in "-–/" and _a_date(cell[:middle]) and _a_date(cell[middle + 1 :]):
        return cell[:middle]
    span = _OPEN_SPAN.fullmatch(cell)
    if span is None or _a_date(cell) or not _a_date(span["last"]):
        return None
    first, last = span["first"].strip(), span["last"]
    if first.isdecimal():
        return re.sub(r"^\d{1,2}", first, last) if last[0].isdecimal() else None
    year = int(last[-4:])
    glue = "" if first.endswith(".") else " "
    earlier, later = (from_text(f"{first}{glue}{y}") or _dotted(f"{first}{glue}{y}") for y in (year - 1, year))
    end = from_text(last) or _dotted(last)
    if earlier is None or later is None or end is None:
        return None
    return f"{first}{glue}{year if later[:3] <= end[:3] else year - 1}"


def _dotted(text: str) -> Parts | None:
    """A date with points, which is never written month first."""
    match = _THREE.fullmatch(text)
    if match is None or match["sep"] != ".":
        return None
    return full_year(match["y"]), int(match["b"]), int(match["a"]), 0, Grain.DAY, ""


def _a_date(text: str) -> bool:
    return three_numbers(text) is not None or from_text(text) is not None


def three_numbers(cell: Cell) -> re.Match[str] | None:
    """The match of a date in three numbers that begins with day or month, perhaps behind a weekday's name."""
    if not isinstance(cell, str):
        return None
    match = _THREE.fullmatch(cell)
    if match is None and cell[:1].isalpha():
        weekday = WEEKDAY.match(cell)
        if weekday and plain(weekday[1]) in WEEKDAYS:
            return _THREE.fullmatch(cell, weekday.end())
    return match


def from_text(text: str) -> Parts | None:
    for pattern, reader in SHAPES:
        match = pattern.fullmatch(text)
        if match is not None and (parts := reader(match)) is not None and valid(parts):
            return parts
    return None


def valid(parts: Parts) -> bool:
    return 1 <= parts[1] <= 12 and 1 <= parts[2] <= 31 and 1600 <= parts[0] <= 2199
