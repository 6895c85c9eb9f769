"""Small parts that every page is made of."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from almanac.desktop.tokens import SPACE
from almanac.jobs import Progress
from almanac.problems import Problem

SHOW_AFTER_MS = 600  # shorter work would only flicker


def label(text: str = "", kind: str = "", *, wrap: bool = False) -> QLabel:
    """A text in one of the styles of the sheet. What a person's file says is never read as markup."""
    widget = QLabel(text)
    widget.setTextFormat(Qt.TextFormat.PlainText)
    widget.setProperty("kind", kind)
    widget.setWordWrap(wrap)
    return widget


def button(text: str, kind: str = "") -> QPushButton:
    widget = QPushButton(text)
    widget.setProperty("kind", kind)
    widget.setAccessibleName(text.replace("&", ""))
    widget.setCursor(Qt.CursorShape.PointingHandCursor)
    return widget


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the stylesheet looks at."""
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


class ProblemCard(QFrame):
    """What happened, why, what to do."""

    def __init__(self, problem: Problem, details: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.problem = problem
        self.setProperty("kind", "problem")
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE[3], SPACE[2], SPACE[3], SPACE[2])
        box.setSpacing(SPACE[0])
        box.addWidget(label(problem.what, "strong", wrap=True))
        box.addWidget(label(problem.why, "quiet", wrap=True))
        box.addWidget(label(problem.fix, wrap=True))
        if problem.rows:
            rows = ", ".join(map(str, problem.rows[:12])) + (" …" if problem.count > 12 else "")
            box.addWidget(label(f"Rows in your file: {rows}", "caption", wrap=True))
        if details:
            copy = button("&Copy Details")
            copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(details))
            box.addWidget(copy, alignment=Qt.AlignmentFlag.AlignLeft)
        self.setAccessibleName(problem.what)
        self.setAccessibleDescription(f"{problem.why} {problem.fix}")


class ProgressStrip(QWidget):
    """A bar, words and Stop, in place; shown only when the work takes longer than a moment."""

    stop_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bar, self._words, self._stop = QProgressBar(), label("", "quiet"), button("&Stop")
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Progress")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE[2])
        column = QVBoxLayout()
        column.setSpacing(SPACE[0])
        column.addWidget(self._words)
        column.addWidget(self._bar)
        row.addLayout(column, 1)
        row.addWidget(self._stop)
        self._stop.clicked.connect(self._on_stop)
        self._wait = QTimer(self, singleShot=True, interval=SHOW_AFTER_MS)
        self._wait.timeout.connect(self.show)
        self._since = QElapsedTimer()
        self.hide()

    def begin(self, words: str) -> None:
        """Work began; the strip shows itself if it is still going on after a moment."""
        self._words.setText(words)
        self._bar.setRange(0, 0)
        self._stop.setEnabled(True)
        self._since.start()
        self._wait.start()

    def advance(self, progress: Progress) -> None:
        self._bar.setRange(0, max(progress.total, 0))
        self._bar.setValue(progress.done)
        self._words.setText(progress.words + self._left(progress))

    def end(self) -> None:
        self._wait.stop()
        self.hide()

    def _on_stop(self) -> None:
        self._stop.setEnabled(False)
        self._words.setText("Stopping …")
        self.stop_pressed.emit()

    def _left(self, progress: Progress) -> str:
        """How long it will still take, once that can be told."""
        seconds = self._since.elapsed() / 1000
        if not progress.total or progress.done < 1 or seconds < 2:
            return ""
        left = seconds * (progress.total - progress.done) / progress.done
        if left < 2:
            return ""
        return f", about {left:.0f} seconds left" if left < 90 else f", about {left / 60:.0f} minutes left"


class Page(QWidget):
    """A page answers one question, printed at its top."""

    def __init__(self, question: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(SPACE[5], SPACE[4], SPACE[5], SPACE[4])
        self.box.setSpacing(SPACE[3])
        self.title = label(question, "title", wrap=True)
        self.box.addWidget(self.title)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(SPACE[1])
        self.box.addLayout(self._cards)

    def tell(self, *problems: Problem, details: str = "") -> None:
        """Show these Problems at the top of the page instead of earlier ones, with details to copy if there are any."""
        clear(self._cards)
        for problem in problems:
            self._cards.addWidget(ProblemCard(problem, details))


def clear(layout: QVBoxLayout | QHBoxLayout) -> None:
    """Remove every widget of a layout."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
