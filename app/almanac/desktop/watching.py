"""What a person does at the station Watch: answers to alerts, and a file that is watched."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from almanac.core.alerts import AlertAction
from almanac.desktop.file_watch import FileWatch
from almanac.desktop.shell.station import StationKey
from almanac.desktop.worker_client.job_queue import JobRequest

if TYPE_CHECKING:
    from almanac.core.entered.events import Event
    from almanac.desktop.session import Session
    from almanac.workflow import EventChoice
    from almanac.workflow.updates.alerts import OpenAlert


class Watching(QObject):
    """Does what an alert's button says; ``file`` brings what a person saves to the station as new data.

    ``stock_asked`` carries an OpenAlert and the Event that would explain it: a time when it was sold out.
    """

    stock_asked = Signal(object, object)

    def __init__(self, session: Session, start: Callable[[JobRequest], bool]) -> None:
        super().__init__(session)
        self._session, self._start = session, start
        self.file = FileWatch(self)
        self.file.saved.connect(self._on_saved)
        self._project = ""  # of the file that is watched
        self._saved: Path | None = None  # not looked at yet
        session.state_changed.connect(self._look)
        session.history.runs_deleted.connect(self._on_runs_deleted)

    def _on_saved(self, path: Path) -> None:
        self._saved = path
        self._look()

    def _look(self) -> None:
        """Show what was saved as new data, once nothing else is being done."""
        path, session = self._saved, self._session
        if path is not None and path == self.file.path and not session.worker.busy:
            self._saved = None
            session.new_data.compare(path, self._project)

    def watch(self, wanted: bool) -> None:
        """Watch the file of the forecast that is shown, or nothing."""
        path, result = self._session.path, self._session.result
        if wanted and path is not None and result is not None and result.kept is not None:
            if path != self.file.path:
                self._project, self._saved = result.kept.project, None
                self.file.start(path)
        else:
            self.file.end()

    def _on_runs_deleted(self, runs: tuple[str, ...]) -> None:
        """What is shown is no longer kept when it is among the deleted ones."""
        session, result = self._session, self._session.result
        if result is not None and result.kept is not None and result.kept.run in runs:
            session.result, session.unsaved = replace(result, kept=replace(result.kept, run="")), True
            session.state_changed.emit()

    def answer(self, project: str, one: OpenAlert, action: AlertAction) -> None:
        """Do what the person chose about an alert, and keep that they did."""
        session = self._session
        if action is AlertAction.MARK_ONE_OFF:
            self._explain(one, action, lambda event: self._mark(project, one, event))
            return
        if action is AlertAction.ASK_STOCK:
            self._explain(one, action, lambda event: self.stock_asked.emit(one, event))
            return
        if action in (AlertAction.FORECAST_AGAIN, AlertAction.RECALIBRATE):  # a forecast has its ranges corrected
            session.new_data.answer(project, one.id, action, lambda: self._forecast_latest(project))
            return
        session.new_data.answer(project, one.id, action)

    def _forecast_latest(self, project: str) -> None:
        """Forecast the latest data of a project, though an earlier forecast may be shown, as far ahead as that."""
        from almanac.workflow import ForecastOptions

        session = self._session
        if session.result is None:
            return
        options = ForecastOptions(horizon=session.result.forecast.horizon, events=session.events)
        request = JobRequest("forecast_latest", "Getting ready", (project, options), station=StationKey.FORECAST)
        self._start(replace(request, on_finished=session.history.opened.emit))

    def _explain(self, one: OpenAlert, action: AlertAction, use: Callable[[Event], object]) -> None:
        """Turn an alert into an event, from which the forecast does not learn."""
        from almanac.wording.watching.alerts import event_name  # it needs numpy, and the first paint does not

        def on_finished(event: Event | None) -> None:
            if event is not None:
                use(event)

        result = self._session.result
        if result is not None:
            arguments = one.alert, action, event_name(one.alert, action), result.forecast.frequency
            self._start(JobRequest("explain_alert", "Looking up when that was", arguments, on_finished=on_finished))

    def _mark(self, project: str, one: OpenAlert, event: Event) -> None:
        """Forecast again with one more event."""
        choice = self.event_choice
        if choice is not None:
            more = replace(choice, events=(*choice.events, event))
            self.use_events(project, one, AlertAction.MARK_ONE_OFF, more)

    def use_events(self, project: str, one: OpenAlert, action: AlertAction, choice: EventChoice) -> None:
        """Keep that these events explain an alert, and forecast again with them."""
        session = self._session
        session.new_data.answer(project, one.id, action, lambda: session.use_events(choice))

    @property
    def event_choice(self) -> EventChoice | None:
        """The events that count now; None without a forecast."""
        session = self._session
        return session.events or (None if session.result is None else session.result.event_choice)
