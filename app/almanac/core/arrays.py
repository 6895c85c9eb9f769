"""Array types that every package shares, so that a signature says what its arrays hold. Docstrings give the shapes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
Integers = NDArray[np.signedinteger]
Flags = NDArray[np.bool_]
Timestamps = NDArray[np.datetime64]
_AT_ONCE = 1 << 16  # numbers, so that what is made of them fits in the processor's cache
_MAX_COUNTS = 64  # of flags, of which one is asked for again by each column of a table
_KINDS = tuple((int(np.iinfo(kind).max), kind) for kind in (np.int8, np.int16, np.int32))
_Any = TypeVar("_Any", bound=np.generic)


def pieces(count: int) -> Iterator[slice]:
    """Parts of ``count`` numbers, one after the other, so that what is made of each takes little memory."""
    for start in range(0, count, _AT_ONCE):
        yield slice(start, min(start + _AT_ONCE, count))


def has_missing(values: Floats) -> bool:
    """Whether some value is NaN."""
    return any(bool(np.isnan(values[part]).any()) for part in pieces(len(values)))


def pick(values: NDArray[_Any], places: NDArray[np.integer]) -> NDArray[_Any]:
    """``values[places]`` without the copy of all places as int64 that NumPy makes of smaller ones."""
    if places.dtype == np.intp and places.flags.c_contiguous:
        picked: NDArray[_Any] = values[places]
        return picked
    picked = np.empty(len(places), dtype=values.dtype)
    for part in pieces(len(places)):
        picked[part] = values[places[part]]
    return picked


def relabel(labels: Integers, numbers: Integers) -> Integers:
    """``labels[numbers]``, an integer for each; the same array where each number below ``len(labels)`` stays itself."""
    unchanged = numbers.dtype.itemsize <= labels.dtype.itemsize and bool((labels == np.arange(len(labels))).all())
    return numbers if unchanged else pick(labels, numbers)


def extremes(groups: Integers, numbers: Integers, count: int) -> tuple[Integers, Integers]:
    """The lowest and the highest number of each group: int64 [count] each; the lowest of none is the higher one."""
    low, high = np.full(count, np.iinfo(np.int64).max), np.full(count, np.iinfo(np.int64).min)
    for part in pieces(len(groups)):  # quick with int64 alone, of which no copies as large as the file are needed
        of, some = groups[part].astype(np.int64), numbers[part].astype(np.int64)
        np.minimum.at(low, of, some)
        np.maximum.at(high, of, some)
    return low, high


@lru_cache(maxsize=_MAX_COUNTS)
def none_of(count: int) -> Flags:
    """No flag set: bool [count], which takes no memory and cannot be written to."""
    return np.broadcast_to(np.False_, count)


@lru_cache(maxsize=_MAX_COUNTS)
def all_of(count: int) -> Flags:
    """Every flag set: bool [count], which takes no memory and cannot be written to."""
    return np.broadcast_to(np.True_, count)


def number_type(count: int) -> type[np.signedinteger]:
    """A small type for numbers from 0 to ``count``. Differences of two fit in it; sums and products may not."""
    return next((kind for most, kind in _KINDS if count <= most), np.int64)


def end_to_end(parts: Sequence[Floats]) -> Floats:
    """Arrays as one, float64 [sum of their lengths]: without a copy where they are all of one array, in order."""
    whole = whole_of(parts)
    if whole is not None:
        return whole
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def whole_of(parts: Sequence[Floats]) -> Floats | None:
    """The array that parts in this order are all of, float64 [sum of their lengths]; None for any others."""
    whole = parts[0].base
    if whole is None or whole.size != sum(map(len, parts)) or not whole.flags.c_contiguous:
        return None
    place = whole.ctypes.data
    for part in parts:
        if part.base is not whole or part.ctypes.data != place or not part.flags.c_contiguous:
            return None
        place += part.nbytes
    joined: Floats = whole.reshape(-1)
    return joined
