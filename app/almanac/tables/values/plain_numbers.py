"""Plain numbers such as -12.5, read for a whole column at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from almanac.core.arrays import Flags, Floats

_MAX_DIGITS = 15  # as many as a float64 holds exactly, so that one division gives the nearest number
MAX_LENGTH = _MAX_DIGITS + 2  # with a sign and a decimal sign
_AT_ONCE = 1 << 15  # cells, so that all arrays fit in the processor's cache
_POWERS = 10.0 ** np.arange(_MAX_DIGITS + 1)
Bytes = NDArray[np.uint8]
Places = NDArray[np.int32]
_ZERO, _PLUS, _MINUS = (ord(sign) for sign in "0+-")


def plain_numbers(data: Bytes, starts: Places, lengths: Places, decimal: str) -> tuple[Floats, Flags]:
    """The numbers of N cells, float64 [N], and which of them are plain numbers or empty, bool [N].

    NaN where a cell is empty, or is no plain number. ``data`` goes on for at least ``MAX_LENGTH`` bytes after the last.
    """
    values, understood = np.empty(len(starts)), np.empty(len(starts), dtype=bool)
    for first in range(0, len(starts), _AT_ONCE):
        some = slice(first, first + _AT_ONCE)
        values[some], understood[some] = _numbers(data, starts[some], lengths[some], ord(decimal))
    return values, understood


def _numbers(data: Bytes, starts: Places, lengths: Places, decimal: int) -> tuple[Floats, Flags]:
    """As ``plain_numbers``, for few cells."""
    first = data[starts]
    signed = (lengths > 0) & ((first == _MINUS) | (first == _PLUS))
    understood = lengths <= MAX_LENGTH
    whole, after = np.zeros((2, len(starts)), dtype=np.int64)
    digits, points = np.zeros((2, len(starts)), dtype=np.int8)
    for k in range(min(int(lengths.max(initial=0)), MAX_LENGTH)):
        characters = data[starts + np.int32(k)]
        value = characters - np.uint8(_ZERO)  # beyond 9 for all that come before "0", too
        inside = lengths > k
        digit = (value < 10) & inside
        point = (characters == decimal) & inside
        whole = np.where(digit, whole * 10 + value, whole)
        after += digit & (points > 0)
        digits += digit
        points += point
        understood &= digit | point | ~inside | (signed if k == 0 else False)
    understood &= (digits > 0) & (digits <= _MAX_DIGITS) & (points < 2)
    numbers = whole / _POWERS[np.minimum(after, _MAX_DIGITS)]
    np.negative(numbers, out=numbers, where=signed & (first == _MINUS))
    numbers[~understood] = np.nan
    return numbers, understood | (lengths == 0)
