"""Trust: how far the forecast can be relied on, how likely an amount is, and why the forecast is as it is."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QHBoxLayout, QLabel, QScrollArea, QTabBar, QWidget

from almanac.desktop.page import Page
from almanac.desktop.tokens import SPACE
from almanac.desktop.trust.chances_view import ChancesView
from almanac.desktop.trust.evidence_view import EvidenceView
from almanac.desktop.trust.models_view import ModelsView
from almanac.desktop.trust.view import View
from almanac.desktop.trust.why_view import WhyView

if TYPE_CHECKING:
    from almanac.workflow import Outcome

CHOOSER = 260


class TrustPage(Page):
    """``looked`` asks for a job that finds out more about the forecast: its name and its arguments; ``best_wanted`` for
    another forecast, by what is best for each series (True) or by the model for all (False)."""

    looked = Signal(str, tuple)
    best_wanted = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Can you trust it?", parent, fill=True)
        self.outcome: Outcome | None = None
        self._at = 0
        self._stale: set[View] = set()
        self._asking: View | None = None
        self.evidence, self.models = EvidenceView(), ModelsView()
        self.chances, self.why = ChancesView(), WhyView()
        self.evidence.best_wanted.connect(self.best_wanted)
        self.views: tuple[View, ...] = (self.evidence, self.chances, self.why, self.models)
        self._make_chooser()
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("What to look at")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.box.addWidget(self.tabs)
        self.areas: list[QScrollArea] = []
        for view in self.views:
            view.looked.connect(partial(self._ask, view))
            self.tabs.addTab(view.name)
            self.areas.append(_scrolled(view))
            self.box.addWidget(self.areas[-1], 1)
        self.tabs.currentChanged.connect(self._turn)
        self.first = self.tabs
        self._turn(0)

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
        return self.views[self.tabs.currentIndex()]

    def show_outcome(self, outcome: Outcome) -> None:
        """Another forecast is to be trusted or not."""
        self.outcome = outcome
        self.tell()
        self._names.setStringList(outcome.forecast.names)
        self._asking = None
        self.show_series(0)

    def show_series(self, i: int) -> None:
        """Look at series ``i`` of the forecast; a view is filled when it is looked at."""
        self._at = i
        self.series.setCurrentIndex(i)
        self._stale = set(self.views)
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
        for k, area in enumerate(self.areas):
            area.setVisible(k == place)
        several = self.series.count() > 1
        for part in (self.of, self.series):
            part.setVisible(several and self.view.of_one_series)
        if self.isVisible():
            self._fill()

    def _fill(self) -> None:
        if self.outcome is None or self.view not in self._stale:
            return
        self._stale.discard(self.view)
        several = self.series.count() > 1
        for part in (self.of, self.series):
            part.setVisible(several and self.view.of_one_series)
        self.view.show_series(self.outcome, self._at)


def _scrolled(view: View) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it takes the focus, and it follows
    area.setWidget(view)
    return area
