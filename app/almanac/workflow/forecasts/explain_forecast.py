"""Use cases about a forecast: why that of a series is what it is, how likely an amount is, and whether chances held."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from almanac.core.jobs import Job
from almanac.core.series import Forecast, SeriesSet
from almanac.workflow.backtests.backtesting import forecaster

if TYPE_CHECKING:
    from almanac.evaluation import BacktestRuns, Explanation, ReliabilityCurve, SamplePaths, StepCorrelation
    from almanac.forecasting.device import Device


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
