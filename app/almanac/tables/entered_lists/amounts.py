"""The amounts of a list, all of them written in one way."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

from almanac.core.entered.adjustments import AdjustmentKind
from almanac.core.number_signs import MINUS_SIGNS
from almanac.tables.values.numbers import find_convention, read_number, votes

MAX_SHOWN = 20  # characters of a number that is too large
_ONE_MINUS = str.maketrans(MINUS_SIGNS, "-" * len(MINUS_SIGNS))


class ListAmounts:
    """The texts of all amounts of a list."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._convention = find_convention(votes(map(_digits, texts)), votes([]))

    def read(self, text: str, kind: AdjustmentKind) -> float:
        """A number as people write it; for ``SCALE`` also a percentage, where "+20%" is 1.2.

        Raises ``ValueError`` with the reason for a text that is not one clear number.
        """
        digits, share = _digits(text), text.strip().endswith("%")
        own = votes([digits])
        if not self._convention.certain and (own.groups_point or own.groups_comma):
            raise ValueError(f"“{text}” may be with thousands or with decimals: write it without a sign for thousands")
        value = read_number(digits.removeprefix("+"), self._convention.decimal)
        if value is None or (share and kind is not AdjustmentKind.SCALE):
            raise ValueError(f"“{text[:MAX_SHOWN]}” is not a number" + (" that is set or added" if share else ""))
        if not isfinite(value):
            raise ValueError(f"“{text[:MAX_SHOWN]}…” is too large")
        if not share:
            return value
        return (1 + value / 100) if digits[0] in "+-" else value / 100


def _digits(text: str) -> str:
    return "".join(text.split()).translate(_ONE_MINUS).removesuffix("%")
