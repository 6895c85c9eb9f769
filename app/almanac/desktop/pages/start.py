"""Start: drop a file, open one, try an example, or go on with earlier work."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from almanac.core.system import paths
from almanac.desktop.shell import recent
from almanac.desktop.shell.file_filter import SPREADSHEETS
from almanac.desktop.shell.page import Page
from almanac.desktop.theme.icons import IconLabel
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import Button, button, label, let_mouse_through

if TYPE_CHECKING:
    from almanac.desktop.pages.recent.panel import RecentPanel
    from almanac.desktop.session import Session
    from almanac.workflow.history.browse import HistoryOverview

DROP_ZONE_HEIGHT = 400


@dataclass(frozen=True)
class Example:
    """How a sample spreadsheet is presented."""

    title: str
    content: str
    icon: str


EXAMPLES = {
    "corner-shop.csv": Example("A Corner Shop", "12 products, daily", "shopping-basket"),
    "clinic.xlsx": Example("A Clinic", "Visits by week", "stethoscope"),
    "household.csv": Example("A Household", "Bills by month", "house"),
    "student-lab.csv": Example("A Student’s Lab", "Sensors by hour", "flask-conical"),
}


def examples() -> list[Path]:
    """Return the sample spreadsheets that ship with the program, the known ones first."""
    folder = paths.resources() / "samples"
    order = list(EXAMPLES)
    found = [p for p in folder.iterdir() if p.suffix in (".csv", ".xlsx")] if folder.is_dir() else []
    return sorted(found, key=lambda p: (order.index(p.name) if p.name in order else len(order), p.name))


class Tile(Button):
    """A button with an icon and two lines of text."""

    def __init__(self, example: Example, parent: QWidget | None = None) -> None:
        super().__init__("", "example", parent=parent)
        self.setAccessibleName(example.title)
        self.setAccessibleDescription(example.content)
        box = QHBoxLayout(self)
        box.setContentsMargins(SPACE[3], SPACE[2], SPACE[2], SPACE[2])
        box.setSpacing(SPACE[2])
        box.addWidget(IconLabel(example.icon, "accent", 22))
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addStretch(1)
        texts.addWidget(label(example.title, "strong"))
        texts.addWidget(label(example.content, "caption"))
        texts.addStretch(1)
        box.addLayout(texts, 1)
        let_mouse_through(self)


class DropZone(Button):
    """A large area to drop a file on; pressing it opens the file dialog."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "drop", parent=parent)
        self.setAccessibleName("Drop a spreadsheet here, or press to choose one")
        self.setMaximumHeight(DROP_ZONE_HEIGHT)
        box = QVBoxLayout(self)
        box.setSpacing(SPACE[1])
        centre = Qt.AlignmentFlag.AlignHCenter
        box.addStretch(1)
        box.addWidget(IconLabel("file-spreadsheet", "accent", 44), 0, centre)
        box.addSpacing(SPACE[0])
        box.addWidget(label("Drop a spreadsheet here", "section"), 0, centre)
        box.addWidget(label("or press to choose one: CSV, text, Excel or OpenDocument", "quiet"), 0, centre)
        box.addStretch(1)
        let_mouse_through(self)


class StartPage(Page):
    """The first page; ``file_chosen`` carries the path of the file that was chosen."""

    file_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("What would you like to forecast?", parent)
        self.drop = DropZone()
        self.drop.clicked.connect(self.ask_for_file)
        self.box.addWidget(self.drop, 4)
        self.box.addLayout(self._open_row())
        self.box.addSpacing(SPACE[1])
        self._recent_place = QVBoxLayout()
        self.box.addLayout(self._recent_place)
        self.box.addSpacing(SPACE[1])
        self.box.addWidget(label("Try an Example", "section"))
        self.examples: list[Tile] = []
        self.box.addLayout(self._example_row())
        self.box.addStretch(1)
        self._has_work = False
        self.initial_focus = self.drop
        self.worker_buttons = [self.drop, self.open_file, *self.examples]
        self.shortcuts = ((QKeySequence.StandardKey.Open, self.ask_for_file),)

    def attach(self, session: Session) -> None:
        """Open what is chosen here; list what was kept of earlier work."""
        self._history = session.history
        self.file_chosen.connect(session.open_file)
        session.history.listed.connect(self._show_work)
        session.history.deleted.connect(self._show_deleted)
        session.history.restored.connect(self.show_problems)
        session.history.backed_up.connect(self._show_backup)
        session.history.taken_back.connect(self._show_taken_back)

    @property
    def takes_new_data(self) -> bool:
        """Whether there is earlier work that a file may go on from."""
        return self._has_work

    def enter(self) -> None:
        """List what was kept meanwhile."""
        self._history.refresh()

    def _open_row(self) -> QLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE[3])
        self.open_file = button("&Open File…", "primary", "folder-open")
        self.open_file.clicked.connect(self.ask_for_file)
        row.addWidget(self.open_file)
        row.addWidget(label("Your file is only read, never changed.", "quiet"))
        row.addStretch(1)
        return row

    def _example_row(self) -> QLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE[2])
        for path in examples():
            tile = Tile(EXAMPLES.get(path.name, Example(path.stem, "", "file-spreadsheet")))
            tile.clicked.connect(lambda _=False, path=path: self.file_chosen.emit(path))
            self.examples.append(tile)
            row.addWidget(tile, 1)
        return row

    @cached_property
    def recent(self) -> RecentPanel:
        """The list of recent work, made when there is something to list: the first paint does not wait for it."""
        from almanac.desktop.pages.recent.panel import RecentPanel

        panel = RecentPanel()
        panel.attach(self._history)
        self._recent_place.addWidget(panel)
        return panel

    def _show_work(self, found: HistoryOverview) -> None:
        """List what is kept, and say what a person must know of it."""
        self._has_work = bool(found.projects)
        self.recent.show_work(found)
        if found.problem is not None:
            self.show_problems(found.problem)

    def _show_deleted(self, title: str) -> None:
        from almanac.wording.watching.recent_work import deleted  # it needs numpy, and the first paint does not

        self.show_problems(deleted(title), actions=(("&Undo", self._history.undo),), quiet=True)

    def _show_backup(self, path: Path) -> None:
        from almanac.wording.watching.recent_work import backed_up

        self.show_problems(backed_up(path.name), quiet=True)

    def _show_taken_back(self, before: Path) -> None:
        from almanac.wording.watching.recent_work import taken_back

        self.show_problems(taken_back(before.name), quiet=True)

    def ask_for_file(self) -> None:
        """Open the system's file dialog."""
        name, _ = QFileDialog.getOpenFileName(self, "Open File", str(recent.folder()), SPREADSHEETS)
        if name:
            self.file_chosen.emit(Path(name))
