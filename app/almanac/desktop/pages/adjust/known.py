"""The list of adjustments: what each does, and a button to take it out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal

from almanac.core.calendar.frequency import Frequency
from almanac.core.entered.adjustments import Adjustment
from almanac.desktop.formatting import numbers
from almanac.desktop.formatting.spans import periods_words
from almanac.desktop.widgets.basic import label
from almanac.desktop.widgets.entry_dialog import EnteredList
from almanac.wording.adjustments import change_words
from almanac.wording.phrases import sentence_start
from almanac.wording.totals import EVERYTHING

NONE_YET = "None yet."


class AdjustmentList(EnteredList):
    """A line or two for each adjustment; ``remove_wanted`` carries its number."""

    remove_wanted = Signal(int)

    def show_adjustments(
        self, adjustments: Sequence[Adjustment], spans: Mapping[Adjustment, tuple[int, int]], frequency: Frequency
    ) -> None:
        """List them; ``spans``: the period numbers of those that count."""
        self.clear()
        for k, one in enumerate(adjustments):
            self._add(k, one, span_words(frequency, spans.get(one)) or one.span)
        self.note_empty(NONE_YET)

    def _add(self, k: int, one: Adjustment, span: str) -> None:
        name = one.name or EVERYTHING
        lines = [label(f"{sentence_start(change_words(one, numbers.LOCALE))}, {span}", wrap=True)]
        if one.note:
            lines.append(label(one.note, "caption", wrap=True))
        remove = self.add_entry(name, lines, f"Remove the adjustment of {name}")
        if remove is not None:
            remove.clicked.connect(lambda: self.remove_wanted.emit(k))


def span_words(frequency: Frequency, span: tuple[int, int] | None) -> str:
    """Periods in the person's locale; empty where they are not known."""
    return "" if span is None else periods_words(frequency, *span)
