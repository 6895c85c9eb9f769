"""The rail on the left: where the person is, where they can go, and how each station is doing."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from almanac.desktop.tokens import SPACE
from almanac.desktop.widgets import button, label

STATIONS = ("Data", "Forecast", "Export")
WIDTH = 184


class Rail(QFrame):
    """``chosen`` tells the name of the station that was pressed."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "rail")
        self.setFixedWidth(WIDTH)
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE[2], SPACE[4], SPACE[2], SPACE[3])
        box.setSpacing(SPACE[0])
        box.addWidget(label("Almanac", "section"))
        box.addSpacing(SPACE[3])
        self._buttons: dict[str, QPushButton] = {}
        for name in STATIONS:
            station = button(name, "station")
            station.setCheckable(True)
            station.setAutoExclusive(True)
            station.setEnabled(False)
            station.clicked.connect(lambda _=False, name=name: self.chosen.emit(name))
            self._buttons[name] = station
            box.addWidget(station)
        box.addStretch(1)
        box.addWidget(label("Everything stays\non this computer", "caption"))

    def say(self, name: str, word: str, *, enabled: bool = True) -> None:
        """A station's word: Ready, Needs a look, Running."""
        station = self._buttons[name]
        station.setText(f"{name}\n{word}" if word else name)
        station.setAccessibleName(f"{name}, {word}" if word else name)
        station.setEnabled(enabled)

    def show_at(self, name: str) -> None:
        if name in self._buttons:
            self._buttons[name].setChecked(True)

    def take_focus(self) -> None:
        for station in self._buttons.values():
            if station.isEnabled():
                station.setFocus()
                return
