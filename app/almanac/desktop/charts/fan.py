"""The fan chart: the past as a quiet line, the forecast in the accent, the likely ranges as bands."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QFontMetrics, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from almanac.core.arrays import Floats
from almanac.core.levels import LIKELY, LIKELY_HIGH, LIKELY_LOW, range_levels
from almanac.core.series import Forecast, SeriesSet
from almanac.desktop.charts.date_axis import PeriodAxis
from almanac.desktop.formatting import numbers
from almanac.desktop.theme import style
from almanac.desktop.theme.tokens import CAPTION
from almanac.wording.phrases import chance, decimals_for

HORIZONS_BACK = 4  # how much of the past stands beside the forecast
FEWEST_BACK = 24
SPARSE = 60  # fewer points than this are drawn as points as well
BANDS = (range_levels(LIKELY), range_levels(0.5))
LABELS = (f"likely ({chance(0.8)})", "forecast")


def past_shown(forecast: Forecast) -> int:
    """How many past periods suit the chart and its table."""
    return max(HORIZONS_BACK * forecast.horizon, 2 * forecast.frequency.season_length, FEWEST_BACK)


class FanChart(pg.PlotWidget):  # type: ignore[misc]
    """One series: past, median, 50% and 80% bands, a line for now, and a sentence under the pointer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._axis = PeriodAxis()
        super().__init__(parent, axisItems={"bottom": self._axis})
        self.setAntialiasing(True)
        self.setAccessibleName("Chart of the past and the forecast")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMenuEnabled(False)
        self.hideButtons()
        self.setMouseEnabled(x=True, y=False)
        self._font = style.font(CAPTION)
        self.getAxis("left").setStyle(tickFont=self._font, tickLength=0)
        self.getAxis("left").setTickDensity(0.6)
        self._range: tuple[float, float, float, float] | None = None
        self._bare = True

    def furnish(self) -> None:
        """Put in what is drawn, if it is not there yet: the first series does, or whoever has time before; making all
        of a chart at once would hold the window up."""
        if not self._bare:
            return
        self._bare = False
        # A band needs curves with a pen, if only a transparent one: without, nothing is filled.
        self._edges = [pg.PlotCurveItem(antialias=True) for _ in range(4)]
        self._bands = [pg.FillBetweenItem(*self._edges[:2]), pg.FillBetweenItem(*self._edges[2:])]
        self._past, self._ahead = pg.PlotDataItem(antialias=True), pg.PlotDataItem(antialias=True)
        self._now, self._hover = pg.InfiniteLine(angle=90), pg.InfiniteLine(angle=90)
        self._words = pg.TextItem(anchor=(0, 0))
        self._now_word = pg.TextItem("now", anchor=(1, 1))
        self._labels = [pg.TextItem(text, anchor=(0, 0.5)) for text in LABELS]
        for item in (*self._bands, *self._edges, self._past, self._ahead):
            self.addItem(item)
        for item in (self._now, self._hover, self._words, self._now_word, *self._labels):
            self.addItem(item, ignoreBounds=True)  # they must not stretch the axes
            if isinstance(item, pg.TextItem):
                item.setFont(self._font)
        self._words.setZValue(10)
        self.scene().sigMouseMoved.connect(self._on_move)
        self.recolour()

    def recolour(self) -> None:
        """Take the colours of the scheme in use."""
        if self._bare:
            return
        t = style.current()
        self.setBackground(t.surface)
        for name in ("left", "bottom"):
            axis = self.getAxis(name)
            axis.setPen(pg.mkPen(t.line))
            axis.setTextPen(pg.mkPen(t.quiet))
        self.showGrid(y=True, alpha=0.12)
        for band, alpha in zip(self._bands, (44, 72), strict=True):
            band.setBrush(QColor(*t.band, alpha))
        for k, curve in enumerate(self._edges):
            curve.setPen(pg.mkPen(QColor(*t.band, 150 if k < 2 else 0), width=1))
        self._past.setPen(pg.mkPen(t.history, width=1.4))
        self._past.setSymbolBrush(t.history)
        self._past.setSymbolPen(None)
        self._ahead.setPen(pg.mkPen(t.accent, width=2.4))
        self._now.setPen(pg.mkPen(t.quiet, style=Qt.PenStyle.DashLine))
        self._now_word.setColor(t.quiet)
        self._hover.setPen(pg.mkPen(t.quiet))
        self._words.setColor(t.text)
        self._words.fill = pg.mkBrush(t.surface)
        self._words.border = pg.mkPen(t.line)
        for text in self._labels:
            text.setColor(t.accent)
        self._hide_hover()

    def show_series(self, series: SeriesSet, at: int, forecast: Forecast, i: int) -> None:
        """Draw series ``at`` of ``series`` with forecast ``i``."""
        self.furnish()
        self._axis.frequency = forecast.frequency
        history = series[at][-past_shown(forecast) :]
        last = int(series.last[at])
        past_x = np.arange(last - len(history) + 1, last + 1, dtype=float)
        known = np.flatnonzero(np.isfinite(history))
        self._past.setData(past_x, history, connect="finite")
        self._past.setSymbol("o" if len(known) <= SPARSE else None)
        self._past.setSymbolSize(4)
        # The fan opens from the last known point, so that the eye goes on without a gap.
        joint = known[-1:]
        x = np.concatenate([past_x[joint], int(forecast.first[i]) + np.arange(forecast.horizon)])

        def line(level: float) -> Floats:
            return np.concatenate([history[joint], forecast.quantile(level)[i]])

        for k, (low, high) in enumerate(BANDS):
            self._edges[2 * k].setData(x, line(low))
            self._edges[2 * k + 1].setData(x, line(high))
        self._ahead.setData(x, line(0.5))
        self._now.setPos(last + 0.5)
        self._tell(past_x, history, forecast, i)
        every = np.concatenate([history[known], line(0.1), line(0.9)])
        bottom, top = float(every.min()), float(every.max())
        room = (top - bottom) * 0.08 or max(abs(top) * 0.1, 1.0)
        floor = max(bottom - room, 0.0) if bottom >= 0 else bottom - room
        self._range = (past_x[0], x[-1], floor, top + room)
        self._place_labels(float(line(0.9)[-1]), float(line(0.5)[-1]))
        self.setAccessibleDescription(f"{numbers.next_step(forecast, i)} {numbers.how_sure(forecast, i)}")
        self._hide_hover()
        self.reset()

    def reset(self) -> None:
        """Show everything again, with room for the labels at the right."""
        if self._range is None or self.getPlotItem() is None:  # none when it is being closed
            return
        left, right, low, high = self._range
        metrics = QFontMetrics(self._font)
        label = max(metrics.horizontalAdvance(text) for text in LABELS) + 16
        plot = max(self.getPlotItem().getViewBox().width(), 2 * label)
        self.setXRange(left, right + (right - left) * label / (plot - label), padding=0.005)
        self.setYRange(low, high, padding=0)
        self._now_word.setPos(self._now.value(), low)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.reset()
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if hasattr(self, "_range"):
            self.reset()

    def leaveEvent(self, event: QEvent) -> None:
        self._hide_hover()
        super().leaveEvent(event)

    def _place_labels(self, upper: float, middle: float) -> None:
        """At the ends of their lines, and never on top of one another."""
        assert self._range is not None
        _, right, low, high = self._range
        apart = (high - low) * 0.07
        self._labels[0].setPos(right, max(upper, middle + apart))
        self._labels[1].setPos(right, middle)

    def _tell(self, past_x: Floats, history: Floats, forecast: Forecast, i: int) -> None:
        """The sentence for every period, made when the pointer asks for it."""
        decimals = decimals_for(forecast.quantiles[i])
        low, middle, high = (forecast.quantile(level)[i] for level in (LIKELY_LOW, 0.5, LIKELY_HIGH))
        first, start = int(forecast.first[i]), int(past_x[0]) if len(past_x) else 0

        def sentence(at: int) -> str:
            name = numbers.period(forecast.frequency, at)
            if first <= at < first + forecast.horizon:
                m, lo, hi = (numbers.number(v[at - first], decimals) for v in (middle, low, high))
                return f"{name}: about {m}, likely {lo} to {hi}"
            if start <= at < start + len(history):
                value = history[at - start]
                return f"{name}: {numbers.number(value, decimals)}" if np.isfinite(value) else f"{name}: not known"
            return ""

        self._sentence = sentence

    def _on_move(self, where: object) -> None:
        if self._range is None:
            return
        box = self.getPlotItem().getViewBox()
        at = round(box.mapSceneToView(where).x())
        sentence = self._sentence(at)
        self._hover.setVisible(bool(sentence))
        self._words.setVisible(bool(sentence))
        if sentence:
            (left, right), (_, top) = box.viewRange()
            self._hover.setPos(at)
            self._words.setText(sentence)
            self._words.setAnchor((1, 0) if at > (left + right) / 2 else (0, 0))
            self._words.setPos(at, top)

    def _hide_hover(self) -> None:
        if self._bare:
            return
        self._hover.hide()
        self._words.hide()
