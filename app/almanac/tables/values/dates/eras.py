"""Years that are not counted from the year 1 on: Japanese eras, the Republic of China, and the Buddhist calendar.

令和5年3月 and R5.3.1 are in 2023, 民國112年3月 and 112/03/01 are too, and so is 01/03/2566.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

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
