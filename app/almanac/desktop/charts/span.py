"""The span of time that a person marks in the forecast of a chart, by dragging or with the keyboard."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent

from almanac.core.arrays import Integers
from almanac.desktop.theme.tokens import Palette

ALPHA = 40  # of 255
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


class SpanMark(QObject):
    """``changed``: another span is marked, or none; ``settled``: and the person has let go of it."""

    changed = Signal()
    settled = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.item = pg.LinearRegionItem(movable=False)
        self.item.setZValue(-5)
        self.item.hide()
        self.span: tuple[int, int] | None = None
        self._periods: Integers = np.empty(0, np.int64)
        self._anchor: int | None = None

    def offer(self, periods: Integers) -> None:
        """These periods, ascending, may be marked; what is marked and among them stays."""
        self._periods, self._anchor = periods, None
        if self.span is not None and not np.isin(self.span, periods).all():
            self.mark(None)

    def paint(self, tokens: Palette) -> None:
        """Take the colours."""
        fill = QColor(tokens.look)
        fill.setAlpha(ALPHA)
        self.item.setBrush(fill)
        for line in self.item.lines:
            line.setPen(pg.mkPen(tokens.look))

    def mark(self, span: tuple[int, int] | None) -> None:
        """Mark the periods from and to these, both included; None for none."""
        if span == self.span:
            return
        self.span = span
        self.item.setVisible(span is not None)
        if span is not None:
            self.item.setRegion((span[0] - 0.5, span[1] + 0.5))
        self.changed.emit()

    def begin(self, period: float) -> bool:
        """Begin to drag where the pointer is; False where there is no forecast, and the chart is moved instead."""
        if not self.covers(period):
            return False
        self._anchor = self._nearest(period)
        self.mark((self._anchor, self._anchor))
        return True

    def covers(self, period: float) -> bool:
        """Whether a span may be marked there."""
        return len(self._periods) > 0 and bool(self._periods[0] - 0.5 <= period <= self._periods[-1] + 0.5)

    @property
    def is_dragged(self) -> bool:
        """Whether the person holds one end."""
        return self._anchor is not None

    def drag_to(self, period: float) -> None:
        """Mark up to the pointer."""
        if self._anchor is not None:
            other = self._nearest(period)
            self.mark((min(self._anchor, other), max(self._anchor, other)))

    def let_go(self) -> None:
        """End dragging."""
        self._anchor = None
        self.settled.emit()

    def key(self, event: QKeyEvent) -> bool:
        """Shift and an arrow move the end of the span, Ctrl and Shift its beginning; Escape marks none."""
        modifiers = event.modifiers() & (SHIFT | CONTROL)
        by = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if event.key() == Qt.Key.Key_Escape and self.span is not None:
            self.mark(None)
        elif by and modifiers & SHIFT and len(self._periods):
            self._move(by, first=bool(modifiers & CONTROL))
        else:
            return False
        self.settled.emit()
        return True

    def _move(self, by: int, *, first: bool) -> None:
        """Move one end by one period; the first key marks the first period."""
        if self.span is None:
            self.mark((int(self._periods[0]),) * 2)
            return
        begin, end = (int(np.searchsorted(self._periods, one)) for one in self.span)
        last = len(self._periods) - 1
        if first:
            begin = min(max(begin + by, 0), end)
        else:
            end = max(min(end + by, last), begin)
        self.mark((int(self._periods[begin]), int(self._periods[end])))

    def _nearest(self, period: float) -> int:
        return int(self._periods[np.abs(self._periods - period).argmin()])
