"""Columns of numbers many at once: a call for each of thousands of short columns would take longer than its numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from almanac.core.arrays import Floats

_AT_ONCE = 1 << 17  # numbers, so that what is made of them fits in the processor's cache; of longer columns one


def batches(columns: Sequence[Floats]) -> Iterator[tuple[int, Floats]]:
    """Columns, all of N numbers, as float64 [some, N], and the place of the first of them among all."""
    some = max(_AT_ONCE // max(len(columns[0]), 1), 1) if columns else 1
    for first in range(0, len(columns), some):
        group = columns[first : first + some]
        yield first, group[0][None] if len(group) == 1 else np.stack(group)
