"""The dialog in which a person adjusts a forecast, and sees what they adjusted before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from almanac.core.entered.adjustments import Adjustment
from almanac.desktop.pages.adjust.entry import AdjustmentEntry
from almanac.desktop.pages.adjust.known import AdjustmentList
from almanac.desktop.pages.adjust.subject import Subject
from almanac.desktop.widgets.basic import label
from almanac.desktop.widgets.entry_dialog import EntryDialog

if TYPE_CHECKING:
    from almanac.workflow.results import ForecastResult

SIZE = (700, 640)  # pixels, where the screen has them
QUESTION = "What do you know better?"
EXPLANATION = "Change what you know better. The forecast as it was stays next to it; totals and orders follow yours. \
The likely range moves with your adjustment, and is not checked."


class AdjustDialog(EntryDialog):
    """``chosen`` carries all adjustments that are to count, those of before among them."""

    chosen = Signal(tuple)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Adjust", "Ad&just", parent)
        self._adjustments: tuple[Adjustment, ...] = ()
        self._at_first: tuple[Adjustment, ...] = ()
        self._result: ForecastResult | None = None
        self.entry, self.known = AdjustmentEntry(), AdjustmentList()
        self._before: list[tuple[Adjustment, ...]] = []
        self.lay_out(QUESTION, EXPLANATION, (self.entry, label("Your adjustments", "section"), self.known))
        self.entry.changed.connect(self._refresh)
        self.entry.amount.returnPressed.connect(self._use_if_complete)
        self.entry.note.returnPressed.connect(self._use_if_complete)
        self.known.remove_wanted.connect(self.remove)
        self.undo.clicked.connect(self.take_back)

    def begin(self, result: ForecastResult, subject: Subject, span: tuple[int, int] | None) -> None:
        """Ask for an adjustment of ``subject``; ``span``: the periods that are selected, None for all."""
        self._result = result
        adjusted = result.adjusted
        self._adjustments = () if adjusted is None else (*adjusted.adjustments, *adjusted.unused)
        self._at_first, self._before = self._adjustments, []
        self.entry.begin(subject, span)
        self._show_known()
        self.entry.focus()
        self.fit(*SIZE)

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
        spans = (
            {} if adjusted is None else {one.adjustment: (one.span.first, one.span.last) for one in adjusted.applied}
        )
        self.known.show_adjustments(self._adjustments, spans, self._result.forecast.frequency)
        self.undo.setVisible(bool(self._before))
        self._refresh()

    def _refresh(self) -> None:
        """Nothing is adjusted before there is something to adjust; what was typed must be a number."""
        typed = bool(self.entry.amount.text().strip())
        complete = self.entry.adjustment is not None
        self.use.setEnabled(complete if typed else self._adjustments != self._at_first)
