"""How likely: two questions that the person completes, answered at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from almanac.core.arrays import Integers
from almanac.desktop.charts.reliability import ReliabilityChart
from almanac.desktop.formatting import numbers
from almanac.desktop.formatting.number_entry import read_number
from almanac.desktop.formatting.numbers import LOCALE
from almanac.desktop.formatting.periods import preposition, when
from almanac.desktop.pages.trust.view import UNAVAILABLE, View, is_adjusted
from almanac.desktop.theme.icons import IconLabel
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import Selector, caption, card, framed, label
from almanac.desktop.widgets.figures_table import FiguresTable
from almanac.wording.adjustments import WITHOUT_ADJUSTMENTS
from almanac.wording.phrases import RangeSupport, chance, forecast_decimals
from almanac.wording.trust import evidence

if TYPE_CHECKING:
    from datetime import datetime

    from almanac.evaluation import ReliabilityCurve, SamplePaths
    from almanac.workflow.forecasts.explain_forecast import Chances
    from almanac.workflow.results import ForecastResult

CERTAINTIES = (0.5, 0.8, 0.9, 0.95)  # that can be chosen
USUAL_CERTAINTY = 2  # position in CERTAINTIES
FIELD_WIDTH, QUESTION_WIDTH = 190, 250


class ProbabilitiesView(View):
    """How likely is more than an amount, and how much is enough; and whether such answers came true in practice."""

    name = "&How Likely?"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lookups = {"chances": self._show_chances}
        self._paths: SamplePaths | None = None
        self._curve: ReliabilityCurve | None = None
        self._curve_of: ForecastResult | None = None  # the result that the curve belongs to
        self._asked_about: tuple[datetime, str] | None = None  # when the forecast was made, and the series
        self._decimals = 0
        self._span_wanted: tuple[int, int] | None = None
        self._steps: Integers = np.empty(0, np.int64)  # those that can be chosen, from 0
        self._adds_up = True  # several steps of a price or a temperature have no sum
        self._wanted = USUAL_CERTAINTY  # what the person chose last, used where the series has enough checks for it
        self.first, self.last = Selector(), Selector()
        self.amount, self.certainty = QLineEdit(), Selector()
        self.too_few = label("", "caption", wrap=True)
        self.probability, self.enough = label("", "section", wrap=True), label("", "section", wrap=True)
        span = QHBoxLayout()
        span.setSpacing(SPACE[3])
        for text, field in (("&From", self.first), ("&To", self.last)):
            span.addLayout(_captioned(text, field))
        span.addStretch(1)
        self.unadjusted = label(WITHOUT_ADJUSTMENTS, "caption", wrap=True)
        self.box.addLayout(span)
        self.box.addWidget(self.unadjusted)
        self.box.addWidget(_question("How likely is more than…", _captioned("&Amount", self.amount), self.probability))
        self.box.addWidget(
            _question(
                "How much is enough, to be sure…", _captioned("How s&ure", self.certainty), self.enough, self.too_few
            )
        )
        self.box.addWidget(self._make_reliability())
        self.box.addStretch(1)
        self.first.activated.connect(self._on_first)
        self.last.activated.connect(self._on_last)
        self.certainty.activated.connect(self._on_certainty)
        self.amount.textChanged.connect(self._answer)

    def _make_reliability(self) -> QFrame:
        self.reliability = label("", "", wrap=True)
        self.table = FiguresTable("Chances given in practice runs, and how often they came true", most=10)
        self.diagram = ReliabilityChart()
        row = QHBoxLayout()
        row.setSpacing(SPACE[3])
        row.addWidget(self.table, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.diagram, 0, Qt.AlignmentFlag.AlignTop)
        self.broken = label("", "strong", wrap=True)
        self._broken_icon = IconLabel("triangle-alert", "look")
        warning = QHBoxLayout()
        warning.setSpacing(SPACE[1])
        warning.addWidget(self._broken_icon, 0, Qt.AlignmentFlag.AlignTop)
        warning.addWidget(self.broken, 1)
        return framed(evidence.CHANCES_HEADING, warning, self.reliability, row)

    def fill(self) -> None:
        """Show the questions for the series, and ask for its sample paths.

        What the person has asked about this series of this forecast stays when its ranges have been checked.
        """
        forecast = self.result.forecast
        self._paths = None
        self.unadjusted.setVisible(is_adjusted(self.result, self.index))
        self._decimals = forecast_decimals(forecast, self.index)
        asked_about = self.result.created_at, forecast.names[self.index]
        if asked_about != self._asked_about:
            self._asked_about = asked_about
            self._offer_steps()
        self._take_span()
        self._propose_amount()
        self._offer_certainties()
        self._show_reliability()
        self._answer()
        series, runs = self.result.file.series, self.result.backtest_runs
        past = None if runs is None or self._curve_of is self.result else (series, runs)
        one = series.without_repairs.select(self._position)
        self.lookup_requested.emit("chances", (forecast.select(self.index), one, self.result.step_correlation, past))

    def choose_span(self, span: tuple[int, int] | None) -> None:
        """Ask about the periods from and to these, when the series is shown; None: about those that were chosen."""
        self._span_wanted = span

    def _take_span(self) -> None:
        """Choose the periods that are wanted, as far as they can be."""
        span, self._span_wanted = self._span_wanted, None
        if span is None:
            return
        periods = int(self.result.forecast.first[self.index]) + self._steps
        inside = np.flatnonzero((periods >= span[0]) & (periods <= span[1]))
        if len(inside):
            self.first.setCurrentIndex(int(inside[0]))
            self.last.setCurrentIndex(int(inside[-1] if self._adds_up else inside[0]))
            self.amount.setModified(False)

    @property
    def _position(self) -> int:
        """Where the series is among those of the file."""
        return self.result.file.series.names.index(self.result.forecast.names[self.index])

    def _offer_steps(self) -> None:
        """Offer all steps: the first one at first, or all of a series that is 0 in most of them."""
        forecast = self.result.forecast
        self._steps = forecast.open_steps(self.index)
        periods = [when(forecast.frequency, int(forecast.first[self.index] + step)) for step in self._steps]
        self._adds_up = self.result.file.series.measure(self._position).kind == "flow"
        for field in (self.first, self.last):
            field.clear()
            field.addItems(periods)
            field.setCurrentIndex(0)
        if forecast.is_rare(self.index):
            self.last.setCurrentIndex(len(periods) - 1)
        self.last.setEnabled(self._adds_up)
        self.amount.setModified(False)

    def show_unavailable(self) -> None:
        """Say that there are no answers."""
        for answer in (self.probability, self.enough):
            answer.setText(UNAVAILABLE)
        if self._curve_of is not self.result and self.result.backtest_runs is not None:
            self.reliability.setText(UNAVAILABLE)

    def _show_chances(self, found: Chances) -> None:
        self._paths = found.paths
        self._answer()
        if found.reliability is not None:
            self._curve_of, self._curve = self.result, found.reliability
            self._show_reliability()

    def _propose_amount(self) -> None:
        """The forecast of these steps, as a start; what a person wrote stays."""
        if self.amount.isModified():
            return
        forecast, (first, last) = self.result.forecast, self._asked_steps
        one = forecast.select(self.index)
        figures = one.point * one.has_value(0) if forecast.is_rare(self.index) else one.shown[0]
        self.amount.setText(numbers.number(float(np.nansum(figures[0, first - 1 : last])), self._decimals))

    def _on_first(self, position: int) -> None:
        self.last.setCurrentIndex(max(position, self.last.currentIndex()) if self._adds_up else position)
        self._propose_amount()
        self._answer()

    def _on_last(self, position: int) -> None:
        self.first.setCurrentIndex(min(position, self.first.currentIndex()))
        self._propose_amount()
        self._answer()

    def _on_certainty(self, position: int) -> None:
        self._wanted = position
        self._answer()

    def _answer(self) -> None:
        """Answer both questions as they are now."""
        if self._paths is None:
            for answer in (self.probability, self.enough):
                answer.setText("…")
            return
        first, last = self._asked_steps
        typed = read_number(self.amount.text())
        if typed is not None:
            probability = self._paths.probability_above(typed.value, first, last)
            more = f"More than {numbers.number(typed.value, typed.decimals)}{self._span}"
            self.probability.setText(f"{more}: {numbers.likely(probability)}.")
        else:
            self.probability.setText("Write an amount as a number.")
        certainty = CERTAINTIES[self.certainty.currentIndex()]
        enough = numbers.number(self._paths.amount_for(certainty, first, last), self._decimals)
        self.enough.setText(f"{enough}{self._span} is enough in {chance(certainty)} cases.")

    @property
    def _asked_steps(self) -> tuple[int, int]:
        """The first and the last step that are asked about, from 1."""
        return int(self._steps[self.first.currentIndex()]) + 1, int(self._steps[self.last.currentIndex()]) + 1

    @property
    def _span(self) -> str:
        """What the amounts are of: " in Jul 2026", " on Fri 3 Jul 2026", " in total from Jul 2026 to Sep 2026"."""
        first, last = self.first.currentText(), self.last.currentText()
        return (
            f" {preposition(self.result.forecast.frequency)} {first}"
            if first == last
            else f" in total from {first} to {last}"
        )

    def _offer_certainties(self) -> None:
        """Only certainties for which this series has enough checks can be chosen; the others say why not."""
        self.certainty.clear()
        support = [self.result.range_support(self.index, certainty) for certainty in CERTAINTIES]
        few = [k for k, found in enumerate(support) if found is RangeSupport.TOO_FEW_CHECKS]
        for k, certainty in enumerate(CERTAINTIES):
            self.certainty.addItem(f"{chance(certainty)}: too few checks" if k in few else chance(certainty))
            if k in few:
                model = self.certainty.model()
                model.setData(model.index(k, 0), 0, Qt.ItemDataRole.UserRole - 1)  # what Qt's list takes as disabled
        usable = [k for k in range(self._wanted + 1) if k not in few]
        self.certainty.setCurrentIndex(usable[-1] if usable else 0)
        self.too_few.setVisible(bool(few) or RangeSupport.CONSTANT in support)
        self.too_few.setText(
            self._why_not(few[0]) if few else "It went on exactly as before, so there was nothing to check."
        )

    def _why_not(self, k: int) -> str:
        """Why the certainty at this position, and those beyond, cannot be chosen."""
        assert self.result.independent_checks is not None
        name, known = self.result.forecast.names[self.index], int(self.result.independent_checks[self.index])
        checks = numbers.count(self.result.checks_needed(CERTAINTIES[k]))
        needed = f"To be {chance(CERTAINTIES[k])} sure takes {checks} independent checks of the past."
        has = "none" if known == 0 else numbers.count(known)
        guess = " The answer is the model's guess." if k == 0 else ""
        return f"{needed} {name} has {has}.{guess}"

    def _show_reliability(self) -> None:
        curve = self._curve if self._curve_of is self.result else None
        known = evidence.has_checked_chances(self.result.backtest, curve)
        self.table.setVisible(known)
        self.diagram.setVisible(known)
        warning = evidence.broken_chance(curve, LOCALE) if known and curve is not None else ""
        self.broken.setText(warning)
        for part in (self.broken, self._broken_icon):
            part.setVisible(bool(warning))
        if not self.result.is_checked:
            self.reliability.setText(self.result.range_note)
        elif curve is None and self.result.backtest_runs is not None:
            self.reliability.setText("…")
        elif curve is None or not known:
            self.reliability.setText(evidence.too_few_chances(curve, LOCALE))
        else:
            self._show_curve(curve)

    def _show_curve(self, curve: ReliabilityCurve) -> None:
        self.reliability.setText(evidence.reliability_summary(curve, LOCALE))
        rows = [
            [numbers.percent(predicted), numbers.percent(observed), numbers.count(int(count))]
            for predicted, observed, count in zip(curve.predicted, curve.observed, curve.counts, strict=True)
            if count
        ]
        self.table.show_figures(list(evidence.CHANCE_HEADS), rows)
        self.diagram.show_curve(curve)


def _captioned(text: str, field: QWidget) -> QVBoxLayout:
    box = QVBoxLayout()
    box.setSpacing(SPACE[0])
    field.setMinimumWidth(FIELD_WIDTH)
    box.addWidget(caption(text, field))
    box.addWidget(field)
    return box


def _question(text: str, field: QVBoxLayout, *answers: QWidget) -> QWidget:
    """A card with a question and its field on the left, and the answers on the right."""
    frame = card()
    row = QHBoxLayout(frame)
    row.setContentsMargins(SPACE[3], SPACE[2], SPACE[3], SPACE[3])
    row.setSpacing(SPACE[4])
    left = QWidget()
    left.setFixedWidth(QUESTION_WIDTH)
    box = QVBoxLayout(left)
    box.setSpacing(SPACE[1])
    box.setContentsMargins(0, 0, 0, 0)
    box.addWidget(label(text, "strong"))
    box.addLayout(field)
    row.addWidget(left)
    right = QVBoxLayout()
    right.setSpacing(SPACE[0])
    right.addStretch(1)
    for answer in answers:
        right.addWidget(answer)
    right.addStretch(1)
    row.addLayout(right, 1)
    return frame
