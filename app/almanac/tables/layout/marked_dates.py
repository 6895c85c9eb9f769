"""Dates in a line of names with the mark of a footnote, or of preliminary figures: 2022, 2023, 2024*."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from almanac.tables.values.dates.calendar_names import is_fiscal_year, is_year, month_number, quarter_number
from almanac.tables.values.dates.date_text import day_and_month
from almanac.tables.values.dates.fiscal_dates import names_fiscal_period
from almanac.tables.values.dates.read_dates import is_compact_date, looks_like_date
from almanac.tables.values.footnote_marks import MarkKind, without_mark, without_sign, year_written_once

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DIGIT = re.compile(r"\d")
_MAX_MARKS = 2  # next to one date, such as 2024 (p)*; chosen by judgement


def unmarked(text: str) -> str:
    """A date without its marks; any other text as it is."""
    return _unmarked(text)[0]


def unmarked_names(names: Sequence[str]) -> tuple[list[str], list[str]]:
    """The names with dates without their marks, and the names that had one.

    Only where no two would then be the same, and a letter or a word only next to a date without a mark: 1990s, 2000s
    are decades, and "Estimate 2024" is measured as "Actual 2024" is.
    """
    bare = [year_written_once(name) for name in names]
    patterns = {_pattern(name) for name in bare if _YEAR.search(name)}
    found: dict[int, tuple[str, MarkKind]] = {}
    for n, name in enumerate(bare):
        rest, kind = _unmarked(name)
        if kind is MarkKind.NONE and patterns:
            rest, kind = _without_mark_of_pattern(name, patterns)
        if kind is not MarkKind.NONE:
            found[n] = rest, kind
    dated = any(kind is not MarkKind.SIGN for _, kind in found.values()) and any(map(_is_date, bare))
    unmarked_at = {n: rest for n, (rest, kind) in found.items() if dated or kind is MarkKind.SIGN}
    times = Counter([*unmarked_at.values(), *(name for n, name in enumerate(bare) if n not in unmarked_at)])
    marked = {n: rest for n, rest in unmarked_at.items() if times[rest] == 1}
    return [marked.get(n, name) for n, name in enumerate(bare)], [bare[n] for n in marked]


@lru_cache(maxsize=1 << 15)  # each name is looked at for the heading and for the columns
def _unmarked(text: str) -> tuple[str, MarkKind]:
    """A date without its marks, and what the least sure of these is; any other text as it is."""
    text = year_written_once(text)
    rest, least = text, MarkKind.SIGN
    for _ in range(_MAX_MARKS):
        stripped, kind = without_mark(rest)
        if kind is MarkKind.NONE or _is_date(rest):
            break
        rest, least = stripped, min(least, kind)
    return (rest, least) if rest != text and _is_date(rest) else (text, MarkKind.NONE)


def _without_mark_of_pattern(name: str, patterns: set[str]) -> tuple[str, MarkKind]:
    """A name with a year, without a mark that others of its pattern do not have: Sold_2023, Sold_2024*."""
    rest, kind = without_mark(name)
    found = kind >= MarkKind.WORD and _YEAR.search(rest) and _pattern(rest) in patterns
    return (rest, MarkKind.SIGN) if found else (name, MarkKind.NONE)


def _pattern(name: str) -> str:
    return _DIGIT.sub("0", name)


def _is_date(text: str) -> bool:
    """Whether the text is a date without a mark, or a part of one."""
    if without_sign(text) != text:
        return False
    if is_year(text) or is_fiscal_year(text) or names_fiscal_period(text) or is_compact_date(text):
        return True
    if looks_like_date(text) or month_number(text) is not None or quarter_number(text) is not None:
        return True
    return day_and_month(text) is not None
