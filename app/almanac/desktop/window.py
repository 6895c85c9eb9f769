"""The window: a rail, one page at a time, and the worker that does the work."""

from __future__ import annotations

import importlib
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from almanac import workflow
from almanac.desktop import recent
from almanac.desktop.data_page import DataPage
from almanac.desktop.export_page import ExportPage
from almanac.desktop.forecast_page import ForecastPage
from almanac.desktop.link import Name, WorkerLink
from almanac.desktop.rail import Rail
from almanac.desktop.start_page import StartPage
from almanac.desktop.tokens import SPACE
from almanac.desktop.widgets import Page, ProgressStrip
from almanac.problems import Problem
from almanac.workflow import ForecastOptions, Outcome

if TYPE_CHECKING:
    from almanac.tables import ReadFile, ReadingOptions

CRASHED = Problem(
    "worker_crashed",
    "The part of Almanac that does the computing stopped unexpectedly. It was started again.",
    "This can happen when memory runs out, or through a fault in Almanac.",
    "Nothing was lost. Please try once more.",
)


class MainWindow(QMainWindow):
    """Joins pages, rail and worker; holds the file and the forecast, so that a crash of the worker loses nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("Almanac")
        self.setMinimumSize(880, 600)
        self.resize(1180, 780)
        self.file: ReadFile | None = None
        self.outcome: Outcome | None = None
        self._path: Path | None = None
        self._options: ReadingOptions | None = None
        self._running: Name | None = None

        self.start, self.data, self.forecast, self.export = StartPage(), DataPage(), ForecastPage(), ExportPage()
        self.pages = QStackedWidget()
        for page in (self.start, self.data, self.forecast, self.export):
            self.pages.addWidget(page)
        self.rail, self.progress, self.link = Rail(), ProgressStrip(), WorkerLink(self)
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.pages, 1)
        strip = QHBoxLayout()
        strip.setContentsMargins(SPACE[5], 0, SPACE[5], SPACE[3])
        strip.addWidget(self.progress)
        middle.addLayout(strip)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(middle, 1)
        centre = QWidget()
        centre.setLayout(row)
        self.setCentralWidget(centre)
        self._connect()

    def _connect(self) -> None:
        self.start.opened.connect(self.open)
        self.data.changed.connect(self._read)
        self.data.accepted.connect(self.make_forecast)
        self.forecast.asked.connect(self.make_forecast)
        self.export.chosen.connect(self.save)
        self.rail.chosen.connect(self._go)
        self.progress.stop_pressed.connect(self.link.stop)
        self.link.advanced.connect(self.progress.advance)
        self.link.finished.connect(self._on_finished)
        self.link.stopped.connect(self._on_stopped)
        self.link.met_problem.connect(self._on_problem)
        self.link.met_bug.connect(self._on_bug)
        self.link.crashed.connect(lambda: self._on_problem(CRASHED))
        for keys, action in (
            (QKeySequence.StandardKey.Open, self.start.ask_for_file),
            (QKeySequence.StandardKey.Save, self._save_shortcut),
            (QKeySequence.StandardKey.Find, self._find),
            (QKeySequence(Qt.Key.Key_F6), self._switch_focus),
            (QKeySequence.StandardKey.New, lambda: self._show(self.start)),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(action)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self._after_first_paint)

    def _after_first_paint(self) -> None:
        """Start the worker, and load the chart's library beside the event loop: it takes a third of a second."""
        self.link.open()
        threading.Thread(target=importlib.import_module, args=("pyqtgraph",), daemon=True).start()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.link.close()
        super().closeEvent(event)

    def open(self, path: Path) -> None:
        """Read a file."""
        self._path = path
        self._read(None)

    def make_forecast(self, horizon: int | None = None) -> None:
        """Forecast the file at hand."""
        if self.file is not None:
            self._run("forecast", "Getting ready", self.file, ForecastOptions(horizon=horizon))

    def save(self, path: Path) -> None:
        """Save the forecast at hand."""
        if self.outcome is not None:
            self._run("export", f"Saving {path.name}", self.outcome, path)

    def _read(self, options: ReadingOptions | None) -> None:
        assert self._path is not None
        self._options = options
        self._run("check", f"Reading {self._path.name}", self._path, options)

    def _run(self, name: Name, words: str, *arguments: Any) -> None:
        if self.link.busy:
            return
        self._running = name
        self._page().tell()
        self.pages.setEnabled(False)
        self.progress.begin(words)
        self.rail.say({"check": "Data", "forecast": "Forecast", "export": "Export"}[name], "Running", enabled=False)
        self.link.start(name, *arguments)

    def _settle(self) -> Name | None:
        """The job is over, however it ended: the pages can be used again."""
        running, self._running = self._running, None
        self.progress.end()
        self.pages.setEnabled(True)
        self._say()
        return running

    def _say(self) -> None:
        """What each station's word is now."""
        looks = self.file is not None and bool(self.file.findings or self.file.reading.questions)
        self.rail.say("Data", "Needs a look" if looks else "Ready" if self.file else "", enabled=self.file is not None)
        ready = self.outcome is not None
        self.rail.say("Forecast", "Ready" if ready else "", enabled=ready)
        self.rail.say("Export", "Ready" if ready else "", enabled=ready)

    def _on_finished(self, result: Any) -> None:
        running = self._running
        if running == "check":
            self._take_file(result)
        elif running == "forecast":
            self.outcome = result
            self.forecast.show_outcome(result)
            self.export.start_over(result.file.reading.file)
        elif running == "export":
            self.export.show_saved(result)
        self._settle()
        pages: dict[str | None, Page] = {"check": self.data, "forecast": self.forecast}
        self._show(pages.get(running, self.export))

    def _take_file(self, file: ReadFile) -> None:
        assert self._path is not None
        recent.remember(self._path)
        self.start.refresh()
        self.file, self.outcome = file, None
        self.data.show_file(file, self._options or workflow.reading_options())
        self.setWindowTitle(f"{file.reading.file} – Almanac")

    def _on_stopped(self) -> None:
        self._settle()

    def _on_problem(self, problem: Problem) -> None:
        self._settle()
        self._page().tell(problem)

    def _on_bug(self, details: str) -> None:
        self._settle()
        self._page().tell(
            Problem(
                "fault",
                "Something in Almanac did not work as it should.",
                "This is a fault in Almanac, not in your file. Nothing was lost.",
                "Please try once more; if it happens again, copy the details and report them.",
            ),
            details=details,
        )

    def _page(self) -> Page:
        page = self.pages.currentWidget()
        assert isinstance(page, Page)
        return page

    def _show(self, page: Page) -> None:
        self.pages.setCurrentWidget(page)
        places: dict[Page, tuple[str, QWidget]] = {
            self.start: ("", self.start.drop),
            self.data: ("Data", self.data.use),
            self.forecast: ("Forecast", self.forecast.again),
            self.export: ("Export", self.export.workbook),
        }
        station, first = places[page]
        self.rail.show_at(station)
        first.setFocus()

    def _go(self, name: str) -> None:
        self._show({"Data": self.data, "Forecast": self.forecast, "Export": self.export}[name])

    def _save_shortcut(self) -> None:
        if self.outcome is not None:
            self._show(self.export)
            self.export.ask_for_workbook()

    def _find(self) -> None:
        if self.outcome is not None:
            self._show(self.forecast)
            self.forecast.search.setFocus()

    def _switch_focus(self) -> None:
        """F6: from the rail to the page and back."""
        if self.rail.isAncestorOf(self.focusWidget() or self):
            self._show(self._page())
        else:
            self.rail.take_focus()
