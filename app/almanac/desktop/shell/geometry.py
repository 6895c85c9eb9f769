"""The window's size and position, kept among the person's settings."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QMainWindow

from almanac.core import paths

DEFAULT_SIZE = (1180, 780)


def _settings() -> QSettings:
    return QSettings(str(paths.state() / "window.ini"), QSettings.Format.IniFormat)


def restore(window: QMainWindow) -> None:
    """Give the window its last size and position, or the default size."""
    window.resize(*DEFAULT_SIZE)
    saved = _settings().value("geometry")
    if isinstance(saved, QByteArray):
        window.restoreGeometry(saved)


def remember(window: QMainWindow) -> None:
    """Save the window's size and position for the next start."""
    _settings().setValue("geometry", window.saveGeometry())
