"""Dates as people write them, read once for each distinct cell.

Nothing is decided cell by cell: "03/04/2025" is kept both with the day and with the month first, and
``day_month_order`` chooses one order for the whole column.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from functools import lru_cache

import numpy as np

from almanac.core.arrays import Flags, Integers, Timestamps
from almanac.tables.values.cells import Cell, Kinds
from almanac.tables.values.dates.calendar_names import FIRST_YEAR, LAST_YEAR, in_latin_letters
from almanac.tables.values.dates.date_patterns import (
    COLON,
    DIGITS_ALONE,
    Grain,
    is_possible,
    offset_of,
    seconds_of,
)
from almanac.tables.values.dates.date_text import (
    first_date_text,
    is_shaped_like_date,
    match_numeric_date,
    may_begin_date,
)
from almanac.tables.values.dates.dates_in_digits import DatesOfOneShape, dates_in_digits
from almanac.tables.values.dates.eras import ERA_IN_DIGITS, SHORT_QUARTER, are_codes, is_buddhist, without_buddhist
from almanac.tables.values.dates.one_date import NO_ZONE, one_date, parse_date
from almanac.tables.values.dates.week_patterns import WEEK_OF_YEAR, are_other_things, settle_weeks
from almanac.tables.values.footnote_marks import without_sign
from almanac.tables.values.texts import Texts

NAT = np.datetime64("NaT")
SECONDS_PER_HOUR, SECONDS_PER_DAY = 3600, 86_400
SUNDAY = 6

_COMPACT = re.compile(
    r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:(?:0[1-9]|[12]\d|3[01])(?:[ T]?(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?)?)?"
)
# With a colon: "6.30" alone is a number far more often than a time.
_CLOCK = re.compile(
    r"(?P<h>\d{1,2})(?::|\s?h\s?(?=\d))(?P<n>\d{2})(?::(?P<s>\d{2})(?:[.,]\d+)?)?\s*(?:(?P<ap>[ap]\.?m\.?)|uhr|h)?"
    r"(?:\s?[-–]\s?\d{1,2}:\d{2}(?::\d{2})?)?",  # the end of a time slot
    re.IGNORECASE,
)
_SLOT_OR_OFFSET = re.compile(r"\d:\d\d\s?(-\d\d:\d\d)$")
_SEASON = re.compile(r"((?:1[6-9]|20)\d\d)[-/](\d\d|\d{4})")
_MAX_OFFSETS = 3  # from UTC of the times of a column; chosen by judgement
_ISO_DAY = 10  # characters: 2025-03-14
_ISO_TEXT = re.compile(r"\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d)?)?", re.ASCII)  # numpy reads more, as 08+03 in UTC
_MIN_IN_DIGITS = 0.5  # share of many texts that must be dates in digits, to take how these are written; by judgement
_MIN_WITH_WORDS = 11  # characters from which on a cell may hold words around a date
_MAX_WITH_WORDS = 1000  # a longer cell is not a date, whatever is in it; chosen by judgement
_MIN_DATE, _MAX_DATE = 5, 48  # characters of a cell that is looked at as a date; chosen by judgement


@dataclass(frozen=True, eq=False)
class Dates:
    """n distinct cells as dates, with the day and with the month first.

    ``day_first``, ``month_first``: datetime64[s] [n], NaT where a cell is not a date in that order; they are the same
    array when no cell can be read both ways. ``grains``: int8 [n], -1 where there is no date; ``separator`` and
    ``pattern`` say how most cells are written. ``offsets``: int64 [n], seconds ahead of UTC of each cell with a time
    zone, NO_ZONE for the others; None when no cell has one.
    """

    day_first: Timestamps
    month_first: Timestamps
    grains: Kinds
    separator: str
    pattern: str
    offsets: Integers | None = None

    @property
    def ambiguous(self) -> bool:
        """Whether some cells can be read with the day and with the month first."""
        return self.day_first is not self.month_first

    @property
    def understood(self) -> Flags:
        """Which cells are dates: bool [n]."""
        return ~(np.isnat(self.day_first) & np.isnat(self.month_first))


def read_dates(cells: Sequence[Cell]) -> Dates:
    """Every cell as a date, with the day and with the month first."""
    if is_buddhist(cells):
        cells = without_buddhist(cells)
    found = _many_in_digits(cells) if isinstance(cells, Texts) else _iso(cells) or _iso_with_offset(cells)
    return _read_each(cells) if found is None else found


def _read_each(cells: Sequence[Cell]) -> Dates:
    """As ``read_dates``, one cell after the other."""
    cells = [cell if not isinstance(cell, str) or len(cell) <= _MAX_WITH_WORDS else "" for cell in cells]
    n = len(cells)
    parts = np.zeros((n, 4), dtype=np.int64)  # year, month, day, seconds
    grains = np.full(n, -1, dtype=np.int8)
    numeric = np.zeros(n, dtype=bool)
    patterns = [""] * n
    separators: Counter[str] = Counter()
    offsets = np.full(n, NO_ZONE, dtype=np.int64)
    for i, cell in enumerate(_without_words(cells)):
        one = one_date(cell)
        offsets[i] = one.offset
        if one.grain is None:
            continue
        parts[i], grains[i] = one.parts, one.grain
        if one.separator:
            numeric[i] = True
            separators[one.separator] += 1
        else:
            patterns[i] = one.pattern
    _settle(parts, grains, patterns, n - cells.count(""))
    if COLON in patterns and (parts[grains >= 0, 1] <= 4).all():
        parts[:, 1] = parts[:, 1] * 3 - 2
        grains[grains == Grain.MONTH] = Grain.QUARTER
    when = _assemble(parts, grains >= 0)
    zoned = offsets if (offsets != NO_ZONE).any() else None
    if not numeric.any():
        return Dates(when, when, grains, "", _most_common(Counter(filter(None, patterns))), zoned)
    swapped = np.where(numeric[:, None], parts[:, [0, 2, 1, 3]], parts)
    return Dates(when, _assemble(swapped, grains >= 0), grains, _most_common(separators), "", zoned)


def _settle(parts: Integers, grains: Kinds, patterns: list[str], filled: int) -> None:
    """Decide by all cells what one cannot show: whether S1 is a week, or half a year, and R5.3.1 a date or a code.

    ``filled``: how many cells are not empty. The other arguments are changed.
    """
    may_be_codes = ERA_IN_DIGITS in patterns or SHORT_QUARTER in patterns
    if may_be_codes and are_codes(parts[grains >= 0], patterns, filled):
        grains[:] = -1
        patterns[:] = [""] * len(patterns)
        return
    weeks = settle_weeks(parts, patterns)
    if weeks is None:
        return
    grains[weeks] = -1 if are_other_things(parts, weeks, patterns) else Grain.WEEK
    for i in np.flatnonzero(weeks).tolist():
        patterns[i] = WEEK_OF_YEAR if grains[i] == Grain.WEEK else ""


def _many_in_digits(texts: Texts) -> Dates | None:
    """Many texts that mostly are dates in digits, these all at once and the others one by one; None if few are."""
    together = _Together(len(texts))
    for some in dates_in_digits(texts):
        rows, dates = _of_one_shape(some)
        together.add(rows, dates)
    left = np.flatnonzero(together.grains < 0)
    if len(left) > (1 - _MIN_IN_DIGITS) * len(texts):
        return None
    if len(left):
        together.add(left, _read_each([texts[row] for row in left.tolist()]))
    return together.dates()


def _of_one_shape(some: DatesOfOneShape) -> tuple[Integers, Dates]:
    """The dates of texts of one shape, and which texts these are; without years first that no calendar has."""
    rows, known = some.rows, np.ones(len(some.rows), dtype=bool)
    grains = np.full(len(rows), some.grain, dtype=np.int8)
    if not some.year_first:
        day_first = _assemble(np.stack([some.year, some.second, some.first, some.seconds], axis=1), known)
        month_first = _assemble(np.stack([some.year, some.first, some.second, some.seconds], axis=1), known)
        return rows, Dates(day_first, month_first, grains, some.separator, "", some.offsets)
    when = _assemble(np.stack([some.year, some.first, some.second, some.seconds], axis=1), known)
    known = ~np.isnat(when)
    when, offsets = when[known], None if some.offsets is None else some.offsets[known]
    pattern = f"year{some.separator}month{some.separator}day"
    return rows[known], Dates(when, when, grains[known], "", pattern, offsets)


class _Together:
    """The dates of n cells, of which some are added at a time."""

    def __init__(self, count: int) -> None:
        self.grains = np.full(count, -1, dtype=np.int8)
        self._day_first = np.full(count, NAT, dtype="datetime64[s]")
        self._month_first = self._day_first
        self._offsets: Integers | None = None
        self._separators: Counter[str] = Counter()
        self._patterns: Counter[str] = Counter()

    def add(self, rows: Integers, dates: Dates) -> None:
        """Add those of some cells: int64, the place of each."""
        if dates.ambiguous and self._month_first is self._day_first:
            self._month_first = self._day_first.copy()
        self._day_first[rows] = dates.day_first
        if self._month_first is not self._day_first:
            self._month_first[rows] = dates.month_first
        self.grains[rows] = dates.grains
        if dates.offsets is not None:
            self._offsets = np.full(len(self.grains), NO_ZONE) if self._offsets is None else self._offsets
            self._offsets[rows] = dates.offsets
        counted = self._separators if dates.separator else self._patterns
        counted[dates.separator or dates.pattern] += len(rows)

    def dates(self) -> Dates:
        """All of them."""
        separator = _most_common(self._separators)
        pattern = "" if separator else _most_common(self._patterns)
        return Dates(self._day_first, self._month_first, self.grains, separator, pattern, self._offsets)


def _most_common(counted: Counter[str]) -> str:
    return counted.most_common(1)[0][0] if counted else ""


def _without_words(cells: Sequence[Cell]) -> Sequence[Cell]:
    """Cells with the first date of their text alone; seasons (2004/05) with their first year."""
    if _all_seasons(cells):
        return [cell[:4] if isinstance(cell, str) else cell for cell in cells]
    if _end_with_offsets(cells):
        return cells
    return [_without_surrounding(cell) for cell in cells]


def _without_surrounding(cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return cell
    cell = in_latin_letters(without_sign(cell))
    return first_date_text(cell) if len(cell) >= _MIN_WITH_WORDS else cell


def _end_with_offsets(cells: Sequence[Cell]) -> bool:
    """Whether the cells end like 00:30-06:00, always with one of few offsets: no slots of time, whose ends differ."""
    endings = [m[1] for cell in cells if isinstance(cell, str) and (m := _SLOT_OR_OFFSET.search(cell)) is not None]
    return len(endings) > _MAX_OFFSETS * len(set(endings)) > 0 and len(set(endings)) <= _MAX_OFFSETS


def _all_seasons(cells: Sequence[Cell]) -> bool:
    """Whether every cell is a year and the one after it: 2004/05, 2005/06 …"""
    texts = [cell for cell in cells if isinstance(cell, str) and cell]
    if len(texts) < 2 or len(texts[0]) not in (7, 9):
        return False
    matches = [_SEASON.fullmatch(text) for text in texts]
    return all(m is not None and int(m[2][-2:]) == (int(m[1]) + 1) % 100 for m in matches)


def looks_like_date(cell: Cell) -> bool:
    """Whether the cell names a day, week, month or quarter.

    A year alone and digits without separators are not: only the whole column shows whether they are dates.
    """
    if isinstance(cell, date):
        return True
    return isinstance(cell, str) and _MIN_DATE <= len(cell) <= _MAX_DATE and _text_looks_like_date(cell)


@lru_cache(maxsize=1 << 15)  # each cell is looked at for the delimiter, for the heading and for its column
def _text_looks_like_date(text: str) -> bool:
    text = in_latin_letters(text)
    if not may_begin_date(text):
        return False
    cell = _without_surrounding(text)
    if match_numeric_date(cell):
        return True
    parts = parse_date(cell)
    if parts is None or parts.grain is Grain.YEAR or parts.pattern in DIGITS_ALONE:
        return False
    return is_possible(parts)


def is_written_like_date(cell: Cell) -> bool:
    """Whether the cell looks like a date, also like one that no calendar has: 9999-12-31, 0000-00-00, 2024-13-45.

    A stray quotation mark is no part of it.
    """
    cell = cell.strip('"') if isinstance(cell, str) else cell
    if looks_like_date(cell):
        return True
    if not isinstance(cell, str) or not _MIN_DATE <= len(cell) <= _MAX_DATE:
        return False
    return is_shaped_like_date(str(_without_surrounding(cell)))


def is_compact_date(text: str) -> bool:
    """Whether the text is a day or month of 1900 to 2099 without separators: 20240131, 202401, 20240131 12:00."""
    return _COMPACT.fullmatch(text) is not None


def read_clock(cell: Cell) -> int | None:
    """Seconds after midnight of a time of day (0 to 86,400), or None."""
    seconds = _clock_seconds(cell)
    return seconds if seconds is not None and 0 <= seconds <= SECONDS_PER_DAY else None


def _clock_seconds(cell: Cell) -> int | None:
    if isinstance(cell, str):
        # The pattern takes longer, and hardly any cell has one of its signs.
        match = _CLOCK.fullmatch(cell) if ":" in cell or "h" in cell or "H" in cell else None
        return None if match is None else seconds_of(match)
    if isinstance(cell, time):
        return cell.hour * 3600 + cell.minute * 60 + cell.second
    if isinstance(cell, timedelta):
        return math.floor(cell.total_seconds())
    return None


def _assemble(parts: Integers, known: Flags) -> Timestamps:
    """datetime64[s] [n] from year, month, day, seconds; NaT where the calendar has no such day."""
    year, month, day, seconds = parts.T
    months = ((year - 1970) * 12 + month - 1).astype("datetime64[M]")
    days = months.astype("datetime64[D]") + (day - 1)
    good = known & (month >= 1) & (month <= 12) & (day >= 1) & (days.astype("datetime64[M]") == months)
    good &= (year >= FIRST_YEAR) & (year <= LAST_YEAR) & (np.abs(seconds) <= 2 * SECONDS_PER_DAY)
    result: Timestamps = np.where(good, days.astype("datetime64[s]") + seconds, NAT)
    return result


def _iso(cells: Sequence[Cell]) -> Dates | None:
    """The common clean case in one step: every cell is 2025-03-14, or every one 2025-03-14 09:30:00."""
    try:
        found = _iso_cells(cells)
    except ValueError:
        return None
    if found is None:
        return None
    when, length = found
    known = when[~np.isnat(when)].astype("datetime64[Y]").astype(np.int64) + 1970
    if len(known) and (known.min() < FIRST_YEAR or known.max() > LAST_YEAR):
        return None
    grain = Grain.DAY if length == _ISO_DAY else Grain.TIME
    return Dates(when, when, np.full(len(cells), grain, dtype=np.int8), "", "year-month-day")


def _iso_cells(cells: Sequence[Cell]) -> tuple[Timestamps, int] | None:
    """The dates of texts that all have one length, datetime64[s] [n], and that length; one cell may be empty."""
    texts = [cell for cell in cells if isinstance(cell, str) and cell]
    if not texts or len(texts) < len(cells) - 1:
        return None
    length = len(texts[0])
    if not all(len(text) == length and _ISO_TEXT.fullmatch(text) for text in texts):
        return None
    return np.array([cell or "NaT" for cell in cells], dtype="datetime64[s]"), length


def _iso_with_offset(cells: Sequence[Cell]) -> Dates | None:
    """Every cell is 2025-03-14T09:30:00+01:00: the times as written, and the offsets."""
    texts = [cell for cell in cells if isinstance(cell, str) and cell]
    if not texts or len(texts) < len(cells) - 1 or len(texts[0]) != 25:
        return None
    if not all(len(t) == 25 and t[19] in "+-" for t in texts):
        return None
    found = _iso([str(cell)[:19] for cell in cells])
    if found is None:
        return None
    known: dict[str, int] = {"": NO_ZONE}
    for ending in {str(cell)[19:] for cell in texts}:
        offset = offset_of(f"00:00:00{ending}")
        if offset is None:
            return None
        known[ending] = offset
    offsets = np.array([known[str(cell)[19:]] for cell in cells], dtype=np.int64)
    return replace(found, offsets=offsets)


def weekdays(days: Timestamps) -> Integers:
    """The weekday of dates of any unit, from 0 = Monday to 6 = Sunday: int64 of the same shape."""
    numbers: Integers = (days.astype("datetime64[D]").astype(np.int64) + 3) % 7
    return numbers
