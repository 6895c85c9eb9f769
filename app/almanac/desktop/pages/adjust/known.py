"""The list of adjustments: what each does, and a button to take it out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from almanac.core.adjustments import Adjustment
from almanac.core.frequency import Frequency
from almanac.desktop.formatting import numbers
from almanac.desktop.formatting.periods import when
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import OneLine, button, clear, label
from almanac.wording.adjustments import change_words
from almanac.wording.phrases import sentence_start
from almanac.wording.totals import EVERYTHING

NONE_YET = "None yet."


class AdjustmentList(QFrame):
    """A line or two for each adjustment; ``remove_wanted`` carries its number."""

    remove_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(SPACE[2], SPACE[2], SPACE[2], SPACE[2])
        self._box.setSpacing(SPACE[2])

    def show_adjustments(
        self, adjustments: Sequence[Adjustment], spans: Mapping[Adjustment, tuple[int, int]], frequency: Frequency
    ) -> None:
        """List them; ``spans``: the period numbers of those that count."""
        clear(self._box)
        for k, one in enumerate(adjustments):
            self._add(k, one, span_words(frequency, spans.get(one)) or one.span)
        if not adjustments:
            self._box.addWidget(label(NONE_YET, "quiet"))

    def _add(self, k: int, one: Adjustment, span: str) -> None:
        row, texts = QWidget(), QVBoxLayout()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        texts.setSpacing(0)
        name = one.name or EVERYTHING
        texts.addWidget(OneLine(name, "strong"))
        texts.addWidget(label(f"{sentence_start(change_words(one, numbers.LOCALE))}, {span}", wrap=True))
        if one.note:
            texts.addWidget(label(one.note, "caption", wrap=True))
        line.addLayout(texts, 1)
        remove = button("Remove", "small")
        remove.setAccessibleName(f"Remove the adjustment of {name}")
        remove.clicked.connect(lambda: self.remove_wanted.emit(k))
        line.addWidget(remove)
        self._box.addWidget(row)


def span_words(frequency: Frequency, span: tuple[int, int] | None) -> str:
    """Periods in the person's locale; empty where they are not known."""
    if span is None:
        return ""
    first, last = (when(frequency, number) for number in span)
    return first if span[0] == span[1] else f"{first} to {last}"
