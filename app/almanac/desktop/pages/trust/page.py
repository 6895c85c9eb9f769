"""Trust: how far the forecast can be relied on, how likely an amount is, and why the forecast is as it is."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QHBoxLayout, QLabel, QScrollArea, QTabBar, QWidget

from almanac.desktop.pages.trust.evidence_view import EvidenceView
from almanac.desktop.pages.trust.explanation_view import ExplanationView
from almanac.desktop.pages.trust.models_view import ModelsView
from almanac.desktop.pages.trust.probabilities_view import ProbabilitiesView
from almanac.desktop.pages.trust.view import View
from almanac.desktop.shell.page import Page
from almanac.desktop.shell.station import TrustView
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import Selector

if TYPE_CHECKING:
    from almanac.desktop.session import Session
    from almanac.workflow.results import ForecastResult
    from almanac.workflow.use_cases import UseCaseName

CHOOSER_WIDTH = 260
VIEWS: tuple[type[View], ...] = (EvidenceView, ProbabilitiesView, ExplanationView, ModelsView)
_KINDS: dict[TrustView, type[View]] = {TrustView.EVIDENCE: EvidenceView, TrustView.MODELS: ModelsView}
V = TypeVar("V", bound=View)


class TrustPage(Page):
    """The views of a forecast behind tabs, each filled when it is shown.

    ``lookup_requested`` asks for a job that finds out more about the forecast: its name and its arguments;
    ``best_wanted`` for another forecast, with the best method for each series (True) or the model for all (False);
    ``again_wanted`` for another one as far ahead.
    """

    lookup_requested = Signal(str, tuple)
    best_wanted = Signal(bool)
    again_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Can you trust it?", parent, fill=True)
        self.result: ForecastResult | None = None
        self._index = 0
        self._stale: set[View] = set()
        self._pending: tuple[View, UseCaseName] | None = None
        self._views: dict[int, View] = {}
        self._areas: dict[int, QScrollArea] = {}
        self._make_chooser()
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("What to look at")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for kind in VIEWS:
            self.tabs.addTab(kind.name)
        self.box.addWidget(self.tabs)
        self.tabs.currentChanged.connect(self._show_tab)
        self.initial_focus = self.tabs

    def attach(self, session: Session) -> None:
        """Let the session run the jobs that are asked for; show each new forecast, and the results of the jobs."""
        self._session: Session = session
        self.lookup_requested.connect(session.look_into_forecast)
        self.best_wanted.connect(session.use_best_for_data)
        self.again_wanted.connect(session.forecast_again)
        session.view_requested.connect(self.show_view)
        session.forecast_made.connect(self.show_result)
        session.forecast_checked.connect(self.update_result)
        session.chances_requested.connect(self.show_chances)
        session.reasons_requested.connect(self.show_reasons)
        session.forecast_lookup_finished.connect(self.show_lookup)
        session.forecast_lookup_abandoned.connect(self.show_unavailable)

    def enter(self) -> None:
        """Show the series that the forecast page shows."""
        self.show_series(self._session.current_series)

    def _make_chooser(self) -> None:
        self.series = Selector()
        self.series.setAccessibleName("Series")
        self.series.setEditable(True)  # typing finds it among thousands
        self.series.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.series.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.series.setMinimumWidth(CHOOSER_WIDTH)
        self._names = QStringListModel(self)
        self.series.setModel(self._names)
        completer = QCompleter(self._names, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.series.setCompleter(completer)
        self.series.currentTextChanged.connect(self.series.setToolTip)  # a long name does not fit
        self.series.activated.connect(self.show_series)
        self.series_label = QLabel("&Series")
        self.series_label.setBuddy(self.series)
        row = QHBoxLayout()
        row.setSpacing(SPACE[1])
        row.addWidget(self.series_label)
        row.addWidget(self.series)
        self.heading.addLayout(row)

    @property
    def view(self) -> View:
        """The view that is shown."""
        return self._view(self.tabs.currentIndex())

    @property
    def views(self) -> tuple[View, ...]:
        """All views, in the order of their tabs."""
        return tuple(self._view(tab) for tab in range(len(VIEWS)))

    @property
    def evidence(self) -> EvidenceView:
        """The verdicts and what they rest on."""
        return self._of(EvidenceView)

    @property
    def probabilities(self) -> ProbabilitiesView:
        """How likely an amount is."""
        return self._of(ProbabilitiesView)

    @property
    def explanation(self) -> ExplanationView:
        """Why the forecast is as it is."""
        return self._of(ExplanationView)

    @property
    def models(self) -> ModelsView:
        """Which models there are."""
        return self._of(ModelsView)

    def _of(self, kind: type[V]) -> V:
        view = self._view(VIEWS.index(kind))
        assert isinstance(view, kind)
        return view

    def _view(self, tab: int) -> View:
        """The view of a tab, made when it is first shown: all at once would hold up the window."""
        if tab not in self._views:
            view = VIEWS[tab]()
            view.lookup_requested.connect(partial(self._request, view))
            if isinstance(view, EvidenceView):
                view.best_wanted.connect(self.best_wanted)
            if isinstance(view, ModelsView):
                view.again_wanted.connect(self.again_wanted)
            area = _scrolled(view)
            area.setVisible(tab == self.tabs.currentIndex())
            self._views[tab], self._areas[tab] = view, area
            self._stale.add(view)
            self.box.addWidget(area, 1)
        return self._views[tab]

    def show_result(self, result: ForecastResult) -> None:
        """Show another forecast, its first series chosen."""
        self.result = result
        self.show_problems()
        self._names.setStringList(result.forecast.names)
        self._pending = None
        self.show_series(0)

    def update_result(self, result: ForecastResult) -> None:
        """Show the same forecast with checked ranges: the person keeps the series, the tab and what they wrote."""
        if self.result is None or result.forecast.names != self.result.forecast.names:
            self.show_result(result)
            return
        self.result = result
        self._pending = None
        self._stale = set(self._views.values())
        if self.isVisible():
            self._fill()

    def show_series(self, i: int) -> None:
        """Choose series ``i`` of the forecast; a view is filled when it is shown."""
        self._index = i
        self.series.setCurrentIndex(i)
        if (line := self.series.lineEdit()) is not None:
            line.setCursorPosition(0)  # a long name is shown from its beginning
        self.series.setToolTip(self.series.currentText())
        self._stale = set(self._views.values())
        if self.isVisible():
            self._fill()

    def show_chances(self, i: int, span: tuple[int, int] | None = None) -> None:
        """Show how likely the amounts of series ``i`` are, in the periods of a ``span`` (from, to) if there is one."""
        self.show_series(i)
        self.probabilities.choose_span(span)
        self.tabs.setCurrentIndex(VIEWS.index(ProbabilitiesView))

    def show_reasons(self, i: int) -> None:
        """Show why the forecast of series ``i`` is as it is."""
        self.show_series(i)
        self.tabs.setCurrentIndex(VIEWS.index(ExplanationView))

    def show_view(self, view: TrustView) -> None:
        """Show which models there are, or how the ranges held."""
        self.tabs.setCurrentIndex(VIEWS.index(_KINDS[view]))
        if view is TrustView.EVIDENCE:
            self.evidence.unfold()
            self._stale.add(self.evidence)

    def show_lookup(self, found: Any) -> None:
        """Show the result of the job that was asked for last."""
        pending, self._pending = self._pending, None
        if pending is not None:
            view, job = pending
            view.show_lookup(job, found)

    def show_unavailable(self) -> None:
        """Show that the result of the job that was asked for last will not come."""
        pending, self._pending = self._pending, None
        if pending is not None:
            pending[0].show_unavailable()

    def _request(self, view: View, job: UseCaseName, arguments: tuple[Any, ...]) -> None:
        if self._pending is not None and self._pending[0] is not view:
            self._stale.add(self._pending[0])  # its result will be ignored; it asks again when it is shown
        self._pending = (view, job)
        self.lookup_requested.emit(job, arguments)

    def showEvent(self, event: Any) -> None:
        """Fill the view that is shown."""
        super().showEvent(event)
        self._fill()

    def _show_tab(self, tab: int) -> None:
        for k, area in self._areas.items():
            area.setVisible(k == tab)
        if self.isVisible():
            self._fill()

    def _fill(self) -> None:
        if self.result is None:
            return
        view, several = self.view, self.series.count() > 1
        for part in (self.series_label, self.series):
            part.setVisible(several and view.of_one_series)
        if view in self._stale:
            self._stale.discard(view)
            view.show_series(self.result, self._index)


def _scrolled(view: View) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it takes the focus, and it follows
    area.setWidget(view)
    return area
