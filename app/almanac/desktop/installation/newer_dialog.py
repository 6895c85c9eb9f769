"""Look for a Newer Version: asks once, when it is opened, and shows what is new."""

from __future__ import annotations

import threading
from contextlib import suppress

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from almanac import __version__
from almanac.core.problems import ProblemError
from almanac.desktop.installation import newer_version
from almanac.desktop.installation.newer_version import Release, Source
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import button, label

ASKING = "Asking …"
NEWEST = "You have the newest version."
SIZE = (560, 380)


class NewerDialog(QDialog):
    """The answer comes from a thread, so that the window never waits for a network."""

    answered = Signal(object)

    def __init__(self, where: Source, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Newer Version")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._page = ""
        self.outcome = label(ASKING, "strong", wrap=True)
        self.notes = QPlainTextEdit()
        self.notes.setReadOnly(True)
        self.notes.setAccessibleName("What is new")
        self.notes.setTabChangesFocus(True)
        self.open_page, self.close_button = button("&Open Its Page"), button("Close", "primary")
        self.open_page.setEnabled(False)
        self.open_page.clicked.connect(lambda: QDesktopServices.openUrl(QUrl(self._page)))
        self.close_button.clicked.connect(self.reject)
        self.answered.connect(self._show)
        self._lay_out(where)
        self.resize(*SIZE)
        threading.Thread(target=self._ask, args=(where,), daemon=True, name="newer version").start()

    def _lay_out(self, where: Source) -> None:
        box, ways_on = QVBoxLayout(self), QHBoxLayout()
        box.setContentsMargins(SPACE[4], SPACE[3], SPACE[4], SPACE[3])
        box.setSpacing(SPACE[2])
        explanation = f"Only this is asked, and only now: {where.address}. Nothing about you or your files is sent."
        box.addWidget(label("Is there a newer version?", "title"))
        box.addWidget(label(explanation, "quiet", wrap=True))
        box.addWidget(self.outcome)
        box.addWidget(self.notes, 1)
        ways_on.addWidget(self.open_page)
        ways_on.addStretch(1)
        ways_on.addWidget(self.close_button)
        box.addLayout(ways_on)

    def _ask(self, where: Source) -> None:
        answer: Release | ProblemError
        try:
            answer = newer_version.ask(where)
        except ProblemError as error:
            answer = error
        with suppress(RuntimeError):  # the dialog was closed meanwhile
            self.answered.emit(answer)

    def _show(self, answer: Release | ProblemError) -> None:
        if isinstance(answer, ProblemError):
            self.outcome.setText(answer.problem.what)
            self.notes.setPlainText(f"{answer.problem.why}\n{answer.problem.fix}")
        elif answer.is_newer_than(__version__):
            self.outcome.setText(f"Almanac {answer.version} of {answer.date} is there; you have {__version__}.")
            self.notes.setPlainText(answer.notes)
            self._page = answer.page
            self.open_page.setEnabled(answer.page.startswith("https://"))
        else:
            self.outcome.setText(NEWEST)
