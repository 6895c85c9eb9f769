"""The file and the forecast that the window is about, and the jobs that make them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from almanac.core.problems import Problem
from almanac.desktop.adding_up import AddingUp
from almanac.desktop.history import History
from almanac.desktop.new_data import NewData
from almanac.desktop.orders import OrderJobs
from almanac.desktop.saving import Saving
from almanac.desktop.shell import problems, recent
from almanac.desktop.shell.adjustments import Adjustments
from almanac.desktop.shell.station import StationKey, TrustView
from almanac.desktop.watching import Watching
from almanac.desktop.worker_client.client import WorkerClient
from almanac.desktop.worker_client.job_queue import JobKind, JobQueue, JobRequest
from almanac.desktop.worker_client.job_runner import JobRunner

if TYPE_CHECKING:
    from almanac.core.entered.adjustments import Adjustment
    from almanac.core.series import Forecast
    from almanac.tables import Preview, ReadFile, ReadingOptions
    from almanac.workflow.adjusting.adjusted import Adjusted
    from almanac.workflow.forecasts.event_use import EventChoice
    from almanac.workflow.ordering.make_orders import Orders
    from almanac.workflow.results import ForecastResult
    from almanac.workflow.totalling.headline import HeadlineFigures
    from almanac.workflow.updates.new_data import Accepted
    from almanac.workflow.use_cases import UseCaseName


class Session(QObject):
    """Holds the file and the forecast, so that a crash of the worker loses nothing; knows no widget.

    Pages call its methods when the person wants something, and show what its signals bring: ``file_read`` (a ReadFile,
    and whether it was opened rather than read again with other choices), ``opening_failed`` (a Problem),
    ``reading_abandoned``, ``reading_refused``, ``file_lookup_finished`` (the job's name and a Preview),
    ``forecast_made`` (a ForecastResult, its ranges perhaps still being checked), ``forecast_checked`` (the same
    forecast when that is over), ``forecast_lookup_finished`` (a result), ``forecast_lookup_abandoned``,
    ``chances_requested`` (the position of a series, and periods from and to or None), ``reasons_requested`` (the
    position), ``view_requested`` (a TrustView), ``finding_requested`` (a code). ``totals``, ``orders``, ``saving``,
    ``history`` and ``new_data`` have their own.

    The window listens to ``job_started`` (a JobRequest), ``job_answered`` (its early result is there), ``job_ended``,
    ``station_ready`` (a StationKey to go to), ``state_changed``, ``problem_found`` (a Problem) and ``crashed`` (what is
    known of it).
    """

    file_read = Signal(object, bool)
    opening_failed = Signal(object)
    reading_abandoned = Signal()
    reading_refused = Signal()
    file_lookup_finished = Signal(str, object)
    forecast_made = Signal(object)
    forecast_checked = Signal(object)
    forecast_lookup_finished = Signal(object)
    forecast_lookup_abandoned = Signal()
    chances_requested = Signal(int, object)
    reasons_requested = Signal(int)
    view_requested = Signal(object)
    finding_requested = Signal(str)
    job_started = Signal(object)
    job_answered = Signal()
    job_ended = Signal()
    station_ready = Signal(object)
    state_changed = Signal()
    problem_found = Signal(object)
    crashed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.path: Path | None = None
        self.file: ReadFile | None = None
        self.result: ForecastResult | None = None
        self.unsaved = False
        self.set_aside = False  # the file and the forecast are kept, but not shown
        self.current_series = 0  # the position in the forecast of the series that is shown
        self.events: EventChoice | None = None  # chosen in this window; None: those kept for the file
        self._adjustments = Adjustments()
        self._best_for_data = False
        self._proposed: ReadingOptions | None = None  # what the file was first read with
        self._checked: tuple[ForecastResult, bool] | None = None  # and whether it was unsaved, before the one shown
        self.worker = WorkerClient(self)
        self.jobs = JobQueue(self.worker)
        self.runner = JobRunner(self.worker, self.jobs, self)
        self._start = self.runner.start
        self.orders = OrderJobs(self, self.jobs, self._start, self)
        self.totals = AddingUp(self, self.jobs, self)
        self.saving = Saving(self, self._start, self)
        self.history = History(self.jobs, self._start, self)
        self.history.opened.connect(self._on_opened)
        self.new_data = NewData(self.jobs, self._start, self)
        self.new_data.proposed.connect(lambda _: self.station_ready.emit(StationKey.WATCH))
        self.new_data.accepted.connect(self._on_accepted)
        self.new_data.unknown.connect(self.open_file)
        self.new_data.read.connect(lambda path, file: self._on_file_read(path, True, file))
        self.new_data.refused.connect(self.problem_found)
        self.watching = Watching(self, self._start)
        self.jobs.started.connect(self.job_started)
        self.runner.answered.connect(self.job_answered)
        self.runner.ended.connect(self.job_ended)
        self.runner.state_changed.connect(self.state_changed)
        self.runner.busy.connect(lambda: self.problem_found.emit(problems.STILL_BUSY))
        self.runner.refused.connect(self.problem_found)
        self.runner.worker_died.connect(lambda: self.problem_found.emit(problems.WORKER_DIED))
        self.runner.crashed.connect(self.crashed)
        self.saving.waiting.connect(lambda: self.problem_found.emit(problems.SAVED_AFTER_CHECK))
        self.saving.exported.connect(self._on_exported)

    def close(self) -> None:
        """Wait for the report that is being made; end the worker and the watching of a file."""
        self.watching.file.close()
        self.saving.reports.wait()
        self.worker.close()

    def open_file(self, path: Path) -> None:
        """Read a file; the earlier one is kept until this one is understood, and set aside when it cannot be."""
        self._read(path, None)

    def add_new_data(self, path: Path) -> None:
        """Compare a newer file with the data of the forecast that is shown."""
        if self.result is not None and self.result.kept is not None:
            self.new_data.compare(path, self.result.kept.project)

    def read_again(self, options: ReadingOptions) -> None:
        """Read the same file with other choices; ``reading_refused`` while the worker is busy."""
        if self.path is None or not self._read(self.path, options):
            self.reading_refused.emit()

    def look_into_file(self, name: UseCaseName, arguments: tuple[Any, ...]) -> None:
        """Run a job that shows a part of the file; ``arguments`` follow its path."""
        if self.path is not None:
            request = JobRequest(
                name,
                f"Looking into {self.path.name}",
                (self.path, *arguments),
                JobKind.FILE_LOOKUP,
                on_finished=partial(self._on_file_lookup, name),
            )
            self.jobs.enqueue(request)

    @property
    def has_unsaved_work(self) -> bool:
        """Whether a forecast is not saved, or something was chosen about the file and nothing forecast since."""
        return self.unsaved or (self.result is None and self.file is not None and self.file.options != self._proposed)

    def bring_back(self) -> None:
        """Go on with the file that was set aside."""
        if self.set_aside:
            self.set_aside = False
            self.state_changed.emit()
            self.station_ready.emit(StationKey.DATA if self.result is None else StationKey.FORECAST)

    def _on_opening_failed(self, problem: Problem) -> None:
        """Set the earlier file aside: nothing of it is offered next to what is said about another."""
        self.set_aside = self.file is not None
        self.jobs.clear()  # pending lookups are about the earlier file
        self.state_changed.emit()
        self.opening_failed.emit(problem)

    def _read(self, path: Path, options: ReadingOptions | None) -> bool:
        opened = options is None
        request = JobRequest(
            "check",
            f"Reading {path.name}",
            (path, options),
            on_finished=partial(self._on_file_read, path, opened),
            on_abandoned=self._on_reading_abandoned,
            on_failed=self._on_opening_failed if opened else None,
            station=StationKey.DATA,
        )
        return self._start(request)

    def _on_file_read(self, path: Path, opened: bool, file: ReadFile) -> None:
        recent.remember(path)
        self._take_file(path, opened, file)
        self.station_ready.emit(StationKey.DATA)

    def _take_file(self, path: Path, opened: bool, file: ReadFile) -> None:
        self.path, self.file, self.result = path, file, None
        self._checked = None
        self.saving.forget()
        self.set_aside = False
        if opened:
            self._proposed, self.events = file.options, None
            self._adjustments = Adjustments()
        self.unsaved = self._best_for_data = False
        self.file_read.emit(file, opened)

    def _on_accepted(self, found: Accepted) -> None:
        """Go on with the new forecast; what happened and what changed is shown first."""
        self._take_file(found.proposal.path, True, found.result.file)
        self._show_forecast(found.result)
        self.station_ready.emit(StationKey.WATCH)

    def _on_opened(self, result: ForecastResult) -> None:
        """Show a forecast that was kept, with the file as it was read then."""
        self._take_file(Path(result.kept.path if result.kept else ""), True, result.file)
        self._best_for_data = bool(result.baselines)
        self._show_forecast(result)

    def _on_reading_abandoned(self) -> None:
        if self.file is not None:
            self.reading_abandoned.emit()

    def _on_file_lookup(self, name: UseCaseName, lines: Preview) -> None:
        self.file_lookup_finished.emit(name, lines)

    def make_forecast(self, horizon: int | None = None) -> None:
        """Forecast every series of the file; ``horizon`` None: as far ahead as is usual for it."""
        if self.file is None:
            return
        from almanac.workflow import ForecastOptions

        options = ForecastOptions(
            horizon=horizon,
            best=self._best_for_data,
            headline=True,
            events=self.events,
            adjustments=self._adjustments.now,
        )
        request = JobRequest(
            "forecast",
            "Getting ready",
            (self.file, options, self.path),
            on_finished=self._on_forecast,
            on_abandoned=self._on_forecast_abandoned,
            on_early=self._on_early,
            station=StationKey.FORECAST,
        )
        self._start(request)

    def forecast_again(self) -> None:
        """Forecast as far ahead as before, by the model that is to be used now."""
        if self.result is not None:
            self.make_forecast(self.result.forecast.horizon)

    def use_best_for_data(self, wanted: bool) -> None:
        """Forecast again, each series by what did best on its past, or all of them by the model."""
        self._best_for_data = wanted
        self.forecast_again()

    def use_events(self, choice: EventChoice) -> None:
        """Forecast again with these events."""
        self.events = choice
        self.forecast_again()

    def adjust(self, adjustments: tuple[Adjustment, ...]) -> None:
        """Let these adjustments count, instead of those that did."""
        if self.result is not None and not self.result.is_being_checked:
            self._adjust(self._adjustments.changed(adjustments, self.result.adjusted))

    def undo_adjustment(self) -> None:
        """Take the last change of the adjustments back."""
        self._adjust(self._adjustments.undone)

    def redo_adjustment(self) -> None:
        """Do again what was taken back."""
        self._adjust(self._adjustments.redone)

    def _adjust(self, wanted: Adjustments) -> None:
        """Adjust the forecast, and keep the adjustments for the file."""
        if self.result is None or self.result.is_being_checked or wanted is self._adjustments:
            return
        asked = self.result.forecast

        def show(found: Adjusted | None) -> None:
            if self.result is not None and self.result.forecast is asked:
                self._adjustments = wanted
                self.result, self.unsaved = replace(self.result, adjusted=found, orders=None), True
                self.forecast_checked.emit(self.result)

        arguments = self.result.without_practice, wanted.now, self.path
        self._start(JobRequest("adjust", "Adjusting", arguments, on_finished=show))

    def look_into_forecast(self, name: UseCaseName, arguments: tuple[Any, ...]) -> None:
        """Run a job that finds out more about the forecast."""
        request = JobRequest(
            name,
            "Looking into the forecast",
            arguments,
            JobKind.FORECAST_LOOKUP,
            on_finished=self._on_forecast_lookup,
            on_abandoned=self.forecast_lookup_abandoned.emit,
        )
        self.jobs.enqueue(request)

    def show_chances(self, span: tuple[int, int] | None = None) -> None:
        """Go to how likely the amounts of the series are that is shown; of these periods, from and to, None for any."""
        self.chances_requested.emit(self.current_series, span)
        self.station_ready.emit(StationKey.TRUST)

    def show_reasons(self) -> None:
        """Go to why the forecast of the series that is shown is as it is."""
        self.reasons_requested.emit(self.current_series)
        self.station_ready.emit(StationKey.TRUST)

    def show_trust(self, view: TrustView) -> None:
        """Go to a view of Trust: where another model is chosen, or how the ranges held."""
        self.view_requested.emit(view)
        self.station_ready.emit(StationKey.TRUST)

    def show_finding(self, code: str) -> None:
        """Go to where the finding with this code is treated."""
        self.station_ready.emit(StationKey.DATA)
        self.finding_requested.emit(code)

    def set_current_series(self, i: int) -> None:
        """Remember which series of the forecast is shown."""
        self.current_series = i

    def _on_early(self, found: ForecastResult | HeadlineFigures) -> None:
        from almanac.workflow import HeadlineFigures

        if isinstance(found, HeadlineFigures):
            self.totals.headline_found.emit(found)
        else:
            self._on_early_forecast(found)

    def _on_early_forecast(self, result: ForecastResult) -> None:
        """Show a forecast whose ranges are being checked; keep a checked one before it, in case that is stopped."""
        if self.result is not None and self.result.is_checked:
            self._checked = self.result, self.unsaved
        self._show_forecast(result)
        self.state_changed.emit()

    def _on_forecast(self, result: ForecastResult) -> None:
        early = self.result is not None and self.result.is_being_checked
        if result.is_checked:
            self._checked = None
        elif self.jobs.pending_name != "forecast" and self._keep_checked():
            return
        if early:
            self.result, self.unsaved = result, self.unsaved and not _is_kept(result)
            self.jobs.drop_lookup()  # it is about the unchecked forecast
            self.forecast_checked.emit(result)
        else:
            self._show_forecast(result)
        self.saving.go_on()

    def _on_forecast_abandoned(self) -> None:
        """What was shown early stays, or a checked forecast before it."""
        if self.result is not None and self.result.is_being_checked:
            self._on_forecast(self.result.stopped_checking)

    def _show_forecast(self, result: ForecastResult) -> None:
        self.result, self.unsaved = result, not _is_kept(result)
        self.saving.forget()
        self.jobs.clear()  # pending lookups are about the earlier forecast
        self.forecast_made.emit(result)
        self.station_ready.emit(StationKey.FORECAST)

    def _keep_checked(self) -> bool:
        """After a stop, go on with the forecast before the stopped one if that was checked; whether there is one."""
        if self._checked is not None:
            (self.result, self.unsaved), self._checked = self._checked, None
            self._best_for_data = bool(self.result.baselines)
            self.jobs.drop_lookup()
            self.forecast_checked.emit(self.result)
        elif self.result is None or not self.result.is_checked:
            return False
        self.saving.forget()
        self.problem_found.emit(problems.EARLIER_KEPT)
        return True

    def _on_forecast_lookup(self, result: Any) -> None:
        if not self.jobs.superseded:
            self.forecast_lookup_finished.emit(result)

    def show_orders(self) -> None:
        """Go to how much to order."""
        self.station_ready.emit(StationKey.ORDERS)

    def take_orders(self, plan: Forecast, orders: Orders) -> bool:
        """Keep orders with the forecast that they were asked for, for the workbook; whether it is shown."""
        if self.result is None or self.result.plan is not plan:
            return False
        self.result, self.unsaved = replace(self.result, orders=orders), True
        return True

    @property
    def inputs(self) -> tuple[Path, ...]:
        """The files that the forecast was made from, which are never written to."""
        return () if self.path is None else (self.path,)

    def _on_exported(self) -> None:
        self.unsaved = False


def _is_kept(result: ForecastResult) -> bool:
    """Whether closing the window loses nothing of it."""
    return result.kept is not None and result.kept.problem is None
