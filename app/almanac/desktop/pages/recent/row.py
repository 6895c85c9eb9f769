"""One project in the list of recent work: open it, rename it in place, delete it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, QTime, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from almanac.desktop.formatting import numbers
from almanac.desktop.theme.icons import IconLabel
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import Button, OneLine, button, label, let_mouse_through
from almanac.wording.watching.recent_work import content_words, state_words

if TYPE_CHECKING:
    from almanac.workflow.history.browse import ProjectSummary


def when_words(moment: datetime, now: datetime) -> str:
    """When something was last worked on: "today, 14:05", "3 Nov 2026"."""
    local, today = moment.astimezone(), now.astimezone().date()
    if local.date() == today:
        return f"today, {QLocale().toString(QTime(local.hour, local.minute), QLocale.FormatType.ShortFormat)}"
    if (today - local.date()).days == 1:
        return "yesterday"
    return numbers.date(local, numbers.day_format())


class OpenButton(Button):
    """The title of a project, what is in it, when it was last worked on, and its state in words."""

    def __init__(self, summary: ProjectSummary, now: datetime, parent: QWidget | None = None) -> None:
        super().__init__("", "line", parent=parent)
        self.setProperty("tall", True)
        title, latest, alerts = summary.project.title, summary.latest, len(summary.open_alerts)
        state = state_words(alerts, formatter=numbers.LOCALE)
        when = when_words(latest.created_at if latest else summary.project.created_at, now)
        content = content_words(latest.series, latest.summary["ahead"], summary.runs, numbers.LOCALE) if latest else ""
        self.setAccessibleName(f"Open {title}, {state}")
        self.setAccessibleDescription(f"{content}, {when}")
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE[2], SPACE[0], SPACE[2], SPACE[0])
        row.setSpacing(SPACE[2])
        row.addWidget(IconLabel("history", "quiet"))
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addStretch(1)
        texts.addWidget(OneLine(title, "strong"))
        texts.addWidget(OneLine(f"{when}  ·  {content}", "caption"))
        texts.addStretch(1)
        row.addLayout(texts, 1)
        row.addWidget(label(state, "look" if alerts else "good"))
        let_mouse_through(self)


class TitleField(QLineEdit):
    """The title while it is changed; Escape leaves it as it was (``given_up``)."""

    given_up = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the title as it was with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
            return
        super().keyPressEvent(event)


class WorkRow(QWidget):
    """A project. ``open_wanted`` and ``deletion_wanted`` carry nothing, ``renamed`` the new title."""

    open_wanted = Signal()
    deletion_wanted = Signal()
    renamed = Signal(str)

    def __init__(self, summary: ProjectSummary, now: datetime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.summary = summary
        title = summary.project.title
        self.open = OpenButton(summary, now)
        self.title = TitleField(title)
        self.title.setAccessibleName(f"New name of {title}")
        self.title.hide()
        self.rename, self.delete = button("Rename", "small"), button("Delete", "small")
        self.rename.setAccessibleName(f"Rename {title}")
        self.delete.setAccessibleName(f"Delete {title}")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE[1])
        row.addWidget(self.open, 1)
        row.addWidget(self.title, 1)
        row.addWidget(self.rename)
        row.addWidget(self.delete)
        self.open.clicked.connect(self.open_wanted)
        self.rename.clicked.connect(self._begin_renaming)
        self.delete.clicked.connect(self.deletion_wanted)
        self.title.returnPressed.connect(self._end_renaming)
        self.title.given_up.connect(self._show_title)

    def _begin_renaming(self) -> None:
        self.open.hide()
        self.title.setText(self.summary.project.title)
        self.title.show()
        self.title.selectAll()
        self.title.setFocus(Qt.FocusReason.OtherFocusReason)

    def _end_renaming(self) -> None:
        title = self.title.text().strip()
        self._show_title()
        if title and title != self.summary.project.title:
            self.renamed.emit(title)

    def _show_title(self) -> None:
        self.title.hide()
        self.open.show()
        self.open.setFocus(Qt.FocusReason.OtherFocusReason)
