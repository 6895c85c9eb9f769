"""Trust: how far the forecast can be relied on, how likely an amount is, and why the forecast is as it is."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QHBoxLayout, QLabel, QScrollArea, QTabBar, QWidget

from almanac.desktop.pages.trust.chances_view import ChancesView
from almanac.desktop.pages.trust.evidence_view import EvidenceView
from almanac.desktop.pages.trust.models_view import ModelsView
from almanac.desktop.pages.trust.view import View
from almanac.desktop.pages.trust.why_view import WhyView
from almanac.desktop.shell.page import Page
from almanac.desktop.theme.tokens import SPACE

if TYPE_CHECKING:
    from almanac.desktop.session import Session
    from almanac.workflow.results import ForecastResult

CHOOSER = 260
VIEWS: tuple[type[View], ...] = (EvidenceView, ChancesView, WhyView, ModelsView)
V = TypeVar("V", bound=View)


class TrustPage(Page):
    """``looked`` asks for a job that finds out more about the forecast: its name and its arguments; ``best_wanted`` for
    another forecast, by what is best for each series (True) or by the model for all (False)."""

    looked = Signal(str, tuple)
    best_wanted = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Can you trust it?", parent, fill=True)
        self.result: ForecastResult | None = None
        self._at = 0
        self._stale: set[View] = set()
        self._asking: View | None = None
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
        self.tabs.currentChanged.connect(self._turn)
        self.initial_focus = self.tabs

    def attach(self, session: Session) -> None:
        """Look into the forecast as asked here; show each new forecast, and what was found out about it."""
        self._session: Session = session
        self.looked.connect(session.look_into_forecast)
        self.best_wanted.connect(session.use_best_for_data)
        session.forecast_made.connect(self.show_result)
        session.forecast_lookup_finished.connect(self.show_answer)
        session.forecast_lookup_abandoned.connect(self.do_without)

    def enter(self) -> None:
        """Look at the series that the forecast page shows."""
        self.show_series(self._session.current_series)

    def _make_chooser(self) -> None:
        self.series = QComboBox()
        self.series.setAccessibleName("Series")
        self.series.setEditable(True)  # typing finds it among thousands
        self.series.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.series.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.series.setMinimumWidth(CHOOSER)
        self._names = QStringListModel(self)
        self.series.setModel(self._names)
        completer = QCompleter(self._names, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.series.setCompleter(completer)
        self.series.activated.connect(self.show_series)
        self.of = QLabel("&Series")
        self.of.setBuddy(self.series)
        row = QHBoxLayout()
        row.setSpacing(SPACE[1])
        row.addWidget(self.of)
        row.addWidget(self.series)
        self.heading.addLayout(row)

    @property
    def view(self) -> View:
        """The view that is looked at."""
        return self._view(self.tabs.currentIndex())

    @property
    def views(self) -> tuple[View, ...]:
        """All of them, in the order of their tabs."""
        return tuple(self._view(place) for place in range(len(VIEWS)))

    @property
    def evidence(self) -> EvidenceView:
        return self._of(EvidenceView)

    @property
    def chances(self) -> ChancesView:
        return self._of(ChancesView)

    @property
    def why(self) -> WhyView:
        return self._of(WhyView)

    @property
    def models(self) -> ModelsView:
        return self._of(ModelsView)

    def _of(self, kind: type[V]) -> V:
        view = self._view(VIEWS.index(kind))
        assert isinstance(view, kind)
        return view

    def _view(self, place: int) -> View:
        """The view of a tab, made when it is first wanted: all at once would hold up the window."""
        if place not in self._views:
            view = VIEWS[place]()
            view.looked.connect(partial(self._ask, view))
            if isinstance(view, EvidenceView):
                view.best_wanted.connect(self.best_wanted)
            area = _scrolled(view)
            area.setVisible(place == self.tabs.currentIndex())
            self._views[place], self._areas[place] = view, area
            self._stale.add(view)
            self.box.addWidget(area, 1)
        return self._views[place]

    def show_result(self, result: ForecastResult) -> None:
        """Another forecast is to be trusted or not."""
        self.result = result
        self.show_problems()
        self._names.setStringList(result.forecast.names)
        self._asking = None
        self.show_series(0)

    def show_series(self, i: int) -> None:
        """Look at series ``i`` of the forecast; a view is filled when it is looked at."""
        self._at = i
        self.series.setCurrentIndex(i)
        self._stale = set(self._views.values())
        if self.isVisible():
            self._fill()

    def show_answer(self, answer: Any) -> None:
        """What was asked for last has come."""
        asking, self._asking = self._asking, None
        if asking is not None:
            asking.show_answer(answer)

    def do_without(self) -> None:
        """What was asked for will not come."""
        asking, self._asking = self._asking, None
        if asking is not None:
            asking.do_without()

    def _ask(self, view: View, name: str, arguments: tuple[Any, ...]) -> None:
        if self._asking is not None and self._asking is not view:
            self._stale.add(self._asking)  # its answer will be passed over; it asks again when it is looked at
        self._asking = view
        self.looked.emit(name, arguments)

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        self._fill()

    def _turn(self, place: int) -> None:
        for k, area in self._areas.items():
            area.setVisible(k == place)
        if self.isVisible():
            self._fill()

    def _fill(self) -> None:
        if self.result is None:
            return
        view, several = self.view, self.series.count() > 1
        for part in (self.of, self.series):
            part.setVisible(several and view.of_one_series)
        if view in self._stale:
            self._stale.discard(view)
            view.show_series(self.result, self._at)


def _scrolled(view: View) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it takes the focus, and it follows
    area.setWidget(view)
    return area
