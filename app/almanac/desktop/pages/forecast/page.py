"""Forecast: the answer for the whole, then for a group or a series: as a sentence, a table and a chart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from almanac.core.distribution.levels import LIKELY
from almanac.desktop.pages.adjust.opener import AdjustButton
from almanac.desktop.pages.adjust.subject import subject_of
from almanac.desktop.pages.events.opener import EventsButton
from almanac.desktop.pages.forecast.answer import Answer
from almanac.desktop.pages.forecast.detail import Detail
from almanac.desktop.pages.forecast.headline import Headline
from almanac.desktop.pages.forecast.how_far_ahead import HowFarAhead
from almanac.desktop.pages.forecast.listing.group_rows import group_columns, group_rows, parted
from almanac.desktop.pages.forecast.listing.series_model import SeriesModel
from almanac.desktop.pages.forecast.listing.side import SeriesSide
from almanac.desktop.pages.forecast.lookups import Lookups
from almanac.desktop.pages.forecast.menus import add_menus
from almanac.desktop.pages.forecast.notes import forecast_notes
from almanac.desktop.pages.forecast.target import Target, group_target, series_target
from almanac.desktop.shell.page import Page
from almanac.desktop.shell.station import TrustView
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import button
from almanac.desktop.widgets.grid_copy import GridCopy
from almanac.wording.methods.made_by import made_by
from almanac.wording.open_periods import CLOSED_PERIODS, closed_words
from almanac.wording.phrases import RangeSupport

if TYPE_CHECKING:
    from almanac.desktop.session import Session
    from almanac.workflow.results import ForecastResult
    from almanac.workflow.totalling.headline import HeadlineFigures
    from almanac.workflow.totalling.make_totals import Totals
    from almanac.workflow.totalling.outlook import Outlook, SpanTotal


class ForecastPage(Page):
    """The total of everything, and the forecast of one group or series in detail.

    ``horizon_requested`` carries how far ahead the person wants to look; ``series_shown`` the position in the forecast
    of the series that is shown in detail; ``chances_wanted``: how likely its amounts are, in the span that is marked;
    ``reasons_wanted``: why it is forecast so; ``trust_wanted``: a view of Trust; ``finding_wanted``: the finding with
    this code, to treat it otherwise; ``undo_wanted``, ``redo_wanted``: of the last adjustment. ``lookups``: what is
    still to be added up; ``copier``: copies all series.
    """

    horizon_requested = Signal(int)
    series_shown = Signal(int)
    chances_wanted = Signal(object)
    reasons_wanted = Signal()
    trust_wanted = Signal(object)
    finding_wanted = Signal(str)
    undo_wanted = Signal()
    redo_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("What comes next?", parent, fill=True)
        self.result: ForecastResult | None = None
        self.headline_figures: HeadlineFigures | None = None
        self.target: Target | None = None
        self._span_total: SpanTotal | None = None
        self._positions = np.zeros(0, np.int64)
        self.lookups, self.copier = Lookups(self), GridCopy(self)
        self.ahead = HowFarAhead(self.heading)
        self.ahead.requested.connect(self.horizon_requested)
        self.horizon, self.again = self.ahead.horizon, self.ahead.again
        self._make_body()
        add_menus(self)
        self.initial_focus = self.again
        self.worker_buttons = [self.again]
        self.to_orders = button("&Orders…")
        self.heading.addWidget(self.to_orders)
        self.shortcuts = ((QKeySequence.StandardKey.Find, self.focus_search),)
        keys = QKeySequence.StandardKey
        for key, wanted in ((keys.Undo, self.undo_wanted), (keys.Redo, self.redo_wanted)):
            shortcut = QShortcut(self)
            shortcut.setKeys(QKeySequence.keyBindings(key))
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(wanted)

    def attach(self, session: Session) -> None:
        """Forecast again when asked to; show each new forecast, and its totals."""
        self.horizon_requested.connect(session.make_forecast)
        self.series_shown.connect(session.set_current_series)
        self.chances_wanted.connect(session.show_chances)
        self.finding_wanted.connect(session.show_finding)
        self.reasons_wanted.connect(session.show_reasons)
        self.trust_wanted.connect(session.show_trust)
        session.forecast_made.connect(self.show_result)
        session.forecast_checked.connect(self.update_result)
        self.lookups.attach(session)
        self.to_orders.clicked.connect(session.show_orders)
        self.events.attach(session)
        self.adjust.attach(session)
        self.undo_wanted.connect(session.undo_adjustment)
        self.redo_wanted.connect(session.redo_adjustment)
        session.totals.headline_found.connect(self.show_headline)
        session.totals.groups_found.connect(self.show_groups)
        session.totals.outlook_found.connect(self.show_outlook)
        session.totals.span_found.connect(self.show_span_total)

    def enter(self) -> None:
        """Add up what another page may have put off."""
        self.lookups.go_on(again=True)

    def preload(self) -> Iterator[None]:
        """Make the chart and the dialog for events."""
        yield from self.detail.preload()
        self.events.preload()
        yield
        self.adjust.preload()
        yield

    def focus_search(self) -> None:
        """Put the cursor into the search field, its text selected."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _make_body(self) -> None:
        self.headline, self.side, self.answer, self.detail = Headline(), SeriesSide(), Answer(), Detail()
        side, answer, detail = self.side, self.answer, self.detail
        self.search, self.sort, self.list, self.found = side.search, side.sort, side.list, side.found
        self.sentence, self.likely, self.made, self.steps = answer.sentence, answer.likely, answer.made, answer.steps
        self.name, self.view, self.table = detail.name, detail.view, detail.table
        self.copy_picture, self.as_table = detail.copy_picture, detail.as_table
        self.closed = self.answer.add_action(button("Change C&losed Times…", "small"))
        self.events = self.answer.add_action(EventsButton())
        self.adjust = self.answer.add_action(AdjustButton())
        self.adjust.clicked.connect(self.open_adjust)
        for table in (self.steps, self.table):
            table.adjust_wanted.connect(self.open_adjust)
        self.other_model = self.answer.add_action(button("Change &Model…", "small"))
        self.other_model.clicked.connect(lambda: self.trust_wanted.emit(TrustView.MODELS))
        self.how_it_held = self.answer.add_action(button("&Why Too Narrow?", "small"))
        self.how_it_held.clicked.connect(lambda: self.trust_wanted.emit(TrustView.EVIDENCE))
        self.how_likely = self.answer.add_action(button("How &Likely?", "small"))
        self.how_likely.setAccessibleDescription("How likely more than an amount is, and how much is enough")
        self.closed.clicked.connect(lambda: self.finding_wanted.emit(CLOSED_PERIODS))
        self.how_likely.clicked.connect(lambda: self.chances_wanted.emit(self.detail.span))
        self.detail.span_marked.connect(self._show_span)
        self.headline.series_wanted.connect(self.select)
        self.side.column_chosen.connect(self._ask_groups)
        self.side.selected.connect(self._show_current)
        self.detail.table_shown.connect(lambda shown: self.steps.setVisible(not shown))
        parts, right = QHBoxLayout(), QVBoxLayout()
        parts.setSpacing(SPACE[3])
        right.setSpacing(SPACE[2])
        right.addWidget(self.answer)
        right.addWidget(self.detail, 1)
        parts.addWidget(self.side)
        parts.addLayout(right, 1)
        self.box.addWidget(self.headline)
        self.box.addLayout(parts, 1)

    @property
    def model(self) -> SeriesModel | None:
        """What is listed."""
        return self.side.model

    @property
    def shows_series(self) -> bool:
        """Whether a single series is shown in detail, not a group."""
        return self.result is not None and self.side.current >= 0

    @property
    def chart(self):
        """The chart, once it is made."""
        return self.detail.chart

    def show_result(self, result: ForecastResult) -> None:
        """Show a forecast. Of the same series as before, the person keeps their place; else the first series is shown.

        The total of everything follows with ``show_headline``.
        """
        self.headline.show_nothing()
        self.headline_figures = None
        columns = group_columns(result)
        if self._shows_same_series(result) and columns == self.side.columns:
            self.update_result(result)
            return
        self.lookups.forget_groups()
        self.side.begin(self._take(result), columns)
        self._show_current()

    def update_result(self, result: ForecastResult) -> None:
        """Show another forecast of the same series: the person keeps the selection, the search and the place."""
        if not self._shows_same_series(result):
            self.show_result(result)
            return
        views = (self.list, self.steps, self.table)
        bars = [bar for view in views for bar in (view.horizontalScrollBar(), view.verticalScrollBar())]
        places = [bar.value() for bar in bars]
        model = self._take(result)
        if self.headline_figures is not None:
            model.set_totals(self.headline_figures.growth, self.headline_figures.doubt)
        self.side.update_model(model)
        self._show_current()
        for bar, place in zip(bars, places, strict=True):
            bar.setValue(place)

    def show_headline(self, figures: HeadlineFigures) -> None:
        """Show the total of everything."""
        if self.model is None or len(figures.expected) != len(self.model.names):
            return
        self.headline_figures = figures
        self.headline.show_headline(figures, self.model.names)
        whole = group_rows(figures.whole, ()) if len(self.model.names) > 1 else ()
        self.side.show_whole(whole, figures.growth, figures.doubt)
        self.lookups.go_on()

    def show_groups(self, totals: Totals) -> None:
        """List the groups that were asked for."""
        if totals.by == parted(self.side.column):
            self.lookups.groups = totals
            self.side.show_groups(group_rows(totals, totals.by))
        self.lookups.go_on()

    def show_outlook(self, outlook: Outlook) -> None:
        """Show what was selected in every step, if it still is."""
        self.lookups.keep(outlook)
        if self.model is None or outlook.members != self.lookups.members:
            return
        if self.shows_series:
            self.answer.show_totals(outlook.totals, alone=len(self.model.names) == 1)
        else:
            self._show_current()

    def show_span_total(self, found: SpanTotal) -> None:
        """Show the total of the span that is marked, if it still is."""
        self._span_total = found
        if found.members == self.lookups.members and found.span == self.detail.span:
            self.answer.show_span(self.target, found.span, found.totals)

    def _show_span(self) -> None:
        """Show the total of the span that is marked in the chart, or ask for it."""
        span = self.lookups.span = self.detail.span
        found = self._span_total
        is_known = found is not None and (found.members, found.span) == (self.lookups.members, span)
        self.answer.show_span(self.target, span, found.totals if found is not None and is_known else None)
        if not is_known:
            self.lookups.go_on()

    def select(self, row: int) -> None:
        """Show a series by its position in the forecast, or a group by -1 less its number."""
        self.side.select(row)

    @property
    def can_adjust(self) -> bool:
        """Whether what is shown can be adjusted now: its steps are known, and its ranges not being checked."""
        return self.target is not None and self.result is not None and not self.result.is_being_checked

    def open_adjust(self) -> None:
        """Ask how to adjust what is shown: the steps that are selected in a table, or all."""
        if not self.can_adjust or self.model is None or self.target is None:
            return
        row = self.model.group(self.side.current)
        subject = subject_of(self.target, self.target.name, () if row is None else row.columns)
        tables = (self.table, self.steps) if self.table.isVisible() else (self.steps,)
        wanted = (*(table.selected_span for table in tables), None if self.table.isVisible() else self.detail.span)
        spans = [span for span in wanted if span is not None]
        self.adjust.open_dialog(subject, spans[0] if spans else None)

    def _shows_same_series(self, result: ForecastResult) -> bool:
        return self.result is not None and self.result.forecast.names == result.forecast.names

    def _take(self, result: ForecastResult) -> SeriesModel:
        """Take another result to show; its series to list."""
        self.result, self._span_total = result, None
        forecast, series = result.plan, result.file.series
        self.ahead.show_horizon(forecast)
        self._positions = series.positions(forecast.names)
        self.show_problems(*forecast_notes(result), quiet=True)
        self.answer.begin(result)
        self.events.setVisible(result.forecast.frequency.dated)
        self.lookups.begin(result)
        support = np.array([one.is_likely for one in result.range_supports(LIKELY)])
        adjusted = result.adjusted
        return SeriesModel(series, forecast, support if adjusted is None else support & ~adjusted.changed.any(axis=1))

    def _show_current(self) -> None:
        assert self.result is not None
        assert self.model is not None
        current = self.side.current
        row = self.model.group(current)
        shown = ((current,), self.model.names[current]) if row is None else (row.members, row.name)
        outlook = self.lookups.want(*shown)
        if row is None:
            self._show_series(current)
        else:
            self.target = None if outlook is None else group_target(outlook)
            self.answer.show_group(row, self.target, self.result, made_by(self.result.forecast, None, ""))
            self.closed.hide()
            if self.target is None:
                self.detail.wait_for(row.name, self.lookups.waiting_for_steps)
            else:
                self.detail.show_target(self.target, f"{self.sentence.text()} {self.likely.text()}")
        self.how_likely.setVisible(row is None)
        support = self.target.support if row is None and self.target is not None else row and row.support
        self.how_it_held.setVisible(support is RangeSupport.TOO_NARROW)
        self.adjust.setEnabled(self.can_adjust)
        self._show_span()
        if outlook is not None:
            self.answer.show_totals(outlook.totals, alone=len(self.model.names) == 1)
        self.lookups.go_on()

    def _show_series(self, i: int) -> None:
        assert self.result is not None
        position = int(self._positions[i])
        self.target = target = series_target(self.result, i, position)
        closed = closed_words(target.series, position)
        self.answer.show_series(target, made_by(target.forecast, self.result.baselines.get(target.name), closed))
        self.closed.setVisible(bool(closed) or any(one.code == CLOSED_PERIODS for one in self.result.file.findings))
        self.detail.show_target(target, f"{self.sentence.text()} {self.likely.text()}")
        self.series_shown.emit(i)

    def _ask_groups(self, column: str) -> None:
        self.lookups.ask_groups(column)
        if column:
            self.found.setText(self.lookups.waiting)
