"""The overview strip below a chart: the whole history, small, with the part that the chart shows to be dragged."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from almanac.core.arrays import Floats
from almanac.desktop.theme import style

HEIGHT, MARGIN = 40, 3  # pixels
GRIP = 6  # pixels on either side of an end that take hold of it
MIN_PERIODS = 3.0  # in view
SHADE, FRAME = 36, 170  # of 255
LEFT, RIGHT, BOTH = "left", "right", "both"


class OverviewStrip(QWidget):
    """``moved``: the person wants to see these periods, from and to."""

    moved = Signal(float, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setAccessibleName("Whole history")
        self.setAccessibleDescription("Drag the marked part, or one of its ends, to see another time in the chart")
        self.setToolTip("Drag to see another time")
        self._x, self._y = np.empty(0), np.empty(0)
        self._ahead = 0.0
        self._view = (0.0, 1.0)
        self._held = ""
        self._grabbed = 0.0  # where the part was taken hold of, less its beginning

    def show_line(self, x: Floats, y: Floats, ahead: float) -> None:
        """Show these values; from the period ``ahead`` on they are forecast."""
        known = np.isfinite(y)
        self._x, self._y, self._ahead = x[known], y[known], ahead
        self.update()

    def show_view(self, left: float, right: float) -> None:
        """Mark the periods that the chart shows."""
        self._view = left, right
        self.update()

    @property
    def whole(self) -> tuple[float, float]:
        """The first and the last period."""
        return (float(self._x[0]), float(self._x[-1])) if len(self._x) else (0.0, 1.0)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(200, HEIGHT)

    def pixel(self, period: float) -> float:
        """Where a period is."""
        first, last = self.whole
        return MARGIN + (period - first) / max(last - first, 1.0) * (self.width() - 2 * MARGIN)

    def _period(self, pixel: float) -> float:
        first, last = self.whole
        return first + (pixel - MARGIN) / max(self.width() - 2 * MARGIN, 1) * (last - first)

    @property
    def _window(self) -> tuple[float, float]:
        """Both ends of what is in view, as far as it is history or forecast."""
        first, last = self.whole
        return max(self._view[0], first), min(self._view[1], last)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw the line, and the part in view."""
        if len(self._x) < 2:
            return
        tokens = style.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(tokens.paper))
        for line, colour in ((self._x < self._ahead, tokens.history), (self._x >= self._ahead, tokens.accent)):
            painter.setPen(QPen(QColor(colour), 1.2))
            painter.drawPolyline(self._polygon(line))
        left, right = (self.pixel(period) for period in self._window)
        shade, frame = QColor(tokens.accent), QColor(tokens.accent)
        shade.setAlpha(SHADE)
        frame.setAlpha(FRAME)
        painter.setBrush(shade)
        painter.setPen(QPen(frame, 1.2))
        painter.drawRect(QRectF(left, 1, max(right - left, 2.0), HEIGHT - 2))
        painter.end()

    def _polygon(self, chosen: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> QPolygonF:
        """The line through these values; of a long one the lowest and the highest of each pixel."""
        x, y = self._x[chosen], self._y[chosen]
        low, high = float(self._y.min()), float(self._y.max())
        room = HEIGHT - 2 * MARGIN
        heights = HEIGHT - MARGIN - (y - low) / (high - low or 1.0) * room
        places = np.array([self.pixel(float(first)) for first in self.whole])
        at = np.interp(x, self.whole, places)
        if len(x) > 2 * self.width():
            column = at.astype(np.int64)
            starts = np.flatnonzero(np.diff(column, prepend=column[0] - 1))
            ends = np.column_stack([np.minimum.reduceat(heights, starts), np.maximum.reduceat(heights, starts)])
            at, heights = np.repeat(at[starts], 2), ends.ravel()
        return QPolygonF([QPointF(*point) for point in zip(at.tolist(), heights.tolist(), strict=True)])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of an end, of the part in view, or move that to the pointer."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        x = event.position().x()
        left, right = self._window
        self._held = self._part_at(x)
        if not self._held:
            half = (right - left) / 2
            self._move_to(self._period(x) - half)
            self._held = BOTH
        self._grabbed = self._period(x) - self._window[0]

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag what is held; else show what could be."""
        x = event.position().x()
        if not self._held:
            part = self._part_at(x)
            shapes = {LEFT: Qt.CursorShape.SizeHorCursor, RIGHT: Qt.CursorShape.SizeHorCursor}
            shapes[BOTH] = Qt.CursorShape.OpenHandCursor
            self.setCursor(shapes.get(part, Qt.CursorShape.PointingHandCursor))
            return
        left, right = self._window
        first, last = self.whole
        period = min(max(self._period(x), first), last)
        if self._held == BOTH:
            self._move_to(self._period(x) - self._grabbed)
        elif self._held == LEFT:
            self.moved.emit(min(period, right - MIN_PERIODS), right)
        else:
            self.moved.emit(left, max(period, left + MIN_PERIODS))

    def mouseReleaseEvent(self, _: QMouseEvent) -> None:
        """Let go."""
        self._held = ""

    def changeEvent(self, event: QEvent) -> None:
        """Take the colours of the new scheme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()

    def _part_at(self, x: float) -> str:
        left, right = (self.pixel(period) for period in self._window)
        if abs(x - left) <= GRIP:
            return LEFT
        if abs(x - right) <= GRIP:
            return RIGHT
        return BOTH if left < x < right else ""

    def _move_to(self, left: float) -> None:
        """See as many periods as now, from another one on."""
        length = self._window[1] - self._window[0]
        first, last = self.whole
        begin = min(max(left, first), max(last - length, first))
        self.moved.emit(begin, begin + length)
