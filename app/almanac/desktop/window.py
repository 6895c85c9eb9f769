"""The main window: a sidebar, one page at a time, and the progress of the running job."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from almanac.core.problems import Problem
from almanac.desktop.installation import help_entries
from almanac.desktop.pages.start import StartPage
from almanac.desktop.session import Session
from almanac.desktop.shell import geometry, problems
from almanac.desktop.shell.one_window import Note
from almanac.desktop.shell.page import Page
from almanac.desktop.shell.sidebar import Sidebar
from almanac.desktop.shell.station import Station, StationKey, Status
from almanac.desktop.stations import STATIONS
from almanac.desktop.widgets.basic import PageStack, whole
from almanac.desktop.widgets.file_drop import DropWindow, leave_drops_to_window
from almanac.desktop.widgets.problem_card import Action
from almanac.desktop.widgets.progress_strip import ProgressStrip
from almanac.desktop.worker_client.job_queue import JobRequest
from almanac.desktop.worker_client.preload import Preloader


class MainWindow(DropWindow):
    """Joins the sidebar, the pages and the session; the pages of stations are made after the first paint."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("Almanac")
        geometry.restore(self)
        self.session = Session(self)
        self.sidebar = Sidebar(STATIONS)
        self.progress = ProgressStrip()
        self.pages = PageStack()
        self.start = StartPage()
        self._station_pages: dict[StationKey, Page] = {}
        self._focus_before_job: QWidget | None = None
        loaders = (*(s.load_page for s in STATIONS), *(load for s in STATIONS for load in s.load_later))
        self._preloader = Preloader(loaders, self._preload(), self)
        self._lay_out()
        self._connect()
        self._add_page(self.start)
        self.show_page(self.start)

    def _lay_out(self) -> None:
        main = QVBoxLayout()
        main.setSpacing(0)
        main.addWidget(whole(self.pages), 1)
        main.addWidget(self.progress)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(whole(self.sidebar, wide=False))
        row.addLayout(main, 1)
        content = QWidget()
        content.setLayout(row)
        self.setCentralWidget(content)

    def _connect(self) -> None:
        session = self.session
        self.file_dropped.connect(self._on_dropped)
        self.drop_refused.connect(self._show_problem)
        self.sidebar.station_chosen.connect(self.go_to)
        self.sidebar.other_file_clicked.connect(self._go_to_start)
        help_entries.add_to(self.sidebar.help_menu, self)
        self.progress.stop_clicked.connect(session.worker.cancel_job)
        self.progress.appeared.connect(self._on_job_takes_long)
        self._preloader.finished.connect(session.worker.resume_reading)
        session.worker.progressed.connect(self.progress.advance)
        session.job_started.connect(self._on_job_started)
        session.job_answered.connect(self._on_job_answered)
        session.job_ended.connect(self._on_job_ended)
        session.state_changed.connect(self._refresh_sidebar)
        session.station_ready.connect(self._show_station)
        session.state_changed.connect(self._refresh_title)
        session.file_read.connect(self._on_file_read)
        session.opening_failed.connect(self._on_opening_failed)
        session.problem_found.connect(self._show_problem)
        session.crashed.connect(self.show_crash)
        self._add_shortcut(QKeySequence.StandardKey.New, self._go_to_start)
        self._add_shortcut(Qt.Key.Key_F6, self._switch_focus)

    def _on_dropped(self, path: Path) -> None:
        """Open a file; on the first page and on Watch, first see whether it goes on from earlier work."""
        if self._current_page.takes_new_data:
            self.session.new_data.recognise(path)
        else:
            self.session.open_file(path)

    def come_forward(self, note: Note) -> None:
        """Show this window in front of others, with the file that another start of Almanac was given."""
        if note.token:  # Qt reads it when it asks Wayland for the focus
            os.environ["XDG_ACTIVATION_TOKEN"] = note.token
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()
        if note.close:
            self.close()
        elif note.file:
            self.session.open_file(Path(note.file))

    def _add_shortcut(self, keys: QKeySequence.StandardKey | Qt.Key, action: Callable[[], object]) -> None:
        QShortcut(QKeySequence(keys), self).activated.connect(action)

    # Pages.

    def page(self, key: StationKey) -> Page:
        """The page of a station, made now if it is not there yet."""
        if key not in self._station_pages:
            (station,) = (s for s in STATIONS if s.key is key)
            make_page = station.load_page()
            page = make_page()
            self._station_pages[key] = page
            self._add_page(page, station)
        return self._station_pages[key]

    def make_pages(self) -> None:
        """Make every page at once, for a program that uses the window without showing it."""
        for station in STATIONS:
            self.page(station.key)

    def _add_page(self, page: Page, station: Station | None = None) -> None:
        self.pages.addWidget(page)
        page.attach(self.session)
        for keys, action in page.shortcuts:
            self._add_shortcut(keys, partial(self._on_shortcut, station, action))

    def _preload(self) -> Iterator[None]:
        """Make the pages, then what is slow in them, in steps between which the window responds."""
        for station in STATIONS:
            self.page(station.key)
            yield
        for page in self._station_pages.values():
            yield from page.preload()

    @property
    def _every_page(self) -> list[Page]:
        return [self.start, *self._station_pages.values()]

    @property
    def _current_page(self) -> Page:
        page = self.pages.currentWidget()
        assert isinstance(page, Page)
        return page

    # Moving about.

    def go_to(self, key: StationKey) -> None:
        """Go to a station because the person wants to."""
        self.page(key).enter()
        self._show_station(key)

    def show_page(self, page: Page) -> None:
        """Show a page, mark its station, and put the focus where the person will start."""
        leave_drops_to_window(page)
        self.pages.setCurrentWidget(page)
        self.sidebar.mark_current(next((key for key, made in self._station_pages.items() if made is page), None))
        page.initial_focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_station(self, key: StationKey) -> None:
        self.show_page(self.page(key))

    def _go_to_start(self) -> None:
        self.start.enter()
        self.show_page(self.start)

    def _on_shortcut(self, station: Station | None, action: Callable[[], object]) -> None:
        """A shortcut of a station works everywhere, as soon as its station can be used."""
        if station is not None:
            if not station.is_usable(self.session):
                return
            self.go_to(station.key)
        action()

    def _switch_focus(self) -> None:
        """F6: from the sidebar to the page and back."""
        if self.sidebar.isAncestorOf(self.focusWidget() or self):
            self._current_page.initial_focus.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.sidebar.focus_current()

    # Jobs and problems.

    def _on_job_started(self, request: JobRequest) -> None:
        if request.quiet:
            return
        self._current_page.show_problems()
        self.progress.begin(request.message)
        if request.station is not None:
            self.sidebar.set_status(request.station, Status.RUNNING)

    def _on_job_takes_long(self) -> None:
        """From now on nothing that needs the worker can be pressed; Stop can. Not once the answer is there."""
        if self.session.jobs.has_early_result:
            return
        self._focus_before_job = self.focusWidget()
        for page in self._every_page:
            page.set_busy(True)
        self.progress.stop.setFocus()

    def _on_job_answered(self) -> None:
        """Let the person go on: there is an answer, and only its check takes more time."""
        self._on_job_ended()
        self.progress.begin("Checking on your past")

    def _on_job_ended(self) -> None:
        self.progress.end()
        for page in self._every_page:
            page.set_busy(False)
        if self._focus_before_job is not None and self._focus_before_job.isVisible():
            self._focus_before_job.setFocus()
        self._focus_before_job = None

    def _refresh_sidebar(self) -> None:
        for station in STATIONS:
            usable = station.is_usable(self.session)
            self.sidebar.set_status(station.key, self._status(station) if usable else Status.NONE, enabled=usable)

    def _status(self, station: Station) -> Status:
        result = self.session.result
        if station.key is StationKey.TRUST and result is not None and result.is_being_checked:
            return Status.CHECKING
        asks = result is None and self.page(station.key).asks
        return Status.NEEDS_A_LOOK if asks else Status.READY

    def _refresh_title(self) -> None:
        file = self.session.file
        self.setWindowTitle("Almanac" if file is None or self.session.set_aside else f"{file.reading.file} – Almanac")

    def _on_file_read(self, _: object, opened: bool) -> None:
        for page in self._every_page if opened else ():
            page.scroll_to_top()

    def _on_opening_failed(self, problem: Problem) -> None:
        """Show what is wrong with a file on the first page, where nothing is about another file."""
        self._go_to_start()
        file, back = self.session.file, self.session.bring_back
        unsaved = file is not None and self.session.has_unsaved_work
        actions: tuple[Action, ...] = ((f"&Back to {file.reading.file}", back),) if file and unsaved else ()
        self.start.show_problems(problem, actions=actions)

    def _show_problem(self, problem: Problem) -> None:
        actions = (_copy_action(""),) if problem is problems.WORKER_DIED else ()
        self._current_page.show_problems(problem, actions=actions)

    def show_crash(self, details: str) -> None:
        """Say that something unexpected happened in Almanac, and offer the details."""
        if self.session.jobs.running is not None and not self.session.worker.busy:
            self.session.runner.abandon()
        self._current_page.show_problems(problems.CRASH, actions=(_copy_action(details),))

    # Qt events.

    def showEvent(self, event: QShowEvent) -> None:
        """Start the worker and the preloading once the window is painted."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self._after_first_paint)

    def _after_first_paint(self) -> None:
        if self._preloader.started:
            return  # shown again after it was minimised
        self.session.worker.launch()
        self.session.worker.pause_reading()  # until every page is there to show the results
        self._preloader.start()
        self.start.enter()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask once, in place, when the forecast is not saved; otherwise end everything in order."""
        if self.session.unsaved:
            self.session.unsaved = False
            actions = (("Save Excel Workbook…", self._save), ("Close Without Saving", self.close))
            self._current_page.show_problems(problems.UNSAVED, actions=actions)
            event.ignore()
            return
        geometry.remember(self)
        self._preloader.stop()
        self.hide()  # the worker may take a moment to end
        self.session.close()
        self._preloader.join()
        super().closeEvent(event)

    def _save(self) -> None:
        self.session.bring_back()
        self.go_to(StationKey.EXPORT)
        self.session.saving.wanted.emit()


def _copy_action(details: str) -> Action:
    """Return the button that copies what is known about a crash."""
    return "&Copy Details", partial(problems.copy_details, details)
