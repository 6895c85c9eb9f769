"""What a forecast says about series that are 0 most of the time: their sum over the horizon, not a single step."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from almanac.core.series import Forecast, SeriesSet

MIN_ZERO_STEPS = 0.5  # share of the open steps whose median is 0: "most days none"


def with_rare_sums(forecast: Forecast, series: SeriesSet) -> Forecast:
    """The forecast with the sums of the series that are 0 in most steps; ``series``: those of the file."""
    if forecast.mean_points is None:
        return forecast
    from almanac import evaluation

    smallest = 1.0 if forecast.decimals is None else 10.0 ** -forecast.decimals[:, None]
    opened = np.ones(forecast.median.shape, dtype=bool) if forecast.closed is None else ~forecast.closed
    zero = opened & (forecast.median < smallest / 2)
    rare = (zero.sum(axis=1) > MIN_ZERO_STEPS * opened.sum(axis=1)) & forecast.mean_points
    rows = np.flatnonzero(rare)
    if len(rows) == 0:
        return forecast
    names = [forecast.names[i] for i in rows]
    pasts = [series.without_repairs[int(position)] for position in series.positions(names)]
    return replace(forecast, sums=evaluation.horizon_sums(rows, np.where(opened, forecast.mean, 0.0), pasts))
