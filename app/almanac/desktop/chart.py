"""The fan chart: the past as a quiet line, the forecast in the accent, the likely ranges as bands."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QLocale, Qt
from PySide6.QtGui import QColor, QMouseEvent
from PySide6.QtWidgets import QWidget

from almanac.desktop import style
from almanac.desktop.dates import when
from almanac.periods import Frequency
from almanac.phrases import decimals_for
from almanac.series import Floats, Forecast, SeriesSet

HORIZONS_BACK = 4  # how much of the past stands beside the forecast


class PeriodAxis(pg.AxisItem):  # type: ignore[misc]
    """Ticks at whole periods, labelled as the person's rhythm has it."""

    def __init__(self) -> None:
        super().__init__("bottom")
        self.frequency: Frequency | None = None

    def tickSpacing(self, minimum: float, maximum: float, size: float) -> list[tuple[float, float]]:
        wanted = max((maximum - minimum) / max(size / 110, 1), 1)
        nice = next((n for n in (1, 2, 3, 4, 6, 7, 12, 14, 24, 28, 52, 56, 84, 168) if n >= wanted), int(wanted) + 1)
        return [(float(nice), 0.0)]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:  # noqa: ARG002
        if self.frequency is None:
            return []
        return [self.frequency.label(round(v)) if abs(v - round(v)) < 1e-6 else "" for v in values]


class FanChart(pg.PlotWidget):  # type: ignore[misc]
    """One series: past, median, 50% and 80% bands, a line for now, and a sentence under the pointer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._axis = PeriodAxis()
        super().__init__(parent, axisItems={"bottom": self._axis})
        self.setAccessibleName("Chart of the past and the forecast")
        self.setMenuEnabled(False)
        self.hideButtons()
        self.setMouseEnabled(x=True, y=False)
        self.getPlotItem().getViewBox().setDefaultPadding(0.02)
        self._bands = [pg.FillBetweenItem(pg.PlotCurveItem(pen=None), pg.PlotCurveItem(pen=None)) for _ in range(2)]
        self._edges = [pg.PlotCurveItem() for _ in range(4)]
        self._past, self._ahead = pg.PlotDataItem(), pg.PlotDataItem()
        self._now = pg.InfiniteLine(angle=90)
        self._hover, self._words = pg.InfiniteLine(angle=90), pg.TextItem(anchor=(0, 0))
        self._labels = [pg.TextItem(text, anchor=(0, 0.5)) for text in ("8 in 10", "forecast")]
        for item in (*self._bands, *self._edges, self._past, self._ahead, self._now):
            self.addItem(item)
        for item in (self._hover, self._words, *self._labels):
            self.addItem(item, ignoreBounds=True)  # they must not stretch the axes
        self._sentences: dict[int, str] = {}
        self._range: tuple[float, float, float, float] | None = None
        self.scene().sigMouseMoved.connect(self._on_move)
        self.recolour()

    def recolour(self) -> None:
        """Take the colours of the scheme in use."""
        t = style.current()
        self.setBackground(t.surface)
        for name in ("left", "bottom"):
            axis = self.getAxis(name)
            axis.setPen(pg.mkPen(t.line))
            axis.setTextPen(pg.mkPen(t.quiet))
        self.showGrid(y=True, alpha=0.15)
        light, deep = (QColor(*t.band, alpha) for alpha in (46, 70))
        for band, colour in zip(self._bands, (light, deep), strict=True):
            band.setBrush(colour)
        edge = pg.mkPen(QColor(*t.band, 120), width=1)
        for k, curve in enumerate(self._edges):
            curve.setPen(edge if k < 2 else pg.mkPen(QColor(0, 0, 0, 0)))
        self._past.setPen(pg.mkPen(t.text, width=1.5))
        self._past.setSymbolBrush(t.text)
        self._past.setSymbolPen(None)
        self._ahead.setPen(pg.mkPen(t.accent, width=2.5))
        self._now.setPen(pg.mkPen(t.quiet, style=Qt.PenStyle.DashLine))
        self._hover.setPen(pg.mkPen(t.line))
        self._words.setColor(t.text)
        for text in self._labels:
            text.setColor(t.accent)
        self._hover.hide()
        self._words.hide()

    def show_series(self, series: SeriesSet, at: int, forecast: Forecast, i: int) -> None:
        """Draw series ``at`` of ``series`` with forecast ``i``."""
        self._axis.frequency = forecast.frequency
        back = max(HORIZONS_BACK * forecast.horizon, 2 * forecast.frequency.season_length)
        history = series[at][-back:]
        last = int(series.last[at])
        past_x = np.arange(last - len(history) + 1, last + 1, dtype=float)
        known = np.flatnonzero(np.isfinite(history))
        self._past.setData(past_x, history, connect="finite")
        self._past.setSymbol("o" if len(known) <= 40 else None)
        self._past.setSymbolSize(4)
        joint = [(past_x[known[-1]], history[known[-1]])] if len(known) else []
        x = np.concatenate([[p[0] for p in joint], int(forecast.first[i]) + np.arange(forecast.horizon)])

        def line(level: float) -> Floats:
            return np.concatenate([[p[1] for p in joint], forecast.at(level)[i]])

        for band, (low, high), edges in zip(
            self._bands, ((0.1, 0.9), (0.25, 0.75)), (self._edges[:2], self._edges[2:]), strict=True
        ):
            edges[0].setData(x, line(low))
            edges[1].setData(x, line(high))
            band.setCurves(*edges)
        self._ahead.setData(x, line(0.5))
        self._now.setPos(last + 0.5)
        self._labels[0].setPos(x[-1], line(0.9)[-1])
        self._labels[1].setPos(x[-1], line(0.5)[-1])
        self._tell(past_x, history, forecast, i)
        every = np.concatenate([history[known], line(0.1), line(0.9)])
        low, high = float(every.min()), float(every.max())
        room = (high - low) * 0.08 or max(abs(high) * 0.1, 1.0)
        width = x[-1] - past_x[0]
        self._range = (past_x[0] - 0.02 * width, x[-1] + 0.2 * width, low - room, high + room)
        self.reset()

    def reset(self) -> None:
        """Show everything again."""
        if self._range is not None:
            left, right, low, high = self._range
            self.setXRange(left, right, padding=0)
            self.setYRange(low, high, padding=0)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.reset()
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        self._hover.hide()
        self._words.hide()
        super().leaveEvent(event)

    def _tell(self, past_x: Floats, history: Floats, forecast: Forecast, i: int) -> None:
        decimals, locale = decimals_for(forecast.quantiles[i]), QLocale()

        def name(number: int) -> str:
            return when(forecast.frequency, number)

        def words(value: float) -> str:
            return locale.toString(float(value), "f", decimals)

        self._sentences = {
            int(x): f"{name(int(x))}: {words(y) if np.isfinite(y) else 'not known'}"
            for x, y in zip(past_x, history, strict=True)
        }
        low, middle, high = forecast.at(0.1)[i], forecast.median[i], forecast.at(0.9)[i]
        for step in range(forecast.horizon):
            at = int(forecast.first[i]) + step
            ends = f"likely {words(low[step])} to {words(high[step])}"
            self._sentences[at] = f"{name(at)}: about {words(middle[step])}, {ends}"

    def _on_move(self, where: object) -> None:
        box = self.getPlotItem().getViewBox()
        point = box.mapSceneToView(where)
        sentence = self._sentences.get(round(point.x()))
        self._hover.setVisible(sentence is not None)
        self._words.setVisible(sentence is not None)
        if sentence is not None:
            (left, right), (_, top) = box.viewRange()
            self._hover.setPos(round(point.x()))
            self._words.setText(sentence)
            self._words.setAnchor((1, 0) if point.x() > (left + right) / 2 else (0, 0))
            self._words.setPos(round(point.x()), top)
