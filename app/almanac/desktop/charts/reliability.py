"""The reliability diagram: chances that were given, and how often they came true (Murphy and Winkler 1977)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from almanac.desktop.theme import style
from almanac.desktop.theme.icons import RESTYLED
from almanac.desktop.theme.tokens import CAPTION, SPACE

if TYPE_CHECKING:
    from almanac.evaluation import ReliabilityCurve

SIDE, LABEL_SPACE = 300, 34
MIN_DOT, MAX_DOT = 3.0, 9.0  # radius


class ReliabilityChart(QWidget):
    """Points on the line: chances came true as often as they should. A larger point stands for more answers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._curve: ReliabilityCurve | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Chances given, and how often they came true")
        self.setAccessibleDescription("The same as the table next to it")

    def sizeHint(self) -> QSize:
        """A square, with space for the labels on its left."""
        return QSize(SIDE + LABEL_SPACE, SIDE)

    def show_curve(self, curve: ReliabilityCurve) -> None:
        """Draw another curve."""
        self._curve = curve
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Paint again in other colours."""
        super().changeEvent(event)
        if event.type() in RESTYLED:
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Draw the frame, the diagonal and a point for each tenth of chances that has answers."""
        if self._curve is None:
            return
        tokens = style.current()
        edge = MAX_DOT + 1  # the largest dots are on the corner
        area = QRectF(LABEL_SPACE, edge, SIDE - 2 * edge, SIDE - LABEL_SPACE - edge)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(style.font(CAPTION))
        self._draw_frame(painter, area)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.accent))
        share = np.sqrt(self._curve.counts / max(int(self._curve.counts.max(initial=1)), 1))
        for predicted, observed, size in zip(self._curve.predicted, self._curve.observed, share, strict=True):
            if np.isfinite(predicted):
                radius = MIN_DOT + (MAX_DOT - MIN_DOT) * size
                painter.drawEllipse(_at(area, predicted, observed), radius, radius)

    def _draw_frame(self, painter: QPainter, area: QRectF) -> None:
        tokens = style.current()
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.drawRect(area)
        painter.setPen(QPen(QColor(tokens.quiet), 1, Qt.PenStyle.DashLine))
        painter.drawLine(_at(area, 0, 0), _at(area, 1, 1))
        painter.setPen(QColor(tokens.quiet))
        below = QRectF(area.left(), area.bottom() + 6, area.width(), LABEL_SPACE)
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter, "chance given")
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, "0%")
        painter.drawText(below, Qt.AlignmentFlag.AlignRight, "100%")
        painter.save()
        painter.translate(area.left() - LABEL_SPACE + SPACE[1], area.center().y())
        painter.rotate(-90)
        beside = QRectF(-area.height() / 2, 0, area.height(), LABEL_SPACE)
        painter.drawText(beside, Qt.AlignmentFlag.AlignHCenter, "came true")
        painter.restore()


def _at(area: QRectF, predicted: float, observed: float) -> QPointF:
    return QPointF(area.left() + predicted * area.width(), area.bottom() - observed * area.height())
