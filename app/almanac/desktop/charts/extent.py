"""How much of a series a chart shows, on the screen and on paper."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers
from almanac.core.series import Forecast

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


def fan_lines(past_x: Floats, history: Floats, forecast: Forecast, i: int) -> tuple[Floats, Callable[[Floats], Floats]]:
    """How to draw forecast ``i`` after its ``history`` [P] at ``past_x`` [P].

    Where the points of its lines are, float64 [D], and what makes values of its steps [H] such a line [D]: NaN where a
    step has no value. The lines open at the last known value, so that there is no gap between past and forecast; those
    of a series that has no value while it is closed do so only where it was open all the time between.
    """
    joint = np.flatnonzero(np.isfinite(history))[-1:]
    steps = int(forecast.first[i]) + np.arange(forecast.horizon)
    known = np.append(np.ones(len(joint), dtype=bool), forecast.has_value(i))
    if len(joint) and forecast.without_value is not None:
        known[0] = known[1] and steps[0] - past_x[joint[0]] == 1
    x, which = line_points(np.append(past_x[joint], steps), known)

    def line(values: Floats) -> Floats:
        return np.where(known[which], np.append(history[joint], values)[which], np.nan)

    return x, line
