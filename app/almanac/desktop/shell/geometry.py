"""The window's size and position, kept among the person's settings."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSettings, QSize
from PySide6.QtWidgets import QMainWindow

from almanac.core.system import paths

DEFAULT_SIZE = (1180, 780)
MIN_SIZE = (900, 600)  # smaller on a smaller screen, such as one at 200%: what does not fit then scrolls
FRAME = (8, 40)  # what the system draws around the window, at most


def _settings() -> QSettings:
    return QSettings(str(paths.state() / "window.ini"), QSettings.Format.IniFormat)


def restore(window: QMainWindow) -> None:
    """Give the window its last size and position, or the default size, and never more than the screen has."""
    available = window.screen().availableGeometry().size() - QSize(*FRAME)
    window.setMinimumSize(QSize(*MIN_SIZE).boundedTo(available))
    window.resize(QSize(*DEFAULT_SIZE).boundedTo(available))
    saved = _settings().value("geometry")
    if isinstance(saved, QByteArray):
        window.restoreGeometry(saved)


def remember(window: QMainWindow) -> None:
    """Save the window's size and position for the next start."""
    _settings().setValue("geometry", window.saveGeometry())
