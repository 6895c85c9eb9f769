"""The reliability diagram: chances as they were told, beside how often they came true (Murphy and Winkler 1977)."""

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

SIDE, ROOM = 300, 34
LEAST_DOT, MOST_DOT = 3.0, 9.0


class ReliabilityChart(QWidget):
    """Points on the line: chances came true as often as told. The larger a point, the more answers it stands for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept: ReliabilityCurve | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Chances told, and how often they came true")
        self.setAccessibleDescription("The same as the table beside it")

    def sizeHint(self) -> QSize:
        return QSize(SIDE + ROOM, SIDE)

    def show_kept(self, kept: ReliabilityCurve) -> None:
        self._kept = kept
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in RESTYLED:
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        if self._kept is None:
            return
        tokens = style.current()
        edge = MOST_DOT + 1  # the largest dots lie on the corner
        area = QRectF(ROOM, edge, SIDE - 2 * edge, SIDE - ROOM - edge)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(style.font(CAPTION))
        self._draw_frame(painter, area)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.accent))
        share = np.sqrt(self._kept.counts / max(int(self._kept.counts.max(initial=1)), 1))
        for told, true, size in zip(self._kept.predicted, self._kept.observed, share, strict=True):
            if np.isfinite(told):
                radius = LEAST_DOT + (MOST_DOT - LEAST_DOT) * size
                painter.drawEllipse(_at(area, told, true), radius, radius)

    def _draw_frame(self, painter: QPainter, area: QRectF) -> None:
        tokens = style.current()
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.drawRect(area)
        painter.setPen(QPen(QColor(tokens.quiet), 1, Qt.PenStyle.DashLine))
        painter.drawLine(_at(area, 0, 0), _at(area, 1, 1))
        painter.setPen(QColor(tokens.quiet))
        below = QRectF(area.left(), area.bottom() + 6, area.width(), ROOM)
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter, "chance told")
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, "0%")
        painter.drawText(below, Qt.AlignmentFlag.AlignRight, "100%")
        painter.save()
        painter.translate(area.left() - ROOM + SPACE[1], area.center().y())
        painter.rotate(-90)
        beside = QRectF(-area.height() / 2, 0, area.height(), ROOM)
        painter.drawText(beside, Qt.AlignmentFlag.AlignHCenter, "came true")
        painter.restore()


def _at(area: QRectF, told: float, true: float) -> QPointF:
    return QPointF(area.left() + told * area.width(), area.bottom() - true * area.height())
