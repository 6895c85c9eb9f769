"""How much of a series a chart shows, on the screen and on paper."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers
from almanac.core.calendar.years import year_in_periods
from almanac.core.series import Forecast, SeriesSet

# Chosen by judgement: enough of the past to see its pattern, and never so much that the forecast gets lost.
PAST_HORIZONS, PAST_SEASONS, MIN_PAST = 4, 2, 24
HALF_DASH = 0.3  # periods on either side of a value between two unknown ones, which a line alone would not show


def past_shown(forecast: Forecast) -> int:
    """Return how many past periods are shown before a forecast."""
    seasons = PAST_SEASONS * forecast.frequency.season_length
    return max(PAST_HORIZONS * forecast.horizon, seasons, MIN_PAST)


def value_range(values: Floats, margin: float) -> tuple[float, float]:
    """Return the lowest and highest value of the axis for ``values`` (float64, any shape; NaN is ignored).

    ``margin`` is a share of their range. The axis does not go below zero when no value does.
    """
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    room = (high - low) * margin or max(abs(high) * 0.1, 1.0)
    return (max(low - room, 0.0) if low >= 0 else low - room), high + room


def line_points(x: Floats, known: Flags) -> tuple[Floats, Integers]:
    """The points of a line through values at ``x`` [P]: where they are, float64 [D], and which value each is [D].

    The line breaks where a value is not ``known`` [P]; one between two breaks becomes a short dash.
    """
    before, after = np.append(False, known[:-1]), np.append(known[1:], False)
    alone = known & ~before & ~after
    which = np.repeat(np.arange(len(x)), 1 + alone)
    side = np.zeros(len(which))
    right = np.flatnonzero(which[1:] == which[:-1]) + 1
    side[right], side[right - 1] = HALF_DASH, -HALF_DASH
    return x[which] + side, which


def open_past(series: SeriesSet, position: int, forecast: Forecast, *, whole: bool = False) -> tuple[Integers, Floats]:
    """The past that is shown before a forecast, without closed periods: their numbers int64 [P], values float64 [P].

    ``whole``: all of it.
    """
    values = series[position] if whole else series[position][-past_shown(forecast) :]
    last = int(series.last[position])
    periods = np.arange(last - len(values) + 1, last + 1, dtype=np.int64)
    opened = ~series.closed(position, periods)
    return (periods[opened], values[opened]) if opened.any() else (periods, values)


def fan_lines(past_x: Floats, history: Floats, forecast: Forecast, i: int) -> tuple[Floats, Callable[[Floats], Floats]]:
    """How to draw forecast ``i`` after its ``history`` [P] at ``past_x`` [P].

    Where the points of its lines are, float64 [D], and what makes values of its steps [H] such a line [D]. The lines
    begin at the last known value, so that there is no gap between past and forecast, and leave closed steps out, so
    that a closed day is neither a fall to 0 nor a gap.
    """
    joint = np.flatnonzero(np.isfinite(history))[-1:] if forecast.has_value(i).any() else np.empty(0, np.int64)
    steps = forecast.open_steps(i)

    def line(values: Floats) -> Floats:
        return np.append(history[joint], values[steps])

    return np.append(past_x[joint], (int(forecast.first[i]) + steps).astype(np.float64)), line


def last_year(series: SeriesSet, position: int, forecast: Forecast, i: int) -> tuple[Floats, Floats]:
    """What was a year before each open step of forecast ``i``: where to draw it and the values, float64 [S] each.

    Of days and hours the same weekdays, 52 weeks before. Empty where none of it is known or nothing is forecast.
    """
    year, steps = year_in_periods(forecast.frequency), forecast.open_steps(i)
    if year is None or not forecast.has_value(i).any():
        return np.empty(0), np.empty(0)
    x = int(forecast.first[i]) + steps
    at = x - year - int(series.first[position])
    values = series[position]
    inside = (at >= 0) & (at < len(values))
    found = np.where(inside, values[np.clip(at, 0, len(values) - 1)], np.nan)
    return (x.astype(np.float64), found) if np.isfinite(found).any() else (np.empty(0), np.empty(0))
