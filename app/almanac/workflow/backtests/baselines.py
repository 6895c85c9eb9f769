"""The registry of baselines: simple methods to compare a model with, or to use where they do better."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from almanac.core.calendar.frequency import Frequency, Unit
from almanac.core.jobs import Job, Progress
from almanac.core.series import Forecast, SeriesSet
from almanac.wording.methods.names import ETS, FORECAST_SHEET, LAST_YEAR, SEASONAL_NAIVE, THETA

if TYPE_CHECKING:
    from almanac.evaluation import Forecaster

_WEEKS = 364  # days in 52 weeks
_IN_YEAR = {
    Unit.MONTH: 12,
    Unit.QUARTER: 4,
    Unit.WEEK: 52,
    Unit.DAY: _WEEKS,
    Unit.BUSINESS_DAY: 260,
    Unit.HOUR: _WEEKS,
    Unit.MINUTE: _WEEKS,
}


@dataclass(frozen=True)
class Baseline:
    """One baseline.

    ``key``: its name for programs; ``forecaster``: what ``evaluation.run_backtest`` takes; ``selectable``: whether a
    series may be forecast by it; ``max_series``: how many series a comparison with it takes, to stay within seconds.
    """

    key: str
    forecaster: Forecaster
    selectable: bool
    max_series: int


def seasonal_naive(series: SeriesSet, horizon: int, levels: Sequence[float]) -> Job[Forecast]:
    """Forecast by repeating the last season."""
    from almanac.forecasting.baselines import seasonal_naive

    yield Progress(len(series), len(series), "Repeating the last season")
    return _bounded(series, seasonal_naive.seasonal_naive(series, horizon, levels))


def theta(series: SeriesSet, horizon: int, levels: Sequence[float]) -> Job[Forecast]:
    """Forecast by the theta method."""
    from almanac.forecasting.baselines import theta

    return _bounded(series, (yield from theta.theta(series, horizon, levels)))


def ets(series: SeriesSet, horizon: int, levels: Sequence[float]) -> Job[Forecast]:
    """Forecast by exponential smoothing, which takes a third of a second for each series."""
    from almanac.forecasting.baselines import ets

    return (yield from ets.ets(series, horizon, levels))


def forecast_sheet(series: SeriesSet, horizon: int, levels: Sequence[float]) -> Job[Forecast]:
    """Forecast as Excel's Forecast Sheet does, below 0 too if need be."""
    from almanac.forecasting.baselines import forecast_sheet

    return (yield from forecast_sheet.forecast_sheet(series, horizon, levels))


def last_year(series: SeriesSet, horizon: int, levels: Sequence[float]) -> Job[Forecast]:
    """Forecast by repeating last year, a shorter series by repeating its last value."""
    from almanac.forecasting.baselines import seasonal_naive

    yield Progress(len(series), len(series), "Repeating last year")
    year = periods_in_year(series.frequency)
    made = seasonal_naive.seasonal_naive(series, horizon, levels, year)
    return _bounded(series, replace(made, model=LAST_YEAR))


def periods_in_year(frequency: Frequency) -> int:
    """How many periods back last year's is: the same weekday, 52 weeks before, for days and hours; 1 without dates."""
    per_day = {Unit.HOUR: 24, Unit.MINUTE: 24 * 60}.get(frequency.unit, 1)
    periods = _IN_YEAR.get(frequency.unit, 1) * per_day
    return periods // frequency.multiple if periods % frequency.multiple == 0 else 1


def _bounded(series: SeriesSet, forecast: Forecast) -> Forecast:
    """The forecast with no value below the lower bound of its series."""
    bound = series.lower_bound[series.positions(forecast.names)]
    return replace(forecast, quantiles=np.maximum(forecast.quantiles, bound[:, None, None]))


BASELINES = (
    Baseline(SEASONAL_NAIVE, seasonal_naive, selectable=True, max_series=500),
    Baseline(THETA, theta, selectable=True, max_series=500),
    Baseline(FORECAST_SHEET, forecast_sheet, selectable=False, max_series=50),
    Baseline(LAST_YEAR, last_year, selectable=False, max_series=500),
    Baseline(ETS, ets, selectable=False, max_series=30),
)
REFERENCE = BASELINES[0]  # what a model must beat to be worth anything
SELECTABLE = tuple(baseline for baseline in BASELINES if baseline.selectable)
BY_KEY = {baseline.key: baseline for baseline in BASELINES}
