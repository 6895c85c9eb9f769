"""Line icons (Lucide, ISC licence), drawn in the colours of the scheme in use."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QEvent, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QLabel, QWidget

from almanac.core.system import paths
from almanac.desktop.theme import style

RATIOS = (1, 2, 3)  # screens at 100%, 200% and 300%
RESTYLED = (QEvent.Type.PaletteChange, QEvent.Type.StyleChange, QEvent.Type.EnabledChange)


@cache
def _drawing(name: str) -> str:
    return (paths.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


@cache
def _pixmap(name: str, colour: str, size: int, ratio: int) -> QPixmap:
    pixmap = QPixmap(size * ratio, size * ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    drawing = QByteArray(_drawing(name).replace("currentColor", colour).encode())
    QSvgRenderer(drawing).render(painter, QRectF(0, 0, size * ratio, size * ratio))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def icon(name: str, colour: str, size: int = 20) -> QIcon:
    """Make an icon in one colour, sharp on every screen."""
    made = QIcon()
    for ratio in RATIOS:
        made.addPixmap(_pixmap(name, colour, size, ratio))
    return made


class IconLabel(QLabel):
    """An icon next to a text; ``role`` is the name of a colour in ``tokens.Palette``."""

    def __init__(self, name: str, role: str = "text", size: int = 20, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._role, self._size = name, role, size
        self.setFixedSize(size, size)
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon in the new colours."""
        super().changeEvent(event)
        if event.type() in RESTYLED:
            self._draw()

    def _draw(self) -> None:
        tokens = style.current()
        colour = tokens.colour(self._role) if self.isEnabled() else tokens.quiet
        ratio = min(max(round(self.devicePixelRatioF()), RATIOS[0]), RATIOS[-1])
        self.setPixmap(_pixmap(self._name, colour, self._size, ratio))
