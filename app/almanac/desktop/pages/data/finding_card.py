"""One finding: what was noticed, how it is treated, the other ways, and a way to its rows."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from almanac.core.problems import Finding
from almanac.desktop.pages.data.choices import Choices
from almanac.desktop.theme.icons import IconLabel
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import button, label, restyle

LATER = "This is done when you press Next."


class FindingCard(QFrame):
    """``picked`` gives the place of the way chosen; ``rows_wanted`` says whether to show the rows."""

    picked = Signal(object)
    rows_wanted = Signal(bool)

    def __init__(self, finding: Finding, *, with_rows: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.finding = finding
        self.setProperty("kind", "card")
        outer = QHBoxLayout(self)
        outer.setContentsMargins(SPACE[3], SPACE[2], SPACE[3], SPACE[2])
        outer.setSpacing(SPACE[2])
        outer.addWidget(IconLabel("info", "quiet"), 0, Qt.AlignmentFlag.AlignTop)
        box = QVBoxLayout()
        box.setSpacing(SPACE[0])
        outer.addLayout(box, 1)
        head = QHBoxLayout()
        head.setSpacing(SPACE[2])
        what = label(finding.what, "strong", wrap=True)
        what.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        head.addWidget(what, 1)
        self.show_rows = button("Show Rows", "small")
        self.show_rows.setCheckable(True)
        self.show_rows.setAccessibleDescription(finding.what)
        if not with_rows:
            self.show_rows.hide()
        self.show_rows.clicked.connect(self.rows_wanted)
        head.addWidget(self.show_rows, 0, Qt.AlignmentFlag.AlignTop)
        box.addLayout(head)
        box.addWidget(label(finding.why, "quiet", wrap=True))
        self.effect = label(finding.fix, "", wrap=True)
        self.choices: Choices | None = None
        if finding.choices:
            self.choices = Choices(finding.what, [(way.label, place) for place, way in enumerate(finding.choices)])
            self.choices.picked.connect(self.picked)
            box.addSpacing(SPACE[0])
            box.addWidget(self.choices)
        box.addWidget(self.effect)
        self.setAccessibleName(finding.what)
        self.setAccessibleDescription(finding.why)

    def show_way(self, place: int) -> None:
        """Mark how it is treated, or how it will be."""
        if self.choices is None:
            return
        self.choices.choose(place)
        effect, applied = self.finding.choices[place].effect, place == self.finding.chosen
        self.effect.setText(effect if applied else f"{effect} {LATER}")
        restyle(self.effect, "kind", "" if applied else "accent")

    def rows_are_shown(self, shown: bool) -> None:
        self.show_rows.setChecked(shown)
        self.show_rows.setText("Hide Rows" if shown else "Show Rows")
        self.show_rows.setAccessibleName(self.show_rows.text())
