"""What a chart says about the period under the pointer."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from almanac.core.arrays import Floats, Integers
from almanac.core.distribution.levels import LIKELY, range_levels
from almanac.core.series import Forecast
from almanac.desktop.charts.shown_range import ShownRange
from almanac.desktop.formatting import numbers
from almanac.wording.phrases import decimals_like, forecast_decimals, from_to, percent

Line = tuple[Floats, Floats]  # where its points are, and their values


def sentences(
    past: tuple[Integers, Floats], forecast: Forecast, i: int, shown_range: ShownRange, last_year: Line
) -> Callable[[int], str]:
    """Return what is said about a period: a function of its number, with "" for one that is not shown.

    ``past``: periods int64 [P] that were open and their values float64 [P].
    """
    periods, history = past
    decimals, past_decimals = forecast_decimals(forecast, i), decimals_like(history, forecast, i)
    low, high = (forecast.select(i).quantile(edge)[0] for edge in range_levels(shown_range.level))
    shown = [forecast.select(i).shown[0][0], low, high]
    first, opened = int(forecast.first[i]), set(forecast.open_steps(i).tolist())
    known = dict(zip(periods.tolist(), history.tolist(), strict=True))
    before = dict(zip(*(line.tolist() for line in last_year), strict=True))
    word = "likely" if shown_range.support.is_likely else "perhaps"
    likely = word if shown_range.level == LIKELY else f"{percent(shown_range.level)} {word}"

    def sentence(period: int) -> str:
        name = numbers.period(forecast.frequency, period)
        if first <= period < first + forecast.horizon:
            if period - first not in opened:
                return f"{name}: closed"
            about, lowest, highest = (numbers.number(v[period - first], decimals) for v in shown)
            then = before.get(float(period), np.nan)
            ago = f"; last year {numbers.number(then, past_decimals)}" if np.isfinite(then) else ""
            return f"{name}: about {about}, {likely} {from_to(lowest, highest)}{ago}"
        if period in known:
            value = known[period]
            return f"{name}: {numbers.number(value, past_decimals)}" if np.isfinite(value) else f"{name}: not known"
        return f"{name}: closed" if periods[0] <= period < first else ""

    return sentence


def with_outcome(
    sentence: Callable[[int], str], history: Floats, forecast: Forecast, i: int, happened: Floats
) -> Callable[[int], str]:
    """Add what happened, float64 [H], to what ``sentences`` says of each step of the forecast."""
    decimals, first = decimals_like(history, forecast, i), int(forecast.first[i])
    came = {first + k: numbers.number(happened[k], decimals) for k in np.flatnonzero(np.isfinite(happened)).tolist()}

    def with_it(period: int) -> str:
        return f"{sentence(period)}; it was {came[period]}" if period in came else sentence(period)

    return with_it
