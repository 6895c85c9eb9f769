"""The answer for what is selected, in words and as a table of what comes next."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from almanac.core.text import shortened
from almanac.desktop.formatting import numbers
from almanac.desktop.formatting.spans import next_words, per_words, periods_words, span_words
from almanac.desktop.pages.forecast.listing.group_rows import GroupRow
from almanac.desktop.pages.forecast.tables.spans_model import SpansModel
from almanac.desktop.pages.forecast.tables.steps_table import StepsTable
from almanac.desktop.pages.forecast.target import EXACT, Target
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import Button, Selector, label
from almanac.desktop.widgets.flow import FlowLayout
from almanac.wording.events import events_line
from almanac.wording.phrases import forecast_decimals, sentence_start
from almanac.wording.totals import total_sentence

if TYPE_CHECKING:
    from almanac.workflow.results import ForecastResult
    from almanac.workflow.totalling.make_totals import Totals

MAX_NAME_LENGTH = 60  # in the sentence; the whole name is in the list and above the chart, with a tool tip
Action = TypeVar("Action", bound=Button)
PER = {"week": "Per Week", "month": "Per Month", "quarter": "Per Quarter", "year": "Per Year"}


class Answer(QWidget):
    """Sentences, what can be done from here, and a table."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._target: Target | None = None
        self._totals: dict[str, Totals] = {}
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE[1])
        texts = QVBoxLayout()
        texts.setSpacing(SPACE[0])
        self.sentence, self.likely = label("", "strong", wrap=True), label("", "", wrap=True)
        self.total, self.made = label("", "", wrap=True), label("", "caption", wrap=True)
        self.events = label("", "caption", wrap=True)
        self.span = label("", "strong", wrap=True)
        self.span.setAccessibleName("Total of the marked span")
        self.span.hide()
        for widget in (self.sentence, self.likely, self.total, self.span, self.made, self.events):
            texts.addWidget(widget)
        box.addLayout(texts)
        self._actions = FlowLayout(SPACE[1])
        self.per = Selector()
        self.per.setSizeAdjustPolicy(Selector.SizeAdjustPolicy.AdjustToContents)
        self.per.setAccessibleName("Show the table by")
        self.per.activated.connect(self._fill_table)
        self._actions.addWidget(self.per)
        box.addLayout(self._actions)
        self.steps = StepsTable("What comes next, step by step", across=True)
        box.addWidget(self.steps)

    def event(self, event: QEvent) -> bool:
        """Keep as high as the lines need at the width that there is, however many lines of buttons there are."""
        handled = super().event(event)
        layout = self.layout()
        if layout is not None and event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self.setMinimumHeight(layout.totalMinimumHeightForWidth(self.width()))
        return handled

    def add_action(self, action: Action) -> Action:
        """Put a button into the row of what can be done from here."""
        self._actions.addWidget(action)
        return action

    def begin(self, result: ForecastResult) -> None:
        """Another forecast: what was added up before is not about it. The choice of a span of time is kept."""
        chosen = self.per.currentData()
        self.events.setText(events_line(result.events, numbers.LOCALE))
        self.events.setVisible(bool(self.events.text()))
        self._totals = {}
        self.per.clear()
        self.per.addItem(per_words(result.forecast.frequency), "")
        if chosen in PER:
            self.per.addItem(PER[chosen], chosen)
            self.per.setCurrentIndex(1)

    def show_series(self, target: Target, made: str) -> None:
        """Show a single series; its total follows with ``show_totals``."""
        short = replace(target.forecast.select(target.i), names=(shortened(target.name, MAX_NAME_LENGTH),))
        self.sentence.setText(numbers.next_step(short, 0))
        self.sentence.setToolTip(target.name if short.names[0] != target.name else "")
        likely = numbers.how_sure(target.forecast, target.i, target.support)
        self.likely.setText(" ".join([*_unadjusted(target), likely]))
        span = next_words(target.forecast.frequency, target.forecast.horizon)
        self.total.setText(f"{sentence_start(span)}: …" if target.forecast.horizon > 1 else "")
        self._show(target, made)

    def show_group(self, row: GroupRow, target: Target | None, result: ForecastResult, made: str) -> None:
        """Show a group: ``row`` in the list; ``target`` None while its steps are still being added up."""
        span = next_words(result.forecast.frequency, result.forecast.horizon)
        averaged = ", on average" if row.averaged else ""
        self.sentence.setText(f"{shortened(row.name, MAX_NAME_LENGTH)}{averaged}, {span}:")
        self.sentence.setToolTip(row.name)
        self.likely.setText(f"{total_sentence(row.figures, row.support, numbers.LOCALE)}.")
        self.total.setText("")
        self.total.hide()
        if target is None:
            self._target = None
            self.steps.setModel(None)
        else:
            self._show(target, made)

    def show_totals(self, totals: tuple[Totals, ...], *, alone: bool) -> None:
        """Show the totals of the selection per span of time; ``alone``: it is all there is, and said above."""
        self._totals = {one.per: one for one in totals}
        whole = self._totals["horizon"]
        if len(whole.groups[0].members) == 1 and not alone and whole.horizon > 1:  # a single step is said above
            sentence = total_sentence(whole.figures(0, 0), whole.groups[0].support, numbers.LOCALE)
            self.total.setText(f"{span_words(whole, 0)}: {sentence}.")
        self.total.setVisible(bool(self.total.text()) and not alone)
        chosen = self.per.currentData()
        while self.per.count() > 1:
            self.per.removeItem(1)
        for key, words in PER.items():
            if key in self._totals and len(self._totals[key].spans) < whole.horizon:  # else each is a step
                self.per.addItem(words, key)
        self.per.setCurrentIndex(max(self.per.findData(chosen), 0))
        self._fill_table()

    def show_span(self, target: Target | None, span: tuple[int, int] | None, totals: Totals | None = None) -> None:
        """Show the total of the periods that are marked; what is expected first, the range when it is added up."""
        self.span.setVisible(target is not None and span is not None)
        if target is None or span is None:
            return
        words = periods_words(target.forecast.frequency, *span)
        if totals is None:
            self.span.setText(f"{words}: …")
        else:
            said = total_sentence(totals.figures(0, 0), totals.groups[0].support, numbers.LOCALE)
            averaged = ", on average" if totals.groups[0].averaged else ""
            self.span.setText(f"{words}{averaged}: {said}.")

    def _show(self, target: Target, made: str) -> None:
        self._target, self._totals = target, {}
        self.total.setVisible(bool(self.total.text()))
        self.made.setText(made)
        self._fill_table()

    def _fill_table(self) -> None:
        if self._target is None:
            return
        totals = self._totals.get(self.per.currentData() or "")
        if totals is None:
            self.steps.show_steps(self._target)
        else:
            self.steps.show_model(SpansModel(totals, checked=self._target.checked))


def _unadjusted(target: Target) -> list[str]:
    """What the first step was before the person adjusted it, as a sentence; none where they did not."""
    step = target.forecast.next_open(target.i)
    before = target.unadjusted
    if before is None:
        return []
    after = float(target.forecast.select(target.i).shown[0][0, step])
    if not np.isfinite(before[step]) or abs(before[step] - after) <= EXACT * abs(after):
        return ["Later steps are adjusted by you."]
    words = numbers.number(float(before[step]), forecast_decimals(target.forecast, target.i))
    return [f"Adjusted by you: the forecast is about {words}."]
