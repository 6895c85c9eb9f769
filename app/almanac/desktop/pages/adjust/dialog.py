"""The dialog in which a person adjusts a forecast, and sees what they adjusted before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from almanac.core.adjustments import Adjustment
from almanac.desktop.pages.adjust.entry import AdjustmentEntry
from almanac.desktop.pages.adjust.known import AdjustmentList
from almanac.desktop.pages.adjust.subject import Subject
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import Button, button, label, whole

if TYPE_CHECKING:
    from almanac.workflow.results import ForecastResult

SIZE = (700, 640)  # pixels, where the screen has them
EXPLANATION = "Change what you know better. The forecast as it was stays next to it; totals and orders follow yours. \
The likely range moves with your adjustment, and is not checked."


class _Content(QWidget):
    """What is as high as its lines are at the width that it has."""

    def minimumSizeHint(self) -> QSize:
        """Ask for a width; the height follows from it."""
        return QSize(super().minimumSizeHint().width(), 0)


class AdjustDialog(QDialog):
    """``chosen`` carries all adjustments that are to count, those of before among them."""

    chosen = Signal(tuple)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Adjust")
        self.setModal(True)
        self._adjustments: tuple[Adjustment, ...] = ()
        self._at_first: tuple[Adjustment, ...] = ()
        self._result: ForecastResult | None = None
        self.entry, self.known = AdjustmentEntry(), AdjustmentList()
        self.undo, self.cancel, self.use = button("&Undo"), button("Cancel"), button("Ad&just", "primary")
        self._before: list[tuple[Adjustment, ...]] = []
        self._lay_out()
        self.entry.changed.connect(self._refresh)
        self.entry.amount.returnPressed.connect(self._use_if_complete)
        self.entry.note.returnPressed.connect(self._use_if_complete)
        self.known.remove_wanted.connect(self.remove)
        self.undo.clicked.connect(self.take_back)
        self.cancel.clicked.connect(self.reject)
        self.use.clicked.connect(self.accept)

    def _lay_out(self) -> None:
        content, box, ways_on = _Content(), QVBoxLayout(self), QHBoxLayout()
        parts = QVBoxLayout(content)
        parts.setContentsMargins(SPACE[4], SPACE[3], SPACE[4], SPACE[3])
        parts.setSpacing(SPACE[2])
        parts.addWidget(label("What do you know better?", "title", wrap=True))
        parts.addWidget(label(EXPLANATION, "quiet", wrap=True))
        parts.addWidget(self.entry)
        parts.addWidget(label("Your adjustments", "section"))
        parts.addWidget(self.known)
        parts.addStretch(1)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(whole(content), 1)
        ways_on.setContentsMargins(SPACE[4], 0, SPACE[4], SPACE[3])
        ways_on.addWidget(self.undo)
        ways_on.addStretch(1)
        ways_on.addWidget(self.cancel)
        ways_on.addWidget(self.use)
        box.addLayout(ways_on)
        for one in self.findChildren(Button):
            one.setAutoDefault(False)  # Enter in a field is not for one of them

    def begin(self, result: ForecastResult, subject: Subject, span: tuple[int, int] | None) -> None:
        """Ask for an adjustment of ``subject``; ``span``: the periods that are selected, None for all."""
        self._result = result
        adjusted = result.adjusted
        self._adjustments = () if adjusted is None else (*adjusted.adjustments, *adjusted.unused)
        self._at_first, self._before = self._adjustments, []
        self.entry.begin(subject, span)
        self._show_known()
        self.entry.focus()
        screen = self.screen().availableSize()
        self.resize(min(SIZE[0], screen.width()), min(SIZE[1], screen.height()))

    def remove(self, k: int) -> None:
        """Take an adjustment out."""
        self._before.append(self._adjustments)
        self._adjustments = (*self._adjustments[:k], *self._adjustments[k + 1 :])
        self._show_known()

    def take_back(self) -> None:
        """Undo the last removal."""
        if self._before:
            self._adjustments = self._before.pop()
            self._show_known()

    def accept(self) -> None:
        """Adjust the forecast."""
        entered = self.entry.adjustment
        super().accept()
        self.chosen.emit(self._adjustments if entered is None else (*self._adjustments, entered))

    def _use_if_complete(self) -> None:
        if self.use.isEnabled():
            self.accept()

    def _show_known(self) -> None:
        assert self._result is not None
        adjusted = self._result.adjusted
        spans = {} if adjusted is None else {one.adjustment: (one.first, one.last) for one in adjusted.applied}
        self.known.show_adjustments(self._adjustments, spans, self._result.forecast.frequency)
        self.undo.setVisible(bool(self._before))
        self._refresh()

    def _refresh(self) -> None:
        """Nothing is adjusted before there is something to adjust; what was typed must be a number."""
        typed = bool(self.entry.amount.text().strip())
        complete = self.entry.adjustment is not None
        self.use.setEnabled(complete if typed else self._adjustments != self._at_first)
