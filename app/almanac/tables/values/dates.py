"""Dates as people write them, read once for each different cell.

Nothing is decided cell by cell: "03/04/2025" is kept in both readings, and ``dateorder`` chooses one for the whole
column.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from almanac.core.arrays import Flags, Integers, Timestamps
from almanac.tables.values.calendar_names import WEEKDAYS, plain
from almanac.tables.values.cells import Cell
from almanac.tables.values.date_patterns import COLON, Grain, Parts, full_year, grain_of, offset_of, seconds_of
from almanac.tables.values.date_text import WEEKDAY, bare, from_text, three_numbers, valid

_COMPACT = re.compile(
    r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:(?:0[1-9]|[12]\d|3[01])(?:[ T]?(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?)?)?"
)
# With a colon: "6.30" alone is a number far more often than a time.
_CLOCK = re.compile(
    r"(?P<h>\d{1,2})(?::|\s?h\s?(?=\d))(?P<n>\d{2})(?::(?P<s>\d{2})(?:[.,]\d+)?)?\s*(?:(?P<ap>[ap]\.?m\.?)|uhr|h)?"
    r"(?:\s?[-–]\s?\d{1,2}:\d{2}(?::\d{2})?)?",  # the end of a slot
    re.IGNORECASE,
)
_SEASON = re.compile(r"((?:1[6-9]|20)\d\d)[-/](\d\d|\d{4})")
_NO_ZONE = 10**6


@dataclass(frozen=True, eq=False)
class Dates:
    """n different cells as dates, in both readings: datetime64[s] [n], NaT where a cell is no date in that reading.

    Both are the same array when no cell can be read in two ways. ``grains``: int8 [n]; ``separator`` and ``words``
    tell how most cells are written.
    """

    day_first: Timestamps
    month_first: Timestamps
    grains: NDArray[np.int8]
    separator: str
    words: str
    zoned: bool = False  # some cells tell their zone or offset

    @property
    def two_ways(self) -> bool:
        return self.day_first is not self.month_first

    @property
    def understood(self) -> Flags:
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
    offsets = np.full(n, _NO_ZONE, dtype=np.int64)
    for i, cell in enumerate(_plain_cells(cells)):
        if isinstance(cell, str) and len(cell) > 15 and (zone := offset_of(cell)) is not None:
            offsets[i] = zone
        match = three_numbers(cell)
        if match is not None:
            parts[i] = full_year(match["y"]), int(match["b"]), int(match["a"]), seconds_of(match)
            grains[i], three[i] = grain_of(match), True
            separators[match["sep"].strip() or " "] += 1
            continue
        found = read_parts(cell)
        if found is not None:
            parts[i], grains[i] = found[:4], found[4]
            patterns[found[5]] += 1
    _same_zone(parts, offsets)
    if patterns[COLON] and (parts[grains >= 0, 1] <= 4).all():
        parts[:, 1] = parts[:, 1] * 3 - 2
        grains[grains == Grain.MONTH] = Grain.QUARTER
    when = _assemble(parts, grains >= 0)
    zoned = bool((offsets != _NO_ZONE).any())
    separator = separators.most_common(1)[0][0] if separators else ""
    if not three.any():
        return Dates(when, when, grains, "", patterns.most_common(1)[0][0] if patterns else "", zoned)
    swapped = np.where(three[:, None], parts[:, [0, 2, 1, 3]], parts)
    return Dates(when, _assemble(swapped, grains >= 0), grains, separator, "", zoned)


def _plain_cells(cells: Sequence[Cell]) -> Sequence[Cell]:
    """Cells without a weekday behind the date or the end of a span of dates; seasons (2004/05) as their first year."""
    if _all_seasons(cells):
        return [cell[:4] if isinstance(cell, str) else cell for cell in cells]
    return [bare(cell) if isinstance(cell, str) and len(cell) > 10 else cell for cell in cells]


def _all_seasons(cells: Sequence[Cell]) -> bool:
    """Whether every cell is a year and the one after it: 2004/05, 2005/06 …"""
    texts = [cell for cell in cells if isinstance(cell, str) and cell]
    if len(texts) < 2 or len(texts[0]) not in (7, 9):
        return False
    matches = [_SEASON.fullmatch(text) for text in texts]
    return all(m is not None and int(m[2][-2:]) == (int(m[1]) + 1) % 100 for m in matches)


def _same_zone(parts: Integers, offsets: Integers) -> None:
    """Times with different offsets, as around a change to daylight saving, told in the offset of the first."""
    known = offsets != _NO_ZONE
    if known.any() and (offsets[known] != offsets[known][0]).any():
        parts[known, 3] += offsets[known][0] - offsets[known]


def looks_like_date(cell: Cell) -> bool:
    """Whether the cell names a day, week, month or quarter; a bare year is left to those who see the whole column."""
    if isinstance(cell, date):
        return True
    if not isinstance(cell, str) or not 5 <= len(cell) <= 48:
        return False
    cell = bare(cell) if len(cell) > 10 else cell
    if three_numbers(cell):
        return True
    parts = read_parts(cell)
    if parts is None or parts[4] is Grain.YEAR or parts[5] in ("yearmonthday", "yearmonth", "yearmonthdaytime"):
        return False
    return valid(parts)


def is_compact_date(text: str) -> bool:
    """Whether the text is a day or month of 1900 to 2099 without separators: 20240131, 202401, 20240131 12:00."""
    return _COMPACT.fullmatch(text) is not None


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
    seconds = seconds_of(match)
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
    if not isinstance(cell, str) or not cell or not any(c.isdecimal() for c in cell[:60]):
        return None
    found = from_text(cell)
    weekday = WEEKDAY.match(cell) if found is None else None
    if weekday and plain(weekday[1]) in WEEKDAYS:
        return from_text(cell[weekday.end() :])
    return found


def _from_number(value: float) -> Parts | None:
    """Numbers that stand for dates in a workbook: 2015, 201503, 20150314."""
    if not value.is_integer():
        return None
    number = int(value)
    if 1600 <= number <= 2199:
        return number, 1, 1, 0, Grain.YEAR, "year"
    if 190001 <= number <= 219912 and 1 <= number % 100 <= 12:
        return number // 100, number % 100, 1, 0, Grain.MONTH, "yearmonth"
    if 1900010100 <= number <= 2199123123 or 190001010000 <= number <= 219912312359:
        return from_text(str(number))
    if 19000101 <= number <= 21991231:
        return number // 10000, number // 100 % 100, number % 100, 0, Grain.DAY, "yearmonthday"
    return None


def _assemble(parts: Integers, known: Flags) -> Timestamps:
    """datetime64[s] [n] from year, month, day, seconds; NaT where the calendar has no such day."""
    year, month, day, seconds = parts.T
    months = ((year - 1970) * 12 + month - 1).astype("datetime64[M]")
    days = months.astype("datetime64[D]") + (day - 1)
    good = known & (month >= 1) & (month <= 12) & (day >= 1) & (days.astype("datetime64[M]") == months)
    good &= (year >= 1600) & (year < 2200) & (np.abs(seconds) <= 2 * 86_400)
    when = days.astype("datetime64[s]") + seconds
    result: Timestamps = np.where(good, when, np.datetime64("NaT"))
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
