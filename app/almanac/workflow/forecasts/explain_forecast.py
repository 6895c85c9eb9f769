"""Use cases about a forecast: why that of a series is what it is, how likely an amount is, and whether chances held."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from almanac.core.arrays import Integers
from almanac.core.jobs import Job, Progress
from almanac.core.problems import ProblemError
from almanac.core.series import Forecast, SeriesSet
from almanac.workflow.backtests.backtesting import forecaster

if TYPE_CHECKING:
    from almanac.evaluation import BacktestRuns, Explanation, ReliabilityCurve, SamplePaths, StepCorrelation
    from almanac.exports.single_values import SeriesValues, SingleValues
    from almanac.forecasting.device import Device
    from almanac.workflow.results import ForecastResult

# For a workbook. So many forecasts take 0.7 s of a processor for twelve daily series (1,500 took 1.7 s) and 0.1 s for
# five monthly ones, at every saving; chosen by judgement.
MAX_FORECASTS, MAX_EXAMINED, MAX_NAMED = 600, 12, 5
MIN_LATEST, MAX_LATEST = 24, 240  # values of each series that are left out, one at a time


def explain(
    series: SeriesSet, horizon: int, model: str, others: SeriesSet | None = None, device: Device = "auto"
) -> Job[Explanation]:
    """Why the forecast of one series (a SeriesSet of only that one) is what it is.

    ``others``: all series of the file, if the forecast learned from them. Raises ``ProblemError`` when it is too
    short to tell.
    """
    from almanac import evaluation, forecasting

    season = forecasting.season_of(series, 0)
    made_by = forecaster(model, device, others=others)
    return (yield from evaluation.explain_forecast(series, horizon, made_by, season))


def single_values(result: ForecastResult) -> Job[SingleValues | None]:
    """What rests on single values, and a robust reading, of the series with the largest forecasts that a model made.

    None where the model is not there any more, or no series is made by it. The model is asked once for each value.
    """
    from almanac.exports.single_values import SingleValues

    rows = _largest(result)
    latest = int(np.clip(MAX_FORECASTS // max(len(rows), 1), MIN_LATEST, MAX_LATEST))
    found = []
    for k, i in enumerate(rows.tolist()):
        yield Progress(k, len(rows), f"Leaving out single values: {k:,} of {len(rows):,} series")
        try:
            found.append((yield from _values_of(result, i, latest)))
        except ProblemError:  # too short, or the model is gone
            continue
    return SingleValues(tuple(found), len(result.forecast.names), latest) if found else None


def _largest(result: ForecastResult) -> Integers:
    """The positions of the series with the largest forecasts, as they are in the forecast."""
    forecast = result.forecast
    examined = np.array([name not in result.baselines for name in forecast.names])
    if forecast.mean_points is not None:
        examined &= ~forecast.mean_points
    size = np.where(examined, np.nan_to_num(np.abs(forecast.mean)).sum(axis=1), -1.0)
    largest: Integers = np.sort(np.argsort(-size, kind="stable")[: min(int(examined.sum()), MAX_EXAMINED)])
    return largest


def _values_of(result: ForecastResult, i: int, latest: int) -> Job[SeriesValues]:
    from almanac import evaluation, forecasting
    from almanac.exports.single_values import SeriesValues

    forecast, series = result.forecast, result.file.series
    one = series.select(series.names.index(forecast.names[i])).recent_part
    learned = forecast.donors is not None and forecast.donors[i] > 0
    made_by = forecaster(forecast.model, others=series if learned else None)
    found = yield from evaluation.explain_forecast(
        one, forecast.horizon, made_by, forecasting.season_of(one, 0), most=latest
    )
    named = found.influential()[:MAX_NAMED]
    return SeriesValues(
        name=forecast.names[i],
        forecast=float(found.forecast.mean()),
        robust=float(found.robust.mean()),
        robust_effect=found.robust_effect,
        set_aside=found.set_aside,
        share=found.single_value_share,
        periods=found.periods[named],
        values=found.values[named],
        largest=found.max_effect[named],
        mean=found.mean_effect[named],
    )


@dataclass(frozen=True)
class Chances:
    """``paths``: possible futures of a series; ``reliability``: whether such chances came true, None if not asked."""

    paths: SamplePaths
    reliability: ReliabilityCurve | None


def chances(
    forecast: Forecast,
    series: SeriesSet,
    correlation: StepCorrelation | None,
    past: tuple[SeriesSet, BacktestRuns] | None = None,
) -> Job[Chances]:
    """Possible futures of one ``series`` (a SeriesSet and a Forecast of only that one), to compute probabilities from.

    ``correlation``: how its steps depend on each other; None for what is usual. ``past``: the series of the
    file and their backtest runs, to find out whether such probabilities came true.
    """
    from almanac import evaluation

    yield from ()
    dependence = correlation or evaluation.step_correlation(None, forecast.horizon)
    paths = evaluation.sample_paths(forecast, 0, dependence, series.values)
    return Chances(paths, None if past is None else reliability(*past))


def reliability(series: SeriesSet, runs: BacktestRuns) -> ReliabilityCurve:
    """Whether the probabilities of amounts came true in a backtest of these series."""
    from almanac import evaluation

    return evaluation.reliability_curve(series.without_repairs, runs)
