"""A few answers of which one holds, as radio buttons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from almanac.desktop.theme.tokens import SPACE


class Choices(QWidget):
    """``picked`` gives the value of the answer that the person chose."""

    picked = Signal(object)

    def __init__(
        self, name: str, answers: Sequence[tuple[str, Any]], *, upright: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.values = [value for _, value in answers]
        self._group = QButtonGroup(self)
        box = QVBoxLayout(self) if upright else QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE[0] if upright else SPACE[3])
        self.buttons: list[QRadioButton] = []
        for k, (words, value) in enumerate(answers):
            answer = QRadioButton(words.replace("&", "&&"))
            answer.setAccessibleDescription(name)
            answer.setCursor(Qt.CursorShape.PointingHandCursor)
            answer.clicked.connect(lambda _=False, value=value: self.picked.emit(value))
            self._group.addButton(answer, k)
            self.buttons.append(answer)
            box.addWidget(answer, 0, Qt.AlignmentFlag.AlignLeft)
        if not upright:
            box.addStretch(1)

    def choose(self, value: Any) -> None:
        """Mark the answer with this value; none where no answer has it."""
        self._group.setExclusive(False)
        for answer, own in zip(self.buttons, self.values, strict=True):
            answer.setChecked(own == value)
        self._group.setExclusive(True)
