"""Recent work on the first page: projects with their state, a search among them, and whether work is kept at all."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from almanac.desktop.formatting import numbers
from almanac.desktop.pages.recent.row import WorkRow
from almanac.desktop.shell import recent
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import button, clear, label
from almanac.wording.watching.recent_work import KEEP, KEEPS_NOTHING, size_words

if TYPE_CHECKING:
    from almanac.desktop.history import History
    from almanac.workflow.history.browse import HistoryOverview

FEW, MANY = 3, 50  # projects that are listed at first, and at all; a search finds the others
SEARCH_DELAY_MS = 200  # a word is typed letter by letter
SEARCH_WIDTH = 260
BACKUPS = "Backups (*.almanac *.db);;All files (*)"


class RecentPanel(QWidget):
    """Lists projects. ``search_changed`` carries what is looked for; ``rows``: what is listed."""

    search_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[WorkRow] = []
        self._found: HistoryOverview | None = None
        self.search = QLineEdit()
        self.search.setPlaceholderText("Search your work")
        self.search.setAccessibleName("Search your work")
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(SEARCH_WIDTH)
        self._delay = QTimer(self, singleShot=True, interval=SEARCH_DELAY_MS)
        self._delay.timeout.connect(lambda: self.search_changed.emit(self.search.text()))
        self.search.textEdited.connect(lambda _: self._delay.start())
        self.search.textChanged.connect(lambda text: None if text else self._delay.start())
        self.list = QVBoxLayout()
        self.list.setSpacing(0)
        self.nothing = label("Nothing is called that.", "quiet")
        self.more = button("", "link")
        self.more.clicked.connect(self._show_all)
        self.room = label("", "caption", wrap=True)
        self.keep = QCheckBox(KEEP)
        self.back_up, self.restore = button("&Back Up…", "link"), button("&Restore…", "link")
        self.back_up.clicked.connect(self._ask_where_to)
        self.restore.clicked.connect(self._ask_from_where)
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        box, heading, foot = QVBoxLayout(self), QHBoxLayout(), QHBoxLayout()
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE[1])
        self.title = label("Recent Work", "section")
        heading.addWidget(self.title, 1)
        heading.addWidget(self.search)
        foot.addWidget(self.room, 1)
        for one in (self.back_up, self.restore, self.keep):
            foot.addWidget(one)
        box.addLayout(heading)
        box.addLayout(self.list)
        box.addWidget(self.nothing)
        box.addWidget(self.more)
        box.addLayout(foot)

    def attach(self, history: History) -> None:
        """Let the history do what is asked for here."""
        self._history = history
        self.search_changed.connect(history.refresh)
        self.keep.clicked.connect(history.keep)

    def show_work(self, found: HistoryOverview) -> None:
        """List these projects."""
        self._found = found
        anything = bool(found.projects or self.search.text())
        self.title.setVisible(anything)
        self.search.setVisible(len(found.projects) > FEW or bool(self.search.text()))
        self.nothing.setVisible(bool(self.search.text()) and not found.projects)
        self.back_up.setVisible(bool(found.size))
        self.room.setText(size_words(found.size, numbers.LOCALE) if found.keeps else KEEPS_NOTHING)
        self.keep.setChecked(found.keeps)
        self._list(FEW)
        self.show()

    def _list(self, most: int) -> None:
        assert self._found is not None
        clear(self.list)
        now = datetime.now(UTC)
        self.rows = [WorkRow(one, now) for one in self._found.projects[:most]]
        for row in self.rows:
            self._connect(row)
            self.list.addWidget(row)
        left = len(self._found.projects) - len(self.rows)
        self.more.setText(f"Show {numbers.count(min(left, MANY - FEW))} More")
        self.more.setVisible(left > 0 and most == FEW)

    def _connect(self, row: WorkRow) -> None:
        history, project, latest = self._history, row.summary.project, row.summary.latest
        row.open_wanted.connect(lambda: history.open(latest.id) if latest else None)
        row.deletion_wanted.connect(lambda: history.delete(project.id, project.title))
        row.renamed.connect(lambda title: history.rename(project.id, title))

    def _ask_where_to(self) -> None:
        proposed = str(recent.folder() / f"Almanac {datetime.now():%Y-%m-%d}.almanac")
        name, _ = QFileDialog.getSaveFileName(self, "Back Up", proposed, BACKUPS)
        if name:
            self._history.back_up(Path(name))

    def _ask_from_where(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Restore", str(recent.folder()), BACKUPS)
        if name:
            self._history.take_back(Path(name))

    def _show_all(self) -> None:
        self._list(MANY)
        if len(self.rows) > FEW:
            self.rows[FEW].open.setFocus()
