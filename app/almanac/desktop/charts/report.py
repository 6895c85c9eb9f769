"""The fan chart on paper: drawn by hand, so that it can be made beside the event loop and sharp at any size."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

from almanac.core.arrays import Floats
from almanac.core.levels import LIKELY_HIGH, LIKELY_LOW
from almanac.core.series import Forecast, SeriesSet
from almanac.desktop.formatting import numbers
from almanac.desktop.formatting.periods import when
from almanac.desktop.theme import style
from almanac.desktop.theme.tokens import LIGHT
from almanac.wording.phrases import decimals_for

SIZE = (1360, 440)  # pixels: two for each point on paper
LEFT, BOTTOM, TOP, RIGHT = 110, 44, 14, 20
LINES = 4
HORIZONS_BACK, FEWEST_BACK = 4, 24
TEXT = 20


@dataclass(frozen=True)
class _Frame:
    """Where values lie on the picture."""

    first: int
    last: int
    low: float
    high: float

    def point(self, period: float, value: float) -> QPointF:
        wide, tall = SIZE[0] - LEFT - RIGHT, SIZE[1] - TOP - BOTTOM
        x = LEFT + wide * (period - self.first) / max(self.last - self.first, 1)
        return QPointF(x, TOP + tall * (1 - (value - self.low) / (self.high - self.low)))

    def line(self, periods: Floats, values: Floats) -> list[QPointF]:
        return [self.point(x, y) for x, y in zip(periods, values, strict=True) if np.isfinite(y)]


def fan_picture(series: SeriesSet, at: int, forecast: Forecast, i: int) -> QImage:
    """Series ``at`` with forecast ``i``, in the light scheme's colours: for paper."""
    back = max(HORIZONS_BACK * forecast.horizon, 2 * forecast.frequency.season_length, FEWEST_BACK)
    history = series[at][-back:]
    past = np.arange(series.last[at] - len(history) + 1, series.last[at] + 1, dtype=np.float64)
    ahead = forecast.first[i] + np.arange(forecast.horizon, dtype=np.float64)
    low, middle, high = (forecast.quantile(level)[i] for level in (LIKELY_LOW, 0.5, LIKELY_HIGH))
    known = np.concatenate([history[np.isfinite(history)], low, high])
    bottom, top = float(known.min()), float(known.max())
    room = (top - bottom) * 0.06 or max(abs(top) * 0.1, 1.0)
    floor = max(bottom - room, 0.0) if bottom >= 0 else bottom - room
    frame = _Frame(int(past[0]), int(ahead[-1]), floor, top + room)
    image = QImage(*SIZE, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    font = style.font(TEXT)
    painter.setFont(font)
    _axes(painter, frame, forecast, decimals_for(forecast.quantiles[i]))
    band = QPolygonF([*frame.line(ahead, low), *reversed(frame.line(ahead, high))])
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(*LIGHT.band, 60))
    painter.drawPolygon(band)
    painter.setPen(QPen(QColor(LIGHT.history), 2.5))
    painter.drawPolyline(frame.line(past, history))
    painter.setPen(QPen(QColor(LIGHT.accent), 4))
    painter.drawPolyline(frame.line(ahead, middle))
    painter.end()
    return image


def _axes(painter: QPainter, frame: _Frame, forecast: Forecast, decimals: int) -> None:
    """A few level lines with their values, and the first, the present and the last period."""
    middle = Qt.AlignmentFlag.AlignVCenter
    for value in np.linspace(frame.low, frame.high, LINES + 1):
        y = frame.point(frame.first, value).y()
        painter.setPen(QPen(QColor(LIGHT.line), 1))
        painter.drawLine(QPointF(LEFT, y), QPointF(SIZE[0] - RIGHT, y))
        painter.setPen(QColor(LIGHT.quiet))
        area = QRectF(0, y - TEXT, LEFT - 12, 2 * TEXT)
        painter.drawText(area, Qt.AlignmentFlag.AlignRight | middle, numbers.number(value, decimals))
    now = frame.last - forecast.horizon + 0.5
    painter.setPen(QPen(QColor(LIGHT.quiet), 1.5, Qt.PenStyle.DashLine))
    painter.drawLine(frame.point(now, frame.low), frame.point(now, frame.high))
    painter.setPen(QColor(LIGHT.quiet))
    centre = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
    wide = [painter.fontMetrics().horizontalAdvance(when(forecast.frequency, at)) for at in (frame.first, frame.last)]
    free = -float("inf")
    for period in _ticks(frame, now, max(wide) + TEXT):
        x = frame.point(period, frame.low).x()
        area = QRectF(x - 200, SIZE[1] - BOTTOM + 8, 400, BOTTOM - 8)
        left = min(max(area.left(), max(wide) / 2 - 200 + 4), SIZE[0] - 200 - max(wide) / 2 - 4)
        if left >= free:
            painter.drawText(area.translated(left - area.left(), 0), centre, when(forecast.frequency, period))
            free = left + max(wide) + TEXT


def _ticks(frame: _Frame, now: float, wide: float) -> list[int]:
    """Periods to name below: the first and the first that is forecast, the last if there is room, some between."""
    first_ahead = round(now + 0.5)
    room = frame.point(frame.last, frame.low).x() - frame.point(first_ahead, frame.low).x()
    between = np.linspace(frame.first, first_ahead, 4)[1:-1].round().astype(int).tolist()
    return [frame.first, *between, first_ahead, *([frame.last] if room > wide else [])]
