"""Numbers nearly all of which are the same, as in a column that is mostly blank, in a fraction of their memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from almanac.core.arrays import Flags, Integers, number_type

# Share of numbers that are not the usual one, above which less memory is no gain; chosen by judgement.
MAX_OTHERS = 0.25
_Any = TypeVar("_Any", bound=np.generic)


@dataclass(frozen=True, eq=False)
class Sparse(Generic[_Any]):
    """N numbers, each of them ``usual`` but for ``others`` [n] at ``places`` [n], ascending integers."""

    places: Integers
    others: NDArray[_Any]
    usual: float
    count: int

    @classmethod
    def of(cls, numbers: NDArray[_Any], usual: float) -> Sparse[_Any]:
        """The same numbers [N]; ``usual`` may be NaN."""
        places = np.flatnonzero(_others(numbers, usual))
        return cls(places.astype(number_type(len(numbers))), numbers[places], usual, len(numbers))

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, place: int) -> float:
        """The number at one place."""
        at = int(np.searchsorted(self.places, place))
        return float(self.others[at] if at < len(self.places) and self.places[at] == place else self.usual)

    def dense(self) -> NDArray[_Any]:
        """All numbers, a new array [N]."""
        numbers = np.full(self.count, self.usual, dtype=self.others.dtype)
        numbers[self.places] = self.others
        return numbers

    def take(self, rows: Flags) -> Sparse[_Any]:
        """Only some of the numbers; ``rows``: bool [N]."""
        kept = rows[self.places]
        new_place = np.cumsum(rows, dtype=number_type(self.count)) - 1
        return Sparse(new_place[self.places[kept]], self.others[kept], self.usual, int(np.count_nonzero(rows)))


def dense(numbers: NDArray[_Any] | Sparse[_Any]) -> NDArray[_Any]:
    """The numbers as an array; sparse ones as a new one."""
    return numbers.dense() if isinstance(numbers, Sparse) else numbers


def sparsely(numbers: NDArray[_Any], usual: float) -> NDArray[_Any] | Sparse[_Any]:
    """The same numbers [N], sparse where nearly all of them are ``usual``, which may be NaN."""
    few = np.count_nonzero(_others(numbers, usual)) <= MAX_OTHERS * len(numbers)
    return Sparse.of(numbers, usual) if few else numbers


def _others(numbers: NDArray[_Any], usual: float) -> Flags:
    others: Flags = ~np.isnan(numbers) if np.isnan(usual) else numbers != usual
    return others


def end_to_end(parts: Sequence[Sparse[_Any]]) -> Sparse[_Any]:
    """Sparse numbers one after the other, at least one; all have the same usual number."""
    ends = np.cumsum([part.count for part in parts])
    count = int(ends[-1])
    places = [part.places + (end - part.count) for part, end in zip(parts, ends, strict=True)]
    others = np.concatenate([part.others for part in parts])
    return Sparse(np.concatenate(places).astype(number_type(count)), others, parts[0].usual, count)
