"""The fan chart: the past as a quiet line, the forecast in the accent colour, the likely ranges as bands."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from almanac.core.arrays import Floats, Integers
from almanac.core.distribution.levels import range_levels
from almanac.core.series import Forecast, SeriesSet
from almanac.desktop.charts.date_axis import PeriodAxis, ValueAxis
from almanac.desktop.charts.extent import fan_lines, last_year, line_points, open_past, value_range
from almanac.desktop.charts.label_places import label_places
from almanac.desktop.charts.pointer import Line, sentences, with_outcome
from almanac.desktop.charts.shown_range import LIKELY_RANGE, ShownRange
from almanac.desktop.charts.span import SpanMark
from almanac.desktop.formatting import numbers
from almanac.desktop.theme import style
from almanac.desktop.theme.tokens import CAPTION
from almanac.wording.phrases import percent

MAX_MARKED_POINTS = 60  # with fewer known values each is marked with a dot
INNER = 0.5  # the coverage of the inner band
BAND_ALPHAS, EDGE_ALPHA, LAST_YEAR_ALPHA = (44, 72), 150, 150  # of 255
ZOOM, PAN = 0.7, 0.2  # share of what is shown, for each press of a key
LABEL_ROOM = 16  # pixels on the right of a label
LABEL_DISTANCE = 0.07  # share of the height that two labels keep apart
MARGIN = 0.08  # share of the height above and below the values
MARK_HEIGHT = 0.04  # share of the height of the mark of an event, at the bottom
EDGE = 0.02  # share of the whole history that can be seen before its beginning


class FanChart(pg.PlotWidget):
    """Shows one series: past, forecast, the 50% and 80% bands, a line for now, and a sentence at the pointer.

    ``view_changed``: the first and the last period in view; ``span_marked``: the person marked another span of the
    forecast, or none (``mark.span``).
    """

    view_changed = Signal(float, float)
    span_marked = Signal()
    _has_items = _happened_shown = False
    _labels_shown: tuple[str, ...] = ("", "forecast", "last year", "")
    _pixel_ratio = 1.0  # of the screen for which the pens were made
    _view: tuple[float, float] | None = None  # left and right of what is shown at first
    _whole: tuple[float, float] = (0.0, 0.0)  # of everything that there is to see

    def __init__(self, parent: QWidget | None = None) -> None:
        self._axis = PeriodAxis()
        super().__init__(parent, axisItems={"bottom": self._axis, "left": ValueAxis()})
        self.setAntialiasing(True)
        self.setAccessibleName("Chart of the past and the forecast; Shift and arrow keys add up a span of it")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMenuEnabled(False)
        self.hideButtons()
        self.setMouseEnabled(x=True, y=False)
        self._font = style.font(CAPTION)
        self.getAxis("left").setStyle(tickFont=self._font, tickLength=0)
        self.getAxis("left").setTickDensity(0.6)
        self._sentence_at: Callable[[int], str] = lambda _: ""
        self._drawn: Line = np.empty(0), np.empty(0)
        self._ends: tuple[float, ...] = ()
        self._events: Mapping[int, str] = {}
        self.mark = SpanMark(self)
        self.mark.settled.connect(self.span_marked)

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
        self._last_year, self._second = pg.PlotDataItem(antialias=True), pg.PlotDataItem(antialias=True)
        self._past.setClipToView(True)
        self._marks = pg.PlotCurveItem()
        self._now_line, self._pointer_line = pg.InfiniteLine(angle=90), pg.InfiniteLine(angle=90)
        self._pointer_text = pg.TextItem(anchor=(0, 0))
        self._now_text = pg.TextItem("now", anchor=(1, 1))
        self._labels = [pg.TextItem(text, anchor=(0, 0.5)) for text in self._labels_shown]
        for item in (*self._bands, *self._edges, self._last_year, self._past, self._second, self._point):
            self.addItem(item)
        for item in (
            self.mark.item,
            self._marks,
            self._now_line,
            self._pointer_line,
            self._pointer_text,
            self._now_text,
            *self._labels,
        ):
            self.addItem(item, ignoreBounds=True)  # they must not stretch the axes
            if isinstance(item, pg.TextItem):
                item.setFont(self._font)
        self._pointer_text.setZValue(10)
        self.scene().sigMouseMoved.connect(self._on_mouse_moved)
        box = self.getPlotItem().getViewBox()
        box.sigXRangeChanged.connect(self._fit_height)
        box.sigXRangeChanged.connect(lambda _, ends: self.view_changed.emit(*map(float, ends)))
        self._has_items = True
        self._apply_colours()

    def show_series(
        self, series: SeriesSet, position: int, forecast: Forecast, i: int, shown: ShownRange = LIKELY_RANGE
    ) -> None:
        """Draw the series at ``position`` of ``series`` with its forecast, which is forecast ``i``, and this range."""
        level, likely = shown.level, f"{percent(shown.level)} likely"
        names = ("forecast", "last year", "") if shown.unadjusted is None else ("adjusted", "last year", "forecast")
        if shown.happened is not None:
            names = "forecast", "last year", "what happened"
        self._labels_shown = (", ".join(filter(None, (likely, shown.support.short_doubt))), *names)
        self.add_items()
        if self._pixel_ratio != self.devicePixelRatioF():  # the window has moved to another screen
            self._apply_colours()
        self._axis.frequency = forecast.frequency
        past = open_past(series, position, forecast, whole=True)
        first_shown = self._draw_past(past, len(open_past(series, position, forecast)[0]))
        before = last_year(series, position, forecast, i)
        self._last_year.setData(*before, connect="finite")
        self._draw_forecast(past, forecast, i, level, before)
        self._happened_shown = shown.happened is not None
        self._style_second_line()
        self._draw_second_line(past, forecast, i, shown.happened if self._happened_shown else shown.unadjusted)
        self._now_line.setPos(int(series.last[position]) + 0.5)
        self._now_text.setText("forecast made" if self._happened_shown else "now")
        self._sentence_at = sentences(past, forecast, i, shown, before)
        if shown.happened is not None:
            self._sentence_at = with_outcome(self._sentence_at, past[1], forecast, i, shown.happened)
        ahead = forecast.open_steps(i)[: 0 if self._happened_shown else None]
        self.mark.offer(int(forecast.first[i]) + ahead)
        end = int(forecast.first[i]) + forecast.horizon - 1
        self._axis.shown = (int(past[0][0]), end)
        self._view, self._whole = (first_shown, end), (float(past[0][0]), end)
        self.setAccessibleDescription(f"{numbers.next_step(forecast, i)} {numbers.how_sure(forecast, i)}")
        self._hide_pointer_text()
        self.reset()

    def mark_events(self, events: Mapping[int, str]) -> None:
        """Mark periods, past and to come, with the names of their events."""
        self._events = events
        self._fit_height()

    def _draw_past(self, past: tuple[Integers, Floats], latest: int) -> float:
        """Draw the past, of which the ``latest`` periods are shown at first; the first of them."""
        periods, history = past
        x, known = periods.astype(np.float64), np.isfinite(history)
        marked = int(known[-latest:].sum()) <= MAX_MARKED_POINTS
        at, which = (x, np.arange(len(history))) if marked else line_points(x, known)
        self._past.setData(at, history[which], connect="finite")
        self._past.setSymbol("o" if marked else None)
        self._past.setSymbolSize(4)
        return float(x[-latest])

    def _draw_forecast(
        self, past: tuple[Integers, Floats], forecast: Forecast, i: int, level: float, before: Line
    ) -> None:
        """Draw the forecast and its bands; ``before``: the line of last year."""
        past_x, history = past[0].astype(np.float64), past[1]
        x, line = fan_lines(past_x, history, forecast, i)
        one, known = forecast.select(i), forecast.has_value(i)
        edges = (*range_levels(level), *range_levels(min(INNER, level)))
        quantiles = [line(np.where(known, one.quantile(edge)[0], np.nan)) for edge in edges]
        for edge, values in zip(self._edges, quantiles, strict=True):
            edge.setData(x, values, connect="finite")
        point = line(one.shown[0][0])
        low, high = quantiles[:2]
        self._point.setData(x, point, connect="finite")
        self._drawn = (
            np.concatenate([past_x, x, x, x, before[0]]),
            np.concatenate([history, point, low, high, before[1]]),
        )
        self._ends = tuple(map(_last, (high, point, before[1])))

    def _draw_second_line(
        self, past: tuple[Integers, Floats], forecast: Forecast, i: int, values: Floats | None
    ) -> None:
        """Draw what happened, or the forecast before the person adjusted it, if they did."""
        x, line = fan_lines(past[0].astype(np.float64), past[1], forecast, i)
        y = np.full(len(x), np.nan) if values is None else line(values)
        self._second.setData(x, y, connect="finite")
        self._drawn = (np.append(self._drawn[0], x), np.append(self._drawn[1], y))
        self._ends = (*self._ends, _last(y))

    def reset(self) -> None:
        """Show the latest past and the forecast again, with room for the labels on the right."""
        if self._view is not None:
            self._show(*self._view)

    def show_whole(self) -> None:
        """Show the whole history and the forecast."""
        if self._view is not None:
            self._show(*self._whole)

    def look_at(self, left: float, right: float) -> None:
        """Show these periods."""
        if self._view is not None:
            self.setXRange(left, right, padding=0)

    @property
    def has_more(self) -> bool:
        """Whether there is more history than is shown at first."""
        return self._view is not None and self._whole[0] < self._view[0]

    def _show(self, left: float, right: float) -> None:
        if self.getPlotItem() is None:  # there is none while the chart is being closed
            return
        box = self.getPlotItem().getViewBox()
        metrics = QFontMetrics(self._font)
        label = max(metrics.horizontalAdvance(text) for text in self._labels_shown) + LABEL_ROOM
        plot = max(box.width(), 2 * label)
        length = self._whole[1] - self._whole[0]
        box.setLimits(xMin=self._whole[0] - length * EDGE - 1, xMax=self._whole[1] + length + 1)
        self.setXRange(left, right + (right - left) * label / (plot - label), padding=0.005)
        self._fit_height()

    def _fit_height(self) -> None:
        """Make the axis of amounts fit what is in view."""
        if self._view is None or self.getPlotItem() is None:
            return
        (left, right), _ = self.getPlotItem().getViewBox().viewRange()
        x, values = self._drawn
        inside = values[(x >= left) & (x <= right) & np.isfinite(values)]
        if len(inside):
            low, high = value_range(inside, MARGIN)
            self.setYRange(low, high, padding=0)
            self._now_text.setPos(self._now_line.value(), low)
            at = np.repeat(np.array(sorted(self._events), np.float64), 2)
            self._marks.setData(at, np.tile([low, low + (high - low) * MARK_HEIGHT], len(at) // 2), connect="pairs")
            self._place_labels(low, high)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrows, zoom with plus and minus; Home shows the whole history, End the latest again.

        With Shift the arrows mark a span of the forecast.
        """
        if self._view is not None and self.mark.key(event):
            return
        box = self.getPlotItem().getViewBox()
        (left, right), _ = box.viewRange()
        step = (right - left) * PAN
        keys: dict[int, Callable[[], object]] = {
            Qt.Key.Key_Left: lambda: box.translateBy(x=-step),
            Qt.Key.Key_Right: lambda: box.translateBy(x=step),
            Qt.Key.Key_Plus: lambda: box.scaleBy(x=ZOOM),
            Qt.Key.Key_Minus: lambda: box.scaleBy(x=1 / ZOOM),
            Qt.Key.Key_Home: self.show_whole,
            Qt.Key.Key_End: self.reset,
        }
        action = keys.get(event.key())
        if action is None or self._view is None:
            super().keyPressEvent(event)
        else:
            action()

    def changeEvent(self, event: QEvent) -> None:
        """Take the colours of the new scheme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._apply_colours()

    def _period_at(self, event: QMouseEvent) -> float:
        return float(self.getPlotItem().getViewBox().mapSceneToView(self.mapToScene(event.position().toPoint())).x())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to mark a span where the forecast is; elsewhere, move the chart."""
        left = event.button() == Qt.MouseButton.LeftButton
        if self._view is not None and left and self.mark.begin(self._period_at(event)):
            event.accept()
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Mark up to the pointer while dragging; a cross shows where that is possible."""
        if self._view is not None:
            period = self._period_at(event)
            self.mark.drag_to(period)
            shape = Qt.CursorShape.CrossCursor if self.mark.covers(period) else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(shape)
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of the span."""
        if self.mark.is_dragged:
            self.mark.let_go()
        else:
            super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """End the zoom, and mark nothing."""
        self.mark.mark(None)
        self.span_marked.emit()
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
        self._marks.setPen(self._pen(t.look, 2))
        self.mark.paint(t)
        self._past.setSymbolBrush(t.history)
        self._past.setSymbolPen(None)
        self._point.setPen(self._pen(t.accent, 2.4))
        self._style_second_line()
        self._now_line.setPen(self._pen(t.quiet, style=Qt.PenStyle.DashLine))
        self._now_text.setColor(t.quiet)
        self._pointer_line.setPen(self._pen(t.quiet))
        self._pointer_text.setColor(t.text)
        self._pointer_text.fill = pg.mkBrush(t.surface)
        self._pointer_text.border = self._pen(t.line)
        faint = QColor(t.quiet)
        faint.setAlpha(LAST_YEAR_ALPHA)
        self._last_year.setPen(self._pen(faint, 1.2, Qt.PenStyle.DashLine))
        for text, colour in zip(self._labels, (t.accent, t.accent, t.quiet, t.text), strict=True):
            text.setColor(colour)
        self._hide_pointer_text()

    def _style_second_line(self) -> None:
        t = style.current()
        dashed = self._pen(t.look, 1.8, Qt.PenStyle.DashLine)
        self._second.setPen(self._pen(t.text, 2.0) if self._happened_shown else dashed)
        self._second.setSymbol("o" if self._happened_shown else None)
        self._second.setSymbolSize(5)
        self._second.setSymbolBrush(t.text)
        self._second.setSymbolPen(None)

    def _pen(self, colour: str | QColor, width: float = 1.0, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
        """Make a pen of ``width`` logical pixels: pyqtgraph counts real ones, which would look thin at 200%."""
        pen: QPen = pg.mkPen(colour, width=width * self._pixel_ratio, style=style)
        return pen

    def _place_labels(self, low: float, high: float) -> None:
        """Put each label at the end of its line, and none on top of another."""
        assert self._view is not None
        plot = max(self.getPlotItem().getViewBox().height(), 1.0)
        distance = (high - low) * max(LABEL_DISTANCE, QFontMetrics(self._font).height() / plot)
        places = label_places(self._ends, distance, low, high)
        for k, (text, words) in enumerate(zip(self._labels, self._labels_shown, strict=True)):
            text.setVisible(k in places)
            text.setText(words)
            if k in places:
                text.setPos(self._view[1], places[k])

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
            self._pointer_text.setText(f"{sentence}; {self._events[period]}" if period in self._events else sentence)
            self._pointer_text.setAnchor((1, 0) if period > (left + right) / 2 else (0, 0))
            self._pointer_text.setPos(period, top)

    def _hide_pointer_text(self) -> None:
        if self._has_items:
            self._pointer_line.hide()
            self._pointer_text.hide()


def _last(values: Floats) -> float:
    """The last known value; NaN if there is none."""
    known = values[np.isfinite(values)]
    return float(known[-1]) if len(known) else np.nan
