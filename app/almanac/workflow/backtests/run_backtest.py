"""Use cases that forecast the past: a backtest of a file, and a comparison of methods or models."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from almanac.core.distribution.levels import DEFAULT_LEVELS
from almanac.core.jobs import Job, Stopped
from almanac.core.problems import stop_with
from almanac.core.series import SeriesSet
from almanac.wording.events import event_notes
from almanac.wording.methods.names import ETS, FORECAST_SHEET, LAST_YEAR, MODEL
from almanac.workflow.backtests.backtesting import USUAL_WINDOWS, backtest_series, forecaster, plan_whole_backtest
from almanac.workflow.backtests.baselines import BY_KEY, REFERENCE, periods_in_year
from almanac.workflow.forecasts.calibrated_forecast import better_methods
from almanac.workflow.forecasts.event_use import NO_EVENTS, EventChoice, by_window, carrying, effects_of, learn_events
from almanac.workflow.forecasts.make_forecast import horizon_for
from almanac.workflow.read_file import check
from almanac.workflow.require_history import require_history
from almanac.workflow.results import BacktestResult

if TYPE_CHECKING:
    from almanac.evaluation import Comparison, Forecaster
    from almanac.forecasting.device import Device
    from almanac.tables import ReadingOptions


@dataclass(frozen=True)
class BacktestOptions:
    """What a person may choose about a backtest.

    ``horizon``, ``model``, ``device``: as in ``ForecastOptions``; ``windows``: how many for each series;
    ``compare_with``: keys of baselines to try as well; ``pooling``, ``events``: as in ``ForecastOptions``.
    """

    horizon: int | None = None
    windows: int | None = None
    model: str | None = None
    device: Device = "auto"
    compare_with: tuple[str, ...] = ()
    pooling: bool = True
    events: EventChoice = NO_EVENTS


def backtest(path: Path, reading: ReadingOptions | None, options: BacktestOptions) -> Job[BacktestResult]:
    """Backtest every series of a file: how far its forecasts can be trusted, and which other methods do better.

    Stopped, it reports what is finished. Raises ``ProblemError`` when nothing can be forecast.
    """
    from almanac import evaluation

    file = yield from check(path, reading)
    require_history(file)
    horizon = horizon_for(file.series, options.horizon)

    def model_for(series: SeriesSet) -> Forecaster:
        others = series.without_repairs if options.pooling else None
        return forecaster(options.model, options.device, evaluation.CALIBRATION_LEVELS, others)

    events = yield from learn_events(file, options.events, horizon, model_for)
    series = file.series if events is None else events.learned
    model = model_for(series if events is None else events.masked)
    plan = plan_whole_backtest(series, horizon, DEFAULT_LEVELS, options.windows)
    found = yield from backtest_series(plan, carrying(events, model, by_window(plan.cutoffs)))
    if found is None:
        raise Stopped
    comparison: tuple[Comparison, ...] = ()
    if options.compare_with:
        comparison = yield from compare_methods(series.without_repairs, horizon, model, options)
    return BacktestResult(
        report=found.report,
        comparison=comparison,
        better=found.methods.switched,
        unseen_loss=found.methods.selection.unseen_loss,
        notes=(*better_methods(found, taken=False), *event_notes(effects_of(events))),
        frequency=series.frequency,
        pooling=options.pooling,
        events=effects_of(events),
    )


def compare_methods(
    series: SeriesSet, horizon: int, model: Forecaster, options: BacktestOptions
) -> Job[tuple[Comparison, ...]]:
    """The model and baselines on the same windows, errors relative to ``REFERENCE``; on some of the series if many.

    Raises ``ProblemError`` when ETS is asked for and statsmodels is missing, which the installed program leaves out
    because of its size.
    """
    from importlib.util import find_spec

    from almanac import evaluation

    if ETS in options.compare_with and find_spec("statsmodels") is None:
        raise stop_with(
            "no_statsmodels",
            "ETS cannot be tried here.",
            "It needs the library statsmodels, which the installed program leaves out because of its size.",
            "Leave ets out of --compare-with, or run Almanac from its source.",
        )
    chosen = [BY_KEY[key] for key in options.compare_with]
    methods = [(REFERENCE.key, REFERENCE.forecaster), (MODEL, model)]
    methods += [(baseline.key, baseline.forecaster) for baseline in chosen]
    most = min(baseline.max_series for baseline in (REFERENCE, *chosen))
    each = options.windows or USUAL_WINDOWS
    return (yield from evaluation.compare_methods(series, horizon, methods, most, each))


def compare_models(series: SeriesSet, horizon: int, titles: tuple[str, ...]) -> Job[tuple[Comparison, ...]]:
    """Several models and what people use instead on the same windows, errors relative to ``REFERENCE``.

    Instead: Excel's Forecast Sheet, and repeating last year where that is not the usual season and known.
    """
    from almanac import evaluation

    others = [REFERENCE, BY_KEY[FORECAST_SHEET]]
    year = periods_in_year(series.frequency)
    if year != series.frequency.season_length and np.median(series.lengths) >= year + (USUAL_WINDOWS + 1) * horizon:
        others.insert(1, BY_KEY[LAST_YEAR])
    methods = [(baseline.key, baseline.forecaster) for baseline in others]
    methods += [(title, forecaster(title, others=series.without_repairs)) for title in titles]
    most = min(baseline.max_series for baseline in others)
    return (yield from evaluation.compare_methods(series, horizon, methods, most))


def compare_models_on(
    path: Path, reading: ReadingOptions | None, horizon: int | None = None
) -> Job[tuple[Comparison, ...]]:
    """Compare every model on this computer that can be used on the past of a file, as ``compare_models`` does."""
    from almanac.forecasting.models.status import model_statuses

    file = yield from check(path, reading)
    require_history(file)
    titles = tuple(model.title for model in model_statuses() if not model.fault)
    return (yield from compare_models(file.series, horizon_for(file.series, horizon), titles))
