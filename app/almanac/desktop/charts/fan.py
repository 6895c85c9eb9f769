"""The fan chart: the past as a quiet line, the forecast in the accent colour, the likely ranges as bands."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QFontMetrics, QMouseEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from almanac.core.arrays import Floats, Integers
from almanac.core.levels import LIKELY, range_levels
from almanac.core.series import Forecast, SeriesSet
from almanac.desktop.charts.date_axis import PeriodAxis, ValueAxis
from almanac.desktop.charts.extent import fan_lines, line_points, open_past, value_range
from almanac.desktop.formatting import numbers
from almanac.desktop.theme import style
from almanac.desktop.theme.tokens import CAPTION
from almanac.wording.phrases import decimals_like, forecast_decimals, percent

MAX_MARKED_POINTS = 60  # with fewer known values each is marked with a dot
BANDS = (range_levels(LIKELY), range_levels(0.5))  # the quantiles at their edges, the wider band first
BAND_ALPHAS, EDGE_ALPHA = (44, 72), 150  # of 255
LABELS = (f"{percent(LIKELY)} likely", "forecast")
UNCHECKED_LABELS = (f"{LABELS[0]}, not checked", LABELS[1])
LABEL_ROOM = 16  # pixels on the right of a label
LABEL_DISTANCE = 0.07  # share of the height that two labels keep apart
MARGIN = 0.08  # share of the height above and below the values


class FanChart(pg.PlotWidget):  # type: ignore[misc]
    """Shows one series: past, forecast, the 50% and 80% bands, a line for now, and a sentence at the pointer."""

    _has_items = False
    _labels_shown = LABELS
    _pixel_ratio = 1.0  # of the screen for which the pens were made
    _view: tuple[float, float, float, float] | None = None  # left, right, bottom, top of what is shown at first

    def __init__(self, parent: QWidget | None = None) -> None:
        self._axis = PeriodAxis()
        super().__init__(parent, axisItems={"bottom": self._axis, "left": ValueAxis()})
        self.setAntialiasing(True)
        self.setAccessibleName("Chart of the past and the forecast")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMenuEnabled(False)
        self.hideButtons()
        self.setMouseEnabled(x=True, y=False)
        self._font = style.font(CAPTION)
        self.getAxis("left").setStyle(tickFont=self._font, tickLength=0)
        self.getAxis("left").setTickDensity(0.6)
        self._sentence_at: Callable[[int], str] = lambda _: ""

    def add_items(self) -> None:
        """Add the lines, bands and labels if they are not there yet.

        Apart from making the chart, so that the window can do the two in separate turns: together they would hold it
        up.
        """
        if self._has_items:
            return
        # A band needs curves with a pen, even a transparent one; without a pen nothing is filled.
        self._edges = [pg.PlotCurveItem(antialias=True) for _ in range(4)]
        self._bands = [pg.FillBetweenItem(*self._edges[:2]), pg.FillBetweenItem(*self._edges[2:])]
        self._past, self._point = pg.PlotDataItem(antialias=True), pg.PlotDataItem(antialias=True)
        self._now_line, self._pointer_line = pg.InfiniteLine(angle=90), pg.InfiniteLine(angle=90)
        self._pointer_text = pg.TextItem(anchor=(0, 0))
        self._now_text = pg.TextItem("now", anchor=(1, 1))
        self._labels = [pg.TextItem(text, anchor=(0, 0.5)) for text in LABELS]
        for item in (*self._bands, *self._edges, self._past, self._point):
            self.addItem(item)
        for item in (self._now_line, self._pointer_line, self._pointer_text, self._now_text, *self._labels):
            self.addItem(item, ignoreBounds=True)  # they must not stretch the axes
            if isinstance(item, pg.TextItem):
                item.setFont(self._font)
        self._pointer_text.setZValue(10)
        self.scene().sigMouseMoved.connect(self._on_mouse_moved)
        self._has_items = True
        self._apply_colours()

    def show_series(
        self, series: SeriesSet, position: int, forecast: Forecast, i: int, *, checked: bool = True
    ) -> None:
        """Draw the series at ``position`` of ``series`` with its forecast, which is forecast ``i``.

        ``checked``: whether enough checks support its likely range.
        """
        self._labels_shown = LABELS if checked else UNCHECKED_LABELS
        self.add_items()
        if self._pixel_ratio != self.devicePixelRatioF():  # the window has moved to another screen
            self._apply_colours()
        self._axis.frequency = forecast.frequency
        periods, history = open_past(series, position, forecast)
        last, past_x = int(series.last[position]), periods.astype(np.float64)
        known = np.isfinite(history)
        marked = int(known.sum()) <= MAX_MARKED_POINTS
        at, which = (past_x, np.arange(len(history))) if marked else line_points(past_x, known)
        self._past.setData(at, history[which], connect="finite")
        self._past.setSymbol("o" if marked else None)
        self._past.setSymbolSize(4)
        x, line = fan_lines(past_x, history, forecast, i)
        one = forecast.select(i)
        for edge, level in zip(self._edges, chain(*BANDS), strict=True):
            edge.setData(x, line(one.quantile(level)[0]), connect="finite")
        point, low, high = (line(values[0]) for values in one.shown)
        self._point.setData(x, point, connect="finite")
        self._now_line.setPos(last + 0.5)
        self._sentence_at = _sentences(periods, history, forecast, i)
        end = int(forecast.first[i]) + forecast.horizon - 1
        self._axis.shown = (int(past_x[0]), end)
        bottom, top = value_range(np.concatenate([history[known], point, low, high]), MARGIN)
        self._view = (past_x[0], end, bottom, top)
        self._place_labels(high, point)
        self.setAccessibleDescription(f"{numbers.next_step(forecast, i)} {numbers.how_sure(forecast, i)}")
        self._hide_pointer_text()
        self.reset()

    def reset(self) -> None:
        """Show the whole series again, with room for the labels on the right."""
        if self._view is None or self.getPlotItem() is None:  # there is none while the chart is being closed
            return
        left, right, low, high = self._view
        metrics = QFontMetrics(self._font)
        label = max(metrics.horizontalAdvance(text) for text in self._labels_shown) + LABEL_ROOM
        plot = max(self.getPlotItem().getViewBox().width(), 2 * label)
        self.setXRange(left, right + (right - left) * label / (plot - label), padding=0.005)
        self.setYRange(low, high, padding=0)
        self._now_text.setPos(self._now_line.value(), low)

    def changeEvent(self, event: QEvent) -> None:
        """Take the colours of the new scheme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._apply_colours()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """End the zoom."""
        self.reset()
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep room for the labels."""
        super().resizeEvent(event)
        self.reset()

    def leaveEvent(self, event: QEvent) -> None:
        """Hide the sentence when the pointer leaves."""
        self._hide_pointer_text()
        super().leaveEvent(event)

    def _apply_colours(self) -> None:
        if not self._has_items:
            return
        t = style.current()
        self._pixel_ratio = self.devicePixelRatioF()
        self.setBackground(t.surface)
        for name in ("left", "bottom"):
            axis = self.getAxis(name)
            axis.setPen(self._pen(t.line))
            axis.setTextPen(pg.mkPen(t.quiet))
        self.showGrid(y=True, alpha=0.12)
        for band, alpha in zip(self._bands, BAND_ALPHAS, strict=True):
            band.setBrush(QColor(*t.band, alpha))
        for k, curve in enumerate(self._edges):
            curve.setPen(self._pen(QColor(*t.band, EDGE_ALPHA if k < 2 else 0)))
        self._past.setPen(self._pen(t.history, 1.4))
        self._past.setSymbolBrush(t.history)
        self._past.setSymbolPen(None)
        self._point.setPen(self._pen(t.accent, 2.4))
        self._now_line.setPen(self._pen(t.quiet, style=Qt.PenStyle.DashLine))
        self._now_text.setColor(t.quiet)
        self._pointer_line.setPen(self._pen(t.quiet))
        self._pointer_text.setColor(t.text)
        self._pointer_text.fill = pg.mkBrush(t.surface)
        self._pointer_text.border = self._pen(t.line)
        for text in self._labels:
            text.setColor(t.accent)
        self._hide_pointer_text()

    def _pen(self, colour: str | QColor, width: float = 1.0, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
        """Make a pen of ``width`` logical pixels: pyqtgraph counts real ones, which would look thin at 200%."""
        pen: QPen = pg.mkPen(colour, width=width * self._pixel_ratio, style=style)
        return pen

    def _place_labels(self, upper: Floats, point: Floats) -> None:
        """Put each label at the end of its line, and never on top of the other."""
        assert self._view is not None
        _, right, low, high = self._view
        ends = np.flatnonzero(np.isfinite(point))
        for text, words in zip(self._labels, self._labels_shown, strict=True):
            text.setVisible(len(ends) > 0)
            text.setText(words)
        if len(ends):
            end = float(point[ends[-1]])
            self._labels[0].setPos(right, max(float(upper[ends[-1]]), end + (high - low) * LABEL_DISTANCE))
            self._labels[1].setPos(right, end)

    def _on_mouse_moved(self, position: object) -> None:
        if self._view is None:
            return
        box = self.getPlotItem().getViewBox()
        period = round(box.mapSceneToView(position).x())
        sentence = self._sentence_at(period)
        self._pointer_line.setVisible(bool(sentence))
        self._pointer_text.setVisible(bool(sentence))
        if sentence:
            (left, right), (_, top) = box.viewRange()
            self._pointer_line.setPos(period)
            self._pointer_text.setText(sentence)
            self._pointer_text.setAnchor((1, 0) if period > (left + right) / 2 else (0, 0))
            self._pointer_text.setPos(period, top)

    def _hide_pointer_text(self) -> None:
        if self._has_items:
            self._pointer_line.hide()
            self._pointer_text.hide()


def _sentences(periods: Integers, history: Floats, forecast: Forecast, i: int) -> Callable[[int], str]:
    """Return what is said about a period: a function of its number, with "" for one that is not shown.

    ``history``: float64 [P], of the ``periods`` int64 [P] that were open.
    """
    decimals, past_decimals = forecast_decimals(forecast, i), decimals_like(history, forecast, i)
    shown = [values[0] for values in forecast.select(i).shown]
    first, opened = int(forecast.first[i]), set(forecast.open_steps(i).tolist())
    past = dict(zip(periods.tolist(), history.tolist(), strict=True))

    def sentence(period: int) -> str:
        name = numbers.period(forecast.frequency, period)
        if first <= period < first + forecast.horizon:
            if period - first not in opened:
                return f"{name}: closed"
            about, lowest, highest = (numbers.number(v[period - first], decimals) for v in shown)
            return f"{name}: about {about}, likely {lowest} to {highest}"
        if period in past:
            value = past[period]
            return f"{name}: {numbers.number(value, past_decimals)}" if np.isfinite(value) else f"{name}: not known"
        return f"{name}: closed" if periods[0] <= period < first else ""

    return sentence
