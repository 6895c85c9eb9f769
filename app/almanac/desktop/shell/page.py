"""What every page shares: one question at its top, and room for a Problem under it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from almanac.core.problems import Problem
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import clear, label
from almanac.desktop.widgets.problem_card import Action, ProblemCard

WIDEST = 1100  # longer lines are hard to read; tables and charts may fill


class Page(QWidget):
    """``first`` takes the focus when the page is shown; ``workers`` are the buttons greyed while the worker is busy."""

    def __init__(self, question: str, parent: QWidget | None = None, *, fill: bool = False) -> None:
        super().__init__(parent)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(SPACE[5], SPACE[4], SPACE[5], SPACE[4])
        content = QWidget()
        if not fill:
            content.setMaximumWidth(WIDEST)
        outer.addWidget(content, 1)
        self.box = QVBoxLayout(content)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(SPACE[3])
        self.title = label(question, "title", wrap=True)
        self.heading = QHBoxLayout()
        self.heading.setSpacing(SPACE[1])
        self.heading.addWidget(self.title, 1)
        self.box.addLayout(self.heading)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(SPACE[1])
        self.box.addLayout(self._cards)
        self.first: QWidget = self
        self.workers: list[QPushButton] = []

    @property
    def told(self) -> tuple[Problem, ...]:
        """The Problems that stand at the top now."""
        items = (self._cards.itemAt(k) for k in range(self._cards.count()))
        cards = (item.widget() for item in items if item is not None)
        return tuple(card.problem for card in cards if isinstance(card, ProblemCard))

    def tell(self, *problems: Problem, actions: Sequence[Action] = (), quiet: bool = False) -> None:
        """Show these Problems at the top of the page instead of earlier ones."""
        clear(self._cards)
        for problem in problems:
            self._cards.addWidget(ProblemCard(problem, actions, quiet=quiet))

    def set_busy(self, busy: bool) -> None:
        """While the worker works, nothing that needs it can be pressed."""
        for action in self.workers:
            action.setEnabled(not busy)
