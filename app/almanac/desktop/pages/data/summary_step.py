"""How Almanac understood the file, in one sentence, and what it noticed, in a few lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from almanac.desktop.formatting import numbers
from almanac.desktop.pages.data.step import Step
from almanac.desktop.theme.icons import IconLabel
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import clear, label
from almanac.wording.reading import DAY_OR_MONTH

if TYPE_CHECKING:
    from almanac.tables import ReadFile

MAX_LINES = 3
ICON_SIZE = 16


class SummaryStep(Step):
    """The last page: one sentence about the file, and the first few findings."""

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
        """Show the sentence and the findings."""
        self.sentence.setText(summary(self.file))
        clear(self._lines)
        texts = [finding.what for finding in self.file.findings if finding.code != DAY_OR_MONTH]
        if len(texts) > MAX_LINES:
            texts[MAX_LINES - 1 :] = [f"And {len(texts) - MAX_LINES + 1} more things."]
        for text in texts:
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(SPACE[1])
            row.addWidget(IconLabel("info", "quiet", ICON_SIZE), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(label(text, "quiet", wrap=True), 1)
            self._lines.addWidget(line)


def summary(file: ReadFile) -> str:
    """The file in one sentence: "Sold, monthly, from Jan 2021 to Jun 2026: 10 series, one for each Product." """
    reading, series = file.reading, file.series
    values = reading.value_columns
    forecast = values[0] if len(values) == 1 else numbers.plural(len(values), "column") + " of numbers"
    first, last = (numbers.period(series.frequency, int(n)) for n in (series.first.min(), series.last.max()))
    text = f"{forecast}, {series.frequency.name}, from {first} to {last}"
    if reading.series_columns and len(series) > 1:
        text += f": {numbers.count(len(series))} series, one for each {' and '.join(reading.series_columns)}"
    return text + "."
