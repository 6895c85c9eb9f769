"""Watch: new data next to the old, what became of earlier forecasts, and what has changed its pattern."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QScrollArea, QVBoxLayout, QWidget

from almanac.core.alerts import AlertAction
from almanac.desktop.formatting import numbers
from almanac.desktop.formatting.numbers import LOCALE
from almanac.desktop.pages.watch.alert_card import AlertCard
from almanac.desktop.pages.watch.proposal import ProposalView
from almanac.desktop.shell import recent
from almanac.desktop.shell.page import Page
from almanac.desktop.shell.station import StationKey
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import button, clear, framed, label
from almanac.desktop.widgets.figures_table import FiguresTable
from almanac.wording.phrases import decimals_for
from almanac.wording.watching.scores import score_sentences

if TYPE_CHECKING:
    from almanac.core.calendar.frequency import Frequency
    from almanac.desktop.session import Session
    from almanac.evaluation import Scores
    from almanac.workflow.results import ForecastResult
    from almanac.workflow.updates.alerts import OpenAlert
    from almanac.workflow.updates.new_data import Accepted, Proposal

FILTER = "Spreadsheets (*.csv *.tsv *.txt *.xlsx *.xls *.xlsb *.ods);;All files (*)"
MAX_ALERTS, LIKELY = 30, 0.8
NOTHING_YET = "Nothing has happened yet that was forecast. Add new data when you have them."
OFFERED = (AlertAction.OTHER_MODEL, AlertAction.GO_BACK, AlertAction.CHECK_FILE, AlertAction.KEEP_WATCHING)


class WatchPage(Page):
    """``file_chosen`` carries the path of a newer file."""

    file_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("What happened, and what changed?", parent, fill=True)
        self.add = button("&Add New Data…", "primary", "file-up")
        self.add.clicked.connect(self.ask_for_file)
        self.heading.addWidget(self.add)
        self.proposal, self.outcome = ProposalView(), QWidget()
        self._known = False
        self._make_outcome()
        for view in (self.proposal, self.outcome):
            area = QScrollArea()
            area.setWidgetResizable(True)
            area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it takes the focus, and it follows
            area.setWidget(view)
            self.box.addWidget(area, 1)
        self._show_outcome(True)
        self.initial_focus = self.add
        self.worker_buttons = [self.add, self.proposal.accept]

    def _make_outcome(self) -> None:
        self._said, self._alerts = QVBoxLayout(), QVBoxLayout()
        self.new_forecast = button("See the &New Forecast", "primary")
        self.table = FiguresTable("Forecast and what happened", most=12)
        self.table_card = framed("Period by period", self.table)
        box = QVBoxLayout(self.outcome)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE[2])
        box.addLayout(self._said)
        box.addWidget(self.new_forecast, 0, Qt.AlignmentFlag.AlignLeft)
        box.addLayout(self._alerts)
        box.addWidget(self.table_card)
        box.addStretch(1)

    def attach(self, session: Session) -> None:
        """Let the session compare, accept and score; show what it finds."""
        self._session, new_data = session, session.new_data
        self.file_chosen.connect(session.add_new_data)
        self.proposal.accepted.connect(new_data.accept)
        self.proposal.left.connect(self._leave)
        self.proposal.separate_wanted.connect(self._open_separately)
        self.new_forecast.clicked.connect(lambda: session.station_ready.emit(StationKey.FORECAST))
        new_data.proposed.connect(self.show_proposal)
        new_data.accepted.connect(self.show_accepted)
        new_data.scored.connect(self.show_scores)
        new_data.alerts_found.connect(self.show_alerts)
        session.forecast_made.connect(self.show_result)

    @property
    def takes_new_data(self) -> bool:
        """A file that is dropped here is a newer one of the same table."""
        return True

    def enter(self) -> None:
        """Find out how earlier forecasts did, if that is not shown."""
        result = self._session.result
        if not self._known and result is not None and result.kept is not None and result.kept.project:
            self._session.new_data.look_into(result.kept.project)

    def show_result(self, result: ForecastResult) -> None:
        """Begin again with another forecast."""
        self._known = False
        self._say((NOTHING_YET,))
        self._frequency: Frequency = result.forecast.frequency
        self.show_alerts(())
        self.table_card.hide()
        self.new_forecast.hide()
        self._show_outcome(True)

    def show_proposal(self, found: Proposal) -> None:
        """Show what a newer file would change."""
        self.proposal.show_proposal(found)
        self._show_outcome(False)

    def show_accepted(self, found: Accepted) -> None:
        """Show what happened and what changed; the new forecast is one press away."""
        self._known = True
        scored = () if found.scores is None else score_sentences(found.scores, LOCALE)
        self._say((*found.proposal.comparison.sentences_in(LOCALE, asks=False), *scored))
        self._session.new_data.find_alerts(found.proposal.project)
        self._show_table(found.scores)
        self.new_forecast.show()
        self._show_outcome(True)
        self.new_forecast.setFocus()

    def show_scores(self, scores: Scores | None) -> None:
        """Show how earlier forecasts did."""
        self._known = True
        self._say((NOTHING_YET,) if scores is None else score_sentences(scores, LOCALE))
        self._show_table(scores)

    def show_alerts(self, found: Sequence[OpenAlert]) -> None:
        """Show what needs a look."""
        clear(self._alerts)
        for one in found[:MAX_ALERTS]:
            card = AlertCard(one.alert, self._frequency, OFFERED)
            card.action_wanted.connect(partial(self._act, one.id))
            self._alerts.addWidget(card)
        left = len(found) - MAX_ALERTS
        if left > 0:
            self._alerts.addWidget(label(f"{numbers.count(left)} more changes need a look.", "quiet"))

    def _act(self, alert: str, action: AlertAction) -> None:
        """Go to where it can be done, or keep that the person has seen it."""
        result = self._session.result
        if action is AlertAction.CHECK_FILE:
            self._session.station_ready.emit(StationKey.DATA)
        elif action is not AlertAction.KEEP_WATCHING:
            self._session.show_models()
        elif result is not None and result.kept is not None:
            self._session.new_data.answer(result.kept.project, alert, action)

    def ask_for_file(self) -> None:
        """Open the system's file dialog."""
        name, _ = QFileDialog.getOpenFileName(self, "Add New Data", str(recent.folder()), FILTER)
        if name:
            self.file_chosen.emit(Path(name))

    def _leave(self) -> None:
        self._session.new_data.leave()
        self._show_outcome(True)

    def _open_separately(self) -> None:
        proposal = self._session.new_data.proposal
        self._leave()
        if proposal is not None:
            self._session.open_file(proposal.path)

    def _show_outcome(self, shown: bool) -> None:
        for view, visible in ((self.outcome, shown), (self.proposal, not shown)):
            parent = view.parentWidget()
            area = parent.parentWidget() if parent is not None else None
            if area is not None:
                area.setVisible(visible)

    def _say(self, sentences: Sequence[str]) -> None:
        clear(self._said)
        for k, sentence in enumerate(sentences):
            self._said.addWidget(label(sentence, "section" if k == 0 else "", wrap=True))

    def _show_table(self, scores: Scores | None) -> None:
        self.table_card.setVisible(scores is not None)
        if scores is None:
            return
        misses = np.array([one.typical_miss for _, one in scores.by_period])
        decimals = decimals_for(misses)
        rows = [
            [
                LOCALE.period(scores.frequency, period),
                numbers.count(one.checks),
                numbers.number(one.typical_miss, decimals),
                numbers.percent(one.held[LIKELY]) if np.isfinite(one.held[LIKELY]) else "",
            ]
            for period, one in reversed(scores.by_period)
        ]
        self.table.show_figures(("When", "Values", "Typical miss", "Range held (promise: 80%)"), rows)
