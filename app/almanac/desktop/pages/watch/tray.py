"""A message of the system about a watched file, for a person who does something else meanwhile."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QSystemTrayIcon, QWidget

from almanac.desktop.theme import style
from almanac.desktop.theme.icons import icon


class TrayMessage(QObject):
    """Shows a message, which brings the window back when it is pressed. Without one nothing is in the tray."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
        self.icon: QSystemTrayIcon | None = None

    def say(self, title: str, text: str) -> None:
        """Show this, unless the person is looking at the window, or the system has no place for it."""
        window = self._parent.window()
        if window.isActiveWindow() or not QSystemTrayIcon.isSystemTrayAvailable():
            return
        if self.icon is None:
            self.icon = QSystemTrayIcon(icon("eye", style.current().accent), self)
            self.icon.messageClicked.connect(self._come_back)
            self.icon.activated.connect(self._come_back)
        self.icon.setToolTip(title)
        self.icon.show()
        self.icon.showMessage(title, text, self.icon.icon())

    def end(self) -> None:
        """Leave the tray, as the person has seen it."""
        if self.icon is not None:
            self.icon.hide()

    def _come_back(self) -> None:
        window = self._parent.window()
        window.show()
        window.raise_()
        window.activateWindow()
        self.end()
