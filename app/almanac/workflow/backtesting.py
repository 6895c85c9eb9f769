"""The backtest, one way through: plan the cut-offs, forecast the windows, calibrate, select, report.

Each step is a function of the frozen result of the step before; ``backtest_series`` runs them all. Forecasting and
evaluation meet here: one makes the forecasts, the other knows what to make of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from almanac.core.arrays import Flags, Integers
from almanac.core.jobs import Job, Progress, Stopped
from almanac.core.series import Forecast, SeriesSet
from almanac.wording.methods import MODEL
from almanac.workflow.baselines import REFERENCE, SELECTABLE, Baseline

if TYPE_CHECKING:
    from almanac.evaluation import BacktestReport, BacktestRuns, Calibration, Forecaster, Selection
    from almanac.evaluation.backtest.cutoffs import Windows
    from almanac.forecasting.device import Device

# A backtest reads about as many points as this, whatever the number of series; more windows where series are few.
# Chosen so that it takes a few seconds with the careful model on two cores.
MAX_POINTS_READ = 3_000_000
MAX_WINDOWS, USUAL_WINDOWS, USUAL_FORECASTS = 120, 10, 9_000
MIN_SAMPLE, MAX_SAMPLE = 200, 2_000  # series
MAX_CONTEXT = 1_104  # points that the models read of a series


def forecaster(model: str | None = None, device: Device = "auto", extra_levels: Sequence[float] = ()) -> Forecaster:
    """A bundled model as ``evaluation.run_backtest`` takes it: a job of a SeriesSet, a horizon and levels.

    ``extra_levels``: further levels, where the model knows them.
    """
    from almanac import forecasting

    request = forecasting.ModelRequest(model, device)

    def forecast(series: SeriesSet, horizon: int, levels: Sequence[float]) -> Job[Forecast]:
        return forecasting.forecast(series, horizon, levels, extra_levels=extra_levels, model=request)

    return forecast


@dataclass(frozen=True)
class BacktestPlan:
    """What is to be forecast: ``series`` from these ``cutoffs``, ``horizon`` steps each, at ``levels``."""

    series: SeriesSet
    horizon: int
    levels: tuple[float, ...]
    cutoffs: Windows


def plan_backtest(
    series: SeriesSet, horizon: int, levels: Sequence[float], windows: int | None = None, *, sampled: bool = True
) -> BacktestPlan:
    """Choose the cut-offs of each series, or if ``sampled`` of a sample where there are very many series.

    ``windows``: cut-offs for each series, by default more where series are few.
    """
    from almanac import evaluation

    each = windows or int(np.clip(USUAL_FORECASTS // len(series), USUAL_WINDOWS, MAX_WINDOWS))
    cutoffs = evaluation.plan_cutoffs(series, horizon, each, sample(series, each) if sampled else None)
    return BacktestPlan(series, horizon, tuple(levels), cutoffs)


def sample(series: SeriesSet, windows: int) -> Integers | None:
    """Which series to backtest: positions, ascending; None for all of them."""
    read = float(np.minimum(series.lengths, MAX_CONTEXT).mean())
    most = int(np.clip(MAX_POINTS_READ / (windows * read), MIN_SAMPLE, MAX_SAMPLE))
    if len(series) <= most:
        return None
    drawn: Integers = np.sort(np.random.default_rng(0).choice(len(series), most, replace=False))
    return drawn


@dataclass(frozen=True)
class WindowForecasts:
    """What the model and the baselines forecast on the planned windows.

    ``model``: the windows that were finished; ``baselines``: each with its runs, on windows of ``model``, the first
    (``REFERENCE``) on all of them.
    """

    plan: BacktestPlan
    model: BacktestRuns
    baselines: tuple[tuple[Baseline, BacktestRuns], ...]


def forecast_windows(plan: BacktestPlan, model: Forecaster) -> Job[WindowForecasts | None]:
    """Forecast the windows by the model and by every baseline that a series may be forecast by.

    Stopped, it makes do with what is finished; None when that is nothing.
    """
    from almanac import evaluation

    series, horizon = plan.series, plan.horizon
    try:
        made = yield from evaluation.run_backtest(series, horizon, model, plan.levels, plan.cutoffs)
        levels, windows = tuple(map(float, made.levels)), made.windows
        reference = yield from evaluation.run_backtest(series, horizon, REFERENCE.forecaster, levels, windows)
    except Stopped:
        return None
    if len(reference) < len(made):
        made = made.select(np.arange(len(reference)))
    baselines = [(REFERENCE, reference)]
    with suppress(Stopped):
        for baseline in SELECTABLE:
            if baseline is not REFERENCE:
                runs = yield from evaluation.run_backtest(series, horizon, baseline.forecaster, levels, made.windows)
                baselines.append((baseline, runs))
    return WindowForecasts(plan, made, tuple(baselines))


@dataclass(frozen=True)
class CalibratedRuns:
    """The model's runs and their correction.

    ``raw``: as the model made them; ``corrected``: as they would have been corrected at the time; ``calibration``: what
    the runs say about the model's ranges now; ``constant`` bool [N]: series that never changed in their windows.
    """

    raw: BacktestRuns
    corrected: BacktestRuns
    calibration: Calibration
    constant: Flags


def calibrate(forecasts: WindowForecasts) -> CalibratedRuns:
    """Correct the model's ranges: conformal shifts where they lower the loss of later windows, then online tracking."""
    from almanac import evaluation

    series, runs = forecasts.plan.series, forecasts.model
    corrected = evaluation.calibrate_retrospectively(runs, series)
    calibration = evaluation.fit_calibration(runs, series)
    if not evaluation.calibration_helped(runs, corrected):
        corrected, calibration = runs, calibration.without_shifts
    tracker, corrected = evaluation.track_online(corrected)
    return CalibratedRuns(runs, corrected, replace(calibration, tracker=tracker), evaluation.constant_series(runs))


@dataclass(frozen=True)
class SelectedMethods:
    """Which method forecasts each series best.

    ``names``: of all N series; ``selection``: for each of them 0 for the model or k for ``baselines[k - 1]``;
    ``calibrations``: of those baselines, None where it forecasts no series better.
    """

    names: tuple[str, ...]
    selection: Selection
    baselines: tuple[Baseline, ...]
    calibrations: tuple[Calibration | None, ...]

    @property
    def switched(self) -> dict[str, str]:
        """The series that a baseline forecasts clearly better, each with the key of that baseline."""
        choice = self.selection.choice
        return {self.names[i]: self.baselines[choice[i] - 1].key for i in self.selection.switched}

    @property
    def used(self) -> tuple[tuple[int, Baseline, Calibration], ...]:
        """The baselines that forecast some series better, each with its number in ``selection``."""
        both = zip(self.baselines, self.calibrations, strict=True)
        return tuple((k, baseline, found) for k, (baseline, found) in enumerate(both, 1) if found is not None)


def select(forecasts: WindowForecasts) -> SelectedMethods:
    """Choose the method for each series by its loss in the windows, and calibrate the baselines that are chosen."""
    from almanac import evaluation

    contenders = [(MODEL, forecasts.model), *((baseline.key, runs) for baseline, runs in forecasts.baselines)]
    selection = evaluation.select_methods(contenders)
    chosen = set(selection.choice.tolist())
    return SelectedMethods(
        forecasts.model.names,
        selection,
        tuple(baseline for baseline, _ in forecasts.baselines),
        tuple(
            evaluation.fit_calibration(runs, forecasts.plan.series) if k in chosen else None
            for k, (_, runs) in enumerate(forecasts.baselines, 1)
        ),
    )


def report(forecasts: WindowForecasts, runs: CalibratedRuns) -> BacktestReport:
    """Score the model, before and after correction and against the reference: accuracy, coverage, verdicts."""
    from almanac import evaluation

    _, reference = forecasts.baselines[0]
    return evaluation.make_report(forecasts.plan.series, runs.raw, runs.corrected, reference)


@dataclass(frozen=True)
class Backtest:
    """What is known after a backtest: ``report`` for people, ``runs`` and ``methods`` to apply to a forecast."""

    runs: CalibratedRuns
    methods: SelectedMethods
    report: BacktestReport


def backtest_series(plan: BacktestPlan, model: Forecaster) -> Job[Backtest | None]:
    """Run every step of a planned backtest. Stopped, it makes do with what is finished; None when that is nothing."""
    forecasts = yield from forecast_windows(plan, model)
    if forecasts is None:
        return None
    with suppress(Stopped):  # little is left to do
        yield Progress(len(plan.cutoffs), len(plan.cutoffs), "Comparing practice runs with what happened")
    runs = calibrate(forecasts)
    methods = select(forecasts)
    return Backtest(runs, methods, report(forecasts, runs))
