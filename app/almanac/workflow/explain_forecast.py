"""Use cases about one series of a forecast: why it is what it is, and how likely an amount is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from almanac.core.jobs import Job
from almanac.core.series import Forecast, SeriesSet
from almanac.workflow.backtesting import forecaster

if TYPE_CHECKING:
    from almanac.evaluation import Explanation, SamplePaths, StepCorrelation
    from almanac.forecasting.device import Device


def explain(series: SeriesSet, horizon: int, model: str, device: Device = "auto") -> Job[Explanation]:
    """Why the forecast of one series (a SeriesSet of only that one) is what it is.

    Raises ``ProblemError`` when it is too short to tell.
    """
    from almanac import evaluation

    return (yield from evaluation.explain_forecast(series, horizon, forecaster(model, device)))


def sample_paths(forecast: Forecast, correlation: StepCorrelation | None) -> Job[SamplePaths]:
    """Possible futures of one series (a Forecast of only that one), to compute probabilities from.

    ``correlation``: how its steps depend on each other; None for what is usual.
    """
    from almanac import evaluation

    yield from ()
    return evaluation.sample_paths(forecast, 0, correlation or evaluation.step_correlation(None, forecast.horizon))
