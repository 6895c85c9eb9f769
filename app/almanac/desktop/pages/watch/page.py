"""Watch: new data next to the old, what became of earlier forecasts, and what has changed its pattern."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QScrollArea, QWidget

from almanac.core.alerts import AlertAction
from almanac.desktop.formatting.numbers import LOCALE
from almanac.desktop.pages.watch.outcome import OutcomeView
from almanac.desktop.pages.watch.proposal import ProposalView
from almanac.desktop.pages.watch.tray import TrayMessage
from almanac.desktop.shell import recent
from almanac.desktop.shell.file_filter import SPREADSHEETS
from almanac.desktop.shell.page import Page
from almanac.desktop.shell.station import StationKey, TrustView
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import button
from almanac.wording.watching.triggers import done_sentences

if TYPE_CHECKING:
    from almanac.core.calendar.frequency import Frequency
    from almanac.core.entered.events import Event
    from almanac.core.triggers import TriggerSettings
    from almanac.desktop.pages.events.dialog import EventsDialog
    from almanac.desktop.pages.watch.runs_dialog import RunsDialog
    from almanac.desktop.pages.watch.triggers_dialog import TriggersDialog
    from almanac.desktop.session import Session
    from almanac.evaluation import Scores
    from almanac.history import Run
    from almanac.workflow import EventChoice
    from almanac.workflow.history.compare import RunComparison
    from almanac.workflow.results import ForecastResult
    from almanac.workflow.updates.alerts import OpenAlert
    from almanac.workflow.updates.new_data import Accepted, Proposal
    from almanac.workflow.updates.outcome import SeriesOutcome


class WatchPage(Page):
    """``file_chosen`` carries the path of a newer file."""

    file_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("What happened, and what changed?", parent, fill=True)
        self.add = button("&Add New Data…", "primary", "file-up")
        self.add.clicked.connect(self.ask_for_file)
        self.watch_file = QCheckBox("&Watch This File")
        self.watch_file.setToolTip("When you save the spreadsheet, its new data are shown here before they count.")
        self.settings = button("When to Wa&rn…", "small")
        self.settings.setToolTip("How often it may warn for nothing, and what is done about a change")
        self.settings.clicked.connect(self._ask_for_settings)
        self.dialog: TriggersDialog | None = None
        self.earlier = button("Earl&ier Forecasts…", "small")
        self.earlier.clicked.connect(self._ask_for_runs)
        self.runs: RunsDialog | None = None
        self.events: EventsDialog | None = None
        self._asked: OpenAlert | None = None  # whether it was sold out
        self.heading.addWidget(self.add)
        self.tray = TrayMessage(self)
        self.proposal, self.outcome = ProposalView(), OutcomeView()
        self.new_forecast = self.outcome.new_forecast
        self._known = False
        ways = QHBoxLayout()
        ways.setSpacing(SPACE[1])
        for one in (self.earlier, self.settings, self.watch_file):
            ways.addWidget(one)
        ways.addStretch(1)
        self.box.addLayout(ways)
        for view in (self.proposal, self.outcome):
            area = QScrollArea()
            area.setWidgetResizable(True)
            area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it takes the focus, and it follows
            area.setWidget(view)
            self.box.addWidget(area, 1)
        self._show_outcome(True)
        self.initial_focus = self.add
        self.worker_buttons = [self.add, self.settings, self.earlier, self.proposal.accept]

    def attach(self, session: Session) -> None:
        """Let the session compare, accept and score; show what it finds."""
        self._session, new_data = session, session.new_data
        self.file_chosen.connect(session.add_new_data)
        self.watch_file.toggled.connect(session.watching.watch)
        self.proposal.accepted.connect(new_data.accept)
        self.proposal.left.connect(self._leave)
        self.proposal.separate_wanted.connect(self._open_separately)
        self.new_forecast.clicked.connect(lambda: session.station_ready.emit(StationKey.FORECAST))
        self.outcome.action_wanted.connect(self._act)
        self.outcome.chart.wanted.connect(self._look_up)
        new_data.proposed.connect(self.show_proposal)
        new_data.accepted.connect(self.show_accepted)
        new_data.scored.connect(self.show_scores)
        new_data.outcome_found.connect(self.show_outcome)
        new_data.alerts_found.connect(self.show_alerts)
        new_data.settings_found.connect(self.show_settings)
        session.history.runs_found.connect(self.show_runs)
        session.history.compared.connect(self._show_comparison)
        session.history.runs_deleted.connect(self._on_runs_changed)
        session.history.restored.connect(self._on_runs_changed)
        session.watching.stock_asked.connect(self.ask_when_sold_out)
        session.forecast_made.connect(self.show_result)

    @property
    def takes_new_data(self) -> bool:
        """A file that is dropped here is a newer one of the same table."""
        return True

    @property
    def _project(self) -> str:
        """The project of the forecast that is shown; empty where it is not kept."""
        result = self._session.result
        return "" if result is None or result.kept is None else result.kept.project

    def enter(self) -> None:
        """Find out how earlier forecasts did, if that is not shown."""
        if not self._known and self._project:
            self._session.new_data.look_into(self._project)

    def show_result(self, result: ForecastResult) -> None:
        """Begin again with another forecast."""
        self._known = False
        self._frequency: Frequency = result.forecast.frequency
        self.outcome.show_scores(None)
        self.show_alerts(())
        self.new_forecast.hide()
        path = self._session.path
        self.settings.setEnabled(bool(self._project))
        self.earlier.setEnabled(bool(self._project))
        problem = result.kept.problem if result.kept is not None else None
        self.show_problems(*(() if problem is None else (problem,)))
        self.watch_file.setEnabled(bool(self._project) and path is not None)
        self.watch_file.setChecked(path is not None and self._session.watching.file.path == path)
        self._show_outcome(True)

    def show_proposal(self, found: Proposal) -> None:
        """Show what a newer file would change."""
        self.proposal.show_proposal(found)
        self._show_outcome(False)
        if found.path == self._session.watching.file.path and not found.comparison.update.same:
            self.tray.say(found.title, found.comparison.sentences_in(LOCALE)[0])

    def show_accepted(self, found: Accepted) -> None:
        """Show what happened and what changed; the new forecast is one press away."""
        self._known = True
        self.tray.end()
        changes = found.proposal.comparison.sentences_in(LOCALE, asks=False)
        self.outcome.show_scores(found.scores, (*changes, *done_sentences(found.firings)))
        self._session.new_data.find_alerts(found.proposal.project)
        self.new_forecast.show()
        self._show_outcome(True)
        self.new_forecast.setFocus()

    def show_scores(self, scores: Scores | None) -> None:
        """Show how earlier forecasts did."""
        self._known = True
        self.outcome.show_scores(scores)

    def show_outcome(self, found: SeriesOutcome | None) -> None:
        """Show what became of one series."""
        self.outcome.chart.show_outcome(found)

    def show_alerts(self, found: Sequence[OpenAlert]) -> None:
        """Show what needs a look; then there is time to look up one series."""
        self.outcome.show_alerts(found, self._frequency)
        self.outcome.chart.ask()

    def _look_up(self, name: str, first: int | None) -> None:
        if self._project:
            self._session.new_data.find_outcome(self._project, name, first)

    def _act(self, one: OpenAlert, action: AlertAction) -> None:
        """Go to where it can be done, or do it and keep that the person has seen the alert."""
        if action is AlertAction.CHECK_FILE:
            self._session.station_ready.emit(StationKey.DATA)
        elif action in (AlertAction.OTHER_MODEL, AlertAction.GO_BACK):
            self._session.show_trust(TrustView.MODELS)
        elif self._project:
            self._session.watching.answer(self._project, one, action)

    def ask_when_sold_out(self, one: OpenAlert, event: Event) -> None:
        """Let the person say when it was sold out; ``event``: as long as the alert shows."""
        result, choice = self._session.result, self._session.watching.event_choice
        if result is None or choice is None:
            return
        if self.events is None:
            from almanac.desktop.pages.events.dialog import EventsDialog

            self.events = EventsDialog(self.window())
            self.events.chosen.connect(self._use_events)
        self._asked = one
        file = self._session.file
        self.events.begin(result, choice, None if file is None else file.series)
        self.events.propose(event)
        self.events.open()

    def _use_events(self, choice: EventChoice) -> None:
        if self._asked is not None:
            self._session.watching.use_events(self._project, self._asked, AlertAction.ASK_STOCK, choice)

    def _on_runs_changed(self) -> None:
        """List what is there now, and score it."""
        if self.runs is not None and self.runs.isVisible():
            self._ask_for_runs()
        self._known = False
        if self.isVisible():
            self.enter()

    def _ask_for_runs(self) -> None:
        if self._project:
            self._session.history.find_runs(self._project)

    def show_runs(self, runs: Sequence[Run]) -> None:
        """List the earlier forecasts, of which one can be opened and two be compared."""
        if self.runs is None:
            from almanac.desktop.pages.watch.runs_dialog import RunsDialog

            self.runs = RunsDialog(self.window())
            self.runs.open_wanted.connect(self._session.history.open)
            self.runs.comparison_wanted.connect(self._session.history.compare)
            self.runs.deletion_wanted.connect(self._session.history.delete_runs)
            self.runs.undo_wanted.connect(self._session.history.undo)
        result = self._session.result
        self.runs.show_runs(runs, "" if result is None or result.kept is None else result.kept.run)
        self.runs.open()

    def _show_comparison(self, found: RunComparison) -> None:
        if self.runs is not None:
            self.runs.show_comparison(found)

    def _ask_for_settings(self) -> None:
        if self._project:
            self._session.new_data.find_settings(self._project)

    def show_settings(self, settings: TriggerSettings) -> None:
        """Let the person choose when to be warned, and what is done then."""
        if self.dialog is None:
            from almanac.desktop.pages.watch.triggers_dialog import TriggersDialog

            self.dialog = TriggersDialog(self.window())
            self.dialog.accepted.connect(self._use_settings)
        self.dialog.show_settings(settings)
        self.dialog.open()

    def _use_settings(self) -> None:
        if self.dialog is not None and self._project:
            self._session.new_data.choose_settings(self._project, self.dialog.settings)

    def ask_for_file(self) -> None:
        """Open the system's file dialog."""
        name, _ = QFileDialog.getOpenFileName(self, "Add New Data", str(recent.folder()), SPREADSHEETS)
        if name:
            self.file_chosen.emit(Path(name))

    def _leave(self) -> None:
        self.tray.end()
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
