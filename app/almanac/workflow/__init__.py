"""The use cases, each a job: read and check a file, forecast it, write the result.

Rooms do not know one another; they meet here. Heavy rooms are imported where they are used, so that the
command line answers ``--help`` and the window opens without them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from almanac.core.jobs import Job, Progress, Stopped
from almanac.core.levels import DEFAULT_LEVELS, LIKELY
from almanac.core.problems import ProblemError
from almanac.core.series import Forecast, SeriesSet
from almanac.wording.methods import SEASONAL_NAIVE
from almanac.wording.phrases import RangeSupport
from almanac.workflow.backtesting import Backtest, backtest_series, beside, forecaster
from almanac.workflow.baselines import seasonal_naive
from almanac.workflow.results import BacktestResult, ForecastResult

if TYPE_CHECKING:
    from almanac.evaluation import Comparison, Explanation, SamplePaths, StepCorrelation
    from almanac.forecasting.models.status import ModelStatus
    from almanac.tables import Preview, ReadFile, ReadingOptions

Device = Literal["auto", "cpu", "gpu"]


@dataclass(frozen=True)
class ForecastOptions:
    """What a person may choose. ``horizon`` None means the usual one for the rhythm and the history; ``calibrate``:
    whether ranges are corrected by practice runs; ``best``: whether series that practice runs show to be better served
    by a plain method are forecast by it (it takes ``calibrate``).
    """

    horizon: int | None = None
    levels: tuple[float, ...] = DEFAULT_LEVELS
    model: str | None = None
    device: Device = "auto"
    calibrate: bool = True
    best: bool = False


def reading_options(**chosen: Any) -> ReadingOptions:
    """What a person chose about reading; see ``almanac.tables.ReadingOptions`` for the names."""
    from almanac.tables import ReadingOptions

    return ReadingOptions(**chosen)


def load_answers() -> None:
    """Load what is needed to take in the answers of jobs: none of the heavy libraries, but a tenth of a second."""
    import almanac.evaluation
    import almanac.tables  # noqa: F401


def check(path: Path, options: ReadingOptions | None = None) -> Job[ReadFile]:
    """Read a file and understand it; without options as it was corrected last time, if it was.

    Raises ``ProblemError`` when there is nothing to forecast in it.
    """
    from almanac import tables

    options = tables.answered(path, options)
    try:
        file = yield from tables.read(path, options)
    except ProblemError:
        if not tables.is_recalled(options):
            raise
        file = yield from tables.read(path, tables.ReadingOptions())  # what fitted last time does not fit this file
    file = tables.with_recalled(file)
    return file if file.reading.sheet is None else replace(file, sheets=tables.sheets(path))


def check_by_record(path: Path, record: Path) -> Job[ReadFile]:
    """Read a file exactly as a saved record says.

    Raises ``ProblemError`` when the file, or what comes out of it, is not what the record was made of.
    """
    from almanac import tables

    kept = tables.read_record(tables.text_of(record))
    file = yield from check(path, kept.options)
    tables.require_same(kept, file)
    return file


def preview(path: Path, options: ReadingOptions | None = None) -> Job[Preview]:
    """The first rows, and which column is what, without reading the whole file."""
    from almanac import tables

    yield from ()
    return tables.preview(path, options or tables.ReadingOptions())


def excerpt(path: Path, sheet: str | None, lines: tuple[int, ...]) -> Job[Preview]:
    """Single lines of a file, as they are in it: what a finding is about."""
    from almanac import tables

    return (yield from tables.excerpt(path, sheet, lines))


def forecast(
    file: ReadFile, options: ForecastOptions | None = None, looked_at: Path | None = None
) -> Job[ForecastResult]:
    """Forecast every series of a file that was read, and correct the ranges by practice on its own past.

    ``looked_at``: where the file lies, when a person saw how it was read: what they corrected is remembered. Stopped
    between batches, it returns what is finished. Raises ``ProblemError`` when nothing can be forecast.
    """
    from almanac import evaluation, forecasting, tables

    if looked_at is not None:
        tables.remember(looked_at, file.options)
    options = options or ForecastOptions()
    series = file.series
    horizon = _horizon(series, options.horizon)
    made = yield from forecasting.forecast(
        series,
        horizon,
        options.levels,
        extra_levels=evaluation.CALIBRATION_LEVELS if options.calibrate else (),
        model=forecasting.ModelRequest(options.model, options.device),
    )
    left_out = sum(note.count for note in made.notes if note.code == "series_too_short")
    stopped_early = len(made.names) + left_out < len(series)
    result = ForecastResult(file, made, datetime.now().astimezone(), stopped_early)
    if not options.calibrate:
        return replace(result, range_note="As the model gives them, at your wish: not corrected by practice runs.")
    if stopped_early:
        return replace(result, range_note=_NOT_PRACTISED)
    model = forecaster(made.model, options.device)
    practice = yield from backtest_series(series, horizon, model, tuple(map(float, made.levels)))
    return (
        replace(result, range_note=_NOT_PRACTISED) if practice is None else _practised(result, practice, options.best)
    )


_NOT_PRACTISED = "As the model gives them: you stopped before practice runs could correct them."


def _practised(result: ForecastResult, practice: Backtest, best: bool) -> ForecastResult:
    """With the ranges corrected, and what was learnt on the way."""
    from almanac import evaluation

    series, forecast = result.file.series, result.forecast
    rows = series.positions(forecast.names)
    scale = evaluation.seasonal_error(series)[rows]
    corrected = practice.calibration.apply_to(forecast, scale)
    notes = practice.few_checks(forecast.requested_levels) + practice.better_served(best)
    taken = np.zeros(len(rows), np.int64)
    if best:
        corrected, taken = practice.instead(series, corrected, rows, scale)
    return replace(
        result,
        forecast=replace(corrected, notes=(*corrected.notes, *notes)),
        range_note=practice.words,
        baselines={corrected.names[i]: practice.plain[taken[i] - 1].method for i in np.flatnonzero(taken)},
        backtest=practice.report,
        step_correlation=evaluation.step_correlation(practice.runs, forecast.horizon) if len(practice.runs) else None,
        reliability=evaluation.reliability_curve(series.without_repairs, practice.corrected)
        if len(practice.runs)
        else None,
        independent_checks=practice.behind(rows, taken),
    )


@dataclass(frozen=True)
class BacktestOptions:
    """What a person may choose about practice runs. ``windows``: how many for each series; ``beside``: classical
    methods to try as well, of ``practising.BASELINES``."""

    horizon: int | None = None
    windows: int | None = None
    model: str | None = None
    device: Device = "auto"
    beside: tuple[str, ...] = ()


def backtest(path: Path, reading: ReadingOptions | None, options: BacktestOptions) -> Job[BacktestResult]:
    """Practise on every series of a file: how far its forecasts can be trusted, which series another method serves
    better, and how others do beside.

    Stopped, it tells of what is practised. Raises ``ProblemError`` when nothing can be forecast.
    """
    from almanac import evaluation

    file = yield from check(path, reading)
    horizon = _horizon(file.series, options.horizon)
    model = forecaster(options.model, options.device, evaluation.CALIBRATION_LEVELS)
    practice = yield from backtest_series(file.series, horizon, model, DEFAULT_LEVELS, options.windows, everything=True)
    if practice is None:
        raise Stopped
    others: tuple[Comparison, ...] = ()
    if options.beside:
        others = yield from beside(file.series.without_repairs, horizon, model, options.beside)
    return BacktestResult(
        report=practice.report,
        beside=others,
        better={name: method.name for name, method in practice.others.items()},
        unseen=practice.best.unseen_loss,
        notes=practice.better_served(taken=False),
    )


def _horizon(series: SeriesSet, asked: int | None) -> int:
    from almanac import forecasting

    if asked is not None:
        return asked
    return forecasting.default_horizon(series.frequency, int(series.lengths.max()))


def explain(series: SeriesSet, horizon: int, model: str, device: Device = "auto") -> Job[Explanation]:
    """Why the forecast of one series (a SeriesSet of it alone) is as it is. Raises ``ProblemError`` when it is too
    short to tell."""
    from almanac import evaluation

    return (yield from evaluation.explain_forecast(series, horizon, forecaster(model, device)))


def sample_paths(forecast: Forecast, together: StepCorrelation | None) -> Job[SamplePaths]:
    """Futures of one series (a Forecast of it alone) to put chance questions to; without ``together``, steps hang
    together as they usually do."""
    from almanac import evaluation

    yield from ()
    return evaluation.sample_paths(forecast, 0, together or evaluation.step_correlation(None, forecast.horizon))


def models() -> Job[tuple[ModelStatus, ...]]:
    """The models at hand, verified now."""
    from almanac.forecasting.models.status import model_statuses

    yield Progress(0, 0, "Checking the models")
    return model_statuses()


def pin_model(title: str | None) -> Job[tuple[ModelStatus, ...]]:
    """Use a model for every forecast from now on, or leave the choice to Almanac (None).

    Raises ``ProblemError`` when it is not there or damaged.
    """
    from almanac.forecasting.models.status import pin

    pin(title)
    return (yield from models())


def rollback() -> Job[tuple[ModelStatus, ...]]:
    """Use the version before the one in use. Raises ``ProblemError`` when there is none."""
    from almanac.forecasting.models import status

    status.rollback()
    return (yield from models())


def compare_models(series: SeriesSet, horizon: int, titles: tuple[str, ...]) -> Job[tuple[Comparison, ...]]:
    """Practice runs of several models on the same windows, beside repeating the last season."""
    from almanac import evaluation

    contenders = [(SEASONAL_NAIVE, seasonal_naive), *((title, forecaster(title)) for title in titles)]
    return (yield from evaluation.compare_methods(series, horizon, contenders))


def export(result: ForecastResult, path: Path) -> Job[Path]:
    """Write the outcome to ``path`` (.xlsx, .csv or .parquet); an older file stays as it was unless all went well."""
    from almanac import exports
    from almanac.wording import trust_sections

    standings: tuple[RangeSupport, ...] = ()
    if result.independent_checks is not None:
        standings = tuple(result.range_support(i, LIKELY) for i in range(len(result.independent_checks)))
    content = exports.ExportContent(
        result.file.series,
        result.forecast,
        findings=result.problems,
        about=result.about,
        record=result.record.lines,
        checks=trust_sections.sections(result.backtest, result.reliability, result.range_note),
        range_support=standings,
        methods=result.methods,
    )
    return (yield from exports.write(path, content))


def place(path: Path, content: bytes) -> Job[Path]:
    """Write a ready-made file (a report) to ``path``; an older one stays as it was unless all went well."""
    from almanac import exports

    yield Progress(0, 0, f"Saving {path.name}")
    return exports.save_bytes(path, content)


def warm_up() -> None:
    """Load the heavy libraries and the model while the person still looks for their file."""
    import onnxruntime  # noqa: F401
    import pandas  # noqa: F401

    from almanac.forecasting.engine import warm_up

    warm_up()


def forecast_file(
    path: Path, output: Path, reading: ReadingOptions | None, options: ForecastOptions, record: Path | None = None
) -> Job[ForecastResult]:
    """The whole way: read (by a record, if there is one), forecast, write."""
    file = yield from check(path, reading) if record is None else check_by_record(path, record)
    result = yield from forecast(file, options)
    yield from export(result, output)
    return result
