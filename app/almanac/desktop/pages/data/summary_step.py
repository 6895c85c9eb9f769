"""How Almanac understood the file, in one sentence, and how each thing that it noticed is treated, in a line each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from almanac.core.problems import Finding
from almanac.core.text import some
from almanac.desktop.formatting import numbers
from almanac.desktop.pages.data.step import Step
from almanac.desktop.theme.icons import IconLabel
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import WrappedContent, clear, label
from almanac.wording.reading import DAY_OR_MONTH, treatment_in_use
from almanac.wording.watching.alerts import unlike_sentence

if TYPE_CHECKING:
    from almanac.core.alerts import Alert
    from almanac.tables import ReadFile

ICON_SIZE, LINE_HEIGHT, MAX_LINES_SHOWN = 16, 26, 6  # pixels, but for the number of lines
SCROLL_BAR = 16  # pixels that lines leave to one


class SummaryStep(Step):
    """The last page: one sentence about the file, and each finding with its treatment."""

    name = "Summary"
    question = "Is this what your file says?"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentence = label("", "section", wrap=True)
        self.box.addWidget(self.sentence)
        self.others = label("", "quiet", wrap=True)
        self.box.addWidget(self.others)
        self.unlike = label("", "quiet", wrap=True)
        self.box.addWidget(self.unlike)
        inner = WrappedContent()
        self._lines = QGridLayout(inner)
        self._lines.setContentsMargins(0, 0, SPACE[1], 0)
        self._lines.setHorizontalSpacing(SPACE[1])
        self._lines.setVerticalSpacing(0)
        self._lines.setColumnStretch(1, 3)
        self._lines.setColumnStretch(2, 2)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(inner)
        self._area.setAccessibleName("What was noticed, and how it is treated")
        self.box.addWidget(self._area)

    def fill(self) -> None:
        """Show the sentence, the other columns, and the findings."""
        self.sentence.setText(summary(self.file))
        others = self.file.reading.other_value_columns
        self.others.setText(f"Also possible to forecast: {some(others)}. Choose it under Columns.")
        self.others.setVisible(bool(others))
        self.unlike.hide()
        clear(self._lines)
        findings = [finding for finding in self.file.findings if finding.code != DAY_OR_MONTH]
        for line, finding in enumerate(findings):
            self._add(line, finding)
        self._area.setVisible(bool(findings))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Long findings take more lines where there is less room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Make the area as high as its lines, up to the most that are shown at once; more are scrolled to."""
        most = MAX_LINES_SHOWN * LINE_HEIGHT
        needed = max(self._lines.heightForWidth(self.width() - SCROLL_BAR), 0)  # -1 without any
        self._area.setFixedHeight(min(needed, most))
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus if needed > most else Qt.FocusPolicy.NoFocus)

    def show_unlike(self, found: Sequence[Alert]) -> None:
        """Say which series are unlike what the model learned from, if any."""
        self.unlike.setText(unlike_sentence(found, len(self.file.series), numbers.LOCALE))
        self.unlike.setVisible(bool(found))

    def _add(self, line: int, finding: Finding) -> None:
        icon = IconLabel("triangle-alert", "look", ICON_SIZE) if finding.asks else IconLabel("info", "quiet", ICON_SIZE)
        self._lines.addWidget(icon, line, 0)
        for place, (text, kind) in enumerate(((finding.what, ""), (treatment_in_use(finding), "quiet")), start=1):
            self._lines.addWidget(label(text, kind, wrap=True), line, place)
        self._lines.setRowMinimumHeight(line, LINE_HEIGHT)


def summary(file: ReadFile) -> str:
    """The file in one sentence: "Sold, monthly, from Jan 2021 to Jun 2026: 10 series, one for each Product." """
    reading, series = file.reading, file.series
    values = reading.value_columns
    forecast = values[0] if len(values) == 1 else numbers.plural(len(values), "column") + " of numbers"
    first, last = (numbers.period(series.frequency, int(n)) for n in (series.first.min(), series.last.max()))
    text = f"{forecast}, {series.frequency.name}, from {first} to {last}"
    if reading.series_columns and len(series) > 1:
        groups = len({key[: len(reading.series_columns)] for key in series.keys})
        each = "one for each" if groups == len(series) else "by"
        text += f": {numbers.count(len(series))} series, {each} {' and '.join(reading.series_columns)}"
    return text + "."
