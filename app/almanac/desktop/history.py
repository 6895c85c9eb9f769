"""What is kept of earlier work, as the window uses it: jobs in the worker, and the signals that bring their results."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from almanac.desktop.worker_client.job_queue import JobKind, JobQueue, JobRequest

if TYPE_CHECKING:
    from almanac.workflow.use_cases import UseCaseName


def _say_nothing() -> None:
    """Do nothing."""


class History(QObject):
    """Lists, opens, renames and deletes what was kept.

    ``listed`` carries a HistoryOverview, ``opened`` the ForecastResult of a run, ``deleted`` the title of what is in
    the bin now, ``runs_deleted`` the ids of Runs that are there now, ``restored`` nothing, ``runs_found`` the Runs of a
    project, ``compared`` a RunComparison; ``backed_up`` the path of the backup, ``taken_back`` where the work is that
    was there before a backup was restored.
    """

    listed = Signal(object)
    opened = Signal(object)
    deleted = Signal(str)
    runs_deleted = Signal(object)
    restored = Signal()
    runs_found = Signal(object)
    compared = Signal(object)
    backed_up = Signal(object)
    taken_back = Signal(object)

    def __init__(self, jobs: JobQueue, start: Callable[[JobRequest], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._jobs, self._start = jobs, start
        self._search = ""

    def refresh(self, search: str | None = None) -> None:
        """List the projects again, those with the words of ``search``; None: as before."""
        if search is not None:
            self._search = search
        self._jobs.enqueue(
            JobRequest(
                "history_overview",
                "Looking for your work",
                (self._search,),
                JobKind.FORECAST_LOOKUP,
                on_finished=self.listed.emit,
                quiet=True,
            )
        )

    def open(self, run: str) -> None:
        """Show a kept forecast again."""
        self._start(JobRequest("history_open", "Opening your work", (run,), on_finished=self.opened.emit))

    def find_runs(self, project: str) -> None:
        """List the forecasts of a project."""
        found = self.runs_found.emit
        self._start(JobRequest("history_runs", "Looking up your forecasts", (project,), on_finished=found))

    def compare(self, before: str, after: str) -> None:
        """Find out what differs between two kept forecasts."""
        given, found = (before, after), self.compared.emit
        self._start(JobRequest("history_compare", "Comparing two forecasts", given, on_finished=found))

    def rename(self, record: str, title: str) -> None:
        """Give a project or a run another title."""
        self._change("history_rename", "Renaming", (record, title))

    def delete(self, record: str, title: str) -> None:
        """Put a project or a run into the bin."""
        self._change("history_delete", "Deleting", ((record,),), lambda: self.deleted.emit(title))

    def delete_runs(self, runs: tuple[str, ...]) -> None:
        """Put single forecasts of a project into the bin."""
        self._change("history_delete", "Deleting", (runs,), lambda: self.runs_deleted.emit(runs))

    def undo(self) -> None:
        """Bring back what was deleted last."""
        self._change("history_undo", "Bringing it back", (), self.restored.emit)

    def back_up(self, path: Path) -> None:
        """Save everything as one file."""
        saved = self.backed_up.emit
        self._start(JobRequest("history_backup", f"Saving {path.name}", (path,), on_finished=saved))

    def take_back(self, path: Path) -> None:
        """Take everything from a backup."""

        def on_finished(before: Path) -> None:
            self.taken_back.emit(before)
            self.refresh()

        self._start(JobRequest("history_restore", f"Checking {path.name}", (path,), on_finished=on_finished))

    def keep(self, wanted: bool) -> None:
        """Keep work from now on, or keep nothing."""
        self._change("history_keep", "Changing the setting", (wanted,))

    def _change(
        self, name: UseCaseName, message: str, arguments: tuple[Any, ...], tell: Callable[[], object] = _say_nothing
    ) -> None:
        def on_finished(_: Any) -> None:
            tell()
            self.refresh()

        self._start(JobRequest(name, message, arguments, on_finished=on_finished, on_abandoned=self.refresh))
