"""Someone in front of the window: who clicks, each click counted, and types."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from tests.desktop.driving import confirm_data, idle
from tests.window_fixtures import WindowUnderTest

START, DAYS = date(2025, 1, 6), 98  # of the file of the fixture ``shop``


def to_forecast(window: WindowUnderTest, qtbot: QtBot, path: Path) -> None:
    window.session.open_file(path)
    idle(window, qtbot)
    confirm_data(window, qtbot)
    idle(window, qtbot)
    assert window.session.result is not None


class Person:
    """Clicks, each counted, and types."""

    def __init__(self, qtbot: QtBot) -> None:
        self.clicks = 0
        self._qtbot = qtbot

    def click(self, widget: QWidget) -> None:
        assert widget.isVisible()
        assert widget.isEnabled()
        self.clicks += 1
        self._qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)
        QApplication.processEvents()

    def click_at(self, widget: QWidget, place: QPoint) -> None:
        """Click at one place of a widget, such as a row of a list."""
        self.clicks += 1
        self._qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=place)
        QApplication.processEvents()

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            focused = QApplication.focusWidget()
            assert focused is not None
            self._qtbot.keyClick(focused, key)
            QApplication.processEvents()

    def type(self, text: str) -> None:
        self._qtbot.keyClicks(QApplication.focusWidget(), text)
