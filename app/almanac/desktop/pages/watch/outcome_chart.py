"""Forecast and what happened, for one series at a time: the series and the forecast are the person's choice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from almanac.desktop.formatting import numbers
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import Selector, caption, label
from almanac.wording.watching.scores import outcome_sentence

if TYPE_CHECKING:
    from almanac.desktop.charts.fan import FanChart
    from almanac.workflow.updates.outcome import SeriesOutcome

HEIGHT = 300
MAX_LETTERS = 28  # of a name in the closed list


class OutcomeChart(QWidget):
    """``wanted`` carries the name of a series, and the first period of the forecast, None for the latest."""

    wanted = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.series, self.made = Selector(), Selector()
        self.series.setEditable(True)  # to search among thousands by typing
        self.series.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.series.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.series.setMinimumContentsLength(MAX_LETTERS)
        self.made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.made.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)  # dates are not cut
        self.series.activated.connect(self._on_series)
        self.made.activated.connect(self._on_made)
        self.said = label("", "quiet", wrap=True)
        self.chart: FanChart | None = None
        self._begins: tuple[int, ...] = ()
        self._asks = False  # whether something is on offer and nothing of it shown
        choices = QHBoxLayout()
        choices.setSpacing(SPACE[1])
        for text, widget in (("&Series", self.series), ("&Forecast from", self.made)):
            choices.addWidget(caption(text, widget))
            choices.addWidget(widget)
        choices.addStretch(1)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(SPACE[1])
        self._box.addLayout(choices)
        self._box.addWidget(self.said)

    def offer(self, names: Sequence[str]) -> None:
        """Let the person choose among these series."""
        self.series.clear()
        self.series.addItems(list(names))
        completer = QCompleter(self.series.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.series.setCompleter(completer)
        self.series.setEnabled(len(names) > 1)
        self._asks = bool(names)

    def ask(self) -> None:
        """Ask for the first series, if nothing is shown of what is on offer."""
        if self._asks:
            self.wanted.emit(self.series.itemText(0), None)

    def show_outcome(self, found: SeriesOutcome | None) -> None:
        """Draw an earlier forecast and what happened."""
        self._asks = False
        if found is None:
            self.said.setText("Nothing has arrived yet for this series.")
            return
        from almanac.desktop.charts.shown_range import ShownRange

        frequency = found.forecast.frequency
        if found.made_before != self._begins or not self.made.count():
            self._begins = found.made_before
            self.made.clear()
            self.made.addItems([numbers.period(frequency, begin) for begin in found.made_before])
        self.made.setCurrentIndex(found.chosen)
        self.made.setEnabled(len(found.made_before) > 1)
        self.said.setText(outcome_sentence(found.forecast, found.happened, found.adjusted, numbers.LOCALE))
        shown = ShownRange(happened=found.happened)
        self._drawn().show_series(found.past, 0, found.forecast, 0, shown)

    def _drawn(self) -> FanChart:
        """The chart, made when it is first needed: the first paint of the window does not wait for it."""
        if self.chart is None:
            from almanac.desktop.charts.fan import FanChart

            self.chart = FanChart()
            self.chart.setFixedHeight(HEIGHT)
            self._box.addWidget(self.chart)
        return self.chart

    def _on_series(self, k: int) -> None:
        self._begins = ()
        self.wanted.emit(self.series.itemText(k), None)

    def _on_made(self, k: int) -> None:
        if k < len(self._begins):
            self.wanted.emit(self.series.currentText(), self._begins[k])
