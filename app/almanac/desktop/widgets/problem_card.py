"""A Problem in front of a person: what happened, why, what to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from almanac.core.problems import Problem
from almanac.desktop.theme.icons import IconLabel
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import button, label

ROWS_SHOWN = 12
Action = tuple[str, Callable[[], object]]


class ProblemCard(QFrame):
    """``actions`` become buttons; a quiet card is a finding, something to know rather than to solve."""

    def __init__(
        self, problem: Problem, actions: Sequence[Action] = (), *, quiet: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.problem = problem
        self.setProperty("kind", "card" if quiet else "problem")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE[3], SPACE[2], SPACE[3], SPACE[2])
        whole.setSpacing(SPACE[1])
        outer = QHBoxLayout()
        whole.addLayout(outer)
        outer.setSpacing(SPACE[2])
        mark = IconLabel("info" if quiet else "triangle-alert", "quiet" if quiet else "look")
        outer.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        box = QVBoxLayout()
        box.setSpacing(SPACE[0])
        outer.addLayout(box, 1)
        for text, kind in ((problem.what, "strong"), (problem.why, "quiet"), (problem.fix, "")):
            line = label(text, kind, wrap=True)
            line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            box.addWidget(line)
        if problem.rows:
            box.addWidget(label(_rows(problem), "caption", wrap=True))
        if actions:
            row = QHBoxLayout()
            row.setSpacing(SPACE[1])
            for words, do in actions:
                choice = button(words, "small")
                choice.clicked.connect(lambda _=False, do=do: do())
                row.addWidget(choice)
            row.addStretch(1)
            whole.addLayout(row)
        self.setAccessibleName(problem.what)
        self.setAccessibleDescription(f"{problem.why} {problem.fix}")


def _rows(problem: Problem) -> str:
    locale = QLocale()
    rows = [locale.toString(row) for row in problem.rows[:ROWS_SHOWN]]
    more = problem.count - len(rows)
    end = f" and {locale.toString(more)} more" if more > 0 else ""
    return f"Row {rows[0]} of your file" if len(rows) == 1 and not end else f"Rows {', '.join(rows)}{end} of your file"
