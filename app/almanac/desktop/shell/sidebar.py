"""The rail on the left: where the person is, where they can go, and how each station is doing."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from almanac.desktop.theme.icons import IconLabel
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import Button, button, label, restyle

STATIONS = {"Data": "table-2", "Forecast": "trending-up", "Trust": "shield-check", "Export": "download"}
KINDS = {"Ready": "good", "Needs a look": "look", "Running": "busy"}
WIDTH = 192


class Station(Button):
    """A name, and under it a word: Ready, Needs a look, Running."""

    def __init__(self, name: str, icon_name: str, parent: QWidget | None = None) -> None:
        super().__init__("", "station", parent=parent)
        self.name = name
        self.setCheckable(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE[2], SPACE[0], SPACE[1], SPACE[0])
        row.setSpacing(SPACE[2])
        row.addWidget(IconLabel(icon_name))
        texts = QVBoxLayout()
        texts.setSpacing(0)
        self._name, self.word = label(name, "strong"), label("", "caption")
        texts.addStretch(1)
        texts.addWidget(self._name)
        texts.addWidget(self.word)
        texts.addStretch(1)
        row.addLayout(texts, 1)
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.say("")

    def say(self, word: str) -> None:
        self.word.setText(word)
        self.word.setVisible(bool(word))
        restyle(self.word, "kind", KINDS.get(word, "caption"))
        self.setAccessibleName(f"{self.name}, {word}" if word else self.name)


class Rail(QFrame):
    """``chosen`` tells the name of the station that was pressed; ``another`` that another file is wanted."""

    chosen = Signal(str)
    another = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "rail")
        self.setFixedWidth(WIDTH)
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE[2], SPACE[4], SPACE[2], SPACE[3])
        box.setSpacing(SPACE[0])
        heading = label("Almanac", "section")
        heading.setContentsMargins(SPACE[2], 0, 0, SPACE[3])
        box.addWidget(heading)
        self._group = QButtonGroup(self)
        self._stations: dict[str, Station] = {}
        for name, icon_name in STATIONS.items():
            station = Station(name, icon_name)
            station.setEnabled(False)
            station.clicked.connect(lambda _=False, name=name: self.chosen.emit(name))
            self._group.addButton(station)
            self._stations[name] = station
            box.addWidget(station)
        box.addStretch(1)
        self.other = button("Another File", "line", "file-up")
        self.other.setToolTip("Go to the first page (Ctrl+N)")
        self.other.clicked.connect(self.another)
        self.other.hide()
        box.addWidget(self.other)
        footer = QHBoxLayout()
        footer.setContentsMargins(SPACE[2], SPACE[2], 0, 0)
        footer.setSpacing(SPACE[1])
        footer.addWidget(IconLabel("lock", "quiet", 16))
        footer.addWidget(label("Everything stays\non this computer", "caption"), 1)
        box.addLayout(footer)

    def say(self, name: str, word: str, *, enabled: bool = True) -> None:
        """A station's word: Ready, Needs a look, Running."""
        self._stations[name].say(word)
        self._stations[name].setEnabled(enabled)

    def word(self, name: str) -> str:
        return self._stations[name].word.text()

    def usable(self, name: str) -> bool:
        return self._stations[name].isEnabled()

    def show_at(self, name: str) -> None:
        """Mark where the person is; no station on the first page."""
        self._group.setExclusive(False)
        for station in self._stations.values():
            station.setChecked(station.name == name)
        self._group.setExclusive(True)
        self.other.setVisible(bool(name))

    def take_focus(self) -> None:
        """Focus where the person is, or the first station that can be used."""
        usable = [s for s in self._stations.values() if s.isEnabled()]
        target = next((s for s in usable if s.isChecked()), usable[0] if usable else None)
        if target is not None:
            target.setFocus(Qt.FocusReason.TabFocusReason)
