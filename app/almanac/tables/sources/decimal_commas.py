"""Decimal commas that look like they set two cells apart: in a text of one column, or in one column of a table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from almanac.core.number_signs import CURRENCY, GROUP_SIGNS, MINUS_SIGNS

_NUMBER = re.compile(
    rf"\s*[{MINUS_SIGNS}+]?(?P<whole>\d{{1,3}}(?:[.{GROUP_SIGNS}\s]\d{{3}})+|\d+)(?:,(?P<fraction>\d+))?"
    rf"\s?(?:%|{CURRENCY}|[A-Z]{{3}}|Ft)?\s*"
)
_WHOLE = re.compile(r"[-+]?\d+")
# All chosen by judgement.
_LINES = 2000  # looked at
_MIN_NUMBERS = 3  # with a comma
_MIN_SHARE = 0.95  # numbers among the lines from the first one on
_MIN_FIXED = 8  # numbers with equally many places, where no heading shows that there is one column
_MIN_PLACES = 2


def is_one_column(text: str) -> bool:
    """Whether every comma of the text is decimal: each line is one number, and so is the heading one name."""
    lines = [line for line in text.split("\n")[:_LINES] if line.strip()]
    found = [_NUMBER.fullmatch(line) for line in lines]
    first = next((n for n, match in enumerate(found) if match), len(lines))
    numbers = [match for match in found[first:] if match]
    fractions = [match["fraction"] for match in numbers if match["fraction"]]
    if len(fractions) < _MIN_NUMBERS or len(numbers) < _MIN_SHARE * (len(lines) - first):
        return False
    if _counts(["".join(filter(str.isdecimal, match["whole"])) for match in numbers]):
        return False  # the numbers before the commas are those of the rows
    heading = lines[first - 1] if first else ","
    return "," not in heading or ((", " in heading or not first) and _fixed_places(fractions))


def cut_numbers(text: str, rows: Sequence[Sequence[str]]) -> re.Pattern[str] | None:
    """Finds numbers that their commas cut in two, where lines have so many cells more than the heading has names.

    The groups are what is before, between and after these commas. None where there are no such numbers.
    """
    if '"' in text or len(rows) <= _MIN_FIXED:
        return None
    width = Counter(map(len, rows)).most_common(1)[0][0]
    first = next(n for n, row in enumerate(rows) if len(row) == width)
    data = [row for row in rows[first:_LINES] if len(row) == width]
    heading = rows[first - 1] if first else data[0]
    if len(heading) >= width or any(map(_WHOLE.fullmatch, heading)):
        return None
    columns = list(zip(*data, strict=True))
    cut = [n for n, (whole, places) in enumerate(pairwise(columns)) if _are_cut(whole, places)]
    if len(cut) != width - len(heading) or len(data) < _MIN_SHARE * len(rows[first:_LINES]):
        return None
    cells = [_pattern(n, cut, len(column[0])) for n, column in enumerate(columns)]
    signs = ["),(" if n in cut else "," for n in range(cut[-1] + 1)]
    line = "".join(cell + sign for cell, sign in zip(cells, [*signs, ""], strict=False))
    return re.compile(rf"(?m)^({line})(?=,|\r?$)")


def _pattern(n: int, cut: Sequence[int], places: int) -> str:
    """Matches the cell n of a line; ``cut``: the cells before the commas that cut numbers."""
    if n - 1 in cut:
        return rf"\d{{{places}}}"
    return r"[-+]?\d++" if n in cut else r"[^,\n]*+"


def with_points(text: str, cut: re.Pattern[str]) -> str:
    """The text with points for the commas that cut numbers."""
    return cut.sub(".".join(rf"\{n + 1}" for n in range(cut.groups)), text)


def _are_cut(wholes: Sequence[str], fractions: Sequence[str]) -> bool:
    """Whether two columns hold what is before and after the commas of numbers."""
    numbers = all(map(_WHOLE.fullmatch, wholes)) and all(map(str.isdecimal, fractions))
    return numbers and _fixed_places(fractions) and not _counts(wholes)


def _fixed_places(fractions: Sequence[str]) -> bool:
    """Whether all have equally many digits, with leading zeros, as no whole number has."""
    places = {len(fraction) for fraction in fractions}
    zeros = any(fraction.startswith("0") for fraction in fractions)
    return len(fractions) >= _MIN_FIXED and len(places) == 1 and places.pop() >= _MIN_PLACES and zeros


def _counts(wholes: Sequence[str]) -> bool:
    """Whether each number is the one before and one more."""
    return all(int(after) == int(before) + 1 for before, after in pairwise(wholes))
