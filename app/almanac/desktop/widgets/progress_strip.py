"""How far the work is, in place: a bar, words and Stop."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QLocale, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from almanac.core.jobs import Progress
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import button, card, label

SHOW_AFTER_MS = 600  # shorter work would only flicker
TELL_LEFT_AFTER_S = 2.0


class ProgressStrip(QWidget):
    """Shown only when the work takes longer than a moment (``appeared``)."""

    stop_pressed = Signal()
    appeared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(SPACE[5], 0, SPACE[5], SPACE[4])
        frame = card()
        outer.addWidget(frame)
        self.bar, self.words, self.stop = QProgressBar(), label("", wrap=True), button("&Stop", "", "circle-stop")
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Progress")
        row = QHBoxLayout(frame)
        row.setContentsMargins(SPACE[3], SPACE[2], SPACE[3], SPACE[2])
        row.setSpacing(SPACE[4])
        column = QVBoxLayout()
        column.setSpacing(SPACE[1])
        column.addWidget(self.words)
        column.addWidget(self.bar)
        row.addLayout(column, 1)
        row.addWidget(self.stop)
        self.stop.clicked.connect(self._on_stop)
        self._wait = QTimer(self, singleShot=True, interval=SHOW_AFTER_MS)
        self._wait.timeout.connect(self._appear)
        self._since = QElapsedTimer()
        self.hide()

    def begin(self, words: str) -> None:
        """Work began; the strip shows itself if it is still going on after a moment."""
        self._tell(words)
        self.bar.setRange(0, 0)
        self.stop.setEnabled(True)
        self._since.start()
        self._wait.start()

    def advance(self, progress: Progress) -> None:
        if not self.stop.isEnabled():
            return  # "Stopping …" stays
        total = min(max(progress.total, 0), 2**31 - 1)
        self.bar.setRange(0, total)
        self.bar.setValue(min(progress.done, total))
        self._tell(progress.message + self._left(progress))

    def end(self) -> None:
        self._wait.stop()
        self.hide()

    def _tell(self, words: str) -> None:
        self.words.setText(words)
        self.bar.setAccessibleDescription(words)

    def _appear(self) -> None:
        self.show()
        self.appeared.emit()

    def _on_stop(self) -> None:
        self.stop.setEnabled(False)
        self._tell("Stopping …")
        self.stop_pressed.emit()

    def _left(self, progress: Progress) -> str:
        """How long it will still take, once that can be told."""
        seconds = self._since.elapsed() / 1000
        if not progress.total or progress.done < 1 or seconds < TELL_LEFT_AFTER_S:
            return ""
        left = seconds * (progress.total - progress.done) / progress.done
        if left < 2:
            return ""
        if left < 90:
            return f", about {left:.0f} seconds left"
        return f", about {QLocale().toString(round(left / 60))} minutes left"
