"""Evidence: two verdicts, each with what it rests on; how often the ranges held; and the parts that do worse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from almanac.desktop.charts.pit import TenthsChart
from almanac.desktop.formatting import numbers
from almanac.desktop.pages.trust.view import View, framed
from almanac.desktop.theme.icons import IconLabel
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import button, card, clear, label
from almanac.desktop.widgets.figures_table import FiguresTable
from almanac.wording.phrases import chance

if TYPE_CHECKING:
    from almanac.evaluation import BacktestReport, PitHistogram
    from almanac.evaluation.report.slices import Slice
    from almanac.evaluation.report.verdicts import CoverageBand, Verdict

# Per answer: the colour and shape that go with its words.
MARKS = {
    "better": ("good", "check"),
    "honest": ("good", "check"),
    "worse": ("look", "triangle-alert"),
    "too_narrow": ("look", "triangle-alert"),
    "too_wide": ("look", "triangle-alert"),
}
SLICES_SHOWN, BESIDE_BARS = 12, 220
HELD, MISSES = "The range of 8 in 10 held", "Misses, beside the others"
BETTER = "plain_method_better"


class EvidenceView(View):
    """``best_wanted``: forecast again by what is best for each series (True), or by the model for all (False)."""

    best_wanted = Signal(bool)
    name = "&Evidence"
    of_one_series = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._verdicts = QHBoxLayout()
        self._verdicts.setSpacing(SPACE[2])
        self.box.addLayout(self._verdicts)
        self.other, box = framed("Best for this data")
        self.better = label("", "", wrap=True)
        self.why_better = label("", "quiet", wrap=True)
        row = QHBoxLayout()
        self.best = button("Use &Best for This Data", "small")
        self.best.clicked.connect(lambda: self.best_wanted.emit(not self.result.baselines))
        row.addWidget(self.best)
        row.addStretch(1)
        box.addWidget(self.better)
        box.addWidget(self.why_better)
        box.addLayout(row)
        self.box.addWidget(self.other)
        self.held, box = framed("How often the ranges held")
        self.how = label("", "quiet", wrap=True)
        self.promises = FiguresTable("How often the ranges held in practice runs")
        box.addWidget(self.how)
        box.addWidget(self.promises)
        self.box.addWidget(self.held)
        self._make_tenths()
        self.worst_series, box = framed("The worst cases")
        self.failing = label("", "", wrap=True)
        self.cases = FiguresTable("The series that do worst")
        box.addWidget(self.failing)
        box.addWidget(self.cases)
        self.box.addWidget(self.worst_series)
        self.parts, box = framed("Where it does worse")
        self.worse = label("", "", wrap=True)
        self.slices = FiguresTable("Parts of your data, the worst first", most=SLICES_SHOWN)
        box.addWidget(self.worse)
        box.addWidget(self.slices)
        self.box.addWidget(self.parts)
        self.box.addStretch(1)

    def _make_tenths(self) -> None:
        self.fell, box = framed("Where did the values fall?")
        self.where = label("", "", wrap=True)
        self.cut = label("", "quiet", wrap=True)
        self.bars = TenthsChart()
        self.tenths = FiguresTable("Where the values fell, tenth by tenth", most=10)
        self.tenths.setFixedWidth(BESIDE_BARS)
        row = QHBoxLayout()
        row.setSpacing(SPACE[3])
        row.addWidget(self.bars, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.tenths, 0, Qt.AlignmentFlag.AlignTop)
        box.addWidget(self.where)
        box.addWidget(self.cut)
        box.addLayout(row)
        self.box.addWidget(self.fell)

    def fill(self) -> None:
        practice = self.result.backtest
        clear(self._verdicts)
        self._show_best()
        self.held.setVisible(practice is not None and practice.checks > 0)
        self.fell.setVisible(practice is not None and _any_told(practice))
        self.worst_series.setVisible(practice is not None and bool(practice.worst_series))
        self.parts.setVisible(practice is not None and bool(practice.slices))
        if practice is None:
            ranges = f"The ranges are {self.result.range_note[0].lower()}{self.result.range_note[1:]}"
            unknown = "How far they can be trusted is not known. Forecast again and let it finish to find out."
            self._verdicts.addWidget(_plain("Nothing was practised.", f"{ranges} {unknown}"))
            return
        for verdict in practice.verdicts:
            self._verdicts.addWidget(_card(verdict), 1)
        self._show_promises(practice)
        self._show_tenths(practice.pit)
        self._show_worst(practice.worst_series)
        self._show_slices(practice.slices)

    def _show_best(self) -> None:
        """Where a plain method serves some series better: say so and offer it, or offer the way back."""
        found = [note for note in self.result.forecast.notes if note.code == BETTER]
        self.other.setVisible(bool(found))
        for note in found:
            self.better.setText(note.what)
            self.why_better.setText(note.why)
        self.best.setText("Use the &Model for All Series" if self.result.baselines else "Use &Best for This Data")

    def _show_promises(self, practice: BacktestReport) -> None:
        runs = numbers.plural(practice.forecasts, "practice forecast")
        self.how.setText(
            f"{runs} of your own past, each made with what was known then, and compared with what happened. "
            + (self.result.range_note if _any_told(practice) else "That is too little to tell how often ranges hold.")
        )
        self.promises.setVisible(_any_told(practice))
        rows = [
            [
                f"{chance(level)} cases",
                *_held(band, practice.coverage_uncorrected[level]),
                numbers.count(band.checks),
            ]
            for level, band in practice.coverage.items()
            if band.checks
        ]
        heads = ["Promised to hold in", "Held", "An honest range holds", "Uncorrected", "Checks"]
        self.promises.show_figures(heads, rows)

    def _show_tenths(self, tenths: PitHistogram) -> None:
        self.where.setText(tenths.sentence)
        for part in (self.cut, self.bars, self.tenths):
            part.setVisible(bool(tenths.shares))
        self.bars.show_tenths(tenths)
        allowed = f"{numbers.percent(tenths.low)} to {numbers.percent(tenths.high)}" if tenths.shares else ""
        self.cut.setText(
            "Each practice forecast is cut into ten tenths, from the lowest amounts it foresaw to the highest; each is "
            f"promised to hold 1 value in 10. By chance, honest ones have {allowed} in each: the shaded band."
        )
        names = {1: "Lowest", len(tenths.shares): "Highest"}
        rows = [[names.get(k, numbers.count(k)), numbers.percent(x)] for k, x in enumerate(tenths.shares, start=1)]
        self.tenths.show_figures(["Tenth", "Values"], rows)

    def _show_worst(self, cases: tuple[Slice, ...]) -> None:
        failing = [one.value for one in cases if one.reasons]
        self.failing.setText(
            f"The ranges of {', '.join(failing)} hold clearly less often than they promise."
            if failing
            else "No single series fails by more than chance would have it. These did least well:"
        )
        rows = [[one.value, *_figures(one), numbers.count(one.checks)] for one in cases]
        self.cases.show_figures(["Series", HELD, MISSES, "Checks"], rows)

    def _show_slices(self, parts: tuple[Slice, ...]) -> None:
        worse = [part for part in parts if part.reasons]
        self.worse.setText(
            f"{numbers.plural(len(worse), 'part does', 'parts do')} clearly worse than chance would have it: "
            + ", ".join(f"{part.by} {part.value}" for part in worse)
            + "."
            if worse
            else "No part of your data does clearly worse than the others; the differences below may be chance."
        )
        compared = any(np.isfinite(part.error) for part in parts)
        rows = [
            [
                f"{part.by}: {part.value}",
                *_figures(part)[: 1 + compared],
                numbers.count(part.series),
                numbers.count(part.checks),
            ]
            for part in parts
        ]
        self.slices.show_figures(["Part", HELD, *[MISSES] * compared, "Series", "Checks"], rows)


def _any_told(practice: BacktestReport) -> bool:
    return any(band.has_enough_checks for band in practice.coverage.values())


def _held(band: CoverageBand, raw: CoverageBand) -> tuple[str, str, str]:
    if not band.has_enough_checks:
        return "too few checks to tell", "", ""
    return (
        numbers.percent(band.held),
        f"{numbers.percent(band.low)} to {numbers.percent(band.high)}",
        numbers.percent(raw.held),
    )


def _figures(part: Slice) -> tuple[str, str]:
    beside = f"{numbers.number(part.error, 2)} times" if np.isfinite(part.error) else ""
    return numbers.percent(part.coverage), beside


def _card(verdict: Verdict) -> QWidget:
    """A question, the answer with its mark, and what it rests on."""
    colour, mark = MARKS.get(verdict.answer, ("quiet", "info"))
    frame = card()
    box = QVBoxLayout(frame)
    box.setContentsMargins(SPACE[3], SPACE[2], SPACE[3], SPACE[3])
    box.setSpacing(SPACE[1])
    box.addWidget(label(verdict.question, "caption", wrap=True))
    row = QHBoxLayout()
    row.setSpacing(SPACE[1])
    row.addWidget(IconLabel(mark, colour), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(label(verdict.sentence, "strong", wrap=True), 1)
    box.addLayout(row)
    box.addWidget(label(verdict.evidence, "quiet", wrap=True))
    box.addStretch(1)
    frame.setAccessibleName(f"{verdict.question} {verdict.sentence}")
    frame.setAccessibleDescription(verdict.evidence)
    return frame


def _plain(heading: str, text: str) -> QWidget:
    frame, box = framed(heading)
    box.addWidget(label(text, "", wrap=True))
    return frame
