"""Series that are zero until something begins, such as a product in a table that is older than it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from almanac.core.arrays import Floats, Integers
from almanac.core.problems import Problem
from almanac.core.series import SeriesSet
from almanac.core.text import agree, some

MIN_ZEROS = 4  # fewer may be a slow start; chosen by judgement
MAX_CHANCE = 0.001  # that as many zeros would come first by chance, given how often zeros come later; by judgement
MIN_POINTS_AFTER = 3  # without which there would be nothing to forecast by
_MAX_NAMES = 5


def points_before_launch(series: SeriesSet) -> Integers:
    """How many points, zeros and gaps, come before each series begins: int64 [N], 0 where it has no such beginning.

    With k zeros among n values after the first that is not zero, the chance of a zero is taken to be (k + 1) / (n + 2)
    (Laplace's rule of succession). Zeros that would be likely before it, as in rare sales, belong to the series. A gap,
    such as a closed day, begins nothing.
    """
    starts, ends = series.offsets[:-1], series.offsets[1:]
    zero, known = series.values == 0, np.isfinite(series.values)
    others = np.append(np.flatnonzero(known & ~zero), len(zero))
    begins = np.minimum(others[np.searchsorted(others, starts)], ends)
    zeros, values = (np.concatenate([[0], np.cumsum(one)]) for one in (zero, known))
    leading, after = zeros[begins] - zeros[starts], values[ends] - values[begins]
    chance = (zeros[ends] - zeros[begins] + 1) / (after + 2)
    launched = (leading >= MIN_ZEROS) & (after >= MIN_POINTS_AFTER) & (chance**leading < MAX_CHANCE)
    for i in np.flatnonzero(launched).tolist():
        launched[i] = _longest_silence(series.values[begins[i] : ends[i]]) < leading[i]
    return np.where(launched, begins - starts, 0)


def _longest_silence(values: Floats) -> int:
    """The most points without a demand between two demands, or after the last: what is out of season comes back."""
    return int(np.diff(np.append(np.flatnonzero(values > 0), len(values))).max(initial=1)) - 1


def from_launch(series: SeriesSet, before: Integers) -> SeriesSet:
    """The series with no value where they had not begun; ``before`` int64 [N]: their points until then."""
    if not before.any():
        return series
    position = np.arange(len(series.values)) - np.repeat(series.offsets[:-1], series.lengths)
    return replace(series, values=np.where(position < np.repeat(before, series.lengths), np.nan, series.values))


def launch_note(names: list[str]) -> Problem:
    """What a person should know about series that had not begun."""
    one = agree(len(names), "is zero until it begins", "are zero until they begin")
    return Problem(
        "zero_before_launch",
        f"{some(names, _MAX_NAMES)} {one}, and only what came after that was used.",
        "So many zeros in a row never come again later, as with a product that was not sold yet.",
        "Nothing to do. If it was on sale and nobody bought it, expect less than the forecast says.",
        count=len(names),
    )
