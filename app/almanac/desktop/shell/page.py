"""The base of every page: one question at its top, and room for Problems below it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractScrollArea, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from almanac.core.problems import Problem
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import clear, label
from almanac.desktop.widgets.problem_card import Action, ProblemCard

if TYPE_CHECKING:
    from almanac.desktop.session import Session

MAX_WIDTH = 1100  # longer lines are hard to read; tables and charts may fill the window

Shortcut = tuple[QKeySequence.StandardKey, Callable[[], object]]


class Page(QWidget):
    """A page with a question as its title; its parts go into ``box``.

    ``initial_focus`` takes the focus when the page is shown. ``worker_buttons`` need the worker and are disabled while
    it is busy. ``shortcuts`` work in the whole window and bring the person here first.
    """

    def __init__(self, question: str, parent: QWidget | None = None, *, fill: bool = False) -> None:
        super().__init__(parent)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(SPACE[5], SPACE[4], SPACE[5], SPACE[4])
        content = QWidget()
        if not fill:
            content.setMaximumWidth(MAX_WIDTH)
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
        self.initial_focus: QWidget = self
        self.worker_buttons: list[QPushButton] = []
        self.shortcuts: tuple[Shortcut, ...] = ()

    def attach(self, session: Session) -> None:
        """Connect this page with the session: what the person asks for here, and what is shown here."""

    def enter(self) -> None:
        """Prepare for being shown; called when the person goes to this page."""

    def preload(self) -> Iterator[None]:
        """Make ahead of time what is slow at first use; the window responds at each ``yield``."""
        yield from ()

    def scroll_to_top(self) -> None:
        """Show the beginning of everything that scrolls: it was left elsewhere for another file."""
        for area in self.findChildren(QAbstractScrollArea):
            for bar in (area.verticalScrollBar(), area.horizontalScrollBar()):
                bar.setValue(bar.minimum())

    @property
    def asks(self) -> bool:
        """Whether this page has a question for the person that is still open."""
        return False

    @property
    def takes_new_data(self) -> bool:
        """Whether a file that is dropped here may go on from earlier work."""
        return False

    @property
    def shown_problems(self) -> tuple[Problem, ...]:
        """The Problems at the top of the page."""
        items = (self._cards.itemAt(k) for k in range(self._cards.count()))
        cards = (item.widget() for item in items if item is not None)
        return tuple(card.problem for card in cards if isinstance(card, ProblemCard))

    def show_problems(self, *problems: Problem, actions: Sequence[Action] = (), quiet: bool = False) -> None:
        """Show these Problems at the top of the page in place of earlier ones; none: remove the earlier ones."""
        clear(self._cards)
        for problem in problems:
            self._cards.addWidget(ProblemCard(problem, actions, quiet=quiet))

    def set_busy(self, busy: bool) -> None:
        """Disable the buttons that need the worker while it is busy."""
        for button in self.worker_buttons:
            button.setEnabled(not busy)
