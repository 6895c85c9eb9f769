"""What was understood, in one sentence, and what was noticed, in a few lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from almanac.desktop.formatting import numbers
from almanac.desktop.pages.data.dates_step import DAY_OR_MONTH
from almanac.desktop.pages.data.step import Step
from almanac.desktop.theme.icons import IconLabel
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import clear, label

if TYPE_CHECKING:
    from almanac.tables import ReadFile

MOST_LINES = 3


class SummaryStep(Step):
    name = "Summary"
    question = "Is this what your file says?"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentence = label("", "section", wrap=True)
        self.box.addWidget(self.sentence)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(SPACE[0])
        self.box.addLayout(self._lines)

    def fill(self) -> None:
        self.sentence.setText(summary(self.file))
        clear(self._lines)
        texts = [finding.what for finding in self.file.findings if finding.code != DAY_OR_MONTH]
        if len(texts) > MOST_LINES:
            texts[MOST_LINES - 1 :] = [f"{len(texts) - MOST_LINES + 1} more things were noticed."]
        for text in texts:
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(SPACE[1])
            row.addWidget(IconLabel("info", "quiet", 16), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(label(text, "quiet", wrap=True), 1)
            self._lines.addWidget(line)


def summary(file: ReadFile) -> str:
    """What was understood, in one sentence."""
    reading, series = file.reading, file.series
    values = reading.value_columns
    what = values[0] if len(values) == 1 else numbers.plural(len(values), "column") + " of numbers"
    first, last = (numbers.period(series.frequency, int(n)) for n in (series.first.min(), series.last.max()))
    text = f"{what}, {series.frequency.name}, from {first} to {last}"
    if reading.series_columns and len(series) > 1:
        text += f": {numbers.count(len(series))} series, one for each {' and '.join(reading.series_columns)}"
    return text + "."
