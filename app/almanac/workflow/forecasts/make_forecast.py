"""Use cases that forecast: a file that was read, or the whole way from a file to a file."""

from __future__ import annotations

import threading
from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields, replace
from datetime import datetime
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from almanac.core.csv_style import FOR_PROGRAMS, CsvStyle
from almanac.core.distribution.levels import DEFAULT_LEVELS
from almanac.core.entered.adjustments import Adjustment
from almanac.core.entered.lists import ListFaults
from almanac.core.jobs import Job, Progress, Stopped, part_of
from almanac.core.problems import ProblemError
from almanac.core.series import Forecast, SeriesSet
from almanac.core.system.cores import usable_cores
from almanac.wording.events import event_notes
from almanac.wording.phrases import RangeSupport
from almanac.wording.trust.backtest_notes import CHECK_UNDER_WAY, UNCORRECTED_AS_ASKED
from almanac.workflow.adjusting.apply import with_adjustments
from almanac.workflow.adjusting.kept import remembered_adjustments
from almanac.workflow.backtests.backtesting import (
    MAX_COST,
    MAX_COST_OF_CHOICE,
    backtest_series,
    forecaster,
    plan_backtest,
)
from almanac.workflow.forecasts.calibrated_forecast import apply_backtest
from almanac.workflow.forecasts.closed_periods import without_closed_periods
from almanac.workflow.forecasts.event_use import (
    NO_EVENTS,
    EventChoice,
    by_name,
    by_window,
    carrying,
    effects_of,
    learn_events,
    remember_events,
    remembered_events,
    usable_events,
)
from almanac.workflow.forecasts.list_faults import require_usable_lists, require_used
from almanac.workflow.forecasts.open_days import with_open_weekdays
from almanac.workflow.forecasts.rare_sales import with_rare_sums
from almanac.workflow.history.keep import keep_export, keep_run
from almanac.workflow.ordering.make_orders import orders
from almanac.workflow.read_file import check, check_by_record
from almanac.workflow.require_history import require_history
from almanac.workflow.results import ForecastResult
from almanac.workflow.save_result import export, save_record
from almanac.workflow.totalling.headline import headline_of
from almanac.workflow.totalling.hierarchy import with_hierarchy
from almanac.workflow.updates.real_outcomes import with_real_outcomes

if TYPE_CHECKING:
    from almanac.evaluation import Forecaster
    from almanac.events import EventModel
    from almanac.forecasting.device import Device
    from almanac.tables import ReadFile, ReadingOptions

CHECKING = "Checking on your past"
MIN_BYTES_TO_OPEN_MEANWHILE = 1 << 20  # of a file that takes longer to read than a model to open (measured)
SETTINGS = ("horizon", "levels", "model", "device", "calibrate", "best", "pooling")  # that a run is kept with


@dataclass(frozen=True)
class ForecastOptions:
    """What a person may choose about a forecast.

    ``horizon``: None for the usual one for the frequency and the history; ``levels``: of the quantiles; ``model``:
    NAME or NAME@VERSION, None leaves it to Almanac; ``calibrate``: whether practice runs correct the ranges; ``best``:
    whether baselines forecast the series that they forecast clearly better (only with ``calibrate``); ``pooling``:
    whether short series learn from longer ones of the file; ``events``: which count besides columns of the file, None
    for those kept for a file that a person saw; ``headline``: whether the answer for the whole is handed over as well,
    before the backtest; ``adjustments``: of the person, None for those kept for a file that a person saw;
    ``adjustment_faults``: of the list that they are from, the rows that cannot be read; None where they are from none.
    """

    horizon: int | None = None
    levels: tuple[float, ...] = DEFAULT_LEVELS
    model: str | None = None
    device: Device = "auto"
    calibrate: bool = True
    best: bool = False
    pooling: bool = True
    events: EventChoice | None = None
    headline: bool = False
    adjustments: tuple[Adjustment, ...] | None = None
    adjustment_faults: ListFaults | None = None


def forecast(
    file: ReadFile, options: ForecastOptions | None = None, confirmed: Path | None = None
) -> Job[ForecastResult]:
    """Forecast every series of a file that was read, and correct the ranges by a backtest.

    Before the backtest begins, one step has the forecast as an early result, with the model's own ranges; another one
    its ``HeadlineFigures``, if that is wanted.
    ``confirmed``: the path of the file, when a person saw how it was read: what they corrected is remembered, and so
    are the events that they entered, which count again for files of the same shape. Stopped, it returns what is
    finished. What a person sees is kept in the history. Raises ``ProblemError`` when nothing can be forecast.
    """
    from almanac import tables

    begun = perf_counter()
    if confirmed is not None:
        tables.remember_use(confirmed, file)
    require_history(file)
    options = yield from _with_kept_adjustments(options or ForecastOptions(), confirmed)
    horizon = horizon_for(file.series, options.horizon)
    require_usable_lists(file.series, horizon, options)

    def model_for(series: SeriesSet) -> Forecaster:
        return forecaster(options.model, options.device, others=series if options.pooling else None)

    choice = yield from _event_choice(options.events, confirmed)
    usable = choice if confirmed is None else usable_events(choice, file.series)
    file = replace(file, series=with_open_weekdays(file.series, usable.weekdays))
    events = yield from learn_events(file, usable, horizon, model_for)
    if confirmed is not None and options.events is not None:
        with suppress(ProblemError):  # the file is gone by now
            yield from remember_events(confirmed, choice)
    series = file.series if events is None else events.learned
    made = yield from carrying(events, _model(options), by_name(series))(series, horizon, options.levels)
    result = ForecastResult(
        file,
        made,
        datetime.now().astimezone(),
        _is_incomplete(made, series),
        pooling=options.pooling,
        events=effects_of(events),
        event_choice=replace(choice, faults=None),
    )
    known = events is None or events.only_shares  # else totals are sums of parts: effects that are added differ
    parts = 2 if len(series) > 1 and known else 1  # a single series has no totals to check
    checked = yield from part_of(_with_checked_ranges(result, options, events, confirmed is not None), 0, parts)
    finished = _finished(checked, events)
    if known:
        finished = yield from part_of(with_hierarchy(finished, options, events), parts - 1, parts)
    finished = _adjusted(_with_rare_sums(finished), options)
    return finished if confirmed is None else keep_run(finished, confirmed, _settings(options), perf_counter() - begun)


def _settings(options: ForecastOptions) -> dict[str, Any]:
    """What the person chose about a forecast, as plain JSON types; events and adjustments are kept on their own."""
    return {field.name: getattr(options, field.name) for field in fields(options) if field.name in SETTINGS}


def _with_kept_adjustments(options: ForecastOptions, confirmed: Path | None) -> Job[ForecastOptions]:
    """The options with the adjustments kept for the file, where none were asked for."""
    if options.adjustments is None and confirmed is not None:
        with suppress(ProblemError):  # the file is gone by now
            return replace(options, adjustments=(yield from remembered_adjustments(confirmed)))
    return options


def _adjusted(result: ForecastResult, options: ForecastOptions) -> ForecastResult:
    return with_adjustments(result, options.adjustments) if options.adjustments else result


def _event_choice(asked: EventChoice | None, confirmed: Path | None) -> Job[EventChoice]:
    """The events that are asked for; else those kept for the file."""
    if asked is None and confirmed is not None:
        with suppress(ProblemError):  # the file is gone by now
            return (yield from remembered_events(confirmed))
    return asked or NO_EVENTS


def _model(options: ForecastOptions) -> Forecaster:
    """The model that the person wants, with the levels that a backtest needs."""
    from almanac import evaluation, forecasting

    request = forecasting.ModelRequest(options.model, options.device, pooling=options.pooling)
    extra = evaluation.CALIBRATION_LEVELS if options.calibrate else ()

    def forecast(series: SeriesSet, horizon: int, levels: Sequence[float]) -> Job[Forecast]:
        return forecasting.forecast(series, horizon, levels, extra_levels=extra, model=request)

    return forecast


def _with_checked_ranges(
    result: ForecastResult, options: ForecastOptions, events: EventModel | None, is_seen: bool
) -> Job[ForecastResult]:
    """The result with its ranges corrected by a backtest, or with a note on why they are not.

    ``is_seen``: whether a person sees it in the window: then real outcomes of their earlier forecasts count as well.
    """
    if not options.calibrate:
        return replace(result, range_note=UNCORRECTED_AS_ASKED)
    if result.stopped_early:
        return result.stopped_checking
    early = replace(result, range_note=CHECK_UNDER_WAY, without_checks=RangeSupport.UNDER_WAY)
    made = result.forecast
    try:
        early = _adjusted(_with_rare_sums(_finished(early, events)), options)
        yield Progress(0, 0, CHECKING, early=early)
        if options.headline:
            yield Progress(0, 0, CHECKING, early=headline_of(early))
        max_cost = MAX_COST_OF_CHOICE if options.best else MAX_COST
        learned = result.file.series if events is None else events.learned
        plan = plan_backtest(learned, made.horizon, tuple(map(float, made.levels)), max_cost)
        known = plan.series.without_repairs if events is None else events.masked
        model = forecaster(made.model, options.device, others=known if options.pooling else None)
        backtest = yield from backtest_series(plan, carrying(events, model, by_window(plan.cutoffs)))
        if backtest is not None and is_seen:
            backtest = with_real_outcomes(backtest, result.file, result.event_choice.events)
    except Stopped:
        backtest = None
    return result.stopped_checking if backtest is None else apply_backtest(result, backtest, options.best)


def _finished(result: ForecastResult, events: EventModel | None) -> ForecastResult:
    """The result with nothing where a series is closed, and with what is to be said of events."""
    made = without_closed_periods(result.forecast, result.file.series, events)
    spreads = () if events is None else events.spreads(made, result.file.series.positions(made.names))
    noted = replace(made, notes=(*made.notes, *event_notes(result.events)))
    return replace(result, forecast=noted, event_spreads=spreads)


def _with_rare_sums(result: ForecastResult) -> ForecastResult:
    return replace(result, forecast=with_rare_sums(result.forecast, result.file.series))


def _is_incomplete(made: Forecast, series: SeriesSet) -> bool:
    """Whether series are missing that are long enough: the person stopped."""
    too_short = sum(note.count for note in made.notes if note.code == "series_too_short")
    return len(made.names) + too_short < len(series)


def horizon_for(series: SeriesSet, asked: int | None) -> int:
    """The horizon that was asked for, or the usual one for these series."""
    from almanac import forecasting

    if asked is not None:
        return asked
    return forecasting.default_horizon(series.frequency, int(series.lengths.max()))


@dataclass(frozen=True)
class ForecastFiles:
    """The files of one forecast.

    ``source``: the spreadsheet; ``output``: where the forecast is saved; ``record``: how to read the spreadsheet, None
    to find out; ``saved_record``: where to save how it was read, None for nowhere; ``stock``: the stock list to
    order by, None for no orders; ``csv_style``: of ``output``, where that is a CSV file; ``keep``: whether the forecast
    is kept in the history.
    """

    source: Path
    output: Path
    record: Path | None = None
    saved_record: Path | None = None
    stock: Path | None = None
    csv_style: CsvStyle = FOR_PROGRAMS
    keep: bool = True

    @property
    def inputs(self) -> tuple[Path, ...]:
        """The files that are read."""
        return tuple(path for path in (self.source, self.record, self.stock) if path is not None)

    def refuse_targets(self) -> None:
        """Raises ``ProblemError`` when an output cannot be saved, or would replace a file that is read or the other."""
        from almanac import exports

        exports.format_of(self.output)
        exports.refuse_target(self.output, self.inputs)
        if self.saved_record is not None:
            exports.refuse_target(self.saved_record, self.inputs)
            exports.refuse_same_output(self.output, self.saved_record)


@contextmanager
def _model_opened_meanwhile(source: Path, options: ForecastOptions) -> Generator[None]:
    """Open the model that Almanac will most likely choose on another core, while a large file is read.

    It takes half a second, most of it outside of Python's lock. A fault in a small file is said without it.
    """
    likely = options.model is None and options.device == "auto" and usable_cores() > 1
    opening = None
    if likely and source.is_file() and source.stat().st_size >= MIN_BYTES_TO_OPEN_MEANWHILE:
        opening = threading.Thread(target=_open_model)
        opening.start()
    try:
        yield
    finally:
        if opening is not None:
            opening.join()


def _open_model() -> None:
    from almanac.forecasting.engine import warm_up  # onnxruntime: only when work begins

    warm_up()


def forecast_file(
    files: ForecastFiles, reading: ReadingOptions | None, options: ForecastOptions
) -> Job[ForecastResult]:
    """Read a file (by a record, if there is one), forecast it, and save the result; orders and a record if asked for.

    Raises ``ProblemError`` before any work when an output cannot be saved or would replace another of the files.
    """
    from almanac import tables

    files.refuse_targets()
    with _model_opened_meanwhile(files.source, options):
        file = (
            yield from check(files.source, reading)
            if files.record is None
            else check_by_record(files.source, files.record)
        )
    if files.stock is not None:
        tables.read_stock_list(files.stock, file.series.key_columns)  # a fault in it is said before the long work
    begun = perf_counter()
    result = yield from forecast(file, options)
    took = perf_counter() - begun
    require_used(result.adjusted, options.adjustment_faults)
    if files.stock is not None:
        result = replace(result, orders=(yield from orders(result, files.stock)))
    yield from export(result, files.output, files.inputs, files.csv_style)
    if files.saved_record is not None:
        files.refuse_targets()
        yield from save_record(result, files.saved_record, files.inputs)
    if files.keep:
        result = keep_run(result, files.source, _settings(options), took)
        keep_export(result.kept, files.output.suffix)
    return result
