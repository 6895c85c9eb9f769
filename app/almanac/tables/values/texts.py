"""Many different texts, kept end to end as in a file: a Python object for each would take several times the memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import overload

import numpy as np
from numpy.typing import NDArray

from almanac.core.arrays import Flags, Floats, Integers, number_type, pieces
from almanac.tables.values.plain_numbers import MAX_LENGTH, Bytes, plain_numbers

_AT_ONCE = 1 << 14  # texts, so that what is made of them fits in the processor's cache
_NOT_ASCII, _LOWER, _FIRST_LETTER, _LETTERS = (np.uint8(n) for n in (0x80, 0x20, ord("a"), 26))
_MAX_LISTED = 1 << 10  # texts up to which a list of them, quicker to use, takes little memory; chosen by judgement


class Texts(Sequence[str]):
    """Texts in UTF-8, each of which begins in ``data`` where the one before ends."""

    def __init__(self, data: bytes | bytearray, ends: NDArray[np.integer]) -> None:
        """``ends``: [n], where each text ends."""
        self._data, self._ends = data, ends.astype(number_type(len(data)), copy=False)

    def __len__(self) -> int:
        return len(self._ends)

    @overload
    def __getitem__(self, at: int) -> str: ...

    @overload
    def __getitem__(self, at: slice) -> list[str]: ...

    def __getitem__(self, at: int | slice) -> str | list[str]:
        """One text, or a list of several."""
        if isinstance(at, slice):
            first, end, step = at.indices(len(self))
            return list(self._some(first, end)) if step == 1 else [self[i] for i in range(first, end, step)]
        place = range(len(self))[at]
        return self._data[int(self._ends[place - 1]) if place else 0 : int(self._ends[place])].decode()

    def __iter__(self) -> Iterator[str]:
        for first in range(0, len(self._ends), 1 << 12):
            yield from self._some(first, first + (1 << 12))

    def _some(self, first: int, end: int) -> Iterator[str]:
        """The texts from one on, up to another."""
        start = int(self._ends[first - 1]) if first else 0
        for stop in self._ends[first:end].tolist():
            yield self._data[start:stop].decode()
            start = stop

    def of_one_length(self, longest: int) -> Iterator[tuple[Integers, Bytes]]:
        """Texts of one length, their places and bytes: int64 [k], uint8 [k, length]; those up to ``longest`` bytes."""
        data = np.frombuffer(self._data, dtype=np.uint8)
        for first in range(0, len(self._ends), _AT_ONCE):
            ends = self._ends[first : first + _AT_ONCE].astype(np.int64)
            starts = np.concatenate([[self._ends[first - 1] if first else 0], ends[:-1]])
            lengths = ends - starts
            for length in np.unique(lengths[(lengths > 0) & (lengths <= longest)]).tolist():
                rows = np.flatnonzero(lengths == length)
                yield rows + first, data[starts[rows, None] + np.arange(length)]

    def numbers(self, decimal: str) -> tuple[Floats, Flags]:
        """As ``plain_numbers``, for every text; one that ends with the decimal sign, such as "33.", is none."""
        values, understood = np.empty(len(self)), np.empty(len(self), dtype=bool)
        for part in pieces(len(self)):
            data, ends = self._bytes(part)
            lengths = np.diff(ends, prepend=0).astype(np.int32)
            starts = (ends - lengths).astype(np.int32)
            data = np.concatenate([data, np.zeros(MAX_LENGTH, dtype=np.uint8)])
            values[part], understood[part] = plain_numbers(data, starts, lengths, decimal)
            ordinal = (lengths > 0) & (data[starts + np.maximum(lengths, 1) - 1] == ord(decimal))
            values[part][ordinal], understood[part][ordinal] = np.nan, False
        return values, understood

    def _bytes(self, part: slice) -> tuple[Bytes, Integers]:
        """The bytes of some texts that follow one another, and where each ends in these: uint8, int64 [n]."""
        begin = int(self._ends[part.start - 1]) if part.start else 0
        ends = self._ends[part].astype(np.int64) - begin
        return np.frombuffer(self._data, dtype=np.uint8, count=int(ends[-1]), offset=begin), ends

    @property
    def empty(self) -> Flags:
        """Which texts are empty: bool [n]."""
        flags = np.empty(len(self), dtype=bool)
        flags[:1] = self._ends[:1] == 0
        flags[1:] = self._ends[1:] == self._ends[:-1]
        return flags

    @property
    def with_letters(self) -> bool:
        """Whether some text may hold a letter, as those of dates in digits do not."""
        data = np.frombuffer(self._data, dtype=np.uint8)
        return any(
            ((data[part] >= _NOT_ASCII) | ((data[part] | _LOWER) - _FIRST_LETTER < _LETTERS)).any()
            for part in pieces(len(data))
        )

    @property
    def begin_beyond_digits(self) -> Flags:
        """Which texts begin with a character behind the digits, such as a letter: bool [n]."""
        flags = ~self.empty
        data = np.frombuffer(self._data, dtype=np.uint8)
        starts = np.concatenate([[0], self._ends[:-1]])[flags] if len(self._ends) else self._ends
        flags[flags] = data[starts] > ord("9")
        return flags


def few_as_list(texts: Texts) -> Sequence[str]:
    """The same texts; few of them as a list, which is quicker to use."""
    return list(texts) if len(texts) <= _MAX_LISTED else texts
