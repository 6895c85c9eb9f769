"""Totals of the forecast, as the window uses them: jobs in the worker, and the signals that bring their results."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, SignalInstance

from almanac.desktop.worker_client.job_queue import JobKind, JobQueue, JobRequest

if TYPE_CHECKING:
    from almanac.desktop.shell.work import Work
    from almanac.workflow.use_cases import UseCaseName


class AddingUp(QObject):
    """Adds up while the person goes on; a result is dropped if another forecast is shown by then.

    ``headline_found`` carries HeadlineFigures, ``outlook_found`` an Outlook, ``span_found`` a SpanTotal,
    ``groups_found`` Totals.
    """

    headline_found = Signal(object)
    outlook_found = Signal(object)
    span_found = Signal(object)
    groups_found = Signal(object)

    def __init__(self, work: Work, jobs: JobQueue, parent: QObject) -> None:
        super().__init__(parent)
        self._work, self._jobs = work, jobs

    def find_headline(self) -> None:
        """Find out the total of everything."""
        self._find("headline", (), self.headline_found)

    def find_outlook(self, members: tuple[int, ...], name: str) -> None:
        """Find out the total of some series of the forecast."""
        self._find("outlook", (members, name), self.outlook_found)

    def find_span(self, members: tuple[int, ...], span: tuple[int, int]) -> None:
        """Find out the total of some series from one period to another."""
        self._find("span_total", (members, span), self.span_found)

    def find_groups(self, columns: tuple[str, ...]) -> None:
        """Add up the groups by a column, or by several together."""
        self._find("totals", (columns,), self.groups_found)

    def _find(self, name: UseCaseName, arguments: tuple[Any, ...], found: SignalInstance) -> None:
        result = self._work.result
        if result is None:
            return

        def show(answer: Any) -> None:
            if self._work.result is result:
                found.emit(answer)

        arguments, kind = (result, *arguments), JobKind.FORECAST_LOOKUP
        self._jobs.enqueue(JobRequest(name, "Adding up", arguments, kind, on_finished=show, quiet=True))
