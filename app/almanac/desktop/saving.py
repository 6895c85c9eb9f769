"""Saving the forecast: a report is laid out by the window's own process, every other format by the worker."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from almanac.core.csv_style import FOR_PROGRAMS, CsvStyle
from almanac.desktop.report.maker import ReportMaker
from almanac.desktop.report.scope import EVERYTHING, ReportScope
from almanac.desktop.shell.station import StationKey
from almanac.desktop.worker_client.job_queue import JobRequest

if TYPE_CHECKING:
    from almanac.desktop.shell.work import Work
    from almanac.exports import Overview
    from almanac.workflow.results import ForecastResult
    from almanac.workflow.use_cases import UseCaseName
    from almanac.workflow.watching.digest import Digest

REPORT_SUFFIX = ".pdf"


class Saving(QObject):
    """``wanted``: the person is to choose where; ``waiting``: it is done once the ranges are checked; ``saved`` carries
    the path, and ``exported`` comes before it for all but a report, which does not have every number.

    ``csv_style``: of CSV files; ``report_scope``: what a report is about, None for the series that is shown.
    """

    wanted = Signal()
    waiting = Signal()
    exported = Signal()
    saved = Signal(object)

    def __init__(self, work: Work, start: Callable[[JobRequest], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._work, self._start = work, start
        self.csv_style = FOR_PROGRAMS
        self.report_scope: ReportScope | None = EVERYTHING
        self.reports = ReportMaker(self)
        self.reports.finished.connect(self._save_report)
        self._path_after_check: Path | None = None
        self._report_path: Path | None = None

    def save(self, path: Path) -> None:
        """Save the forecast; while its ranges are being checked, once the check is over."""
        result = self._work.result
        if result is None:
            return
        if result.is_being_checked:
            self._path_after_check = path
            self.waiting.emit()
        elif path.suffix.lower() == REPORT_SUFFIX:
            self._report_path = path
            on_finished, station = partial(self._look_back, result), StationKey.EXPORT
            self._start(JobRequest("overview", "Adding up", (result,), on_finished=on_finished, station=station))
        else:
            given = result, path, self._work.inputs, self.csv_style, True  # with what became of earlier forecasts
            self._start_saving("export", path, given, self._on_exported)

    def choose_csv_style(self, style: CsvStyle) -> None:
        """Write CSV with these separators from now on."""
        self.csv_style = style

    def choose_report(self, scope: ReportScope | None) -> None:
        """Make reports about this from now on; None: the series that is shown."""
        self.report_scope = scope

    def go_on(self) -> None:
        """Save what was to be saved once the check is over."""
        path, self._path_after_check = self._path_after_check, None
        if path is not None:
            self.save(path)

    def forget(self) -> None:
        """Save nothing after the check: it is about another forecast now."""
        self._path_after_check = None

    def _look_back(self, result: ForecastResult, overview: Overview) -> None:
        """Find out what became of earlier forecasts, which is the last page of the report."""
        project = "" if result.kept is None else result.kept.project
        if not project:
            self._make_report(result, overview, None)
            return
        on_finished, station = partial(self._make_report, result, overview), StationKey.EXPORT
        message, given = "Looking up what happened", (project,)
        self._start(JobRequest("digest", message, given, on_finished=on_finished, station=station))

    def _make_report(self, result: ForecastResult, overview: Overview, found: Digest | None) -> None:
        scope = ReportScope(self._work.current_series) if self.report_scope is None else self.report_scope
        self.reports.make(result, overview, scope, found)

    def _save_report(self, content: bytes) -> None:
        if self._report_path is not None:
            path = self._report_path
            self._start_saving("save_report", path, (path, content, self._work.inputs), self.saved.emit)

    def _start_saving(
        self, name: UseCaseName, path: Path, arguments: tuple[Any, ...], on_finished: Callable[[Path], object]
    ) -> None:
        message, station = f"Saving {path.name}", StationKey.EXPORT
        self._start(JobRequest(name, message, arguments, on_finished=on_finished, station=station))

    def _on_exported(self, path: Path) -> None:
        self.exported.emit()
        self.saved.emit(path)
