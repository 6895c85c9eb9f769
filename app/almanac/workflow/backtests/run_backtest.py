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
from almanac.workflow.forecasts.event_faults import require_usable_events
from almanac.workflow.forecasts.event_use import (
    NO_EVENTS,
    EventChoice,
    by_window,
    carrying,
    effects_of,
    learn_events,
    usable_events,
)
from almanac.workflow.forecasts.make_forecast import horizon_for
from almanac.workflow.read_file import check
from almanac.workflow.require_history import require_history
from almanac.workflow.results import BacktestResult

if TYPE_CHECKING:
    from almanac.evaluation import Comparison, Forecaster
    from almanac.events import EventModel
    from almanac.forecasting.device import Device
    from almanac.tables import ReadFile, ReadingOptions


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
        comparison = yield from compare_methods(series.without_repairs, horizon, (model, events), options)
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
    series: SeriesSet, horizon: int, model: tuple[Forecaster, EventModel | None], options: BacktestOptions
) -> Job[tuple[Comparison, ...]]:
    """The model and baselines on the same windows, errors relative to ``REFERENCE``; on some of the series if many.

    ``model``: with what is known of events, which baselines cannot use. Raises ``ProblemError`` when ETS is asked for
    and statsmodels is missing, which the installed program leaves out because of its size.
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
    most = min(baseline.max_series for baseline in (REFERENCE, *chosen))
    windows = evaluation.plan_comparison(series, horizon, most, options.windows or USUAL_WINDOWS)
    forecast, events = model
    methods = [(REFERENCE.key, REFERENCE.forecaster), (MODEL, carrying(events, forecast, by_window(windows)))]
    methods += [(baseline.key, baseline.forecaster) for baseline in chosen]
    return (yield from evaluation.compare_methods(series, horizon, methods, windows))


def compare_models(
    file: ReadFile, horizon: int, titles: tuple[str, ...], choice: EventChoice = NO_EVENTS
) -> Job[tuple[Comparison, ...]]:
    """Several models and what people use instead on the same windows of a file, errors relative to ``REFERENCE``.

    The models know of the events of the file and of ``choice``, of each as much as was known at the time; the others
    cannot use them. Values that are left out because of an event are no part of it.
    """

    def model_for(series: SeriesSet) -> Forecaster:
        return forecaster(titles[0] if titles else None, others=series.without_repairs)

    events = yield from learn_events(file, usable_events(choice, file.series), horizon, model_for)
    return (yield from models_compared(file.series, horizon, titles, events))


def models_compared(
    series: SeriesSet, horizon: int, titles: tuple[str, ...], events: EventModel | None = None
) -> Job[tuple[Comparison, ...]]:
    """The same of series, with what is known of their ``events``.

    Instead: Excel's Forecast Sheet, and repeating last year where that is not the usual season and known.
    """
    from almanac import evaluation

    known = series if events is None else events.learned
    learned = (series if events is None else events.masked).without_repairs

    others = [REFERENCE, BY_KEY[FORECAST_SHEET]]
    year = periods_in_year(series.frequency)
    if year != series.frequency.season_length and np.median(series.lengths) >= year + (USUAL_WINDOWS + 1) * horizon:
        others.insert(1, BY_KEY[LAST_YEAR])
    methods = [(baseline.key, baseline.forecaster) for baseline in others]
    windows = evaluation.plan_comparison(known, horizon, min(baseline.max_series for baseline in others))
    rows_of = by_window(windows)
    methods += [(title, carrying(events, forecaster(title, others=learned), rows_of)) for title in titles]
    return (yield from evaluation.compare_methods(known, horizon, methods, windows))


def compare_models_on(
    path: Path, reading: ReadingOptions | None, horizon: int | None = None, choice: EventChoice = NO_EVENTS
) -> Job[tuple[Comparison, ...]]:
    """Compare every signed model on this computer that can be used on the past of a file, as ``compare_models`` does.

    Raises ``ProblemError`` for a list of events with rows that cannot be used.
    """
    from almanac.forecasting.models.status import model_statuses

    file = yield from check(path, reading)
    require_history(file)
    titles = tuple(model.title for model in model_statuses() if not model.fault and model.signed)
    if file.series.frequency.dated:
        require_usable_events(file.series, choice.events, choice.faults)
    return (yield from compare_models(file, horizon_for(file.series, horizon), titles, choice))
