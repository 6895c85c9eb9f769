"""The sidebar: the stations, which one is shown, and the status of each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from almanac.desktop.shell.station import Station, StationKey, Status
from almanac.desktop.theme.icons import IconLabel
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import Button, button, label, restyle

STYLES = {
    Status.NONE: "caption",
    Status.READY: "good",
    Status.NEEDS_A_LOOK: "look",
    Status.RUNNING: "busy",
    Status.CHECKING: "busy",
}
WIDTH, MIN_WIDTH = 192, 168  # the smaller one where a scroll bar is next to it


class StationButton(Button):
    """The title of a station with its status below."""

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__("", "station", parent=parent)
        self.station = station
        self.status = Status.NONE
        self.setCheckable(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE[2], SPACE[0], SPACE[1], SPACE[0])
        row.setSpacing(SPACE[2])
        row.addWidget(IconLabel(station.icon))
        texts = QVBoxLayout()
        texts.setSpacing(0)
        self._status_label = label("", "caption")
        texts.addStretch(1)
        texts.addWidget(label(station.title, "strong"))
        texts.addWidget(self._status_label)
        texts.addStretch(1)
        row.addLayout(texts, 1)
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.set_status(Status.NONE)

    def set_status(self, status: Status) -> None:
        """Show a status, for the eye and for screen readers."""
        self.status = status
        self._status_label.setText(status)
        self._status_label.setVisible(bool(status))
        restyle(self._status_label, "kind", STYLES[status])
        title = self.station.title
        self.setAccessibleName(f"{title}, {status}" if status else title)


class Sidebar(QFrame):
    """Lists the stations. ``station_chosen`` carries the StationKey; ``other_file_clicked``: another file is wanted."""

    station_chosen = Signal(object)
    other_file_clicked = Signal()

    def __init__(self, stations: Sequence[Station], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "sidebar")
        self.setMaximumWidth(WIDTH)
        self.setMinimumWidth(MIN_WIDTH)
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE[2], SPACE[4], SPACE[2], SPACE[3])
        box.setSpacing(SPACE[0])
        heading = label("Almanac", "section")
        heading.setContentsMargins(SPACE[2], 0, 0, SPACE[3])
        box.addWidget(heading)
        self._group = QButtonGroup(self)
        self._buttons: dict[StationKey, StationButton] = {}
        for station in stations:
            entry = StationButton(station)
            entry.setEnabled(False)
            entry.clicked.connect(lambda _=False, key=station.key: self.station_chosen.emit(key))
            self._group.addButton(entry)
            self._buttons[station.key] = entry
            box.addWidget(entry)
        box.addStretch(1)
        self.other_file = button("Another File", "line", "file-up")
        self.other_file.setToolTip("Go to the first page (Ctrl+N)")
        self.other_file.clicked.connect(self.other_file_clicked)
        self.other_file.hide()
        box.addWidget(self.other_file)
        self.help = button("Help", "line", "info")
        self.help_menu = QMenu(self.help)
        self.help.setMenu(self.help_menu)
        box.addWidget(self.help)
        footer = QHBoxLayout()
        footer.setContentsMargins(SPACE[2], SPACE[2], 0, 0)
        footer.setSpacing(SPACE[1])
        footer.addWidget(IconLabel("lock", "quiet", 16))
        footer.addWidget(label("Everything stays\non this computer", "caption"), 1)
        box.addLayout(footer)

    def set_status(self, key: StationKey, status: Status, *, enabled: bool | None = None) -> None:
        """Set the status of a station; ``enabled`` None leaves it as usable as it is."""
        self._buttons[key].set_status(status)
        if enabled is not None:
            self._buttons[key].setEnabled(enabled)

    def status(self, key: StationKey) -> Status:
        """The status of a station."""
        return self._buttons[key].status

    def is_usable(self, key: StationKey) -> bool:
        """Whether the person can go to a station."""
        return self._buttons[key].isEnabled()

    def mark_current(self, key: StationKey | None) -> None:
        """Mark the station that is shown; None on the first page, which belongs to no station."""
        self._group.setExclusive(False)
        for entry in self._buttons.values():
            entry.setChecked(entry.station.key is key)
        self._group.setExclusive(True)
        self.other_file.setVisible(key is not None)

    def focus_current(self) -> None:
        """Focus the station that is shown, or the first one that can be used."""
        usable = [entry for entry in self._buttons.values() if entry.isEnabled()]
        target = next((entry for entry in usable if entry.isChecked()), usable[0] if usable else None)
        if target is not None:
            target.setFocus(Qt.FocusReason.TabFocusReason)
