"""Where values fell: a bar for each tenth of the forecasts, the line of honest ones, and what chance allows.

The histogram of the probability integral transform (Czado, Gneiting and Held 2009), drawn by hand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from almanac.desktop.formatting import numbers
from almanac.desktop.theme import style
from almanac.desktop.theme.icons import RESTYLED
from almanac.desktop.theme.tokens import CAPTION, SPACE
from almanac.wording.trust.evidence import pit_sentence

if TYPE_CHECKING:
    from almanac.evaluation import PitHistogram

MIN_WIDTH, USUAL_WIDTH, HEIGHT = 300, 420, 332
BELOW, ABOVE, BESIDE = 26, 8, 56  # space for the words at the edges
BAR_SHARE = 0.8  # of the space that a bar has
CORNER, FIGURE_HEIGHT = 3.0, 20.0
MIN_TOP = 0.2  # the picture goes up to this share at least
HEADROOM = 1.05
HONEST = 0.1  # the share that each tenth should have
BAND_ALPHA, EDGE_ALPHA = 44, 150


class PitChart(QWidget):
    """A bar for each tenth; those that reach the dashed line got their share.

    The shaded band is what chance allows; the figures of bars that end outside it are bold.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pit: PitHistogram | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Where the values fell")

    def sizeHint(self) -> QSize:
        """The usual size."""
        return QSize(USUAL_WIDTH, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """The narrowest in which the figures can be read."""
        return QSize(MIN_WIDTH, HEIGHT)

    def show_histogram(self, pit: PitHistogram) -> None:
        """Draw another histogram."""
        self._pit = pit
        self.setAccessibleDescription(f"{pit_sentence(pit)} The same as the table next to it.")
        self.update()

    def sentence(self, k: int) -> str:
        """What tenth ``k`` (from 0) shows, for the tip under the pointer."""
        assert self._pit is not None
        share, low, high = map(numbers.percent, (self._pit.shares[k], self._pit.low, self._pit.high))
        name = {0: "The lowest tenth", len(self._pit.shares) - 1: "The highest tenth"}.get(k, f"Tenth {k + 1}")
        return f"{name} has {share} of the values; by chance an honest one has {low} to {high}."

    def event(self, event: QEvent) -> bool:
        """Show a tip with the tenth under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self._pit is not None:
            area, count = self._area(), len(self._pit.shares)
            k = int((event.pos().x() - area.left()) / area.width() * count)
            if area.left() <= event.pos().x() < area.right() and 0 <= k < count:
                QToolTip.showText(event.globalPos(), self.sentence(k), self)
                return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        """Paint again in other colours."""
        super().changeEvent(event)
        if event.type() in RESTYLED:
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Draw the band of chance, the bars and the words."""
        if self._pit is None or not self._pit.shares:
            return
        area = self._area()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(style.font(CAPTION))
        self._draw_band(painter, area, self._pit)
        self._draw_bars(painter, area, self._pit)
        self._draw_words(painter, area)

    def _area(self) -> QRectF:
        return QRectF(0.5, ABOVE, self.width() - BESIDE - 1, self.height() - ABOVE - BELOW)

    def _height(self, share: float) -> float:
        """The y of a share; what chance allows may be beyond the top of the picture."""
        assert self._pit is not None
        highest = HEADROOM * max(MIN_TOP, *self._pit.shares)
        area = self._area()
        return area.bottom() - area.height() * min(share / highest, 1.0)

    def _draw_band(self, painter: QPainter, area: QRectF, pit: PitHistogram) -> None:
        top, bottom = self._height(pit.high), self._height(pit.low)
        colour = QColor(*style.current().band)
        colour.setAlpha(BAND_ALPHA)
        painter.fillRect(QRectF(area.left(), top, area.width(), bottom - top), colour)
        colour.setAlpha(EDGE_ALPHA)
        painter.setPen(QPen(colour, 1))
        for y in (top, bottom):
            if area.top() < y < area.bottom():
                painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))

    def _draw_bars(self, painter: QPainter, area: QRectF, pit: PitHistogram) -> None:
        """Each with its figure at its foot, above it where it is too short."""
        tokens, wide = style.current(), area.width() / len(pit.shares)
        for k, share in enumerate(pit.shares):
            top = self._height(share)
            place = QRectF(area.left() + (k + (1 - BAR_SHARE) / 2) * wide, top, BAR_SHARE * wide, area.bottom() - top)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.accent))
            painter.drawPath(_bar(place))
            inside = place.height() > FIGURE_HEIGHT
            painter.setFont(style.font(CAPTION, bold=not pit.low <= share <= pit.high))
            painter.setPen(QColor(tokens.on_accent if inside else tokens.text))
            text = numbers.percent(share)
            if painter.fontMetrics().horizontalAdvance(text) > place.width() - 2:
                text = text.removesuffix("%")
            foot = (area.bottom() if inside else top) - FIGURE_HEIGHT
            painter.drawText(
                QRectF(place.left(), foot, place.width(), FIGURE_HEIGHT), Qt.AlignmentFlag.AlignCenter, text
            )
        painter.setFont(style.font(CAPTION))

    def _draw_words(self, painter: QPainter, area: QRectF) -> None:
        tokens, line = style.current(), self._height(HONEST)
        painter.setPen(QPen(QColor(tokens.text), 1.25, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(area.left(), line), QPointF(area.right(), line))
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.setPen(QColor(tokens.text))
        beside = QRectF(area.right() + SPACE[1], line - 10, BESIDE - SPACE[1], 20)
        painter.drawText(beside, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, "1 in 10")
        painter.setPen(QColor(tokens.quiet))
        below = QRectF(area.left(), area.bottom() + 6, area.width(), BELOW - 6)
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, "lowest tenth")
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter, "middle")
        painter.drawText(below, Qt.AlignmentFlag.AlignRight, "highest tenth")


def _bar(place: QRectF) -> QPainterPath:
    """A bar with its upper corners rounded off."""
    path = QPainterPath()
    corner = min(CORNER, place.height())
    path.moveTo(place.bottomLeft())
    path.lineTo(place.left(), place.top() + corner)
    path.quadTo(place.topLeft(), QPointF(place.left() + corner, place.top()))
    path.lineTo(place.right() - corner, place.top())
    path.quadTo(place.topRight(), QPointF(place.right(), place.top() + corner))
    path.lineTo(place.bottomRight())
    path.closeSubpath()
    return path
