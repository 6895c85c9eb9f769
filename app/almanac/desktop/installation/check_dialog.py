"""Check This Installation: what works and what does not, and a report that can be sent to others."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from almanac.desktop.installation.self_test import SelfTest
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import button, label

EXPLANATION = (
    "Almanac tries its models, the kinds of files it reads and writes, the graphics card, its background process, the "
    "window and its folders. The report names nothing of yours, so you can send it to others."
)
RUNNING = "Checking. This takes about half a minute."
WORKS = "Everything works."
DOES_NOT = "Something does not work: its line begins with NOT. Install Almanac again, or send its makers the report."
CANNOT_START = "The check could not be started: this computer has no memory left, or a file of Almanac is missing."
SIZE = (640, 440)


class CheckDialog(QDialog):
    """Runs the self-test as soon as it is shown; closing it ends the test."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Check This Installation")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.outcome = label(RUNNING, "strong", wrap=True)
        self.report = QPlainTextEdit()
        self.report.setReadOnly(True)
        self.report.setAccessibleName("Report")
        self.report.setTabChangesFocus(True)
        self.copy, self.close_button = button("&Copy Report"), button("Close", "primary")
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.report.toPlainText()))
        self.copy.setEnabled(False)
        self.close_button.clicked.connect(self.reject)
        self._test = SelfTest(self)
        self._test.reported.connect(self.report.appendPlainText)
        self._test.ended.connect(self._on_ended)
        self.finished.connect(lambda _: self._test.stop())
        self._lay_out()
        self.resize(*SIZE)
        if not self._test.start():
            self.outcome.setText(CANNOT_START)

    def _lay_out(self) -> None:
        box, ways_on = QVBoxLayout(self), QHBoxLayout()
        box.setContentsMargins(SPACE[4], SPACE[3], SPACE[4], SPACE[3])
        box.setSpacing(SPACE[2])
        for part in (label("Does everything work on this computer?", "title"), label(EXPLANATION, "quiet", wrap=True)):
            box.addWidget(part)
        box.addWidget(self.outcome)
        box.addWidget(self.report, 1)
        ways_on.addWidget(self.copy)
        ways_on.addStretch(1)
        ways_on.addWidget(self.close_button)
        box.addLayout(ways_on)

    def _on_ended(self, code: int) -> None:
        self.outcome.setText(DOES_NOT if code else WORKS)
        self.copy.setEnabled(True)
