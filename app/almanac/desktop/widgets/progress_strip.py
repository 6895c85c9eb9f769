"""The progress of a job, shown in place: a bar, a message and Stop."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QLocale, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from almanac.core.jobs import Progress
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import button, card, label

SHOW_AFTER_MS = 600  # for a shorter job the strip would only flicker
ESTIMATE_AFTER_S = 2.0  # an earlier estimate of the time left would be a guess
MIN_LEFT_S, MIN_LEFT_IN_MINUTES_S = 2, 90  # below, no time is shown; from there on, minutes
MAX_QT_INT = 2**31 - 1


class ProgressStrip(QWidget):
    """Appears (``appeared``) only when a job takes longer than a moment."""

    stop_clicked = Signal()
    appeared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(SPACE[5], 0, SPACE[5], SPACE[4])
        frame = card()
        outer.addWidget(frame)
        self.bar, self.message, self.stop = QProgressBar(), label("", wrap=True), button("&Stop", "", "circle-stop")
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Progress")
        row = QHBoxLayout(frame)
        row.setContentsMargins(SPACE[3], SPACE[2], SPACE[3], SPACE[2])
        row.setSpacing(SPACE[4])
        column = QVBoxLayout()
        column.setSpacing(SPACE[1])
        column.addWidget(self.message)
        column.addWidget(self.bar)
        row.addLayout(column, 1)
        row.addWidget(self.stop)
        self.stop.clicked.connect(self._on_stop)
        self._delay = QTimer(self, singleShot=True, interval=SHOW_AFTER_MS)
        self._delay.timeout.connect(self._appear)
        self._elapsed = QElapsedTimer()
        self.hide()

    def begin(self, message: str) -> None:
        """Start to show a job, once it has taken longer than a moment."""
        self._set_message(message)
        self.bar.setRange(0, 0)
        self.stop.setEnabled(True)
        self._elapsed.start()
        self._delay.start()

    def advance(self, progress: Progress) -> None:
        """Show how far the job is, unless it is stopping already."""
        if not self.stop.isEnabled():
            return
        total = min(max(progress.total, 0), MAX_QT_INT)
        self.bar.setRange(0, total)
        self.bar.setValue(min(progress.done, total))
        self._set_message(progress.message + self._time_left(progress))

    def end(self) -> None:
        """Hide: the job is over."""
        self._delay.stop()
        self.hide()

    def _set_message(self, message: str) -> None:
        self.message.setText(message)
        self.bar.setAccessibleDescription(message)

    def _appear(self) -> None:
        self.show()
        self.appeared.emit()

    def _on_stop(self) -> None:
        self.stop.setEnabled(False)
        self._set_message("Stopping …")
        self.stop_clicked.emit()

    def _time_left(self, progress: Progress) -> str:
        """Estimate the time left from the time taken so far; nothing while it is too early to say."""
        seconds = self._elapsed.elapsed() / 1000
        if not progress.total or progress.done < 1 or seconds < ESTIMATE_AFTER_S:
            return ""
        left = seconds * (progress.total - progress.done) / progress.done
        if left < MIN_LEFT_S:
            return ""
        if left < MIN_LEFT_IN_MINUTES_S:
            return f", about {left:.0f} seconds left"
        return f", about {QLocale().toString(round(left / 60))} minutes left"
