"""What a person does at the station Watch: answers to alerts, and a file that is watched."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from almanac.core.alerts import AlertAction
from almanac.desktop.file_watch import FileWatch
from almanac.desktop.shell.station import StationKey
from almanac.desktop.worker_client.job_queue import JobRequest

if TYPE_CHECKING:
    from almanac.core.entered.events import Event
    from almanac.desktop.session import Session
    from almanac.workflow.updates.alerts import OpenAlert


class Watching(QObject):
    """Does what an alert's button says; ``file`` brings what a person saves to the station as new data."""

    def __init__(self, session: Session, start: Callable[[JobRequest], bool]) -> None:
        super().__init__(session)
        self._session, self._start = session, start
        self.file = FileWatch(self)
        self.file.saved.connect(self._on_saved)
        self._project = ""  # of the file that is watched
        self._saved: Path | None = None  # not looked at yet
        session.state_changed.connect(self._look)

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

    def answer(self, project: str, one: OpenAlert, action: AlertAction) -> None:
        """Do what the person chose about an alert, and keep that they did."""
        session = self._session
        if action is AlertAction.MARK_ONE_OFF:
            self._explain(project, one, action)
            return
        if action is AlertAction.FORECAST_AGAIN:
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

    def _explain(self, project: str, one: OpenAlert, action: AlertAction) -> None:
        """Turn an alert into an event, from which the forecast does not learn, and forecast again."""
        from almanac.wording.watching.alerts import one_off_name  # it needs numpy, and the first paint does not

        result = self._session.result
        if result is None:
            return

        def use(event: Event | None) -> None:
            from almanac.workflow import EventChoice

            if event is None:
                return
            choice = self._session.events or result.event_choice or EventChoice()
            again = replace(choice, events=(*choice.events, event))
            self._session.new_data.answer(project, one.id, action, lambda: self._session.use_events(again))

        arguments = one.alert, action, one_off_name(one.alert), result.forecast.frequency
        self._start(JobRequest("explain_alert", "Marking it as a one-off", arguments, on_finished=use))
