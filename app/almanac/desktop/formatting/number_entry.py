"""Read the number that a person typed: "25,5" and "25.5" mean the same to them, whatever their computer's language."""

from __future__ import annotations

import re
from dataclasses import dataclass

from PySide6.QtCore import QLocale

from almanac.core.number_signs import GROUP_SIGNS, MINUS_SIGNS

_SIGNS = frozenset(".,")
_NUMBER = re.compile(rf"[{MINUS_SIGNS}]?(\d[\d.,]*|[.,]\d+)")
_IGNORED = str.maketrans("", "", f" \u00a0\u202f\u2009{GROUP_SIGNS}_€$£%")  # what groups digits, and units
_GROUPS = re.compile(r"\d{1,3}([.,]\d{2,3})*[.,]\d{3}")  # the last of three digits, others of two in India
GROUP = 3  # digits between two signs


@dataclass(frozen=True)
class TypedNumber:
    """``value``: what was typed; ``decimals``: with how many decimals."""

    value: float
    decimals: int


def read_number(text: str) -> TypedNumber | None:
    """The number in ``text``; None when it is none.

    The last of two different signs begins the decimals, and one that occurs more than once groups digits. A single
    sign begins decimals unless exactly three digits follow at most three: "1.234" is ambiguous, and is read as the
    person's own computer would write it.
    """
    typed = text.translate(_IGNORED)
    if not _NUMBER.fullmatch(typed):
        return None
    negative, digits = typed[0] in MINUS_SIGNS, typed.lstrip(MINUS_SIGNS)
    decimal = _decimal_sign(digits)
    whole, _, fraction = digits.rpartition(decimal) if decimal else (digits, "", "")
    if not _SIGNS.isdisjoint(whole) and not _GROUPS.fullmatch(whole):
        return None
    value = float(f"{whole.replace('.', '').replace(',', '') or '0'}.{fraction or '0'}")
    return TypedNumber(-value if negative else value, len(fraction))


def _decimal_sign(digits: str) -> str:
    """The sign that begins the decimals of these digits; empty when they have none."""
    signs = [letter for letter in digits if letter in _SIGNS]
    if not signs:
        return ""
    last = signs[-1]
    if len(set(signs)) == 2:
        return last if signs.count(last) == 1 else ""
    if len(signs) > 1:
        return ""
    before, _, after = digits.partition(last)
    ambiguous = len(after) == GROUP and 0 < len(before) <= GROUP and before != "0"
    return "" if ambiguous and last == QLocale().groupSeparator() else last
