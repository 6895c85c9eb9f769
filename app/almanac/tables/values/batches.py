"""Columns of numbers many at once: a call for each of thousands of short columns would take longer than its numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from almanac.core.arrays import Floats

_AT_ONCE = 1 << 17  # numbers, so that what is made of them fits in the processor's cache; of longer columns one


def batches(columns: Iterable[Floats]) -> Iterator[tuple[int, Floats]]:
    """Columns, all of N numbers, as float64 [some, N], and the place of the first of them among all."""
    first = 0
    group: list[Floats] = []
    for column in columns:
        group.append(column)
        if len(group) >= _AT_ONCE // max(len(column), 1):
            yield first, _stacked(group)
            first, group = first + len(group), []
    if group:
        yield first, _stacked(group)


def _stacked(group: list[Floats]) -> Floats:
    return group[0][None] if len(group) == 1 else np.concatenate(group).reshape(len(group), -1)
