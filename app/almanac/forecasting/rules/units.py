"""Series that from some time on are counted in another unit: thousands, months instead of years, cents."""

from __future__ import annotations

import numpy as np

from almanac.core.arrays import Floats
from almanac.core.problems import Problem
from almanac.core.series import SeriesSet
from almanac.core.text import agree, some

UNITS = (12, 52, 100, 1000, 1_000_000)  # months and weeks in a year, cents, thousands, millions
# Chosen by judgement, and so that no level that merely rose or fell in M1 and in the validation series counts.
MIN_KNOWN = 4  # values before and after,
MIN_KNOWN_OF_SMALL, SMALL = 12, 100  # or so many where the factor is smaller than that
MIN_GAP = 0.5  # of the logarithm of the factor: between the largest value of one unit and the smallest of the other
MAX_STANDARD_ERRORS = 3.0  # that the mean ratio may be from a unit,
MIN_OFF = 0.01  # of its logarithm, which is always allowed,
MAX_OFF = 0.2  # and never more than that; less than a third of the distance between two units
_NEAREST = 12  # values, or two seasons, on either side: a trend must not count as part of the ratio; by judgement
_MAX_NAMES = 5


def unit_factors(series: SeriesSet) -> Floats:
    """By what the points of each series must be multiplied to be in its present unit: float64 [points], 1 for most."""
    factors = np.ones(len(series.values))
    for i in _may_have_changed(series):
        at, factor = _change(series[i], series.frequency.season_length)
        factors[series.offsets[i] : series.offsets[i] + at] = factor
    return factors


def _may_have_changed(series: SeriesSet) -> list[int]:
    """The series in which some value is several times the one before: few need a closer look."""
    jump = MIN_GAP * np.log(UNITS[0])
    smallest, largest = (f.reduceat(series.values, series.offsets[:-1]) for f in (np.fmin, np.fmax))
    wide = (smallest > 0) & (largest >= np.exp(-MAX_OFF) * UNITS[0] * smallest) & (series.lengths >= 2 * MIN_KNOWN)
    return [i for i in np.flatnonzero(wide).tolist() if np.abs(np.diff(np.log(_known(series[i])))).max() >= jump]


def _known(values: Floats) -> Floats:
    return values[np.isfinite(values)]


def _change(values: Floats, season: int) -> tuple[int, float]:
    """How many points are in another unit, and their factor: 0 and 1 where none are.

    All values of one unit are larger than all of the other, by more than any of them differ among themselves would
    explain, and the ratio is that of two units in use.
    """
    logs = np.log(_known(values))
    if len(logs) < 2 * MIN_KNOWN:
        return 0, 1.0
    up = np.minimum.accumulate(logs[::-1])[::-1][1:] - np.maximum.accumulate(logs)[:-1]
    down = np.minimum.accumulate(logs)[:-1] - np.maximum.accumulate(logs[::-1])[::-1][1:]
    gap = np.maximum(up, down)[MIN_KNOWN - 1 : len(logs) - MIN_KNOWN]
    at = int(gap.argmax()) + MIN_KNOWN
    before, after = _nearest(logs[:at][::-1], season), _nearest(logs[at:], season)
    ratio = float(after.mean() - before.mean())
    error = float(np.sqrt(before.var() / len(before) + after.var() / len(after)))
    factor = _unit(ratio, min(MAX_STANDARD_ERRORS * error + MIN_OFF, MAX_OFF))
    enough = MIN_KNOWN_OF_SMALL if 1 / SMALL < factor < SMALL else MIN_KNOWN
    if gap.max() < MIN_GAP * abs(np.log(factor)) or factor == 1 or min(at, len(logs) - at) < enough:
        return 0, 1.0
    return int(np.flatnonzero(np.isfinite(values))[at]), factor


def _unit(ratio: float, off: float) -> float:
    """The factor between two units whose logarithm is nearest to ``ratio``, 1 where none is as near as ``off``."""
    factors = np.concatenate([UNITS, 1 / np.array(UNITS, float)])
    distance = np.abs(np.log(factors) - ratio)
    return float(factors[distance.argmin()]) if distance.min() <= off else 1.0


def _nearest(values: Floats, season: int) -> Floats:
    """The first values, as many as make whole seasons; all where there is no whole one."""
    whole = min(len(values), max(2 * season, _NEAREST)) // season * season
    return values[: whole or len(values)]


def unit_note(names: list[str]) -> Problem:
    """What a person should know about series in two units."""
    one = agree(len(names), "changes", "change")
    return Problem(
        "unit_changed",
        f"{some(names, _MAX_NAMES)} {one} as if counted in another unit, and what came before was converted.",
        "From one period on, all values are many times as large or as small, by a factor such as 12, 100 or 1,000, and "
        "otherwise like before.",
        "Nothing to do. If the change is real, the forecast goes on from the new level all the same.",
        count=len(names),
    )
