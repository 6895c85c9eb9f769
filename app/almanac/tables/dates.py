"""Dates as people write them, read once for each different cell.

Nothing is decided cell by cell: "03/04/2025" is kept in both readings, and ``dateorder`` chooses one for the whole
column.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import IntEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from almanac.tables.cells import Cell
from almanac.tables.months import WEEKDAYS, month_number, plain

Instants = NDArray[np.datetime64]


class Grain(IntEnum):
    """How exactly a cell names a time."""

    YEAR = 0
    QUARTER = 1
    MONTH = 2
    WEEK = 3
    DAY = 4
    TIME = 5


# year, month, day, seconds after midnight, grain, words for the pattern
Parts = tuple[int, int, int, int, Grain, str]

_TIME = r"(?:[T ,]\s*(?P<h>\d{1,2})[:.h](?P<n>\d{2})(?:[:.](?P<s>\d{2})(?:[.,]\d+)?)?\s*(?P<ap>[aApP]\.?[mM]\.?)?"
_TIME += r"\s*(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?"
_SEP = r"(?P<sep>[-/.]|\s|\.\s|\s?/\s?)"
_WORD = r"(?P<word>[^\W\d_]{3,12})\.?"
_YEAR = r"(?P<y>\d{4}|'?\d{2})"


def _seconds(match: re.Match[str]) -> int:
    if match["h"] is None:
        return 0
    hour, half = int(match["h"]), (match["ap"] or "").lower()
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return hour * 3600 + int(match["n"]) * 60 + int(match["s"] or 0)


def _grain(match: re.Match[str]) -> Grain:
    return Grain.DAY if match["h"] is None else Grain.TIME


def full_year(text: str) -> int:
    """A year in two or four digits; two digits from 70 on belong to the last century."""
    text = text.lstrip("'")
    year = int(text)
    return year if len(text) > 2 else year + (1900 if year >= 70 else 2000)


def _year_month_day(m: re.Match[str]) -> Parts | None:
    return int(m["y"]), int(m["a"]), int(m["b"]), _seconds(m), _grain(m), f"year{m['sep']}month{m['sep']}day"


def _compact(m: re.Match[str]) -> Parts | None:
    return int(m["y"]), int(m["a"]), int(m["b"]), _seconds(m), _grain(m), "yearmonthday"


def _with_month_name(m: re.Match[str]) -> Parts | None:
    month = month_number(m["word"])
    return None if month is None else (full_year(m["y"]), month, int(m["d"]), _seconds(m), _grain(m), "month name")


def _month_year(m: re.Match[str]) -> Parts | None:
    month = month_number(m["word"])
    return None if month is None else (full_year(m["y"]), month, 1, 0, Grain.MONTH, "month name and year")


def _number_month_year(m: re.Match[str]) -> Parts | None:
    return int(m["y"]), int(m["a"]), 1, 0, Grain.MONTH, "year and month"


def _compact_month(m: re.Match[str]) -> Parts | None:
    return int(m["y"]), int(m["a"]), 1, 0, Grain.MONTH, "yearmonth"


def _quarter(m: re.Match[str]) -> Parts | None:
    return full_year(m["y"]), int(m["q"]) * 3 - 2, 1, 0, Grain.QUARTER, "year and quarter"


def _named_quarter(m: re.Match[str]) -> Parts | None:
    """ "March quarter 2005" is the quarter that ends in March."""
    month = month_number(m["word"])
    return None if month is None else (int(m["y"]), (month - 1) // 3 * 3 + 1, 1, 0, Grain.QUARTER, "named quarter")


def _week(m: re.Match[str]) -> Parts | None:
    try:
        day = date.fromisocalendar(int(m["y"]), int(m["w"]), int(m["d"] or 1))
    except ValueError:
        return None
    return day.year, day.month, day.day, 0, Grain.WEEK if m["d"] is None else Grain.DAY, "year and week"


def _year(m: re.Match[str]) -> Parts | None:
    return int(m["y"]), 1, 1, 0, Grain.YEAR, "year"


_SHAPES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Parts | None]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), reader)
    for pattern, reader in (
        (rf"(?P<y>\d{{4}}){_SEP}(?P<a>\d{{1,2}})(?P=sep)(?P<b>\d{{1,2}}){_TIME}", _year_month_day),
        (rf"(?P<y>\d{{4}})(?P<a>\d{{2}})(?P<b>\d{{2}}){_TIME}", _compact),
        (
            rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th|\.|º)?[-/\s]*(?:de\s|of\s)?{_WORD}[-/.,\s]*(?:de\s)?{_YEAR}{_TIME}",
            _with_month_name,
        ),
        (
            rf"{_WORD}[-/\s]*(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:,\s*|[-/\s]+)(?P<y>\d{{4}}){_TIME}",
            _with_month_name,
        ),
        (rf"(?P<y>\d{{4}})[-/\s]*{_WORD}[-/\s]*(?P<d>\d{{1,2}}){_TIME}", _with_month_name),
        (rf"{_WORD}[-/.,\s]*(?:de\s|of\s)?{_YEAR}(?:\s*\([a-z]\))?", _month_year),
        (rf"(?P<y>\d{{4}})[-/.,\s]*{_WORD}(?:\s*\([a-z]\))?", _month_year),
        (r"(?P<y>\d{4})(?:[-/.]|\s?M)(?P<a>\d{1,2})", _number_month_year),
        (r"(?P<a>\d{1,2})[-/.](?P<y>\d{4})", _number_month_year),
        (r"(?P<y>19\d\d|20\d\d)(?P<a>\d{2})", _compact_month),
        (r"(?P<y>\d{4})[-/.,\s]*[QTK](?P<q>[1-4])", _quarter),
        (r"[QTK](?P<q>[1-4])[-/.,'\s]*(?P<y>\d{4}|\d{2})", _quarter),
        (
            r"(?P<q>[1-4])\.?\s*(?:Q|T|quartal|quarter|trimestre|trim\.?|kwartaal)[-/.,\s]*(?P<y>\d{4}|\d{2})",
            _quarter,
        ),
        (r"(?P<word>[a-z]{3,9})\.?\s+(?:quarter|qtr)\.?,?\s+(?P<y>\d{4})", _named_quarter),
        (r"(?P<y>\d{4})[-/.,\s]*(?:W|KW|week)\s?(?P<w>\d{1,2})(?:-(?P<d>[1-7]))?", _week),
        (r"(?:W|KW|week)\s?(?P<w>\d{1,2})[-/.,\s]+(?P<y>\d{4})(?P<d>)??", _week),
        (r"(?P<y>1[6-9]\d\d|20\d\d|21\d\d)(?:\.0)?", _year),
    )
)
_THREE = re.compile(rf"(?P<a>\d{{1,2}}){_SEP}(?P<b>\d{{1,2}})(?P=sep)(?P<y>\d{{4}}|\d{{2}}){_TIME}", re.IGNORECASE)
# With a colon: "6.30" alone is a number far more often than a time.
_CLOCK = re.compile(
    r"(?P<h>\d{1,2}):(?P<n>\d{2})(?::(?P<s>\d{2})(?:[.,]\d+)?)?\s*(?:(?P<ap>[ap]\.?m\.?)|uhr|h)?", re.IGNORECASE
)
_WEEKDAY = re.compile(r"([^\W\d_]{2,10})(?:\.,|[.,]|\s)\s*(?=\d|[^\W\d_])")


@dataclass(frozen=True, eq=False)
class Dates:
    """n different cells as dates, in both readings: datetime64[s] [n], NaT where a cell is no date in that reading.

    Both are the same array when no cell can be read in two ways. ``grains``: int8 [n]; ``separator`` and ``words``
    tell how most cells are written.
    """

    day_first: Instants
    month_first: Instants
    grains: NDArray[np.int8]
    separator: str
    words: str

    @property
    def two_ways(self) -> bool:
        return self.day_first is not self.month_first

    @property
    def understood(self) -> NDArray[np.bool_]:
        return ~(np.isnat(self.day_first) & np.isnat(self.month_first))


def read_dates(cells: Sequence[Cell]) -> Dates:
    """Every cell as a date, in both readings."""
    iso = _iso(cells)
    if iso is not None:
        return iso
    n = len(cells)
    parts = np.zeros((n, 4), dtype=np.int64)  # year, month, day, seconds
    grains = np.full(n, -1, dtype=np.int8)
    three = np.zeros(n, dtype=bool)
    patterns: Counter[str] = Counter()
    separators: Counter[str] = Counter()
    for i, cell in enumerate(cells):
        match = _three(cell)
        if match is not None:
            parts[i] = full_year(match["y"]), int(match["b"]), int(match["a"]), _seconds(match)
            grains[i], three[i] = _grain(match), True
            separators[match["sep"].strip() or " "] += 1
            continue
        found = read_parts(cell)
        if found is not None:
            parts[i], grains[i] = found[:4], found[4]
            patterns[found[5]] += 1
    when = _assemble(parts, grains >= 0)
    separator = separators.most_common(1)[0][0] if separators else ""
    if not three.any():
        return Dates(when, when, grains, "", patterns.most_common(1)[0][0] if patterns else "")
    swapped = np.where(three[:, None], parts[:, [0, 2, 1, 3]], parts)
    return Dates(when, _assemble(swapped, grains >= 0), grains, separator, "")


def _three(cell: Cell) -> re.Match[str] | None:
    """The match of a date in three numbers that begins with day or month, perhaps behind a weekday's name."""
    if not isinstance(cell, str):
        return None
    match = _THREE.fullmatch(cell)
    if match is None and cell[:1].isalpha():
        weekday = _WEEKDAY.match(cell)
        if weekday and plain(weekday[1]) in WEEKDAYS:
            return _THREE.fullmatch(cell, weekday.end())
    return match


def looks_like_date(cell: Cell) -> bool:
    """Whether the cell names a day, week, month or quarter; a bare year is left to those who see the whole column."""
    if isinstance(cell, date):
        return True
    if not isinstance(cell, str) or not 5 <= len(cell) <= 40:
        return False
    if _three(cell):
        return True
    parts = read_parts(cell)
    if parts is None or parts[4] is Grain.YEAR or parts[5] in ("yearmonthday", "yearmonth"):
        return False
    return _valid(parts)


def read_clock(cell: Cell) -> int | None:
    """Seconds after midnight of a time of day, or None."""
    if isinstance(cell, datetime):
        return None
    if isinstance(cell, time):
        return cell.hour * 3600 + cell.minute * 60 + cell.second
    if isinstance(cell, timedelta):
        return int(cell.total_seconds()) if 0 <= cell.total_seconds() <= 86_400 else None
    match = _CLOCK.fullmatch(cell) if isinstance(cell, str) else None
    if match is None:
        return None
    seconds = _seconds(match)
    return seconds if seconds <= 86_400 else None


@lru_cache(maxsize=4096)
def read_parts(cell: Cell) -> Parts | None:
    """Year, month, day, seconds, grain and pattern of a cell that can be read in one way only, or None."""
    if isinstance(cell, datetime):
        seconds = cell.hour * 3600 + cell.minute * 60 + cell.second
        return cell.year, cell.month, cell.day, seconds, Grain.TIME if seconds else Grain.DAY, "date cell"
    if isinstance(cell, date):
        return cell.year, cell.month, cell.day, 0, Grain.DAY, "date cell"
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _from_number(float(cell))
    if not isinstance(cell, str) or not cell or not any(c.isdigit() for c in cell[:60]):
        return None
    found = _from_text(cell)
    weekday = _WEEKDAY.match(cell) if found is None else None
    if weekday and plain(weekday[1]) in WEEKDAYS:
        return _from_text(cell[weekday.end() :])
    return found


def _from_text(text: str) -> Parts | None:
    for pattern, reader in _SHAPES:
        match = pattern.fullmatch(text)
        if match is not None and (parts := reader(match)) is not None and _valid(parts):
            return parts
    return None


def _from_number(value: float) -> Parts | None:
    """Numbers that stand for dates in a workbook: 2015, 201503, 20150314."""
    if not value.is_integer():
        return None
    number = int(value)
    if 1600 <= number <= 2199:
        return number, 1, 1, 0, Grain.YEAR, "year"
    if 190001 <= number <= 219912 and 1 <= number % 100 <= 12:
        return number // 100, number % 100, 1, 0, Grain.MONTH, "yearmonth"
    if 19000101 <= number <= 21991231:
        return number // 10000, number // 100 % 100, number % 100, 0, Grain.DAY, "yearmonthday"
    return None


def _valid(parts: Parts) -> bool:
    return 1 <= parts[1] <= 12 and 1 <= parts[2] <= 31 and 1600 <= parts[0] <= 2199


def _assemble(parts: NDArray[np.int64], known: NDArray[np.bool_]) -> Instants:
    """datetime64[s] [n] from year, month, day, seconds; NaT where the calendar has no such day."""
    year, month, day, seconds = parts.T
    months = ((year - 1970) * 12 + month - 1).astype("datetime64[M]")
    days = months.astype("datetime64[D]") + (day - 1)
    good = known & (month >= 1) & (month <= 12) & (day >= 1) & (days.astype("datetime64[M]") == months)
    good &= (year >= 1600) & (year < 2200) & (seconds <= 86_400)
    when = days.astype("datetime64[s]") + seconds
    result: Instants = np.where(good, when, np.datetime64("NaT"))
    return result


def _iso(cells: Sequence[Cell]) -> Dates | None:
    """The common clean case in one step: every cell is 2025-03-14, or every one 2025-03-14 09:30:00."""
    texts = [cell for cell in cells if isinstance(cell, str) and cell]
    if not texts or len(texts) < len(cells) - 1:  # one cell may be the empty one
        return None
    if not all(len(t) == len(texts[0]) and t[4:5] == "-" == t[7:8] for t in texts):
        return None
    length = len(texts[0])
    if length not in (10, 16, 19):
        return None
    try:
        when = np.array([cell or "NaT" for cell in cells], dtype="datetime64[s]")
    except ValueError:
        return None
    known = when[~np.isnat(when)].astype("datetime64[Y]").astype(np.int64) + 1970
    if len(known) and (known.min() < 1600 or known.max() > 2199):
        return None
    grain = Grain.DAY if length == 10 else Grain.TIME
    return Dates(when, when, np.full(len(cells), grain, dtype=np.int8), "", "year-month-day")
