"""The names of the pages in a row, with the current one marked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import clear, label


class ProgressLine(QFrame):
    """Text only, nothing to press: Back and Next move."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(SPACE[1])

    def show_position(self, names: Sequence[str], current: int) -> None:
        """Show the pages' names; ``current`` is the position of the one that is shown."""
        clear(self._row)
        for i, name in enumerate(names):
            if i:
                self._row.addWidget(label("›", "caption"))
            self._row.addWidget(label(name, "now" if i == current else "caption"))
        self._row.addStretch(1)
        self.setAccessibleName(f"Step {current + 1} of {len(names)}, {names[current]}")
