"""Columns that know the answer: copies of another column, also shifted in time or multiplied by a number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from almanac.core.arrays import Floats

_COLUMNS, _ROWS, _LEAST, _SHIFTS = 40, 100_000, 12, 3
_SAME = 0.98


class Copy(NamedTuple):
    """``column`` is ``of``, ``shift`` rows later (0 = the same row), times ``factor``."""

    column: int
    of: int
    shift: int
    factor: float


def copies(columns: Mapping[int, Floats], shifts: bool) -> list[Copy]:
    """Columns that repeat an earlier one. ``shifts``: whether one row follows the other in time."""
    names = list(columns)[:_COLUMNS]
    parts = {i: columns[i][:_ROWS] for i in names}
    found: list[Copy] = []
    for place, i in enumerate(names):
        for j in names[:place]:
            if any(copy.column == j for copy in found):
                continue
            copy = _copy(parts[i], parts[j], shifts)
            if copy is not None:
                found.append(Copy(i, j, *copy))
                break
    return found


def _copy(a: Floats, b: Floats, shifts: bool) -> tuple[int, float] | None:
    steps = [0, *(s for n in range(1, _SHIFTS + 1) for s in (n, -n))] if shifts else [0]
    for step in steps:
        left, right = _moved(a, b, step)
        known = np.isfinite(left) & np.isfinite(right)
        left, right = left[known], right[known]
        if len(left) < _LEAST or len(np.unique(right[:1000])) < _LEAST // 2:
            continue
        scale = float(np.median(np.abs(right)))
        factor = float(np.median(np.abs(left))) / scale if scale else 0.0
        for times in (1.0, factor) if step == 0 else (1.0,):
            if times and np.isclose(left, times * right, rtol=1e-6, atol=1e-9 * max(scale, 1)).mean() >= _SAME:
                return step, times
    return None


def _moved(a: Floats, b: Floats, step: int) -> tuple[Floats, Floats]:
    """``a`` beside ``b``, of ``step`` rows earlier."""
    if step == 0:
        return a, b
    return (a[step:], b[:-step]) if step > 0 else (a[:step], b[-step:])
