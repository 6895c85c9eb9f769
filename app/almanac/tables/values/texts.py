"""Many different texts, kept end to end as in a file: a Python object for each would take several times the memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import overload

import numpy as np

from almanac.core.arrays import Flags, Integers


class Texts(Sequence[str]):
    """Texts in UTF-8; ``ends``: int64 [n], where each ends in ``data``, and the next one begins."""

    def __init__(self, data: bytes | bytearray, ends: Integers) -> None:
        """Keep both as they are."""
        self._data, self._ends = data, ends

    def __len__(self) -> int:
        return len(self._ends)

    @overload
    def __getitem__(self, at: int) -> str: ...

    @overload
    def __getitem__(self, at: slice) -> list[str]: ...

    def __getitem__(self, at: int | slice) -> str | list[str]:
        """One text, or a list of several."""
        if isinstance(at, slice):
            return [self[i] for i in range(*at.indices(len(self)))]
        place = range(len(self))[at]
        return self._data[int(self._ends[place - 1]) if place else 0 : int(self._ends[place])].decode()

    def __iter__(self) -> Iterator[str]:
        start = 0
        for first in range(0, len(self._ends), 1 << 12):
            for end in self._ends[first : first + (1 << 12)].tolist():
                yield self._data[start:end].decode()
                start = end

    @property
    def empty(self) -> Flags:
        """Which texts are empty: bool [n]."""
        flags: Flags = np.diff(self._ends, prepend=0) == 0
        return flags
