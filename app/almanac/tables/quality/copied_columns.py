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
SAMPLE, MIN_EQUAL_IN_SAMPLE = 512, 0.9  # rows that show first whether comparing all is worth it
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
        if len(left) > 4 * SAMPLE and not _alike(left, right, step):
            continue
        known = np.isfinite(left) & np.isfinite(right)
        left, right = left[known], right[known]
        if len(left) < MIN_VALUES:
            continue
        times = next((times for times in _factors(left, right, step) if _equal(left, right, times) >= MIN_EQUAL), None)
        if times is not None and min(_different(left), _different(right)) >= MIN_DIFFERENT:
            return step, times
    return None


def _alike(left: Floats, right: Floats, step: int) -> bool:
    """Whether rows spread over the columns are nearly all equal: in a copy they are, wherever it was edited."""
    rows = np.linspace(0, len(left) - 1, SAMPLE).astype(np.int64)
    rows = rows[np.isfinite(left[rows] + right[rows])]
    if len(rows) < SAMPLE // 4:  # too few to tell: of those that are known in both
        rows = np.flatnonzero(np.isfinite(left) & np.isfinite(right))
        rows = rows[np.linspace(0, len(rows) - 1, min(SAMPLE, len(rows))).astype(np.int64)]
    left, right = left[rows], right[rows]
    return len(rows) < MIN_VALUES or any(
        _equal(left, right, times) >= MIN_EQUAL_IN_SAMPLE for times in _factors(left, right, step)
    )


def _factors(left: Floats, right: Floats, step: int) -> tuple[float, ...]:
    """What ``right`` may have to be multiplied with to become ``left``: 1, and in the same row the usual ratio."""
    divisible = right != 0
    if step or not divisible.any():
        return (1.0,)
    factor = abs(float(np.median(left[divisible] / right[divisible])))
    return (1.0, factor) if factor else (1.0,)


def _equal(left: Floats, right: Floats, times: float) -> float:
    """The share of values that are equal; one too small to matter may be too large."""
    size = np.abs(times * right)
    apart = np.abs(left - times * right) - RELATIVE_TOLERANCE * size
    most = float((apart <= ABSOLUTE_TOLERANCE * max(float(size.max()), 1)).mean())
    if most < min(MIN_EQUAL, MIN_EQUAL_IN_SAMPLE):  # as of most columns, without a look at the usual size
        return most
    return float((apart <= ABSOLUTE_TOLERANCE * max(float(np.median(size)), 1)).mean())


def _different(values: Floats) -> int:
    return len(np.unique(values[:DIFFERENT_LOOKED_AT]))


def _shifted(a: Floats, b: Floats, step: int) -> tuple[Floats, Floats]:
    """The parts of both columns that meet when ``a`` is ``step`` rows later than ``b``."""
    if step == 0:
        return a, b
    return (a[step:], b[:-step]) if step > 0 else (a[:step], b[-step:])
