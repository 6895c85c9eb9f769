"""A few choices of which one is chosen, as radio buttons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from almanac.desktop.theme.tokens import SPACE


class ChoiceButtons(QWidget):
    """One button per choice, a label with a value; ``chosen`` gives the value of the one that the person presses.

    ``question`` describes them to screen readers.
    """

    chosen = Signal(object)

    def __init__(
        self,
        question: str,
        choices: Sequence[tuple[str, Any]],
        *,
        vertical: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.values = [value for _, value in choices]
        self._group = QButtonGroup(self)
        box = QVBoxLayout(self) if vertical else QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE[0] if vertical else SPACE[3])
        self.buttons: list[QRadioButton] = []
        for i, (text, value) in enumerate(choices):
            button = QRadioButton(text.replace("&", "&&"))
            button.setAccessibleDescription(question)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.clicked.connect(lambda _=False, value=value: self.chosen.emit(value))
            self._group.addButton(button, i)
            self.buttons.append(button)
            box.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        if not vertical:
            box.addStretch(1)

    def mark(self, value: Any) -> None:
        """Mark the choice with this value; none where no choice has it."""
        self._group.setExclusive(False)
        for button, own in zip(self.buttons, self.values, strict=True):
            button.setChecked(own == value)
        self._group.setExclusive(True)
