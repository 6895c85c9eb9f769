"""The window's size and place, kept among the person's settings."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QMainWindow

from almanac.core import paths

USUAL_SIZE = (1180, 780)


def _settings() -> QSettings:
    return QSettings(str(paths.state() / "window.ini"), QSettings.Format.IniFormat)


def restore(window: QMainWindow) -> None:
    """Give the window the size it had; the usual one at first, or where that was lost."""
    window.resize(*USUAL_SIZE)
    kept = _settings().value("geometry")
    if isinstance(kept, QByteArray):
        window.restoreGeometry(kept)


def remember(window: QMainWindow) -> None:
    _settings().setValue("geometry", window.saveGeometry())
