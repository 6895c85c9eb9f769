"""Years that are not counted from the year 1 on: Japanese eras, the Republic of China, and the Buddhist calendar.

令和5年3月 and R5.3.1 are in 2023, 民國112年3月 and 112/03/01 are too, and so is 01/03/2566.
Codes of models and accounts may be written as R5.3.1 and 112/03/01 are, and tickets as quarters: T340. Only the whole
column shows which they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

import numpy as np

from almanac.core.arrays import Integers
from almanac.tables.values.cells import Cell

# What is added to a year of each era, and its last year. Sources: the Japanese law on eras of 1979, and its earlier
# edicts; the Republic of China counts from 1912.
_ERAS = {
    "令和": (2018, 99), "平成": (1988, 31), "昭和": (1925, 64), "大正": (1911, 15), "明治": (1867, 45),
    "令": (2018, 99), "平": (1988, 31), "昭": (1925, 64),
    "r": (2018, 99), "h": (1988, 31), "s": (1925, 64),
    "中華民國": (1911, 199), "民國": (1911, 199), "民国": (1911, 199), "": (1911, 199),
}  # fmt: skip
NAMES_OF_ERAS = tuple(name for name in _ERAS if name and not name.isascii())
_NAMED = "|".join(sorted(filter(None, _ERAS), key=len, reverse=True))
_ERA = rf"(?P<era>{_NAMED})\s?(?P<y>元|\d{{1,3}})"
_REPUBLIC = r"(?P<era>)(?P<y>1\d\d)"  # years of three digits from 1911 on need no name
_DAY, _MONTH = r"\s?年\s?(?P<a>\d{1,2})\s?月\s?(?P<b>\d{1,2})\s?日?", r"\s?年\s?(?P<a>\d{1,2})\s?月(?P<b>)??"
_APART = r"(?P<sep>[./])(?P<a>\d{1,2})(?P=sep)(?P<b>\d{1,2})"
ERA_PATTERNS = (
    *(f"{_ERA}{rest}" for rest in (_DAY, _MONTH, r"\s?年度?(?P<a>)??(?P<b>)??", _APART)),
    *(f"{_REPUBLIC}{rest}" for rest in (_DAY, _MONTH)),
    rf"{_REPUBLIC}(?P<sep>[./])(?P<a>\d\d)(?P=sep)(?P<b>\d\d)",
)

# Years from 1897 to 2057 in the Buddhist calendar: no file has so many dates five centuries ahead.
_BUDDHIST, _AHEAD = re.compile(r"(?<!\d)(2[45]\d\d)(?!\d)"), 543
_NUMBER = re.compile(r"\d+(?:[.,]\d*)?")
_LOOKED_AT, _MIN_DATES = 20, 3  # cells that must all have such a year; chosen by judgement

ERA_IN_DIGITS, SHORT_QUARTER = "year of an era in digits", "quarter and year without a sign"
MAY_BE_CODES = (ERA_IN_DIGITS, SHORT_QUARTER)
# Of dates that may be codes; all chosen by judgement.
_MIN_KNOWN, _MIN_IN_ORDER = 0.9, 0.9  # share of cells that are dates, and of steps in one direction
_MIN_CELLS, _MIN_UNSORTED = 3, 30  # cells from which on they are judged, and of dates in no order
_FIRST_DAYS, _LAST_DAYS = 12, 28  # numbers up to the first say little; a calendar has days from the second on
_MIN_FILLED, _MIN_NEXT = 0.2, 0.6  # share of the days from first to last; of the steps to the next quarter
_MAX_QUARTERS, _MIN_QUARTERS = 100, 0.8  # from first to last of quarters in no order, and the share that occurs


def year_of_era(match: re.Match[str]) -> int | None:
    """The year of a match of one of ``ERA_PATTERNS``; None where the era did not last so long."""
    before, most = _ERAS[match["era"].lower()]
    number = 1 if match["y"] == "元" else int(match["y"])
    return before + number if 1 <= number <= most else None


def is_buddhist(cells: Sequence[Cell]) -> bool:
    """Whether dates have years of the Buddhist calendar, as 01/03/2566 does; years alone may be any numbers."""
    filled = list(islice((cell for cell in cells if cell != ""), _LOOKED_AT))
    texts = [cell for cell in filled if isinstance(cell, str) and not _NUMBER.fullmatch(cell)]
    return len(filled) == len(texts) >= _MIN_DATES and all(map(_BUDDHIST.search, texts))


def without_buddhist(cells: Sequence[Cell]) -> list[Cell]:
    """The cells with their years in the common calendar: 01/03/2023."""
    return [_BUDDHIST.sub(_in_common, cell) if isinstance(cell, str) else cell for cell in cells]


def _in_common(match: re.Match[str]) -> str:
    return str(int(match[1]) - _AHEAD)


def are_codes(parts: Integers, patterns: Sequence[str], filled: int) -> bool:
    """Whether cells that may be codes or dates do not run as a calendar does.

    ``parts``: int64 [n, 4], year, month, day and seconds of the dates in the order of the rows; ``patterns``: how each
    is written, "" where it needs no other to be known; ``filled``: how many cells there are, with those without a date.
    """
    eras, quarters = (sum(pattern == short for pattern in patterns) for short in (ERA_IN_DIGITS, SHORT_QUARTER))
    if filled < _MIN_CELLS or max(eras, quarters) * 2 < len(parts):
        return False
    if len(parts) < filled - max(1, (1 - _MIN_KNOWN) * filled):
        return True
    return not (_run_as_days(parts) if eras >= quarters else _run_as_quarters(parts))


def _run_as_days(parts: Integers) -> bool:
    """Whether days have a steady step, one order, or all the days and months of a calendar."""
    months, day = parts[:, 0] * 12 + parts[:, 1], parts[:, 2]
    days = ((months - 1970 * 12 - 1).astype("datetime64[M]").astype("datetime64[D]") + (day - 1)).astype(np.int64)
    if _is_steady(days) or ((day == day[0]).all() and _is_steady(months)):
        return True
    if day.max() > _FIRST_DAYS and _share_in_order(days) >= _MIN_IN_ORDER:
        return True
    filled = len(np.unique(days)) >= _MIN_FILLED * (days.max() - days.min() + 1)
    spread = day.max() >= _LAST_DAYS and (filled or len(np.unique(parts[:, 1])) == 12)
    return len(days) >= _MIN_UNSORTED and bool(spread)


def _run_as_quarters(parts: Integers) -> bool:
    """Whether quarters follow one another, or are most of those of some years."""
    quarters = parts[:, 0] * 4 + (parts[:, 1] - 1) // 3
    halves = bool(np.isin(parts[:, 1], (1, 7)).all())
    steps = np.abs(np.diff(quarters))
    if bool(((steps == 1) | (halves & (steps == 2))).mean() >= _MIN_NEXT):
        return True
    span = (quarters.max() - quarters.min()) // (2 if halves else 1) + 1
    return bool(span <= _MAX_QUARTERS and len(np.unique(quarters)) >= _MIN_QUARTERS * span)


def _is_steady(numbers: Integers) -> bool:
    steps = np.diff(numbers)
    return bool(steps.any() and (steps == steps[0]).all())


def _share_in_order(numbers: Integers) -> float:
    rising = float((np.diff(numbers) > 0).mean())
    return max(rising, 1 - rising)
