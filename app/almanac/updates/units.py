"""Values that are all the same multiple of those before: another unit, scale or currency.

A person who changes what the numbers count changes all of them, and real corrections do not: so the whole past of a
series at one ratio, or at one line such as that from °C to °F, is no correction.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers
from almanac.core.series import SeriesSet
from almanac.updates.aligned import Aligned

POWERS = (10.0, 100.0, 1000.0, 0.1, 0.01, 0.001)
# (slope, intercept) of new = slope × old + intercept, with what they say.
TEMPERATURES = ((1.8, 32.0, "°F instead of °C"), (1 / 1.8, -32 / 1.8, "°C instead of °F"))
# All chosen by judgement.
MIN_VALUES = 3  # of a series, in both readings, before its unit is judged
MIN_SHARE = 0.9  # of its values that must follow the same rule
MIN_SERIES = 0.5  # of the series compared, for a ratio that is no power of ten
TOLERANCE = 0.01  # relative, for values that were rounded after the change
MIN_RATIO = 0.02  # of a ratio to 1, from which on a common one is another unit and not a recalculation
# Of values that are only appended: how near to a power of ten the change of level must be, and how much of it the
# past of the series may vary by itself, as a share of that change.
MAX_OFF, MAX_OWN_SPREAD = 0.25, 0.5
MIN_POWER, MAX_POWER = 2, 3  # of ten; a tenth is what a closure leaves of sales, and ten times a great success
RECENT = 24  # periods of the past that appended values are compared with


@dataclass(frozen=True)
class UnitChange:
    """``factor``: new values are so many times the old ones, NaN for another rule, which ``words`` say; ``rows``: the
    matched series, as positions; ``only_new``: past values are as they were.
    """

    factor: float
    rows: tuple[int, ...]
    words: str = ""
    only_new: bool = False


def unit_change(old: SeriesSet, before: Integers, points: Aligned) -> UnitChange | None:
    """The change of units that past values show, or that only the appended ones show; None without any.

    ``before`` int64 [M]: the positions of the matched series in the older reading.
    """
    both = points.both & (points.old != 0)
    compared = np.bincount(points.of[both], minlength=len(before)) >= MIN_VALUES
    found = None
    if compared.any():
        found = _by_temperature(points, both, compared) or _by_ratio(points, both, compared)
    return found or _by_level(old, before, points)


def _by_ratio(points: Aligned, both: Flags, compared: Flags) -> UnitChange | None:
    """A power of ten in any series; any other common ratio in most of them."""
    of, ratio = points.of[both], points.new[both] / points.old[both]
    for power in (-1.0, *POWERS):
        rows = _following(np.abs(ratio / power - 1) < TOLERANCE, of, compared)
        if rows.any():
            return UnitChange(power, tuple(np.flatnonzero(rows).tolist()))
    common = float(np.median(ratio))
    if common <= 0 or abs(common - 1) < MIN_RATIO:
        return None
    rows = _following(np.abs(ratio / common - 1) < TOLERANCE / 2, of, compared)
    return UnitChange(common, tuple(np.flatnonzero(rows).tolist())) if _most(rows, compared) else None


def _by_temperature(points: Aligned, both: Flags, compared: Flags) -> UnitChange | None:
    of, old, new = points.of[both], points.old[both], points.new[both]
    for slope, intercept, words in TEMPERATURES:
        expected = slope * old + intercept
        near = np.abs(new - expected) <= np.maximum(TOLERANCE * np.abs(expected), 0.5 * max(slope, 1.0) + 1e-9)
        apart = np.abs(new - old) > TOLERANCE * np.abs(old)
        rows = _following(near & apart & _varied(old, of, len(compared)), of, compared)
        if _most(rows, compared):
            return UnitChange(np.nan, tuple(np.flatnonzero(rows).tolist()), words)
    return None


def _varied(old: Floats, of: Integers, count: int) -> Flags:
    """Points of series with two different values at least: a line through a single one fits everything."""
    low, high = np.full(count, np.inf), np.full(count, -np.inf)
    np.minimum.at(low, of, old)
    np.maximum.at(high, of, old)
    varied: Flags = (high > low)[of]
    return varied


def _following(near: Flags, of: Integers, compared: Flags) -> Flags:
    """Which of the compared series follow a rule in nearly all of their values: bool [count]."""
    total = np.bincount(of, minlength=len(compared))
    share = np.bincount(of, near, minlength=len(compared)) / np.maximum(total, 1)
    rows: Flags = compared & (share >= MIN_SHARE)
    return rows


def _most(rows: Flags, compared: Flags) -> bool:
    return bool(rows.sum() > 0 and rows.sum() >= MIN_SERIES * compared.sum())


def _by_level(old: SeriesSet, before: Integers, points: Aligned) -> UnitChange | None:
    """A change of level by a power of ten, in most series, from the recent past to the appended values.

    With L the median of log10 |y| over the recent past of a series and A the same of its appended values, A - L must be
    near a whole number other than 0, and the recent past must itself span less than half of that.
    """
    count = len(before)
    recent = old.latest(before, RECENT)
    sizes = np.log10(np.abs(recent, where=recent != 0, out=np.full(recent.shape, np.nan)))
    appended = (points.period > points.last) & np.isfinite(points.new) & (points.new != 0)
    times = np.bincount(points.of[appended], minlength=count)
    usable = (np.isfinite(sizes).sum(axis=1) >= MIN_VALUES) & (times > 0)
    if not usable.any():
        return None
    shift, spread = np.zeros(count), np.full(count, np.inf)
    rows = np.flatnonzero(usable)
    total = np.bincount(points.of[appended], np.log10(np.abs(points.new[appended])), minlength=count)
    shift[rows] = total[rows] / times[rows] - np.nanmedian(sizes[rows], axis=1)
    spread[rows] = np.nanmax(sizes[rows], axis=1) - np.nanmin(sizes[rows], axis=1)
    power = np.rint(shift)
    moved = (power != 0) & (np.abs(shift - power) <= MAX_OFF) & (spread <= MAX_OWN_SPREAD * np.abs(shift))
    if not moved.any():
        return None
    usual = float(np.median(power[moved]))
    same = moved & (power == usual)
    if not MIN_POWER <= abs(usual) <= MAX_POWER or not _most(same, usable):
        return None
    return UnitChange(10.0**usual, tuple(np.flatnonzero(same).tolist()), only_new=True)
