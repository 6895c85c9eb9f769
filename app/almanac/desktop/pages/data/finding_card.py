"""One finding: what Almanac noticed, how it is treated, the other ways to treat it, and a button for its rows."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from almanac.core.problems import Finding
from almanac.desktop.pages.data.choice_buttons import ChoiceButtons
from almanac.desktop.theme.icons import IconLabel
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import button, label, restyle

WHEN_APPLIED = "This is done when you press Next."


class FindingCard(QFrame):
    """``treatment_chosen`` gives the position of the choice; ``rows_toggled`` says whether to show the rows.

    ``asks``: only the person can say how to treat it.
    """

    treatment_chosen = Signal(object)
    rows_toggled = Signal(bool)

    def __init__(self, finding: Finding, *, with_rows: bool, asks: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.finding = finding
        self.setProperty("kind", "card")
        outer = QHBoxLayout(self)
        outer.setContentsMargins(SPACE[3], SPACE[2], SPACE[3], SPACE[2])
        outer.setSpacing(SPACE[2])
        icon = IconLabel("triangle-alert", "look") if asks else IconLabel("info", "quiet")
        outer.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        box = QVBoxLayout()
        box.setSpacing(SPACE[0])
        outer.addLayout(box, 1)
        box.addLayout(self._make_head(with_rows))
        box.addWidget(label(finding.why, "quiet", wrap=True))
        self.effect = label(finding.fix, "", wrap=True)
        self.choices: ChoiceButtons | None = None
        if finding.choices:
            labels = [(choice.label, position) for position, choice in enumerate(finding.choices)]
            self.choices = ChoiceButtons(finding.what, labels)
            self.choices.chosen.connect(self.treatment_chosen)
            box.addSpacing(SPACE[0])
            box.addWidget(self.choices)
        box.addWidget(self.effect)
        self.setAccessibleName(finding.what)
        self.setAccessibleDescription(finding.why)

    def _make_head(self, with_rows: bool) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(SPACE[2])
        what = label(self.finding.what, "strong", wrap=True)
        what.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        head.addWidget(what, 1)
        self.show_rows = button("Show Rows", "small")
        self.show_rows.setCheckable(True)
        self.show_rows.setAccessibleDescription(self.finding.what)
        if not with_rows:
            self.show_rows.hide()
        self.show_rows.clicked.connect(self.rows_toggled)
        head.addWidget(self.show_rows, 0, Qt.AlignmentFlag.AlignTop)
        return head

    def mark_treatment(self, position: int) -> None:
        """Mark the treatment in use, or the one that will be used when the person goes on."""
        if self.choices is None:
            return
        self.choices.mark(position)
        effect, in_use = self.finding.choices[position].effect, position == self.finding.chosen
        self.effect.setText(effect if in_use else f"{effect} {WHEN_APPLIED}")
        restyle(self.effect, "kind", "" if in_use else "accent")

    def focus_treatments(self) -> None:
        """Put the focus on the treatment that is marked."""
        for choice in self.choices.buttons if self.choices is not None else ():
            if choice.isChecked():
                choice.setFocus(Qt.FocusReason.OtherFocusReason)

    def mark_rows(self, shown: bool) -> None:
        """Set the button to whether the rows are shown."""
        self.show_rows.setChecked(shown)
        self.show_rows.setText("Hide Rows" if shown else "Show Rows")
        self.show_rows.setAccessibleName(self.show_rows.text())
