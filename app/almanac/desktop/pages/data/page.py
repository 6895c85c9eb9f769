"""Check my data, one question per page: nothing changes before the person goes on, and Back is always safe."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from almanac.desktop.pages.data.columns_step import ColumnsStep
from almanac.desktop.pages.data.dates_step import DatesStep
from almanac.desktop.pages.data.findings_step import FindingsStep
from almanac.desktop.pages.data.progress_line import ProgressLine
from almanac.desktop.pages.data.step import Step
from almanac.desktop.pages.data.summary_step import SummaryStep
from almanac.desktop.pages.data.table_step import TableStep
from almanac.desktop.shell.page import Page
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import button, label
from almanac.desktop.widgets.preview_table import PreviewTable
from almanac.desktop.worker_client.job_queue import JobKind, JobRequest

if TYPE_CHECKING:
    from almanac.core.alerts import Alert
    from almanac.desktop.session import Session
    from almanac.tables import Preview, ReadFile, ReadingOptions
    from almanac.workflow.use_cases import UseCaseName

LIKENESS_DELAY_MS = 1_500  # that the summary is looked at, before something is worked out for it


class DataPage(Page):
    """The pages, one at a time, above the first lines of the file.

    ``options_chosen`` gives ReadingOptions to read the file with; ``accepted``: the person wants to use this data.
    ``lookup_requested`` asks for a job that shows a part of the file: its name, and its arguments after the path.
    """

    options_chosen = Signal(object)
    accepted = Signal()
    lookup_requested = Signal(str, tuple)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent, fill=True)
        self.file: ReadFile | None = None
        self._options: ReadingOptions | None = None
        self._history: list[ReadingOptions] = []
        self._next_step: Step | None = None  # shown once the file is read with the choices of the current one
        self._shown_preview: Preview | None = None
        self.likeness = QTimer(self, singleShot=True, interval=LIKENESS_DELAY_MS)
        self.likeness.timeout.connect(self._find_unlike)
        self.progress = ProgressLine()
        self.progress.step_chosen.connect(self._go_to_step)
        self.box.insertWidget(0, self.progress)
        self.sheets, self.columns, self.dates = TableStep(), ColumnsStep(), DatesStep()
        self.findings, self.summary = FindingsStep(), SummaryStep()
        self._steps: tuple[Step, ...] = (self.sheets, self.columns, self.dates, self.findings, self.summary)
        self.current: Step = self.summary
        self.preview = PreviewTable()
        for step in self._steps:
            step.choices_changed.connect(self._paint)
            step.lookup_requested.connect(self.lookup_requested)
            step.hide()
            self.box.addWidget(step, 0 if step.shows_preview else 1)
        self.box.addWidget(self.preview, 1)
        self.box.addLayout(self._make_footer())
        self._lookups: dict[UseCaseName, Callable[[Preview], None]] = {
            "excerpt": self.findings.show_rows,
            "preview": self._show_other_sheet,
        }
        self.worker_buttons = [self.use, self.next, self.undo]

    def attach(self, session: Session) -> None:
        """Have the file read as chosen here; show each file that was read, and the lines that were looked up."""
        self.options_chosen.connect(session.read_again)
        self.accepted.connect(session.make_forecast)
        self.lookup_requested.connect(session.look_into_file)
        session.file_read.connect(lambda file, opened: self.show_file(file, file.options, opened=opened))
        session.reading_refused.connect(self.cancel_move)
        session.reading_abandoned.connect(self._on_reading_abandoned)
        session.file_lookup_finished.connect(self.show_lookup)
        session.finding_requested.connect(self.show_finding)
        self._jobs = session.jobs

    def _on_reading_abandoned(self) -> None:
        self.restore()
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
    def active_steps(self) -> list[Step]:
        """The pages that have something to choose for this file."""
        assert self.file is not None
        return [step for step in self._steps if step.applies_to(self.file)]

    @property
    def asks(self) -> bool:
        """Whether the file leaves something open."""
        return self._first_open_step() is not self.summary

    @property
    def _previews_other_sheet(self) -> bool:
        """Whether the preview shows another sheet than the one that was read."""
        return self.current is self.sheets and self.sheets.chosen_options != self._options

    def show_file(self, file: ReadFile, options: ReadingOptions, *, opened: bool = True) -> None:
        """Show how ``file`` was read with ``options``; ``opened``: for the first time, not again with a choice."""
        self._update_history(options, opened)
        self.file, self._options = file, options
        self.show_problems()
        next_step, self._next_step = self._next_step, None
        for step in self.active_steps:
            step.show_file(file, options)
        self._shown_preview = file.preview
        self.preview.show_preview(file.preview)
        if opened:
            self.show_step(self._first_open_step())
        else:
            self.show_step(self._first_active_from(next_step or self.current))

    def show_finding(self, code: str) -> None:
        """Show the finding with this code among the others, where its treatment can be changed."""
        self.cancel_move()
        self._move(self._first_active_from(self.findings))
        self.findings.scroll_to(code)

    def restore(self) -> None:
        """Show again how the file was read: it could not be read with the choice."""
        assert self.file is not None
        assert self._options is not None
        self.cancel_move()
        for step in self.active_steps:
            step.show_file(self.file, self._options)
        self.show_step(self._first_active_from(self.current))

    def cancel_move(self) -> None:
        """Stay on this page, as the file is not read again now; the choices are kept for another try."""
        self._next_step = None

    def show_lookup(self, name: UseCaseName, lines: Preview) -> None:
        """Show the lines that the job of this name found for a page."""
        self._lookups[name](lines)

    def _show_other_sheet(self, lines: Preview) -> None:
        if self._previews_other_sheet:
            self._shown_preview = lines
            self.preview.show_preview(lines)

    def show_step(self, step: Step) -> None:
        """Show one page."""
        self.current = step
        active = self.active_steps
        for other in self._steps:
            other.setVisible(other is step)
        self.title.setText(step.question)
        self._show_position()
        self.preview.setVisible(step.shows_preview)
        self._paint()
        last = step is active[-1]
        self.next.setVisible(not last)
        self.use.setVisible(last)
        self.back.setVisible(step is not active[0])
        self.initial_focus = step.initial_focus or (self.use if last else self.next)
        if step is self.summary:
            self.likeness.start()

    def _find_unlike(self) -> None:
        """Find out which series are unlike what the model learned from, while the person looks at the summary."""
        file = self.file
        if file is None or not self.summary.isVisible():
            return

        def show(found: Sequence[Alert]) -> None:
            if self.file is file:
                self.summary.show_unlike(found)

        message = "Comparing with what the model learned from"
        request = JobRequest("unlike_training", message, (file.series,), JobKind.FILE_LOOKUP, quiet=True)
        self._jobs.enqueue(replace(request, on_finished=show))

    def _show_position(self) -> None:
        assert self.file is not None
        assert self._options is not None
        active = self.active_steps
        still_open = [step.open_answers(self.file, self._options) for step in active]
        self.progress.show_position([step.name for step in active], active.index(self.current), still_open)

    def _paint(self) -> None:
        """Colour the first lines by the roles that their columns have with the choices made so far."""
        assert self.file is not None
        if self._previews_other_sheet:
            return  # its lines are shown when they have been read
        if self._shown_preview is not self.file.preview:
            self._shown_preview = self.file.preview
            self.preview.show_preview(self._shown_preview)
        self.preview.paint_roles(self.current.roles)

    def _first_open_step(self) -> Step:
        assert self.file is not None
        assert self._options is not None
        open_steps = (step for step in self.active_steps if step.open_answers(self.file, self._options))
        return next(open_steps, self.summary)

    def _first_active_from(self, step: Step) -> Step:
        """The page itself, or the next one when it has nothing to choose any more."""
        start = self._steps.index(step)
        return next(other for other in self.active_steps if self._steps.index(other) >= start)

    def _go_on(self) -> None:
        """Apply the choices made here, and show the next page."""
        if self.current is not self._steps[-1]:
            self._apply_and_show(self._first_active_from(self._steps[self._steps.index(self.current) + 1]))

    def _go_to_step(self, position: int) -> None:
        """Show a page that was pressed; one further on applies the choices made here, as Next does."""
        active = self.active_steps
        if position > active.index(self.current):
            self._apply_and_show(active[position])
        else:
            self.cancel_move()
            self._move(active[position])

    def _apply_and_show(self, following: Step) -> None:
        if self._next_step is not None or self._options is None:
            return
        chosen = self.current.chosen_options
        if chosen != self._options:
            self._next_step = following
            self.options_chosen.emit(chosen)
        else:
            self._move(following)

    def _go_back(self) -> None:
        self.cancel_move()
        active = self.active_steps
        self._move(active[active.index(self.current) - 1])

    def _move(self, step: Step) -> None:
        self.show_problems()
        self.show_step(step)
        self.initial_focus.setFocus()

    def _update_history(self, options: ReadingOptions, opened: bool) -> None:
        """Remember earlier options: every choice can be undone, one by one, back to how the file was first read."""
        if opened or self._options is None:
            self._history = []
        elif self._history and self._history[-1] == options:
            self._history.pop()
        elif self._options != options:
            self._history.append(self._options)
        self.undo.setVisible(bool(self._history))

    def _undo(self) -> None:
        self._next_step = self.current
        self.options_chosen.emit(self._history[-1])
