"""The weekdays on which something is open, as the file shows them or as the person says."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from almanac.core.calendar.open_periods import DAYS
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import label
from almanac.desktop.widgets.flow import FlowLayout

AS_IN_FILE = "As in your file. Take a day out, and nothing is forecast for it."
CHANGED = "Not as in your file: nothing is forecast for the days that are taken out."
OPENED = "Days that were never open in your file are forecast from the others: take it as a first guess."


class Weekdays(QWidget):
    """A box for each day; ``changed``: others are open."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._in_file: tuple[int, ...] = ()
        self.boxes = [QCheckBox() for _ in range(DAYS)]
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE[0])
        row, head = FlowLayout(SPACE[2]), QHBoxLayout()
        head.addWidget(label("Open on", "caption"))
        for day, one in enumerate(self.boxes):
            name = QLocale().dayName(day + 1, QLocale.FormatType.LongFormat)
            one.setText(QLocale().dayName(day + 1, QLocale.FormatType.ShortFormat))
            one.setAccessibleName(f"Open on {name}")
            one.toggled.connect(self._on_toggled)
            row.addWidget(one)
        self.note = label("", "caption", wrap=True)
        box.addLayout(head)
        box.addLayout(row)
        box.addWidget(self.note)

    def begin(self, in_file: tuple[int, ...], chosen: tuple[int, ...] | None) -> None:
        """Show the days that are ``chosen``, None for those ``in_file``; nothing where the data has no weekdays."""
        self._in_file = in_file
        self.setVisible(bool(in_file))
        for day, one in enumerate(self.boxes):
            one.blockSignals(True)
            one.setChecked(day in (in_file if chosen is None else chosen))
            one.blockSignals(False)
        self._say()

    @property
    def chosen(self) -> tuple[int, ...] | None:
        """The days that are open; None where they are those of the file, or none is."""
        days = tuple(day for day, one in enumerate(self.boxes) if one.isChecked())
        return None if days == self._in_file or not days else days

    def _on_toggled(self) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        more = set(self.chosen or ()) - set(self._in_file)
        self.note.setText(OPENED if more else AS_IN_FILE if self.chosen is None else CHANGED)
