"""How far ahead it makes sense to forecast, and how much of the past the models read.

The horizons and contexts are chosen by judgement, the contexts so that the models were trained on as much.
"""

from __future__ import annotations

from almanac.core.calendar.frequency import Frequency, Unit

MIN_KNOWN_VALUES = 3  # of a series, to be forecast at all
# Two years of days, ten years of months: further out, the past of one series says almost nothing.
_MAX_HORIZON = {Unit.YEAR: 20, Unit.QUARTER: 40, Unit.MONTH: 120, Unit.WEEK: 156, Unit.HOUR: 744}
_MAX_HORIZON_OTHERS = 730
_DEFAULT_HORIZON = {
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
BATCH_LENGTHS = (24, 48, 72, 96, 120, 144, 192, 240, 288, 336, 504, 672, 840, 1008, 1104, 1344, 2016)
_SLOW_UNITS = (Unit.YEAR, Unit.QUARTER, Unit.MONTH, Unit.ROW)
_CONTEXT, _SLOW_CONTEXT = 336, 144
_LONG_CONTEXT = 1104  # where there is a longer season: three years of days
_LONG_SEASONS_READ = 3  # at least: the graphs use a longer season only where it is known twice
_SEASONS_READ = 6  # of a longer season, and of one that is not the usual one
_MIN_LONG_SEASONS = 1.5  # of a longer season must be known before it can be distinguished from chance


def max_horizon(frequency: Frequency) -> int:
    """The largest horizon that may be asked for, in steps."""
    return _MAX_HORIZON.get(frequency.unit, _MAX_HORIZON_OTHERS) if frequency.multiple == 1 else _MAX_HORIZON_OTHERS


def default_horizon(frequency: Frequency, length: int) -> int:
    """The usual number of steps; for a short history of ``length`` points at most a third of it, but at least one."""
    return max(1, min(_DEFAULT_HORIZON[frequency.unit], length // 3))


def usual_season(frequency: Frequency) -> int:
    """The season of most series of this frequency; 1 when there is none, or none so short that the models read it."""
    season = frequency.season_length
    return season if season <= _LONG_CONTEXT else 1  # a day of minutes is longer than all that is read


def context_length(frequency: Frequency, points: int, season: int = 0) -> tuple[int, int]:
    """How many of the latest ``points`` the models read, and the longer season they look for in them (1: none).

    A dozen years of months, two weeks of hours; with two seasons six weeks of hours, three weeks of quarters of an
    hour, three years of days. ``season``: that of the series where it is not the usual one, else 0.
    """
    long = frequency.long_season
    if long > max(season, 1) and points >= _MIN_LONG_SEASONS * long <= BATCH_LENGTHS[-1]:
        most = min(max(_LONG_CONTEXT, _LONG_SEASONS_READ * long), BATCH_LENGTHS[-1])
        return min(points, _SEASONS_READ * long, most), long
    usual = _SLOW_CONTEXT if frequency.unit in _SLOW_UNITS else _CONTEXT
    return min(points, max(usual, _SEASONS_READ * season), BATCH_LENGTHS[-1]), 1
