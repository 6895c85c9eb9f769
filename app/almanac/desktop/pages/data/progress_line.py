"""The names of the pages in a row: each can be pressed, and says how much on it needs an answer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import Button, button, clear, label


class ProgressLine(QFrame):
    """``step_chosen`` gives the position of the page that the person pressed."""

    step_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(SPACE[0])
        self.steps: list[Button] = []
        self._current = 0

    def show_position(self, names: Sequence[str], current: int, open_answers: Sequence[int]) -> None:
        """Show the pages' names and how many answers each still needs; ``current`` is the one that is shown."""
        if len(names) != len(self.steps):
            self._make_steps(len(names))
        for i, (step, name, count) in enumerate(zip(self.steps, names, open_answers, strict=True)):
            step.setText(f"{name} ({count})" if count else name)
            step.setChecked(i == current)
            needs = f", {count} to answer" if count else ""
            step.setAccessibleName(f"Step {i + 1} of {len(names)}, {name}{needs}")
            step.setToolTip(f"{count} to answer" if count else "")
        self._current = current
        self.setAccessibleName(self.steps[current].accessibleName())

    def _make_steps(self, count: int) -> None:
        clear(self._row)
        self.steps = []
        for i in range(count):
            if i:
                self._row.addWidget(label("›", "caption"))
            step = button("", "step")
            step.setCheckable(True)
            step.clicked.connect(lambda _=False, i=i: self._choose(i))
            self._row.addWidget(step)
            self.steps.append(step)
        self._row.addStretch(1)

    def _choose(self, position: int) -> None:
        self.steps[position].setChecked(position == self._current)  # only once it is shown
        if position != self._current:
            self.step_chosen.emit(position)
