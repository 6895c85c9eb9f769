"""A figure over time next to what is usual: how often ranges held, with what chance allows an honest one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from almanac.core.arrays import Floats, Integers
from almanac.core.calendar.frequency import Frequency
from almanac.desktop.charts.date_axis import PeriodAxis, ValueAxis
from almanac.desktop.charts.extent import value_range
from almanac.desktop.formatting import numbers
from almanac.desktop.theme import style
from almanac.desktop.theme.tokens import CAPTION

HEIGHT, MIN_WIDTH = 190, 260
BAND_ALPHA, MARGIN = 44, 0.08
ROOM = 0.5  # of a period on both sides


@dataclass(frozen=True)
class OverTime:
    """What a BandChart shows, float64 [T] each at ``periods`` int64 [T]: ``value``, the band from ``low`` to ``high``,
    and ``usual``, what it is compared with. ``named``: "Likely range held"; ``written``: how an amount is written.
    """

    named: str
    frequency: Frequency
    periods: Integers
    value: Floats
    low: Floats
    high: Floats
    usual: Floats
    written: Callable[[float], str]

    def sentence(self, k: int) -> str:
        """What is said of point ``k``."""
        when = numbers.period(self.frequency, int(self.periods[k]))
        said = f"{when}: {self.written(self.value[k])}"
        if np.isfinite(self.low[k]):
            said += f", {self.written(self.low[k])} to {self.written(self.high[k])} by chance"
        return said


class BandChart(pg.PlotWidget):
    """A line over time, a shaded band around what is usual, and a dashed line for it."""

    _is_made = False

    def __init__(self, parent: QWidget | None = None) -> None:
        self._axis, self._values = PeriodAxis(), _WrittenAxis()
        super().__init__(parent, axisItems={"bottom": self._axis, "left": self._values})
        self.setAntialiasing(True)
        self.setMenuEnabled(False)
        self.hideButtons()
        self.setMouseEnabled(x=False, y=False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the sentence above it says what it shows
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._values.setStyle(tickFont=style.font(CAPTION), tickLength=0)
        self._values.setTickDensity(0.6)
        self._shown: OverTime | None = None
        self._edges = [pg.PlotCurveItem(antialias=True) for _ in range(2)]
        self._band = pg.FillBetweenItem(*self._edges)
        self._usual, self._line = pg.PlotDataItem(antialias=True), pg.PlotDataItem(antialias=True)
        for item in (self._band, *self._edges, self._usual, self._line):
            self.addItem(item)
        self.scene().sigMouseMoved.connect(self._on_mouse_moved)
        self._is_made = True
        self._apply_colours()

    def sizeHint(self) -> QSize:
        """The usual size."""
        return QSize(2 * MIN_WIDTH, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """The narrowest in which dates can be read."""
        return QSize(MIN_WIDTH, HEIGHT)

    def show_over_time(self, shown: OverTime) -> None:
        """Draw another figure."""
        self._shown, x = shown, shown.periods.astype(np.float64)
        self.setAccessibleName(shown.named)
        self._axis.frequency, self._values.written = shown.frequency, shown.written
        if not len(x):
            self.setAccessibleDescription("")
            return
        self._axis.shown = (int(shown.periods[0]), int(shown.periods[-1]))
        for edge, values in zip(self._edges, (shown.low, shown.high), strict=True):
            edge.setData(x, values, connect="finite")
        self._usual.setData(x, shown.usual, connect="finite")
        self._line.setData(x, shown.value, connect="finite")
        drawn = np.concatenate([shown.value, shown.low, shown.high, shown.usual])
        known = drawn[np.isfinite(drawn)]
        if len(known):
            self.setYRange(*value_range(known, MARGIN), padding=0)
        self.setXRange(x[0] - ROOM, x[-1] + ROOM, padding=0)
        self.setAccessibleDescription(f"Latest: {shown.sentence(len(x) - 1)}.")

    def changeEvent(self, event: QEvent) -> None:
        """Take the colours of the new scheme."""
        super().changeEvent(event)
        if self._is_made and event.type() == QEvent.Type.PaletteChange:
            self._apply_colours()

    def _apply_colours(self) -> None:
        t = style.current()
        self.setBackground(t.surface)
        for axis in (self._axis, self._values):
            axis.setPen(self._pen(t.line))
            axis.setTextPen(pg.mkPen(t.quiet))
        self.showGrid(y=True, alpha=0.12)
        self._band.setBrush(QColor(*t.band, BAND_ALPHA))
        for edge in self._edges:
            edge.setPen(self._pen(QColor(*t.band, 0)))
        self._usual.setPen(self._pen(t.quiet, 1.2, Qt.PenStyle.DashLine))
        self._line.setPen(self._pen(t.accent, 2.0))
        self._line.setSymbol("o")
        self._line.setSymbolSize(5)
        self._line.setSymbolBrush(t.accent)
        self._line.setSymbolPen(None)

    def _pen(self, colour: str | QColor, width: float = 1.0, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
        """Make a pen of ``width`` logical pixels: pyqtgraph counts real ones."""
        pen: QPen = pg.mkPen(colour, width=width * self.devicePixelRatioF(), style=style)
        return pen

    def _on_mouse_moved(self, position: object) -> None:
        """Say what is at the pointer."""
        if self._shown is None or not len(self._shown.periods):
            return
        at = self.getPlotItem().getViewBox().mapSceneToView(position).x()
        k = int(np.abs(self._shown.periods - at).argmin())
        near = abs(self._shown.periods[k] - at) <= 1
        self.setToolTip(self._shown.sentence(k) if near else "")


class _WrittenAxis(ValueAxis):
    """An axis of amounts in the words of what is shown."""

    written: Callable[[float], str] | None = None

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """Label ticks as the amounts are written."""
        if self.written is None:
            return super().tickStrings(values, scale, spacing)
        return [self.written(value) for value in values]
