"""The fan chart for paper: drawn by hand, so that a thread can make it and it is sharp at any size."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

from almanac.core.arrays import Floats
from almanac.core.series import Forecast, SeriesSet
from almanac.desktop.charts.extent import fan_lines, line_points, open_past, value_range
from almanac.desktop.formatting import numbers
from almanac.desktop.formatting.periods import when
from almanac.desktop.theme import style
from almanac.desktop.theme.tokens import LIGHT
from almanac.wording.phrases import MAX_DECIMALS

SIZE = (1360, 440)  # pixels: two for each point on paper
MIN_LEFT, BOTTOM, TOP, RIGHT = 110, 44, 14, 20  # pixels around the plot
LABEL_GAP = 12  # pixels between an amount and its line
MAX_GRID_LINES = 5
MARGIN = 0.06  # share of the height above and below the values
TEXT_SIZE = 20
TICK_WIDTH = 400  # pixels that the text of a tick may take
MAX_EARLIER_TICKS = 2  # between the first period and the first that is forecast


@dataclass(frozen=True)
class _Plot:
    """The part of the picture that is drawn into, and what it shows: periods first to last, values low to high."""

    first: int
    last: int
    low: float
    high: float
    left: float = MIN_LEFT

    def point(self, period: float, value: float) -> QPointF:
        width, height = SIZE[0] - self.left - RIGHT, SIZE[1] - TOP - BOTTOM
        x = self.left + width * (period - self.first) / max(self.last - self.first, 1)
        return QPointF(x, TOP + height * (1 - (value - self.low) / (self.high - self.low)))

    def lines(self, periods: Floats, values: Floats) -> list[list[QPointF]]:
        """The parts of a line, which is broken where a value is not known."""
        known = np.isfinite(values)
        parts = np.split(np.arange(len(values)), np.flatnonzero(np.diff(known)) + 1)
        return [[self.point(periods[k], values[k]) for k in part] for part in parts if len(part) and known[part[0]]]


def fan_picture(
    series: SeriesSet, position: int, forecast: Forecast, i: int, unadjusted: Floats | None = None
) -> QImage:
    """Draw the series at ``position`` of ``series`` with its forecast, which is forecast ``i``, in light colours.

    ``unadjusted`` float64 [H]: the forecast before the person adjusted it, a second line; None where they did not.
    """
    periods, history = open_past(series, position, forecast)
    past = periods.astype(np.float64)
    ahead, line = fan_lines(past, history, forecast, i)
    point, low, high = (line(values[0]) for values in forecast.select(i).shown)
    before = np.full(len(ahead), np.nan) if unadjusted is None else line(unadjusted)
    end = int(forecast.first[i]) + forecast.horizon - 1
    plot = _Plot(int(past[0]), end, *value_range(np.concatenate([history, point, low, high, before]), MARGIN))
    image = QImage(*SIZE, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(style.font(TEXT_SIZE))
    labels = [painter.fontMetrics().horizontalAdvance(text) for _, text in _amounts(plot.low, plot.high)]
    plot = replace(plot, left=max(MIN_LEFT, *(width + 2 * LABEL_GAP for width in labels)))
    _draw_grid(painter, plot)
    _draw_periods(painter, plot, forecast)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(*LIGHT.band, 60))
    for lower, upper in zip(plot.lines(ahead, low), plot.lines(ahead, high), strict=True):
        painter.drawPolygon(QPolygonF([*lower, *reversed(upper)]))
    painter.setPen(QPen(QColor(LIGHT.history), 2.5))
    at, which = line_points(past, np.isfinite(history))
    for part in plot.lines(at, history[which]):
        painter.drawPolyline(part)
    painter.setPen(QPen(QColor(LIGHT.look), 3, Qt.PenStyle.DashLine))
    for part in plot.lines(ahead, before):
        painter.drawPolyline(part)
    painter.setPen(QPen(QColor(LIGHT.accent), 4))
    for part in plot.lines(ahead, point):
        painter.drawPolyline(part)
    painter.end()
    return image


def _draw_grid(painter: QPainter, plot: _Plot) -> None:
    """Draw a few level lines with their values."""
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    for value, text in _amounts(plot.low, plot.high):
        y = plot.point(plot.first, value).y()
        painter.setPen(QPen(QColor(LIGHT.line), 1))
        painter.drawLine(QPointF(plot.left, y), QPointF(SIZE[0] - RIGHT, y))
        painter.setPen(QColor(LIGHT.quiet))
        area = QRectF(0, y - TEXT_SIZE, plot.left - LABEL_GAP, 2 * TEXT_SIZE)
        painter.drawText(area, right, text)


def _amounts(low: float, high: float) -> list[tuple[float, str]]:
    """The amounts that have a line, and what is written next to each."""
    step = _grid_step(low, high)
    decimals = next(d for d in range(MAX_DECIMALS + 1) if d == MAX_DECIMALS or np.isclose(round(step, d), step, atol=0))
    values = step * np.arange(np.ceil(low / step), np.floor(high / step) + 1)
    return [(value, numbers.number(value, decimals)) for value in values.tolist()]


def _grid_step(low: float, high: float) -> float:
    """Return 1, 2, 2.5 or 5 times a power of ten: the smallest that needs at most ``MAX_GRID_LINES`` lines."""
    power: float = 10.0 ** float(np.floor(np.log10((high - low) / MAX_GRID_LINES)))
    for step in (power, 2 * power, 2.5 * power, 5 * power):
        if np.floor(high / step) - np.ceil(low / step) < MAX_GRID_LINES:
            return step
    return 10 * power


def _draw_periods(painter: QPainter, plot: _Plot, forecast: Forecast) -> None:
    """Draw the line for now, and the names of some periods below, none over another."""
    first_ahead = plot.last - forecast.horizon + 1
    painter.setPen(QPen(QColor(LIGHT.quiet), 1.5, Qt.PenStyle.DashLine))
    painter.drawLine(plot.point(first_ahead - 0.5, plot.low), plot.point(first_ahead - 0.5, plot.high))
    painter.setPen(QColor(LIGHT.quiet))
    centre = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
    metrics = painter.fontMetrics()
    width = max(metrics.horizontalAdvance(when(forecast.frequency, at)) for at in (plot.first, plot.last))
    leftmost, rightmost = width / 2 + 4, SIZE[0] - width / 2 - 4
    free_from = -float("inf")
    for period in _ticks(plot, first_ahead, width + TEXT_SIZE):
        x = min(max(plot.point(period, plot.low).x(), leftmost), rightmost)
        if x >= free_from:
            area = QRectF(x - TICK_WIDTH / 2, SIZE[1] - BOTTOM + 8, TICK_WIDTH, BOTTOM - 8)
            painter.drawText(area, centre, when(forecast.frequency, period))
            free_from = x + width + TEXT_SIZE


def _ticks(plot: _Plot, first_ahead: int, width: float) -> list[int]:
    """Return the periods to name: the first, some between, the first that is forecast, and the last if it has room."""
    room = plot.point(plot.last, plot.low).x() - plot.point(first_ahead, plot.low).x()
    earlier = np.linspace(plot.first, first_ahead, MAX_EARLIER_TICKS + 2)[1:-1].round().astype(int).tolist()
    return [plot.first, *earlier, first_ahead, *([plot.last] if room > width else [])]
