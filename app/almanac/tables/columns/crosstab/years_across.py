"""Years and dates in headings that say what is measured as well: Month, Arrivals_2023; Jan 2024 Budget."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from almanac.tables.columns.crosstab.fiscal_across import NamedYears
from almanac.tables.values.cells import Cell, Column, cell_text
from almanac.tables.values.dates.calendar_names import (
    FIRST_YEAR,
    LAST_YEAR,
    is_year,
    month_number,
    parts_named,
    quarter_number,
    roman_quarter,
)
from almanac.tables.values.dates.date_text import month_and_day
from almanac.tables.values.dates.fiscal_dates import Part, names_fiscal_part, read_fiscal
from almanac.tables.values.dates.read_dates import looks_like_date
from almanac.tables.values.numbers import is_missing_word, whole_number

_YEAR = re.compile(
    r"(?<!\d)(?:(?<![^\W_])(?P<fy>[FSA]Y)\s?)?(?:(?P<y>\d{4})|(?:(?<=FY)|(?<=FY\s)|')(?P<short>\d\d))(?!\d)"
    r"(?![^\W\d_](?![^\W_]))"  # 2024F is a forecast, and measures nothing called F
    r"(?:\s?[-/–]\s?(?P<n>\d{4}|\d{2})(?![\d/-]))?",
    re.IGNORECASE,
)
_AROUND = " _-–—.,:/|()[]"
_WEEK = re.compile(r"(?:W|Wk|Week|KW|CW|vecka|viikko|uge|uke|v|vk)[\s._-]?(\d{1,2})", re.IGNORECASE)

# All chosen by judgement.
_MAX_DATE_WORDS = 4  # such as Mon 8 Jan 2024
_MAX_CELLS = 400  # distinct cells of a column of parts of a year
_MIN_PARTS, _MIN_SHARE = 3, 0.8  # distinct parts, and share of cells that are one (the others are totals and notes)


@dataclass(frozen=True)
class NamedYear:
    """A year in a heading, as a number and as ``text``, and what is measured besides; see ``NamedYears``."""

    measure: str
    year: int
    text: str
    two_years: bool
    fiscal: bool


def year_in_name(name: str) -> NamedYear | None:
    """What a heading says besides its year: "Arrivals" and 2023 for Arrivals_2023; None without a single year."""
    found = list(_YEAR.finditer(name))
    if len(found) != 1:
        return None
    match = found[0]
    year = int(match["y"]) if match["y"] else 2000 + int(match["short"])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    two_years = match["n"] is not None and int(match["n"][-2:]) == (year + 1) % 100
    stop = match.end() if two_years or match["n"] is None else match.start("n") - 1
    before, after = name[: match.start()].strip(_AROUND), name[stop:].strip(_AROUND)
    measure = " ".join(text for text in (before, after) if text)
    fiscal = two_years or match["fy"] is not None
    return NamedYear(measure, year, name[match.start() : stop].strip(_AROUND), two_years, fiscal)


def named_alike(years: Sequence[NamedYear]) -> NamedYears | None:
    """How the years of several headings are called; None when they are not called alike."""
    ways = {(named.two_years, named.fiscal) for named in years}
    return NamedYears(*ways.pop(), years[0].text, years[0].year) if len(ways) == 1 else None


def date_in_name(name: str) -> tuple[str, str] | None:
    """What a heading says besides the date at its beginning or end, and the date: ("Budget", "Jan 2024")."""
    words = name.split()
    for count in range(min(len(words) - 1, _MAX_DATE_WORDS), 0, -1):
        for date, rest in ((words[:count], words[count:]), (words[-count:], words[:-count])):
            text, measure = " ".join(date), " ".join(rest).strip(_AROUND)
            if measure and (looks_like_date(text) or is_year(text) or names_fiscal_part(text)):
                return measure, text
    return None


def parts_of_year(name: str, column: Column) -> list[str] | None:
    """What each distinct cell adds to a year: "-03", "Q3", "-W03" or "-03-15", empty for others.

    None when the column does not hold parts of a year.
    """
    if column.has_numbers or len(column.cells) > _MAX_CELLS:
        return None
    filled = sum(cell != "" and not is_missing_word(cell) for cell in column.cells)
    named = parts_named(name)
    for read in (_month, _quarter, _week, _day):
        texts = [read(cell, named) or "" for cell in column.cells]
        found = [text for text in texts if text]
        if len(set(found)) >= _MIN_PARTS and len(found) >= _MIN_SHARE * filled:
            return texts
    return None


def _month(cell: Cell, named: frozenset[str]) -> str | None:
    month = month_number(cell_text(cell)) or _number(cell, 12, "month" in named)
    return None if month is None else f"-{month:02d}"


def _quarter(cell: Cell, named: frozenset[str]) -> str | None:
    text, likely = cell_text(cell), "quarter" in named
    quarter = quarter_number(text) or _number(cell, 4, likely) or (roman_quarter(text) if likely else None)
    return None if quarter is None else f"Q{quarter}"


def _week(cell: Cell, named: frozenset[str]) -> str | None:
    match = _WEEK.fullmatch(cell_text(cell))
    week = int(match[1]) if match else _number(cell, 53, "week" in named)
    return None if week is None or not 1 <= week <= 53 else f"-W{week:02d}"


def _day(cell: Cell, _named: frozenset[str]) -> str | None:
    found = month_and_day(cell)
    return None if found is None else f"-{found[0]:02d}-{found[1]:02d}"


def _number(cell: Cell, most: int, likely: bool) -> int | None:
    number = whole_number(cell_text(cell).removesuffix(".0")) if likely else None
    return number if number is not None and 1 <= number <= most else None


def holds_fiscal_years(column: Column) -> bool:
    """Whether the column holds fiscal years such as 2022/23 or FY23."""
    found = None if column.has_numbers else read_fiscal(column.cells)
    return found is not None and found.part is Part.YEAR
