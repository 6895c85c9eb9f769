"""Columns that duplicate another, shifted in time or scaled (target leakage)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from almanac.core.arrays import Floats

MAX_COLUMNS, MAX_ROWS = 40, 100_000  # compared: every pair of columns is, so more would take seconds
MAX_SHIFT = 3  # rows
MIN_VALUES = 12  # known in both columns
MIN_DIFFERENT = MIN_VALUES // 2  # different values: columns that hardly change are alike by chance
DIFFERENT_LOOKED_AT = 1000  # rows
MIN_EQUAL = 0.98  # share of values that must be equal; a copy may have been edited here and there
RELATIVE_TOLERANCE, ABSOLUTE_TOLERANCE = 1e-6, 1e-9  # for values rounded when they were written


class Copy(NamedTuple):
    """``column`` is ``of``, ``shift`` rows later (0 = the same row), times ``factor``."""

    column: int
    of: int
    shift: int
    factor: float


def find_copies(columns: Mapping[int, Floats], shifts: bool) -> list[Copy]:
    """Columns that repeat an earlier one. ``shifts``: whether one row follows the other in time."""
    positions = list(columns)[:MAX_COLUMNS]
    parts = {i: columns[i][:MAX_ROWS] for i in positions}
    found: list[Copy] = []
    for n, i in enumerate(positions):
        for j in positions[:n]:
            if any(copy.column == j for copy in found):
                continue
            copy = _compare(parts[i], parts[j], shifts)
            if copy is not None:
                found.append(Copy(i, j, *copy))
                break
    return found


def _compare(a: Floats, b: Floats, shifts: bool) -> tuple[int, float] | None:
    """Shift and factor that make ``b`` equal to ``a``; None when there are none."""
    steps = [0, *(s for n in range(1, MAX_SHIFT + 1) for s in (n, -n))] if shifts else [0]
    for step in steps:
        left, right = _shifted(a, b, step)
        known = np.isfinite(left) & np.isfinite(right)
        left, right = left[known], right[known]
        if len(left) < MIN_VALUES or len(np.unique(right[:DIFFERENT_LOOKED_AT])) < MIN_DIFFERENT:
            continue
        scale = float(np.median(np.abs(right)))
        factor = float(np.median(np.abs(left))) / scale if scale else 0.0
        tolerance = ABSOLUTE_TOLERANCE * max(scale, 1)
        for times in (1.0, factor) if step == 0 else (1.0,):
            if times and np.isclose(left, times * right, RELATIVE_TOLERANCE, tolerance).mean() >= MIN_EQUAL:
                return step, times
    return None


def _shifted(a: Floats, b: Floats, step: int) -> tuple[Floats, Floats]:
    """The parts of both columns that meet when ``a`` is ``step`` rows later than ``b``."""
    if step == 0:
        return a, b
    return (a[step:], b[:-step]) if step > 0 else (a[:step], b[-step:])
