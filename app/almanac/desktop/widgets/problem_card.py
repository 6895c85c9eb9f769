"""A Problem as a card: what happened, why, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from almanac.core.problems import Problem
from almanac.desktop.theme.icons import IconLabel
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import button, label

MAX_ROWS_NAMED = 12
Action = tuple[str, Callable[[], object]]  # the text of a button, and what it does


class ProblemCard(QFrame):
    """Shows one Problem, with a button for each of ``actions``; ``quiet``: good to know, but nothing to solve."""

    def __init__(
        self, problem: Problem, actions: Sequence[Action] = (), *, quiet: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.problem = problem
        self.setProperty("kind", "card" if quiet else "problem")
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE[3], SPACE[2], SPACE[3], SPACE[2])
        box.setSpacing(SPACE[1])
        row = QHBoxLayout()
        row.setSpacing(SPACE[2])
        icon = IconLabel("info" if quiet else "triangle-alert", "quiet" if quiet else "look")
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(_texts(problem), 1)
        box.addLayout(row)
        if actions:
            box.addLayout(_buttons(actions))
        self.setAccessibleName(problem.what)
        self.setAccessibleDescription(f"{problem.why} {problem.fix}")


def _texts(problem: Problem) -> QLayout:
    box = QVBoxLayout()
    box.setSpacing(SPACE[0])
    for text, kind in ((problem.what, "strong"), (problem.why, "quiet"), (problem.fix, "")):
        line = label(text, kind, wrap=True)
        line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        box.addWidget(line)
    if problem.rows:
        box.addWidget(label(_rows(problem), "caption", wrap=True))
    return box


def _buttons(actions: Sequence[Action]) -> QLayout:
    row = QHBoxLayout()
    row.setSpacing(SPACE[1])
    for text, action in actions:
        choice = button(text, "small")
        choice.clicked.connect(lambda _=False, action=action: action())
        row.addWidget(choice)
    row.addStretch(1)
    return row


def _rows(problem: Problem) -> str:
    locale = QLocale()
    rows = [locale.toString(row) for row in problem.rows[:MAX_ROWS_NAMED]]
    more = problem.count - len(rows)
    end = f" and {locale.toString(more)} more" if more > 0 else ""
    return f"Row {rows[0]} of your file" if len(rows) == 1 and not end else f"Rows {', '.join(rows)}{end} of your file"
