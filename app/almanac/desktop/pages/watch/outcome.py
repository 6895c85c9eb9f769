"""What became of earlier forecasts, and what has changed its pattern."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from almanac.desktop.formatting import numbers
from almanac.desktop.formatting.numbers import LOCALE
from almanac.desktop.pages.watch.alert_card import AlertCard
from almanac.desktop.pages.watch.outcome_chart import OutcomeChart
from almanac.desktop.pages.watch.rolling_view import RollingView
from almanac.desktop.pages.watch.score_tables import ScoreTable, tables_of
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import Selector, WrappedContent, button, clear, framed, label
from almanac.desktop.widgets.figures_table import FiguresTable
from almanac.wording.watching.scores import score_sentences

if TYPE_CHECKING:
    from almanac.core.calendar.frequency import Frequency
    from almanac.evaluation import Scores
    from almanac.workflow.updates.alerts import OpenAlert

MAX_ALERTS, MAX_SHOWN_ROWS = 30, 12
NOTHING_YET = "Nothing has happened yet that was forecast. Add new data when you have them."


class OutcomeView(WrappedContent):
    """Shows scores and alerts. ``action_wanted`` carries an OpenAlert and an AlertAction."""

    action_wanted = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said, self._alerts = QVBoxLayout(), QVBoxLayout()
        self.new_forecast = button("See the &New Forecast", "primary")
        self.chart, self.rolling = OutcomeChart(), RollingView()
        self.which, self.table = Selector(), FiguresTable("How earlier forecasts did", most=MAX_SHOWN_ROWS)
        self.which.setAccessibleName("Which scores")
        self.which.activated.connect(self._show_table)
        self.chart_card = framed("Forecast and what happened", self.chart)
        self.rolling_card = framed("Over time", self.rolling)
        self.table_card = framed("How earlier forecasts did", self.which, self.table)
        self._scores: Scores | None = None
        self._tables: Sequence[ScoreTable] = ()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE[2])
        box.addLayout(self._said)
        box.addWidget(self.new_forecast, 0, Qt.AlignmentFlag.AlignLeft)
        box.addLayout(self._alerts)
        for part in (self.chart_card, self.rolling_card, self.table_card):
            box.addWidget(part)
        box.addStretch(1)
        self.show_scores(None)
        self.new_forecast.hide()

    def show_scores(self, scores: Scores | None, changes: Sequence[str] = ()) -> None:
        """Show how earlier forecasts did; None: nothing has arrived yet. ``changes``: what is said before."""
        self._scores = scores
        said = (NOTHING_YET,) if scores is None and not changes else ()
        self._say((*changes, *said, *(() if scores is None else score_sentences(scores, LOCALE))))
        for card in (self.chart_card, self.table_card):
            card.setVisible(scores is not None)
        self.rolling_card.setVisible(scores is not None and self.rolling.show_scores(scores))
        if scores is None:
            return
        self._tables = tables_of(scores)
        self.which.clear()
        self.which.addItems([one.title for one in self._tables])
        self._show_table(0)
        self.chart.offer([name for name, _ in scores.by_series])

    def show_alerts(self, found: Sequence[OpenAlert], frequency: Frequency) -> None:
        """Show what needs a look."""
        clear(self._alerts)
        for one in found[:MAX_ALERTS]:
            card = AlertCard(one.alert, frequency)
            card.action_wanted.connect(partial(self.action_wanted.emit, one))
            self._alerts.addWidget(card)
        left = len(found) - MAX_ALERTS
        if left > 0:
            self._alerts.addWidget(label(f"{numbers.count(left)} more changes need a look.", "quiet"))

    def _say(self, sentences: Sequence[str]) -> None:
        clear(self._said)
        for k, sentence in enumerate(sentences):
            self._said.addWidget(label(sentence, "section" if k == 0 else "", wrap=True))

    def _show_table(self, k: int) -> None:
        if self._scores is not None:
            self.table.show_figures(self._tables[k].heads(), self._tables[k].texts(self._scores))
