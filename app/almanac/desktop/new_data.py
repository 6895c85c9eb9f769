"""New data of earlier work, as the window uses them: jobs in the worker, and the signals that bring their results."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from almanac.desktop.shell.station import StationKey
from almanac.desktop.worker_client.job_queue import JobKind, JobQueue, JobRequest

if TYPE_CHECKING:
    from almanac.core.alerts import AlertAction
    from almanac.core.problems import Problem
    from almanac.core.triggers import TriggerSettings
    from almanac.tables import ReadFile
    from almanac.workflow.updates.new_data import Proposal
    from almanac.workflow.use_cases import UseCaseName


class NewData(QObject):
    """Compares a newer file with the data before, and accepts it.

    ``proposed`` carries a Proposal, ``refused`` the Problem with it, ``unknown`` the path of a file that goes on from
    no earlier work, and ``read`` the ReadFile as well where it was read, ``accepted`` an Accepted, ``scored`` the
    Scores of a project (None: nothing has arrived yet), ``outcome_found`` the SeriesOutcome of one series (None
    likewise), ``alerts_found`` a tuple of OpenAlert, ``settings_found`` the TriggerSettings of a project.
    """

    proposed = Signal(object)
    refused = Signal(object)
    unknown = Signal(object)
    read = Signal(object, object)
    accepted = Signal(object)
    scored = Signal(object)
    outcome_found = Signal(object)
    alerts_found = Signal(object)
    settings_found = Signal(object)

    def __init__(self, jobs: JobQueue, start: Callable[[JobRequest], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._jobs, self._start = jobs, start
        self.proposal: Proposal | None = None

    def compare(self, path: Path, project: str) -> None:
        """Compare a file with the latest data of a project."""
        request = JobRequest("propose_update", f"Comparing {path.name}", (path, project), on_finished=self._show)
        self._start(replace(request, on_failed=self.refused.emit))

    def recognise(self, path: Path) -> None:
        """Compare a file with the work that it goes on from; one that goes on from none is opened as it is."""
        from almanac.wording.watching.updates import OTHER_UNITS  # it needs numpy, and the first paint does not

        def refuse(problem: Problem) -> None:
            if problem.code == OTHER_UNITS:  # it is the same table
                self.refused.emit(problem)
            else:
                self.unknown.emit(path)

        def on_finished(found: Proposal | ReadFile) -> None:
            from almanac.workflow.updates.new_data import Proposal

            if not isinstance(found, Proposal):
                self.read.emit(path, found)
            elif found.comparison.update.same:
                self.unknown.emit(path)  # nothing is new: it is looked at as any file
            else:
                self._show(found)

        request = JobRequest("recognise_file", f"Reading {path.name}", (path,), on_finished=on_finished)
        self._start(replace(request, on_failed=refuse, station=StationKey.DATA))

    def accept(self, renamed: tuple[tuple[str, str], ...]) -> None:
        """Accept what was proposed, with these new names, and forecast again."""
        if self.proposal is not None:
            arguments = self.proposal, None, renamed
            self._start(JobRequest("accept_update", "Adding the new data", arguments, on_finished=self._on_accepted))

    def leave(self) -> None:
        """Forget what was proposed."""
        self.proposal = None

    def look_into(self, project: str) -> None:
        """Find out how the earlier forecasts of a project did, and then what needs a look."""

        def on_scored(scores: object) -> None:
            self.scored.emit(scores)
            self.find_alerts(project)

        self._look_up("project_scores", "Comparing your forecasts with what happened", project, on_scored)

    def find_alerts(self, project: str) -> None:
        """Find out what needs a look."""
        self._look_up("project_alerts", "Looking for what changed", project, self.alerts_found.emit)

    def find_settings(self, project: str) -> None:
        """Find out how the triggers of a project act."""
        found = self.settings_found.emit
        self._start(JobRequest("trigger_settings", "Looking up your settings", (project,), on_finished=found))

    def choose_settings(self, project: str, settings: TriggerSettings) -> None:
        """Let the triggers of a project act like this."""
        self._start(JobRequest("choose_triggers", "Saving your settings", (project, settings)))

    def find_outcome(self, project: str, name: str, first: int | None) -> None:
        """Find out what became of the forecast of one series that begins in this period; None: of the latest."""
        message, kind = f"Looking up what happened to {name}", JobKind.FORECAST_LOOKUP
        request = JobRequest("project_outcome", message, (project, name, first), kind, quiet=True)
        self._jobs.enqueue(replace(request, on_finished=self.outcome_found.emit))

    def answer(self, project: str, alert: str, action: AlertAction, then: Callable[[], object] | None = None) -> None:
        """Keep what the person did about an alert; it no longer needs a look. ``then``: what follows from it."""

        def on_finished(_: object) -> None:
            if then is None:
                self.find_alerts(project)
            else:
                then()

        self._start(JobRequest("answer_alert", "Saving your answer", (alert, action), on_finished=on_finished))

    def _look_up(self, name: UseCaseName, message: str, project: str, tell: Callable[[Any], object]) -> None:
        kind = JobKind.FORECAST_LOOKUP
        self._jobs.enqueue(JobRequest(name, message, (project,), kind, on_finished=tell, quiet=True))

    def _show(self, found: Proposal) -> None:
        self.proposal = found
        self.proposed.emit(found)

    def _on_accepted(self, found: object) -> None:
        self.proposal = None
        self.accepted.emit(found)
