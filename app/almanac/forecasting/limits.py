"""How far ahead it makes sense to look, and how much of the past the model reads."""

from __future__ import annotations

from almanac.periods import Frequency, Unit

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
# The graph accepts any length; a few fixed ones let series share a batch.
LENGTHS = (32, 64, 144, 288, 576)


def max_horizon(frequency: Frequency) -> int:
    """The furthest step that may be asked for."""
    return _FURTHEST.get(frequency.unit, 730) if frequency.multiple == 1 else 730


def default_horizon(frequency: Frequency, length: int) -> int:
    """The usual number of steps; for a short history no more than a third of it, but at least one."""
    return max(1, min(_USUAL[frequency.unit], length // 3 if length < 3 * _USUAL[frequency.unit] else 10**6))


def context(season: int) -> int:
    """How many of the latest points the model reads: a dozen seasons of months, a dozen days of hours."""
    if season <= 13:
        return 144
    return 288 if season <= 52 else 576
