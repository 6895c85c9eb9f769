"""How far ahead it makes sense to look, and how much of the past the models read."""

from __future__ import annotations

from almanac.core.frequency import Frequency, Unit

SHORTEST_HISTORY = 3
# Two years of days, ten years of months: further out, the past of one series says almost nothing.
_FURTHEST = {Unit.YEAR: 20, Unit.QUARTER: 40, Unit.MONTH: 120, Unit.WEEK: 156, Unit.HOUR: 744}
_USUAL = {
    Unit.YEAR: 5,
    Unit.QUARTER: 8,
    Unit.MONTH: 12,
    Unit.WEEK: 13,
    Unit.DAY: 28,
    Unit.BUSINESS_DAY: 20,
    Unit.HOUR: 48,
    Unit.MINUTE: 48,
    Unit.ROW: 12,
}
# The graphs accept any length; a few fixed ones let series share a batch.
LENGTHS = (24, 48, 72, 96, 120, 144, 192, 240, 288, 336, 504, 672, 840, 1008, 1104)
_SLOW = (Unit.YEAR, Unit.QUARTER, Unit.MONTH, Unit.ROW)
_USUAL_CONTEXT, _SLOW_CONTEXT = 336, 144
_LONG_SEASONS_READ = 6
_LONG_SEASON_SHOWS = 1.5  # of a longer season must be there before it can be told from chance


def max_horizon(frequency: Frequency) -> int:
    """The furthest step that may be asked for."""
    return _FURTHEST.get(frequency.unit, 730) if frequency.multiple == 1 else 730


def default_horizon(frequency: Frequency, length: int) -> int:
    """The usual number of steps; for a short history no more than a third of it, but at least one."""
    return max(1, min(_USUAL[frequency.unit], length // 3 if length < 3 * _USUAL[frequency.unit] else 10**6))


def context(frequency: Frequency, points: int) -> tuple[int, int]:
    """How many of the latest points of a history of ``points`` the models read, and the longer season they look for in
    them (1: none): a dozen years of months, two weeks of hours; with two seasons six weeks of hours, three years of
    days.
    """
    long = frequency.long_season
    if long > 1 and points >= _LONG_SEASON_SHOWS * long <= LENGTHS[-1]:
        return min(points, _LONG_SEASONS_READ * long, LENGTHS[-1]), long
    return min(points, _SLOW_CONTEXT if frequency.unit in _SLOW else _USUAL_CONTEXT), 1
