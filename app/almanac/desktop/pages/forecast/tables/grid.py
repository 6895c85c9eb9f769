"""The forecasts of all series as one grid: a row for each period, a column for each series."""

from __future__ import annotations

from math import isfinite

import numpy as np
from PySide6.QtCore import QLocale

from almanac.core.series import Forecast
from almanac.desktop.formatting.periods import when
from almanac.wording.phrases import decimals_for

MAX_DECIMALS = 4  # in a grid of figures


def forecast_grid(forecast: Forecast, order: list[int]) -> list[list[str]]:
    """The point forecasts of the series in this order, ready to be pasted; empty where one has no value."""
    first, last = int(forecast.first[order].min()), int(forecast.first[order].max()) + forecast.horizon
    values, decimals = forecast.shown[0], _decimals(forecast)
    point, blank = QLocale().decimalPoint(), [""]
    columns = []
    for i in order:
        pattern = f"%.{decimals[i]}f"
        texts = [pattern % value if isfinite(value) else "" for value in values[i].tolist()]
        start = int(forecast.first[i]) - first
        texts = blank * start + texts + blank * (last - first - start - forecast.horizon)
        columns.append(texts if point == "." else [text.replace(".", point) for text in texts])
    periods = [when(forecast.frequency, number) for number in range(first, last)]
    heads = ["", *(forecast.names[i] for i in order)]
    return [heads, *([period, *row] for period, row in zip(periods, zip(*columns, strict=True), strict=True))]


def _decimals(forecast: Forecast) -> list[int]:
    """With how many decimals each series is written: those of its values, as far as they say something."""
    if forecast.decimals is not None:
        found: list[int] = np.minimum(forecast.decimals, MAX_DECIMALS).tolist()
        return found
    return [min(decimals_for(forecast.point), MAX_DECIMALS)] * len(forecast.names)
