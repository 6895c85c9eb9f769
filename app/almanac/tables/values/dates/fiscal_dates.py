"""Years, quarters and months of fiscal years: 2022/23 Q4, FY23 P01, FY 2023-24. The whole column must be written so.

Which month such a year begins with is not in the cells; here a period is a number within its year.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from almanac.core.arrays import Integers
from almanac.tables.values.cells import Cell, cell_text
from almanac.tables.values.dates.calendar_names import FIRST_YEAR, LAST_YEAR
from almanac.tables.values.dates.date_patterns import full_year
from almanac.tables.values.numbers import is_missing_word

_TWO = r"(?:(?P<fy>FY|SY|AY|F\.Y\.)\s?)?(?P<y>\d{4}|\d{2})\s?[-/–]\s?(?P<n>\d{4}|\d{2})"
_ONE = r"(?P<fy>FY|F\.Y\.)\s?'?(?P<y>\d{4}|\d{2})"
_PART = r"(?:(?:Q|Qtr\.?\s?|Quarter\s)0?(?P<q>[1-4])|(?P<q2>[1-4])Q|(?:P|M|Period\s|Month\s)(?P<p>0?[1-9]|1[0-2]))"
_BETWEEN = r"[\s\-/.,:_]*"
_SHAPES = tuple(
    re.compile(shape, re.IGNORECASE)
    for year in (_TWO, _ONE)
    for shape in (year, f"{year}{_BETWEEN}{_PART}", f"{_PART}{_BETWEEN}{year}", f"{year}{_BETWEEN}\\({_PART}\\)")
)
_POSSIBLE = re.compile(r"[-/–]|f\.?y", re.IGNORECASE)  # what each of the shapes has: hardly any other text does
# Both chosen by judgement.
_MIN_SHARE, _MIN_CELLS = 0.9, 2  # of the filled cells, and how many
_MAX_CELLS = 2000  # distinct ones: months of 160 years


class Part(IntEnum):
    """What of a fiscal year the cells name."""

    YEAR = 0
    QUARTER = 1
    MONTH = 2


@dataclass(frozen=True, eq=False)
class FiscalCells:
    """n distinct cells. ``years``: int64 [n], the (first) year in each name, 0 where there is none; ``places``: int64
    [n], the quarter or month, 0 where a cell names a whole year; ``pattern``: how most cells are written, see
    ``FiscalYear``; ``two_years``: names have both calendar years, as 2022/23 has.
    """

    years: Integers
    places: Integers
    part: Part
    pattern: str
    two_years: bool


@dataclass(frozen=True)
class _Found:
    year: int
    place: int
    part: Part
    pattern: str
    two_years: bool


def read_fiscal(cells: Sequence[Cell]) -> FiscalCells | None:
    """The cells as fiscal years or their parts; None when they are anything else."""
    if len(cells) > _MAX_CELLS:
        return None
    found = _find_all([cell_text(cell) for cell in cells])
    if found is None:
        return None
    known = [f for f in found if f is not None]
    parts = Counter(f.part for f in known)
    part = Part(max(parts))
    finest = [f for f in known if f.part is part]
    if len(parts) > 1 and (len(parts) > 2 or Part.YEAR not in parts):
        return None
    if len({f.two_years for f in finest}) > 1:
        return None
    return FiscalCells(
        np.array([f.year if f else 0 for f in found], dtype=np.int64),
        np.array([f.place if f else 0 for f in found], dtype=np.int64),
        part,
        Counter(f.pattern for f in finest).most_common(1)[0][0],
        finest[0].two_years,
    )


def _find_all(texts: list[str]) -> list[_Found | None] | None:
    """What each text is; None as soon as too many that are filled are anything else, as in most columns."""
    empty = [not text or is_missing_word(text) for text in texts]
    filled = len(texts) - sum(empty)
    others = filled - math.ceil(max(_MIN_CELLS, _MIN_SHARE * filled))  # how many there may be
    found: list[_Found | None] = []
    for text, nothing in zip(texts, empty, strict=True):
        if others < 0:
            break
        found.append(None if nothing else _find(text))
        others -= found[-1] is None and not nothing
    return found if others >= 0 else None


def names_fiscal_year(text: str) -> bool:
    """Whether a text is a whole fiscal year and nothing else: 2022/23, 2008-09, FY23."""
    found = _find(text)
    return found is not None and found.part is Part.YEAR


def names_fiscal_period(text: str) -> bool:
    """Whether a text is a fiscal year or a part of one, and nothing else."""
    return _find(text) is not None


def names_fiscal_part(text: str) -> bool:
    """Whether a text is a quarter or month of a fiscal year: FY22 P01, 2022/23 M01, Q1 2022/23."""
    found = _find(text)
    return found is not None and found.part is not Part.YEAR


def _find(text: str) -> _Found | None:
    if _POSSIBLE.search(text) is None:
        return None
    for shape in _SHAPES:
        match = shape.fullmatch(text)
        if match is not None and (found := _of(match)) is not None:
            return found
    return None


def _of(match: re.Match[str]) -> _Found | None:
    groups = match.groupdict()
    year = full_year(groups["y"])
    following = groups.get("n")
    if not FIRST_YEAR <= year <= LAST_YEAR or (following and int(following[-2:]) != (year + 1) % 100):
        return None
    quarter = groups.get("q") or groups.get("q2")
    part = Part.QUARTER if quarter else Part.MONTH if groups.get("p") else Part.YEAR
    return _Found(year, int(quarter or groups.get("p") or 0), part, _pattern(match), following is not None)


def _pattern(match: re.Match[str]) -> str:
    """The text of a match with a field for each part of it."""
    groups = match.groupdict()
    fields = {
        "y": "{y}" if len(groups["y"]) == 4 else "{y2}",
        "n": "{n}" if len(groups.get("n") or "") == 4 else "{n2}",
        "q": "{q}",
        "q2": "{q}",
        "p": "{p2}" if (groups.get("p") or "").startswith("0") or len(groups.get("p") or "") == 2 else "{p}",
    }
    spans = sorted((match.span(name), field) for name, field in fields.items() if groups.get(name))
    text, place, pattern = match[0], 0, ""
    for (start, stop), field in spans:
        pattern += text[place:start].replace("{", "{{").replace("}", "}}") + field
        place = stop
    return pattern + text[place:].replace("{", "{{").replace("}", "}}")
