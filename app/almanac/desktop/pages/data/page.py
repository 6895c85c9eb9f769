"""Data: check my data, one question a page; nothing is changed before the person goes on, and Back is always safe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from almanac.desktop.pages.data.columns_step import ColumnsStep
from almanac.desktop.pages.data.dates_step import DatesStep
from almanac.desktop.pages.data.findings_step import FindingsStep
from almanac.desktop.pages.data.step import Step
from almanac.desktop.pages.data.steps_line import StepsLine
from almanac.desktop.pages.data.summary_step import SummaryStep
from almanac.desktop.pages.data.table_step import TableStep
from almanac.desktop.shell.page import Page
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import button, label
from almanac.desktop.widgets.preview_table import PreviewTable

if TYPE_CHECKING:
    from almanac.desktop.session import Session
    from almanac.tables import Preview, ReadFile, ReadingOptions


class DataPage(Page):
    """``changed`` carries new ReadingOptions to read the file with; ``accepted`` says: use this data.

    ``looked`` asks for a job that only looks into the file: its name, and what it needs beside the path.
    """

    changed = Signal(object)
    accepted = Signal()
    looked = Signal(str, tuple)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent, fill=True)
        self.file: ReadFile | None = None
        self._options: ReadingOptions | None = None
        self._earlier: list[ReadingOptions] = []
        self._going_to: Step | None = None
        self._shown: Preview | None = None
        self.line = StepsLine()
        self.box.insertWidget(0, self.line)
        self.sheets, self.columns, self.dates = TableStep(), ColumnsStep(), DatesStep()
        self.findings, self.summary = FindingsStep(), SummaryStep()
        self._steps: tuple[Step, ...] = (self.sheets, self.columns, self.dates, self.findings, self.summary)
        self.at: Step = self.summary
        self.table = PreviewTable()
        for step in self._steps:
            step.chosen.connect(self._paint)
            step.looked.connect(self.looked)
            step.hide()
            self.box.addWidget(step, 0 if step.shows_table else 1)
        self.box.addWidget(self.table, 1)
        self.box.addLayout(self._make_footer())
        self.worker_buttons = [self.use, self.next, self.undo]

    def attach(self, session: Session) -> None:
        """Read the file as chosen here; show each file that was read, and the lines that were looked up."""
        self.changed.connect(session.read_again)
        self.accepted.connect(session.make_forecast)
        self.looked.connect(session.look_into_file)
        session.file_read.connect(lambda file, opened: self.show_file(file, file.options, anew=opened))
        session.reading_refused.connect(self.stay)
        session.reading_abandoned.connect(self._on_reading_abandoned)
        session.file_lookup_finished.connect(self.show_looked_up)

    def _on_reading_abandoned(self) -> None:
        self.take_back()
        if self.isVisible():
            self.initial_focus.setFocus()

    def _make_footer(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE[2])
        row.addWidget(label("Nothing is changed in your file.", "caption"))
        row.addStretch(1)
        self.undo = button("Un&do Last Choice")
        self.undo.clicked.connect(self._undo)
        self.back = button("&Back")
        self.back.clicked.connect(self._go_back)
        self.next = button("&Next", "primary")
        self.next.clicked.connect(self._go_on)
        self.use = button("&Use This Data", "primary")
        self.use.clicked.connect(self.accepted)
        for widget in (self.undo, self.back, self.next, self.use):
            row.addWidget(widget)
        self.undo.hide()
        return row

    @property
    def live(self) -> list[Step]:
        """The pages that have something to choose for the file at hand."""
        assert self.file is not None
        return [step for step in self._steps if step.fits(self.file)]

    @property
    def asks(self) -> bool:
        """Whether the file leaves something open."""
        return self._first_that_asks() is not self.summary

    @property
    def _elsewhere(self) -> bool:
        """Whether the lines of another sheet are being looked at."""
        return self.at is self.sheets and self.sheets.wanted != self._options

    def show_file(self, file: ReadFile, options: ReadingOptions, *, anew: bool = True) -> None:
        """Show how ``file`` was read with ``options``; ``anew``: it was opened, not read again with another choice."""
        self._keep_earlier(options, anew)
        self.file, self._options = file, options
        self.show_problems()
        going_to, self._going_to = self._going_to, None
        for step in self.live:
            step.show_file(file, options)
        self._shown = file.preview
        self.table.show_preview(file.preview)
        if anew:
            self.go(self._first_that_asks())
        else:
            self.go(self._nearest(going_to or self.at))

    def take_back(self) -> None:
        """A choice led nowhere: show again how the file was read."""
        assert self.file is not None
        assert self._options is not None
        self.stay()
        for step in self.live:
            step.show_file(self.file, self._options)
        self.go(self._nearest(self.at))

    def stay(self) -> None:
        """The file is not read again after all: what was chosen stays chosen, for another try."""
        self._going_to = None

    def show_looked_up(self, name: str, found: Preview) -> None:
        """What a page asked to see has come."""
        if name == "excerpt":
            self.findings.show_rows(found)
        elif self._elsewhere:
            self._shown = found
            self.table.show_preview(found)

    def go(self, step: Step) -> None:
        """Show one page."""
        self.at = step
        live = self.live
        for other in self._steps:
            other.setVisible(other is step)
        self.title.setText(step.question)
        self.line.show_at([other.name for other in live], live.index(step))
        self.table.setVisible(step.shows_table)
        self._paint()
        last = step is live[-1]
        self.next.setVisible(not last)
        self.use.setVisible(last)
        self.back.setVisible(step is not live[0])
        self.initial_focus = step.first or (self.use if last else self.next)

    def _paint(self) -> None:
        """The first lines, coloured as they would be read with the choices made so far."""
        assert self.file is not None
        if self._elsewhere:
            return  # another sheet's lines come when they are read
        if self._shown is not self.file.preview:
            self._shown = self.file.preview
            self.table.show_preview(self._shown)
        self.table.paint_roles(self.at.roles)

    def _first_that_asks(self) -> Step:
        assert self.file is not None
        assert self._options is not None
        return next((step for step in self.live if step.asks(self.file, self._options)), self.summary)

    def _nearest(self, step: Step) -> Step:
        """The page itself; the next one, where it has nothing to choose any more."""
        at = self._steps.index(step)
        return next(other for other in self.live if self._steps.index(other) >= at)

    def _go_on(self) -> None:
        """Apply what was chosen here, and show the next page."""
        if self._going_to is not None or self._options is None:
            return
        following = self._nearest(self._steps[self._steps.index(self.at) + 1])
        wanted = self.at.wanted
        if wanted != self._options:
            self._going_to = following
            self.changed.emit(wanted)
        else:
            self._move(following)

    def _go_back(self) -> None:
        self.stay()
        live = self.live
        self._move(live[live.index(self.at) - 1])

    def _move(self, step: Step) -> None:
        self.show_problems()
        self.go(step)
        self.initial_focus.setFocus()

    def _keep_earlier(self, options: ReadingOptions, anew: bool) -> None:
        """Every choice can be undone, one by one, back to how the file was read at first."""
        if anew or self._options is None:
            self._earlier = []
        elif self._earlier and self._earlier[-1] == options:
            self._earlier.pop()
        elif self._options != options:
            self._earlier.append(self._options)
        self.undo.setVisible(bool(self._earlier))

    def _undo(self) -> None:
        self._going_to = self.at
        self.changed.emit(self._earlier[-1])
