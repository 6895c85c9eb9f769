"""Many rounded numbers as texts: digit by digit for all of them at once, where Python would write one after another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from almanac.core.arrays import Flags, Floats, Integers

_Letters = NDArray[np.uint8]  # [width, n]: a text in each column, 0 where there is no letter
_MAX_DIGITS = 15  # that a float always keeps
_TENS = 10 ** np.arange(_MAX_DIGITS + 1)
_MIN_PLAIN = 1e-4  # Python writes smaller numbers with a power of ten
_ZERO, _MINUS, _END = b"0-\n"
_MAX_PLACES = 300  # a power of ten that floats have
_ROWS_AT_ONCE = 1 << 14  # so that what is made of them fits in the processor's cache


@dataclass(frozen=True)
class Rounded:
    """Numbers as ``wholes`` / 10 ** ``places``: float64 [n] (whole, NaN for none) and int64 [n]."""

    wholes: Floats
    places: Integers

    @property
    def values(self) -> Floats:
        """The numbers: float64 [n]."""
        return self.wholes / 10.0**self.places

    def part(self, rows: slice) -> Rounded:
        """Some of them, one after the other."""
        return Rounded(self.wholes[rows], self.places[rows])


def rounded(values: Floats, digits: int, least: Integers | int = 0) -> Rounded:
    """``values`` [n] with so many significant digits, or with ``least`` decimals where those are more."""
    size = np.where((values == 0) | np.isnan(values), 1.0, np.abs(values))
    places = np.maximum(digits - 1 - np.floor(np.log10(size)).astype(np.int64), least)
    places = np.minimum(places, _MAX_PLACES)
    return Rounded(np.rint(values * 10.0**places), places)


def number_rows(columns: Sequence[Rounded], separator: str, decimal: str = ".") -> list[str]:
    """The numbers of each row with ``separator`` between them, in the shortest form that says them exactly."""
    texts: list[str] = []
    for start in range(0, len(columns[0].wholes), _ROWS_AT_ONCE):
        part = [column.part(slice(start, start + _ROWS_AT_ONCE)) for column in columns]
        texts += _rows(part, ord(separator), ord(decimal))
    return texts


def _rows(columns: Sequence[Rounded], separator: int, decimal: int) -> list[str]:
    parts: list[_Letters] = []
    for column in columns:
        parts += [*_letters(column, decimal), _all(len(column.wholes), separator)]
    parts[-1] = _all(len(columns[0].wholes), _END)
    letters = np.concatenate(parts).T.tobytes()
    return letters.translate(None, b"\0").decode("ascii").split("\n")[:-1]


def _all(count: int, letter: int) -> _Letters:
    return np.full((1, count), letter, dtype=np.uint8)


def _letters(column: Rounded, decimal: int) -> list[_Letters]:
    """Each number as Python's ``repr`` writes it, with another decimal sign; nothing where there is none."""
    values = column.values
    size = np.abs(values)
    plain = (column.places >= 0) & (column.places <= _MAX_DIGITS) & (np.abs(column.wholes) < 10.0**_MAX_DIGITS)
    plain &= (size >= _MIN_PLAIN) | (size == 0)
    letters = _plain_letters(column, plain, np.signbit(values), decimal)
    others = np.flatnonzero(~plain)
    if not len(others):
        return letters
    texts = ["" if value != value else repr(value).replace(".", chr(decimal)) for value in values[others].tolist()]
    written = np.array(texts, dtype="S")
    for part in letters:
        part[:, others] = 0
    more = np.zeros((written.itemsize, len(values)), dtype=np.uint8)
    more[:, others] = written.view(np.uint8).reshape(len(others), -1).T
    return [*letters, more]


def _plain_letters(column: Rounded, plain: Flags, negative: Flags, decimal: int) -> list[_Letters]:
    """The sign, the digits before the decimal sign, it, and at least one behind; those not ``plain`` mean nothing."""
    wholes = np.where(plain, np.abs(column.wholes), 0.0).astype(np.int64)
    places = np.where(plain, column.places, 0)
    most, scale = max(int(places.max(initial=0)), 1), _TENS[places]
    before = wholes // scale
    behind = (wholes - before * scale) * _TENS[most - places]
    first, last = _digits(before, len(str(before.max(initial=0)))), _digits(behind, most)
    for place, more in zip(range(len(first) - 1), _TENS[len(first) - 1 : 0 : -1], strict=True):
        first[place] *= before >= more
    follows = np.zeros(len(wholes), dtype=bool)
    for place in range(most - 1, 0, -1):
        follows |= last[place] != _ZERO
        last[place] *= follows
    sign = np.where(negative, _MINUS, 0).astype(np.uint8)[None]
    return [sign, first, _all(len(wholes), decimal), last]


def _digits(numbers: Integers, width: int) -> _Letters:
    """The last ``width`` digits of numbers from 0 on, with leading zeros."""
    digits = np.empty((width, len(numbers)), dtype=np.uint8)
    for place in range(width - 1, -1, -1):
        tens = numbers // 10
        digits[place] = numbers - tens * 10 + _ZERO
        numbers = tens
    return digits
