"""Text with one column of numbers, whose decimal commas look like they set two cells apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_NUMBER = re.compile(
    r"\s*[-+]?(?P<whole>\d{1,3}(?:[.'’\s]\d{3})+|\d+)(?:,(?P<fraction>\d+))?\s?(?:[€$£%]|[A-Z]{3}|kr|zł|Kč|Ft)?\s*"
)
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


def _fixed_places(fractions: Sequence[str]) -> bool:
    """Whether all have equally many digits, with leading zeros, as no whole number has."""
    places = {len(fraction) for fraction in fractions}
    zeros = any(fraction.startswith("0") for fraction in fractions)
    return len(fractions) >= _MIN_FIXED and len(places) == 1 and places.pop() >= _MIN_PLACES and zeros


def _counts(wholes: Sequence[str]) -> bool:
    """Whether each number is the one before and one more."""
    return all(int(after) == int(before) + 1 for before, after in pairwise(wholes))
