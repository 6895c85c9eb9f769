"""How likely: two questions that the person completes, answered at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QDoubleValidator
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from almanac.core.levels import LIKELY
from almanac.desktop.charts.reliability import ReliabilityChart
from almanac.desktop.formatting import numbers
from almanac.desktop.formatting.periods import when
from almanac.desktop.pages.trust.view import View, framed
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import caption, card, label
from almanac.desktop.widgets.figures_table import FiguresTable
from almanac.wording.phrases import RangeSupport, decimals_for

if TYPE_CHECKING:
    from almanac.evaluation import SamplePaths

SURE = ((0.5, "5 in 10"), (0.8, "8 in 10"), (0.9, "9 in 10"), (0.95, "95 in 100"))
FIELD, ASKED = 190, 250


class ChancesView(View):
    name = "&How Likely?"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._futures: SamplePaths | None = None
        self._decimals = 0
        self.first, self.last = QComboBox(), QComboBox()
        self.amount, self.sure = QLineEdit(), QComboBox()
        self.amount.setValidator(QDoubleValidator(self))
        self.sure.addItems([text for _, text in SURE])
        self._wanted = 2  # what the person chose last, where the series at hand can have it
        self.short = label("", "caption", wrap=True)
        self.likely, self.enough = label("", "section", wrap=True), label("", "section", wrap=True)
        span = QHBoxLayout()
        span.setSpacing(SPACE[3])
        for text, field in (("&From", self.first), ("&To", self.last)):
            span.addLayout(_captioned(text, field))
        span.addStretch(1)
        self.box.addLayout(span)
        self.box.addWidget(_question("How likely is more than…", "&Amount", self.amount, self.likely))
        self.box.addWidget(
            _question("How much is enough, to be sure…", "How s&ure", self.sure, self.enough, self.short)
        )
        frame, box = framed("Did such answers hold?")
        self.held = label("", "", wrap=True)
        self.table = FiguresTable("Chances told in practice runs, and how often they came true", most=10)
        self.diagram = ReliabilityChart()
        box.addWidget(self.held)
        row = QHBoxLayout()
        row.setSpacing(SPACE[3])
        row.addWidget(self.table, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.diagram, 0, Qt.AlignmentFlag.AlignTop)
        box.addLayout(row)
        self.box.addWidget(frame)
        self.box.addStretch(1)
        self.first.activated.connect(self._on_first)
        self.last.activated.connect(self._on_last)
        self.sure.activated.connect(self._on_sure)
        self.amount.textChanged.connect(self._answer)

    def fill(self) -> None:
        forecast = self.result.forecast
        self._futures = None
        self._decimals = decimals_for(forecast.quantiles[self.at])
        periods = [when(forecast.frequency, int(forecast.first[self.at]) + h) for h in range(forecast.horizon)]
        for field, place in ((self.first, 0), (self.last, 0)):
            field.clear()
            field.addItems(periods)
            field.setCurrentIndex(place)
        self._propose()
        self._offer()
        self._show_kept()
        self._answer()
        self.looked.emit("sample_paths", (forecast.select(self.at), self.result.step_correlation))

    def show_answer(self, answer: SamplePaths) -> None:
        self._futures = answer
        self._answer()

    def do_without(self) -> None:
        for answer in (self.likely, self.enough):
            answer.setText("This could not be told.")

    def _propose(self) -> None:
        """A round amount near the middle, as a start."""
        first, last = self.first.currentIndex(), self.last.currentIndex()
        middle = float(self.result.forecast.median[self.at, first : last + 1].sum())
        self.amount.setText(QLocale().toString(round(middle, self._decimals) + 0.0, "f", self._decimals))

    def _on_first(self, place: int) -> None:
        self.last.setCurrentIndex(max(place, self.last.currentIndex()))
        self._propose()
        self._answer()

    def _on_last(self, place: int) -> None:
        self.first.setCurrentIndex(min(place, self.first.currentIndex()))
        self._propose()
        self._answer()

    def _on_sure(self, place: int) -> None:
        self._wanted = place
        self._answer()

    def _answer(self) -> None:
        """Both answers, for what is asked now."""
        if self._futures is None:
            for answer in (self.likely, self.enough):
                answer.setText("…")
            return
        first, last = self.first.currentIndex() + 1, self.last.currentIndex() + 1
        amount, understood = QLocale().toDouble(self.amount.text())
        if understood:
            chance = self._futures.probability_above(amount, first, last)
            self.likely.setText(f"More than {numbers.number(amount, self._decimals)}: {numbers.likely(chance)}.")
        else:
            self.likely.setText("Write an amount as a number.")
        certainty, text = SURE[self.sure.currentIndex()]
        enough = numbers.number(self._futures.amount_for(certainty, first, last), self._decimals)
        self.enough.setText(f"{enough} is enough in {text} cases.")

    def _offer(self) -> None:
        """Only certainties that enough checks of this series stand behind can be chosen; the others say why not."""
        self.sure.clear()
        standings = [self.result.range_support(self.at, certainty) for certainty, _ in SURE]
        few = [k for k, standing in enumerate(standings) if standing is RangeSupport.TOO_FEW_CHECKS]
        for k, (_, text) in enumerate(SURE):
            self.sure.addItem(f"{text}: too few checks" if k in few else text)
            if k in few:
                item = self.sure.model().index(k, 0)
                self.sure.model().setData(item, 0, Qt.ItemDataRole.UserRole - 1)  # what Qt's own list takes as disabled
        usable = [k for k in range(self._wanted + 1) if k not in few]
        self.sure.setCurrentIndex(usable[-1] if usable else 0)
        self.short.setVisible(bool(few) or RangeSupport.CONSTANT in standings)
        self.short.setText(
            self._why_not(few[0]) if few else "It did not change in practice: there was nothing to check."
        )

    def _why_not(self, k: int) -> str:
        """Why the certainty at this place, and those beyond, cannot be chosen."""
        assert self.result.independent_checks is not None
        certainty, text = SURE[k]
        name, known = self.result.forecast.names[self.at], int(self.result.independent_checks[self.at])
        checks = numbers.count(self.result.checks_needed(certainty))
        needed = f"To be {text} sure takes {checks} independent checks of the past."
        has = "none" if known == 0 else numbers.count(known)
        guess = " The answer is the model's guess." if k == 0 else ""
        return f"{needed} {name} has {has}.{guess}"

    def _show_kept(self) -> None:
        kept, practice = self.result.reliability, self.result.backtest
        self.table.hide()
        self.diagram.hide()
        if kept is None or kept.events == 0:
            self.held.setText("Too little history to tell: no practice run could be compared with what happened.")
            return
        if practice is not None and not practice.coverage[LIKELY].has_enough_checks:
            few = numbers.plural(kept.events, "such answer", "such answers")
            self.held.setText(f"Too little history to tell: only {few} could be compared with what happened.")
            return
        off = numbers.number(kept.expected_calibration_error * 100, 1)
        self.held.setText(
            f"{numbers.plural(kept.events, 'such answer was', 'such answers were')} given in practice runs on your "
            f"own past. They were off by {off} points of 100 on average."
        )
        rows = [
            [numbers.percent(promised), numbers.percent(happened), numbers.count(int(count))]
            for promised, happened, count in zip(kept.predicted, kept.observed, kept.counts, strict=True)
            if count
        ]
        self.table.show_figures(["Chance told, about", "Came true", "Answers"], rows)
        self.table.show()
        self.diagram.show_kept(kept)
        self.diagram.show()


def _captioned(text: str, field: QWidget) -> QVBoxLayout:
    box = QVBoxLayout()
    box.setSpacing(SPACE[0])
    field.setMinimumWidth(FIELD)
    box.addWidget(caption(text, field))
    box.addWidget(field)
    return box


def _question(text: str, name: str, field: QWidget, answer: QWidget, note: QWidget | None = None) -> QWidget:
    frame = card()
    row = QHBoxLayout(frame)
    row.setContentsMargins(SPACE[3], SPACE[2], SPACE[3], SPACE[3])
    row.setSpacing(SPACE[4])
    box = QVBoxLayout()
    box.setSpacing(SPACE[1])
    box.addWidget(label(text, "strong"))
    box.addLayout(_captioned(name, field))
    asked = QWidget()
    asked.setFixedWidth(ASKED)
    asked.setLayout(box)
    box.setContentsMargins(0, 0, 0, 0)
    row.addWidget(asked)
    told = QVBoxLayout()
    told.setSpacing(SPACE[0])
    told.addStretch(1)
    told.addWidget(answer)
    if note is not None:
        told.addWidget(note)
    told.addStretch(1)
    row.addLayout(told, 1)
    return frame
