"""Evidence: the verdicts with what they rest on, how often the ranges held, and the parts that do worse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from almanac.desktop.charts.pit import PitChart
from almanac.desktop.formatting import numbers
from almanac.desktop.formatting.numbers import LOCALE
from almanac.desktop.pages.trust.view import View
from almanac.desktop.theme.icons import IconLabel
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import button, card, clear, framed, label
from almanac.desktop.widgets.figures_table import FiguresTable
from almanac.wording.trust import evidence
from almanac.wording.trust.backtest_notes import BETTER_METHOD
from almanac.wording.trust.verdicts import held_and_honest, words_of

if TYPE_CHECKING:
    from almanac.evaluation import BacktestReport, PitHistogram
    from almanac.evaluation.report.coverage import CoverageBand
    from almanac.evaluation.report.slices import Slice
    from almanac.evaluation.report.verdicts import Verdict
    from almanac.workflow.results import ForecastResult

# Colour and icon of each answer; any other answer is quiet.
MARKS = {
    "better": ("good", "check"),
    "honest": ("good", "check"),
    "worse": ("look", "triangle-alert"),
    "too_narrow": ("look", "triangle-alert"),
    "too_wide": ("look", "triangle-alert"),
}
MAX_SLICES, TENTHS_WIDTH = 12, 220
UNFOLD, FOLD = "Show the &Statistics", "Hide the &Statistics"
BEST, ALL_BY_MODEL = "Use &Best for This Data", "Use the &Model for All Series"


class EvidenceView(View):
    """``best_wanted``: forecast again with the best method for each series (True) or the model for all (False)."""

    best_wanted = Signal(bool)
    name = "&Evidence"
    of_one_series = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._unfolded = False
        self.miss = label("", "section", wrap=True)
        self.box.addWidget(self.miss)
        self._verdicts = QHBoxLayout()
        self._verdicts.setSpacing(SPACE[2])
        self.box.addLayout(self._verdicts)
        self.methods = self._make_methods()
        self.ranges = self._make_ranges()
        self.pit = self._make_pit()
        self.worst_series = self._make_worst_series()
        self.slices = self._make_slices()
        self.fold = button(UNFOLD, "small", "chevron-down")
        self.fold.clicked.connect(self._toggle)
        folded = QHBoxLayout()
        folded.addWidget(self.fold)
        folded.addStretch(1)
        self.box.addWidget(self.methods)
        self.box.addLayout(folded)
        for section in (self.slices, self.worst_series, self.ranges, self.pit):
            self.box.addWidget(section)
        self.box.addStretch(1)

    def _make_methods(self) -> QFrame:
        self.better_methods = label("", "", wrap=True)
        self.better_evidence = label("", "quiet", wrap=True)
        self.best = button(BEST, "small")
        self.best.clicked.connect(lambda: self.best_wanted.emit(not self.result.baselines))
        row = QHBoxLayout()
        row.addWidget(self.best)
        row.addStretch(1)
        return framed("Best for this data", self.better_methods, self.better_evidence, row)

    def _make_ranges(self) -> QFrame:
        self.ranges_summary = label("", "quiet", wrap=True)
        self.ranges_table = FiguresTable(evidence.RANGES_HEADING)
        return framed(evidence.RANGES_HEADING, self.ranges_summary, self.ranges_table)

    def _make_pit(self) -> QFrame:
        self.pit_sentence = label("", "", wrap=True)
        self.pit_explanation = label("", "quiet", wrap=True)
        self.pit_chart = PitChart()
        self.pit_table = FiguresTable("Where the values fell, tenth by tenth", most=10)
        self.pit_table.setFixedWidth(TENTHS_WIDTH)
        row = QHBoxLayout()
        row.setSpacing(SPACE[3])
        row.addWidget(self.pit_chart, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.pit_table, 0, Qt.AlignmentFlag.AlignTop)
        return framed(evidence.PIT_HEADING, self.pit_sentence, self.pit_explanation, row)

    def _make_worst_series(self) -> QFrame:
        self.worst_summary = label("", "", wrap=True)
        self.worst_table = FiguresTable(evidence.WORST_HEADING)
        return framed(evidence.WORST_HEADING, self.worst_summary, self.worst_table)

    def _make_slices(self) -> QFrame:
        self.slices_summary = label("", "", wrap=True)
        self.slices_table = FiguresTable("Parts of your data, the worst first", most=MAX_SLICES)
        return framed(evidence.SLICES_HEADING, self.slices_summary, self.slices_table)

    def fill(self) -> None:
        """Show what the backtest of the forecast says."""
        report = self.result.backtest
        clear(self._verdicts)
        self._show_methods()
        self._show_parts(report)
        self.miss.setVisible(report is not None)
        if report is None:
            self._verdicts.addWidget(_no_backtest(self.result))
            return
        self.miss.setText(evidence.typical_miss(report, self.result.forecast.frequency, LOCALE))
        for verdict in report.verdicts:
            self._verdicts.addWidget(_verdict_card(verdict), 1)
        self._show_ranges(report)
        self._show_pit(report.pit)
        self._show_worst_series(report.worst_series)
        self._show_slices(report.slices)

    def unfold(self) -> None:
        """Show the statistics when it is filled next."""
        self._set_fold(unfolded=True)

    def _toggle(self) -> None:
        self._set_fold(unfolded=not self._unfolded)
        self._show_parts(self.result.backtest)

    def _set_fold(self, *, unfolded: bool) -> None:
        self._unfolded = unfolded
        self.fold.setText(FOLD if self._unfolded else UNFOLD)
        self.fold.set_icon("chevron-up" if self._unfolded else "chevron-down")

    def _show_parts(self, report: BacktestReport | None) -> None:
        """Show the statistics when the person wants them, and always those that say where it is clearly worse."""
        parts: tuple[tuple[QFrame, bool, bool], ...] = ()  # each with: whether it has something, and must be seen
        if report is not None:
            parts = (
                (self.slices, bool(report.slices), any(part.reasons for part in report.slices)),
                (self.worst_series, bool(report.worst_series), any(one.reasons for one in report.worst_series)),
                (self.ranges, report.checks > 0, False),
                (self.pit, report.any_coverage_known, False),
            )
        for section in (self.slices, self.worst_series, self.ranges, self.pit):
            section.hide()
        for section, filled, important in parts:
            section.setVisible(filled and (important or self._unfolded))
        self.fold.setVisible(any(filled and not important for _, filled, important in parts))

    def _show_methods(self) -> None:
        """Where a baseline forecasts some series better: say so and offer it, or offer the way back."""
        found = [note for note in self.result.forecast.notes if note.code == BETTER_METHOD]
        self.methods.setVisible(bool(found))
        for note in found:
            self.better_methods.setText(note.what)
            self.better_evidence.setText(note.why)
        self.best.setText(ALL_BY_MODEL if self.result.baselines else BEST)

    def _show_ranges(self, report: BacktestReport) -> None:
        self.ranges_summary.setText(evidence.ranges_summary(report, self.result.range_note, LOCALE))
        self.ranges_table.setVisible(report.any_coverage_known)
        heads = [evidence.PROMISED, evidence.HELD, evidence.HONEST, evidence.UNCORRECTED, evidence.CHECKS]
        rows = [
            [evidence.promised(level), *_held(band, report.coverage_uncorrected[level]), numbers.count(band.checks)]
            for level, band in report.coverage.items()
            if band.checks
        ]
        self.ranges_table.show_figures(heads, rows)

    def _show_pit(self, pit: PitHistogram) -> None:
        self.pit_sentence.setText(evidence.pit_sentence(pit))
        for part in (self.pit_explanation, self.pit_chart, self.pit_table):
            part.setVisible(bool(pit.shares))
        self.pit_chart.show_histogram(pit)
        if pit.shares:
            self.pit_explanation.setText(evidence.pit_explanation(pit, LOCALE, shaded=True))
            names = evidence.tenth_names(len(pit.shares), LOCALE)
            rows = [[name, numbers.percent(share)] for name, share in zip(names, pit.shares, strict=True)]
            self.pit_table.show_figures(["Tenth", "Values"], rows)

    def _show_worst_series(self, cases: tuple[Slice, ...]) -> None:
        self.worst_summary.setText(evidence.worst_series_summary(cases))
        rows = [[one.value, *_figures(one), numbers.count(one.checks)] for one in cases]
        self.worst_table.show_figures(["Series", evidence.LIKELY_HELD, evidence.MISSES, evidence.CHECKS], rows)

    def _show_slices(self, parts: tuple[Slice, ...]) -> None:
        self.slices_summary.setText(evidence.slices_summary(parts, LOCALE))
        compared = any(np.isfinite(part.error) for part in parts)
        rows = [
            [
                evidence.slice_label(part),
                *_figures(part)[: 1 + compared],
                numbers.count(part.series),
                numbers.count(part.checks),
            ]
            for part in parts
        ]
        misses = [evidence.MISSES] if compared else []
        self.slices_table.show_figures(["Part", evidence.LIKELY_HELD, *misses, "Series", evidence.CHECKS], rows)


def _held(band: CoverageBand, uncorrected: CoverageBand) -> tuple[str, str, str]:
    if not band.has_enough_checks:
        return evidence.TOO_FEW_CHECKS, "", ""
    return (
        *held_and_honest(band, LOCALE),
        numbers.percent(uncorrected.held),
    )


def _figures(part: Slice) -> tuple[str, str]:
    misses = f"{numbers.number(part.error, 2)} times" if np.isfinite(part.error) else ""
    return numbers.percent(part.coverage), misses


def _verdict_card(verdict: Verdict) -> QWidget:
    """A question, the answer with its mark, and what it rests on."""
    words = words_of(verdict, LOCALE)
    colour, mark = MARKS.get(verdict.answer, ("quiet", "info"))
    frame = card()
    box = QVBoxLayout(frame)
    box.setContentsMargins(SPACE[3], SPACE[2], SPACE[3], SPACE[3])
    box.setSpacing(SPACE[1])
    box.addWidget(label(words.question, "caption", wrap=True))
    row = QHBoxLayout()
    row.setSpacing(SPACE[1])
    row.addWidget(IconLabel(mark, colour), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(label(words.sentence, "strong", wrap=True), 1)
    box.addLayout(row)
    box.addWidget(label(words.evidence, "quiet", wrap=True))
    box.addStretch(1)
    frame.setAccessibleName(f"{words.question} {words.sentence}")
    frame.setAccessibleDescription(words.evidence)
    return frame


def _no_backtest(result: ForecastResult) -> QWidget:
    if result.is_being_checked:
        found = "Almanac forecasts your own past and compares it with what happened. What that shows will be here."
        return framed("Checking on your past …", label(f"{result.range_note} {found}", "", wrap=True))
    unknown = "How far the ranges can be trusted is not known. Forecast again and let it finish to find out."
    return framed("There were no practice runs.", label(f"{result.range_note} {unknown}", "", wrap=True))
