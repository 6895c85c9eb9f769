"""Where the person is among the pages: quiet words in a row."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import clear, label


class StepsLine(QFrame):
    """Words only, nothing to press: Back and Next move."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(SPACE[1])

    def show_at(self, names: Sequence[str], at: int) -> None:
        clear(self._row)
        for k, name in enumerate(names):
            if k:
                self._row.addWidget(label("›", "caption"))
            self._row.addWidget(label(name, "now" if k == at else "caption"))
        self._row.addStretch(1)
        self.setAccessibleName(f"Step {at + 1} of {len(names)}, {names[at]}")
