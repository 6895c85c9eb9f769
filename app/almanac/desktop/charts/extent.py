"""How much of a series a chart shows, on the screen and on paper."""

from __future__ import annotations

import numpy as np

from almanac.core.arrays import Floats
from almanac.core.series import Forecast

# Chosen by judgement: enough of the past to see its pattern, and never so much that the forecast gets lost.
PAST_HORIZONS, PAST_SEASONS, MIN_PAST = 4, 2, 24


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
