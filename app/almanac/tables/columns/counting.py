"""Counts distinct values and pairs among millions of rows without sorting them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from almanac.core.arrays import Flags, Integers, Timestamps, number_type, pick, pieces, relabel

# A table of that many entries for each number is quicker than sorting, and takes not much more memory.
_MAX_ENTRIES, _MAX_FLAGS, _SMALL_TABLE = 4, 16, 1 << 20
_AT_ONCE = 1 << 18  # rows, so that little memory is needed
_NOT_A_TIME = np.iinfo(np.int64).min  # numpy's own number for NaT


def renumber(numbers: Integers, size: int) -> tuple[Integers, Integers]:
    """Numbers below ``size``, renumbered in order of first appearance: [N], and the first row of each number: int64.

    Products with the new numbers may be larger than their type holds.
    """
    rows = len(numbers)
    if size > max(_SMALL_TABLE, _MAX_ENTRIES * rows):
        _, first, inverse = np.unique(numbers, return_index=True, return_inverse=True)
        return np.argsort(np.argsort(first))[inverse], np.sort(first)
    first = np.full(size, rows, dtype=np.int64)
    for stop in range(rows, 0, -_AT_ONCE):  # backwards, so that the first row is the last to be written
        start = max(stop - _AT_ONCE, 0)
        first[numbers[start:stop][::-1]] = np.arange(stop - 1, start - 1, -1)
    used = np.flatnonzero(first < rows)
    order = used[np.argsort(first[used])]
    renumbered = np.zeros(size, dtype=number_type(len(order)))
    renumbered[order] = np.arange(len(order))
    return relabel(renumbered, numbers), first[order]


def distinct_pairs(left: Integers, right: Integers, rights: int) -> Iterator[Integers]:
    """Every distinct pair once, ascending, as ``left * rights + right``; ``right`` is below ``rights``.

    All pairs of one ``left`` come in one part.
    """
    seen = _pairs_seen(left, right, rights)
    if seen is None:
        pairs = left * np.int64(rights)
        pairs += right
        pairs.sort()
        yield pairs[np.concatenate([[True], pairs[1:] != pairs[:-1]])]
        return
    step = max(_AT_ONCE // rights, 1) * rights
    for start in range(0, len(seen), step):
        yield np.flatnonzero(seen[start : start + step]) + start


def count_pairs(left: Integers, right: Integers, rights: int) -> int:
    """How many distinct pairs there are; ``right`` is below ``rights``."""
    seen = _pairs_seen(left, right, rights)
    return sum(map(len, distinct_pairs(left, right, rights))) if seen is None else int(seen.sum())


def _pairs_seen(left: Integers, right: Integers, rights: int) -> Flags | None:
    """Which pairs there are, bool [lefts * rights]; None where there are far more possible pairs than rows."""
    size = (int(left.max(initial=0)) + 1) * rights
    if size > max(_SMALL_TABLE, _MAX_FLAGS * len(left)):
        return None
    seen = np.zeros(size, dtype=bool)
    for part in pieces(len(left)):
        seen[left[part] * np.int64(rights) + right[part]] = True
    return seen


def how_often(numbers: Integers) -> Integers:
    """How often each distinct number, none below 0, is there, in the order of the numbers: int64."""
    if int(numbers.max(initial=0)) > max(_SMALL_TABLE, _MAX_ENTRIES * len(numbers)):
        return np.unique(numbers, return_counts=True)[1]
    counts = np.bincount(numbers)
    return counts[counts > 0]


def among(numbers: Integers, some: Flags) -> Flags:
    """Which numbers, none below 0, are among ``some`` of them (bool [N]): bool [N]."""
    if int(numbers.max(initial=0)) > max(_SMALL_TABLE, _MAX_FLAGS * len(numbers)):
        return np.isin(numbers, numbers[some])
    return pick(_there(numbers, some), numbers)


def count_different(numbers: Integers, some: Flags) -> int:
    """How many different numbers, none below 0, are among ``some`` of them (bool [N])."""
    if int(numbers.max(initial=0)) > max(_SMALL_TABLE, _MAX_FLAGS * len(numbers)):
        return len(np.unique(numbers[some]))
    return int(_there(numbers, some).sum())


def _there(numbers: Integers, some: Flags) -> Flags:
    """Which numbers from 0 to the largest are among ``some``: bool."""
    there = np.zeros(int(numbers.max(initial=0)) + 1, dtype=bool)
    for part in pieces(len(numbers)):
        there[numbers[part][some[part]]] = True
    return there


def distinct_moments(when: Timestamps) -> tuple[Timestamps, Integers]:
    """The distinct moments, ascending, and which of them each row has: ``np.unique`` without sorting a million rows.

    Where all moments are a whole number of steps apart, and there are not far more steps than rows, they are counted.
    NaT, if there is one, comes last.
    """
    if len(when) and (when[1:] > when[:-1]).all():
        return when, np.arange(len(when), dtype=number_type(len(when)))
    seconds = when.view(np.int64)
    first, last = (int(seconds.min()), int(seconds.max())) if len(seconds) else (0, 0)
    if first == _NOT_A_TIME:  # counted from it, other moments do not fit in 64 bits
        return _sorted_moments(when)
    step = 0
    for part in pieces(len(seconds)):
        step = int(np.gcd.reduce(seconds[part] - first, initial=step))
    step = max(step, 1)
    size = (last - first) // step + 1
    if size > 4 * len(seconds) + 1000:
        return _sorted_moments(when)
    there = np.zeros(size if len(seconds) else 0, dtype=bool)
    for part in pieces(len(seconds)):
        there[(seconds[part] - first) // step] = True
    steps = np.flatnonzero(there)
    number = np.zeros(size, dtype=number_type(len(steps)))
    number[steps] = np.arange(len(steps))
    places = np.empty(len(seconds), dtype=number.dtype)
    for part in pieces(len(seconds)):
        places[part] = number[(seconds[part] - first) // step]
    return (steps * step + first).astype(when.dtype), places


def _sorted_moments(when: Timestamps) -> tuple[Timestamps, Integers]:
    """As ``distinct_moments``, by sorting."""
    moments, index = np.unique(when, return_inverse=True)
    return moments, index.astype(number_type(len(moments)))


def moments_of(when: Timestamps, codes: Integers) -> tuple[Timestamps, Integers]:
    """As ``distinct_moments`` of ``when[codes]``, without as many dates; ``codes``: int [N]."""
    used = np.zeros(len(when), dtype=bool)
    for part in pieces(len(codes)):
        used[codes[part]] = True
    moments, places = distinct_moments(when[used])
    numbers = np.zeros(len(when), dtype=places.dtype)
    numbers[used] = places
    return moments, relabel(numbers, codes)
