"""The window: a rail, one page at a time, and the worker that does the work."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from almanac.core.problems import Problem
from almanac.desktop.pages.start import StartPage
from almanac.desktop.report.maker import ReportMaker
from almanac.desktop.shell import geometry, problems, recent
from almanac.desktop.shell.page import Page
from almanac.desktop.shell.sidebar import Rail
from almanac.desktop.widgets.file_drop import DropWindow
from almanac.desktop.widgets.progress_strip import ProgressStrip
from almanac.desktop.worker_client.client import WorkerLink
from almanac.desktop.worker_client.job_queue import LOOKS_INTO_FILE, LOOKS_INTO_FORECAST, Errands
from almanac.desktop.worker_client.preload import Ahead
from almanac.worker.messages import Name

if TYPE_CHECKING:
    from almanac.desktop.pages.data.page import DataPage
    from almanac.desktop.pages.export import ExportPage
    from almanac.desktop.pages.forecast.page import ForecastPage
    from almanac.desktop.pages.trust.page import TrustPage
    from almanac.tables import ReadFile, ReadingOptions
    from almanac.workflow.results import ForecastResult

STATIONS = {"check": "Data", "forecast": "Forecast", "trust": "Trust", "export": "Export", "place": "Export"}
REPORT = ".pdf"
HALVES = 2  # of the chart; see ForecastPage.prepare


class MainWindow(DropWindow):
    """Joins pages, rail and worker; holds the file and the forecast, so that a crash of the worker loses nothing.

    Pages other than the first are made when the first paint is over.
    """

    data: DataPage
    forecast: ForecastPage
    trust: TrustPage
    export: ExportPage

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("Almanac")
        self.setMinimumSize(900, 600)
        geometry.restore(self)
        self.file: ReadFile | None = None
        self.result: ForecastResult | None = None
        self.unsaved = False
        self._path: Path | None = None
        self._report_to: Path | None = None
        self._best = False
        self._asked: tuple[Path, ReadingOptions | None] | None = None
        self._focus: QWidget | None = None

        pages = (self._make_data, self._make_forecast_page, self._make_trust, self._make_export)
        self._ahead = Ahead((*pages, *HALVES * (self._prepare_chart,)), self)
        self.pages, self.rail = QStackedWidget(), Rail()
        self.progress, self.link = ProgressStrip(), WorkerLink(self)
        self.errands, self.reports = Errands(self.link), ReportMaker(self)
        self.start = StartPage()
        self.pages.addWidget(self.start)
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.pages, 1)
        middle.addWidget(self.progress)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(middle, 1)
        centre = QWidget()
        centre.setLayout(row)
        self.setCentralWidget(centre)
        self._connect()
        self._show(self.start)

    def _connect(self) -> None:
        self.start.opened.connect(self.open)
        self.rail.chosen.connect(self._go)
        self.rail.another.connect(lambda: self._show(self.start))
        self.progress.stop_pressed.connect(self.link.stop)
        self.progress.appeared.connect(self._on_slow)
        self.reports.made.connect(self._save_report)
        self.errands.begun.connect(self._on_begin)
        self.link.advanced.connect(self.progress.advance)
        self.link.finished.connect(self._on_finished)
        self.link.stopped.connect(self._give_up)
        self.link.met_problem.connect(self._on_problem)
        self.link.met_bug.connect(self.tell_fault)
        self.link.crashed.connect(lambda: self._on_problem(problems.CRASHED))
        self._ahead.over.connect(self.link.release)
        for keys, action in (
            (QKeySequence.StandardKey.Open, self.start.ask_for_file),
            (QKeySequence.StandardKey.Save, self._save_shortcut),
            (QKeySequence.StandardKey.Find, self._find),
            (QKeySequence(Qt.Key.Key_F6), self._switch_focus),
            (QKeySequence.StandardKey.New, lambda: self._show(self.start)),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(action)

    def make_pages(self) -> None:
        """Make the pages that are still missing at once, for whoever drives the window without showing it."""
        self._ahead.hurry(leave=HALVES)  # the chart, which the first forecast makes

    def _make_data(self) -> None:
        from almanac.desktop.pages.data.page import DataPage

        self.data = DataPage()
        self.pages.addWidget(self.data)
        self.data.changed.connect(self._read_again)
        self.data.looked.connect(self._look_into_file)
        self.data.accepted.connect(self.make_forecast)

    def _make_forecast_page(self) -> None:
        from almanac.desktop.pages.forecast.page import ForecastPage

        self.forecast = ForecastPage()
        self.pages.addWidget(self.forecast)
        self.forecast.asked.connect(self.make_forecast)

    def _make_trust(self) -> None:
        from almanac.desktop.pages.trust.page import TrustPage

        self.trust = TrustPage()
        self.pages.addWidget(self.trust)
        self.trust.looked.connect(self._look_into_forecast)
        self.trust.best_wanted.connect(self._use_best)

    def _prepare_chart(self) -> None:
        self.forecast.prepare()

    def _make_export(self) -> None:
        from almanac.desktop.pages.export import ExportPage

        self.export = ExportPage()
        self.pages.addWidget(self.export)
        self.export.chosen.connect(self.save)

    # What Qt tells.

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self._after_first_paint)

    def _after_first_paint(self) -> None:
        """What the worker says is taken in when all pages are there."""
        if self._ahead.begun:
            return  # a window is shown again after it was minimised
        self.link.open()
        self.link.hold()
        self._ahead.begin()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing with an unsaved forecast asks once, in place."""
        if self.unsaved:
            self.unsaved = False
            actions = (("Save Excel Workbook…", self._save_shortcut), ("Close Without Saving", self.close))
            self._page().tell(problems.UNSAVED, actions=actions)
            event.ignore()
            return
        geometry.remember(self)
        self._ahead.stop()
        self.reports.wait()
        self.hide()  # the worker may take a moment to end; no one needs to watch
        self.link.close()
        super().closeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "forecast"):
            self.forecast.recolour()

    # What the person asks for.

    def hovered(self, over: bool) -> None:
        self.start.drop.light(over)

    def dropped(self, path: Path) -> None:
        self.open(path)

    def refused(self, problem: Problem) -> None:
        self._page().tell(problem)

    def open(self, path: Path) -> None:
        """Read a file. What is shown now stays until it was understood."""
        if self._run("check", f"Reading {path.name}", path, None):
            self._asked = (path, None)

    def _read_again(self, options: ReadingOptions) -> None:
        """Read the same file with other choices."""
        if self._path is not None and self._run("check", f"Reading {self._path.name}", self._path, options):
            self._asked = (self._path, options)
        else:
            self.data.stay()

    def _look_into_file(self, name: Name, arguments: tuple[Any, ...]) -> None:
        if self._path is None:
            return
        if name == "preview":
            from almanac import workflow

            arguments = (workflow.reading_options(sheet=arguments[0]),)
        self.errands.look(name, f"Looking into {self._path.name}", self._path, *arguments)

    def _look_into_forecast(self, name: Name, arguments: tuple[Any, ...]) -> None:
        self.errands.look(name, "Looking into the forecast", *arguments)

    def make_forecast(self, horizon: int | None = None) -> None:
        """Forecast the file at hand."""
        if self.file is None:
            return
        from almanac.workflow import ForecastOptions

        if self._run(
            "forecast", "Getting ready", self.file, ForecastOptions(horizon=horizon, best=self._best), self._path
        ):
            QTimer.singleShot(0, self, self.forecast.prepare)

    def _use_best(self, wanted: bool) -> None:
        """Best for This Data, or the model for every series again."""
        self._best = wanted
        if self.result is not None:
            self.make_forecast(self.result.forecast.horizon)

    def save(self, path: Path) -> None:
        """Save the forecast at hand: the report is laid out here, everything else by the worker."""
        if self.result is None:
            return
        if path.suffix == REPORT:
            self._report_to = path
            self.reports.make(self.result, self.forecast.at)
        else:
            self._run("export", f"Saving {path.name}", self.result, path)

    def _save_report(self, content: bytes) -> None:
        if self._report_to is not None:
            self._run("place", f"Saving {self._report_to.name}", self._report_to, content)

    def _run(self, name: Name, words: str, *arguments: Any) -> bool:
        """Begin what the person asked for; False when something else is still being done for them."""
        accepted = self.errands.run(name, words, *arguments)
        if not accepted:
            self._page().tell(problems.STILL_BUSY)
        return accepted

    # What the worker answers.

    def _on_begin(self, name: str, words: str) -> None:
        self._page().tell()
        self.progress.begin(words)
        if name in STATIONS:
            self.rail.say(STATIONS[name], "Running", enabled=self.rail.usable(STATIONS[name]))

    def _on_slow(self) -> None:
        """The work takes a moment: nothing that needs the worker can be pressed, Stop can."""
        self._focus = self.focusWidget()
        for index in range(self.pages.count()):
            self._page(index).set_busy(True)
        self.progress.stop.setFocus()

    def _settle(self) -> Name | None:
        """The job is over, however it ended."""
        running = self.errands.over()
        self.progress.end()
        for index in range(self.pages.count()):
            self._page(index).set_busy(False)
        if self._focus is not None and self._focus.isVisible():
            self._focus.setFocus()
        self._focus = None
        self._say()
        self.errands.go_on()
        return running

    def _give_up(self) -> None:
        """The job came to nothing; a choice that led there is taken back."""
        running = self._settle()
        if running in LOOKS_INTO_FORECAST:
            self.trust.do_without()
        if running == "check" and self.file is not None:
            self.data.take_back()
            if self._page() is self.data:
                self.data.first.setFocus()

    def _say(self) -> None:
        """What each station's word is now."""
        looks = self.file is not None and self.result is None and self.data.asks
        self.rail.say("Data", "Needs a look" if looks else "Ready" if self.file else "", enabled=self.file is not None)
        ready = self.result is not None
        self.rail.say("Forecast", "Ready" if ready else "", enabled=ready)
        self.rail.say("Trust", "Ready" if ready else "", enabled=ready)
        self.rail.say("Export", "Ready" if ready else "", enabled=ready)

    def _on_finished(self, answer: Any) -> None:
        running = self.errands.running
        if running == "check":
            self._take_file(answer)
        elif running == "forecast":
            self._take_result(answer)
        elif running in ("export", "place"):
            self.unsaved = self.unsaved and running == "place"  # a report is not the forecast itself
            self.export.show_saved(answer)
        elif running in LOOKS_INTO_FILE:
            self.data.show_looked_up(running, answer)
        elif running in LOOKS_INTO_FORECAST and not self.errands.looks_again:
            self.trust.show_answer(answer)
        self._settle()
        if running == "check":
            self._show(self.data)
        elif running == "forecast":
            self._show(self.forecast)

    def _take_file(self, file: ReadFile) -> None:
        assert self._asked is not None
        path, options = self._asked
        self._path, self.file, self.result, self.unsaved, self._best = path, file, None, False, False
        recent.remember(path)
        self.start.refresh()
        self.data.show_file(file, file.options, anew=options is None)
        self.setWindowTitle(f"{file.reading.file} – Almanac")

    def _take_result(self, result: ForecastResult) -> None:
        self.result, self.unsaved = result, True
        self.errands.forget()  # it was about the forecast before
        self.forecast.show_result(result)
        self.trust.show_result(result)
        count, horizon = len(result.forecast.names), result.forecast.frequency.duration(result.forecast.horizon)
        what = (
            f"The next {horizon} of {count:,} series are ready to save."
            if count > 1
            else (f"The next {horizon} of {result.forecast.names[0]} are ready to save.")
        )
        self.export.start_over(result.file.reading.file, what)

    def _on_problem(self, problem: Problem) -> None:
        self._give_up()
        self._page().tell(problem)

    def tell_fault(self, details: str) -> None:
        """Something no one foresaw: say so, and offer the details."""
        if self.errands.running is not None and not self.link.busy:
            self._give_up()
        copy = ("&Copy Details", lambda: QGuiApplication.clipboard().setText(details))
        self._page().tell(problems.fault(), actions=(copy,))

    # Moving about.

    def _page(self, index: int | None = None) -> Page:
        page = self.pages.currentWidget() if index is None else self.pages.widget(index)
        assert isinstance(page, Page)
        return page

    def _show(self, page: Page) -> None:
        self.pages.setCurrentWidget(page)
        station = next((name for name in STATIONS.values() if getattr(self, name.lower(), None) is page), "")
        self.rail.show_at(station)
        page.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go(self, name: str) -> None:
        if name == STATIONS["trust"]:
            self.trust.show_series(self.forecast.at)
        self._show(getattr(self, name.lower()))

    def _save_shortcut(self) -> None:
        if self.result is not None:
            self._show(self.export)
            self.export.ask()

    def _find(self) -> None:
        if self.result is not None:
            self._show(self.forecast)
            self.forecast.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.forecast.search.selectAll()

    def _switch_focus(self) -> None:
        """F6: from the rail to the page and back."""
        if self.rail.isAncestorOf(self.focusWidget() or self):
            self._page().first.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.rail.take_focus()
