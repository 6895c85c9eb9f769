"""The fields in which a person says what to change, with a preview."""

from __future__ import annotations

from math import isfinite

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from almanac.core.entered.adjustments import Adjustment, AdjustmentKind
from almanac.desktop.formatting import numbers
from almanac.desktop.formatting.number_entry import read_number
from almanac.desktop.formatting.periods import when
from almanac.desktop.pages.adjust.subject import Subject
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import OneLine, Selector, caption, label
from almanac.wording.phrases import decimals_for, forecast_decimals
from almanac.wording.totals import signed_percent

KINDS = {
    AdjustmentKind.SET: "Set t&o",
    AdjustmentKind.SCALE: "&Multiply by",
    AdjustmentKind.ADD: "A&dd or take off",
}
HINTS = {AdjustmentKind.SET: "Such as 1,500", AdjustmentKind.SCALE: "Such as 1.2", AdjustmentKind.ADD: "Such as −50"}
NO_NUMBER = "“{}” is not a number."
BELOW_NOTHING = "No value in the file is below 0, so the forecast cannot be."
MAX_DECIMALS = 2
MAX_WHOLE = 20  # from which on an amount is shown without decimals


class AdjustmentEntry(QFrame):
    """A span, what to do with it, by how much, and why; ``changed``: something else is entered."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._subject: Subject | None = None
        self.name = OneLine("", "strong")
        self.first, self.last = Selector(), Selector()
        self.kinds = {kind: QRadioButton(words) for kind, words in KINDS.items()}
        self._group = QButtonGroup(self)
        self.amount, self.note = QLineEdit(), QLineEdit()
        self.preview = label("", "", wrap=True)
        self._lay_out()
        self.first.activated.connect(self._on_first)
        self.last.activated.connect(self._on_last)
        self.amount.textChanged.connect(self._refresh)
        self._group.buttonToggled.connect(self._on_kind)

    def _lay_out(self) -> None:
        box, kinds, fields = QVBoxLayout(self), QHBoxLayout(), QGridLayout()
        box.setContentsMargins(SPACE[2], SPACE[2], SPACE[2], SPACE[2])
        box.setSpacing(SPACE[2])
        for choice in self.kinds.values():
            self._group.addButton(choice)
            kinds.addWidget(choice)
        kinds.addStretch(1)
        self.kinds[AdjustmentKind.SET].setChecked(True)
        self.note.setPlaceholderText("Such as Street fair")
        titles = (("F&rom", self.first), ("&To", self.last), ("&Amount", self.amount), ("&Why", self.note))
        fields.setHorizontalSpacing(SPACE[2])
        fields.setVerticalSpacing(SPACE[0])
        for k, (title, field) in enumerate(titles):
            row, column = 2 * (k // 2), k % 2
            fields.addWidget(caption(title, field), row, column)
            fields.addWidget(field, row + 1, column)
            fields.setColumnStretch(column, 1)
        box.addWidget(self.name)
        box.addLayout(kinds)
        box.addLayout(fields)
        box.addWidget(self.preview)

    def begin(self, subject: Subject, span: tuple[int, int] | None) -> None:
        """Show what is to be adjusted; ``span``: the periods that are selected, None for all."""
        self._subject = subject
        self.name.show_text(subject.target.title)
        periods = subject.periods.tolist()
        for choice in (self.first, self.last):
            choice.clear()
            for number in periods:
                choice.addItem(when(subject.forecast.frequency, number), number)
        chosen = [k for k, number in enumerate(periods) if span is None or span[0] <= number <= span[1]]
        ends = (chosen[0], chosen[-1]) if chosen else (0, len(periods) - 1)
        self.first.setCurrentIndex(ends[0])
        self.last.setCurrentIndex(ends[1])
        self.kinds[AdjustmentKind.SET].setChecked(True)
        self.amount.clear()
        self.note.clear()
        self._refresh()

    @property
    def kind(self) -> AdjustmentKind:
        """What is to be done."""
        return next(kind for kind, choice in self.kinds.items() if choice.isChecked())

    @property
    def adjustment(self) -> Adjustment | None:
        """What is entered; None while that is not complete, or cannot be."""
        typed, subject = read_number(self.amount.text()), self._subject
        if typed is None or subject is None or self._why_not(typed.value):
            return None
        return subject.adjustment(*self._span, self.kind, typed.value, self.note.text().strip())

    @property
    def _span(self) -> tuple[int, int]:
        return int(self.first.currentData()), int(self.last.currentData())

    def _why_not(self, amount: float) -> str:
        assert self._subject is not None
        if self.kind is AdjustmentKind.SCALE and amount < 0:
            return BELOW_NOTHING
        return BELOW_NOTHING if self._subject.after(*self._span, self.kind, amount) < self._subject.lowest else ""

    def _on_first(self) -> None:
        self.last.setCurrentIndex(max(self.first.currentIndex(), self.last.currentIndex()))
        self._refresh()

    def _on_last(self) -> None:
        self.first.setCurrentIndex(min(self.first.currentIndex(), self.last.currentIndex()))
        self._refresh()

    def _on_kind(self) -> None:
        self.amount.setPlaceholderText(HINTS[self.kind])
        self._refresh()

    def _refresh(self) -> None:
        if self._subject is not None and self.first.currentData() is not None:
            self.amount.setPlaceholderText(HINTS[self.kind])
            self.preview.setText(self._preview())
            self.changed.emit()

    def _preview(self) -> str:
        """What the change would make of the forecast."""
        assert self._subject is not None
        subject, span, text = self._subject, self._span, self.amount.text().strip()
        before = subject.amount(*span)
        several = span[0] != span[1]
        what = "on average" if subject.averaged and several else "in total" if several else ""
        carried = forecast_decimals(subject.forecast, subject.target.i)
        now = f"Now {' '.join(filter(None, (_amount(before, carried), what)))}."
        typed = read_number(text)
        if typed is None:
            return f"{now} {NO_NUMBER.format(text)}" if text else now
        if why := self._why_not(typed.value):
            return f"{now} {why}"
        after = subject.after(*span, self.kind, typed.value)
        share = before > 0 and subject.has_share
        grown = f" ({signed_percent(after / before - 1, numbers.LOCALE)})" if share else ""
        parts = len(subject.target.members)
        shared = f", shared by {numbers.count(parts)} series as they are expected" if parts > 1 else ""
        typed_in_full = self.kind is AdjustmentKind.SET
        becomes = _amount(after, MAX_DECIMALS if typed_in_full else carried)
        return f"{now} It becomes {becomes}{grown}{shared}."

    def focus(self) -> None:
        """Put the cursor where the amount is typed."""
        self.amount.setFocus(Qt.FocusReason.OtherFocusReason)


def _amount(value: float, carried: int) -> str:
    """An amount with as many decimals as are known of it."""
    if not isfinite(value):
        return "not known"
    decimals = 0 if abs(value) >= MAX_WHOLE else min(decimals_for(np.array([value])), MAX_DECIMALS)
    return numbers.number(value, min(decimals, carried))
