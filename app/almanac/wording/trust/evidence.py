"""What backtests showed, in words: the same in the window, the workbook, the report and a terminal.

Headings and heads of columns are here too. ``wording.trust.verdicts`` has the verdicts.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from typing import TYPE_CHECKING

import numpy as np

from almanac.core.calendar.frequency import Frequency, Unit
from almanac.core.distribution.levels import LIKELY
from almanac.core.text import agree
from almanac.wording.formatter import PLAIN, Formatter
from almanac.wording.methods.names import MODEL, SEASONAL_NAIVE, method_label, method_title
from almanac.wording.phrases import chance, two_digits
from almanac.wording.trust.verdicts import difference, held_and_honest, how_it_held

if TYPE_CHECKING:
    from almanac.evaluation import BacktestReport, Comparison, PitHistogram, ReliabilityCurve
    from almanac.evaluation.report.slices import Slice

MISS_HEADING = "How far is it typically off?"
RANGES_HEADING = "How often did the ranges hold?"
PIT_HEADING = "Where did the values fall?"
WORST_HEADING = "Which series do worst?"
SLICES_HEADING = "Where does it do worse?"
CHANCES_HEADING = "Did the chances come true?"

COMPARED_APART = "Other methods next to the model, all with uncorrected ranges:"

PROMISED, HELD, HONEST, UNCORRECTED, CHECKS = "Promised", "Held", "An honest range holds", "Uncorrected", "Checks"
LIKELY_HELD = f"Likely range ({chance(LIKELY)}) held"
MISSES = "Misses compared with the others"
CHANCE_HEADS = ("Chance given, about", "Came true", "Answers")
TOO_FEW_CHECKS = "too few checks to tell"
MIN_ANSWERS, MAX_GAP = 20, 0.1  # answers with about the same chance, and how far off they may be; chosen by judgement

_PIT_PATTERNS = {
    "even": "Values fell about evenly in all tenths, as far as chance allows.",
    "too_many_high": "Too many values were high: the forecasts were too low.",
    "too_many_low": "Too many values were low: the forecasts were too high.",
    "too_many_at_the_ends": "Too many values fell at both ends: the ranges were too narrow.",
    "too_many_in_the_middle": "Too many values fell in the middle: the ranges were too wide.",
    "too_few_checks": "There are too few checks to tell where values fall.",
}
_SLICE_KINDS = {
    "demand_pattern": "Demand",
    "size": "Size",
    "history_length": "History",
    "step": "How far ahead",
    "series": "Series",
}
_DEMAND_PATTERNS = {
    "smooth": "steady",
    "erratic": "erratic",
    "intermittent": "now and then",
    "lumpy": "now and then, in varying amounts",
}
_REASONS = {"ranges": "ranges", "errors": "misses"}


def ranges_summary(report: BacktestReport, range_note: str, formatter: Formatter = PLAIN) -> str:
    """What the checks of the ranges are; ``range_note``: how the ranges were made, in a sentence."""
    runs = formatter.plural(report.forecasts, "practice forecast")
    made = agree(report.forecasts, "made", "each made")
    result = range_note if report.any_coverage_known else "That is too little to tell how often ranges hold."
    return f"{runs} of your own past, {made} with what was known at the time. {result}"


def promised(coverage: float) -> str:
    """What a range promises: "8 in 10 cases"."""
    return f"{chance(coverage)} cases"


def coverage_lines(report: BacktestReport, formatter: Formatter = PLAIN) -> tuple[tuple[str, str], ...]:
    """Each range and how often it held: ("80% range", "held 78% of the time (as promised), 74% uncorrected")."""
    lines = []
    for level, band in report.coverage.items():
        held = TOO_FEW_CHECKS
        if band.has_enough_checks:
            uncorrected = formatter.percent(report.coverage_uncorrected[level].held)
            share = held_and_honest(band, formatter)[0]
            held = f"held {share} of the time ({how_it_held(band)}), {uncorrected} uncorrected"
        lines.append((f"{formatter.percent(level)} range", held))
    return tuple(lines)


def pit_sentence(pit: PitHistogram) -> str:
    """Where values fell, in a sentence or two."""
    sentence = _PIT_PATTERNS[pit.pattern]
    if pit.pattern in ("even", "too_few_checks") or pit.shown_by_single_tenths:
        return sentence
    return f"{sentence} No single tenth shows it, but all of them together do."


def pit_explanation(pit: PitHistogram, formatter: Formatter = PLAIN, *, shaded: bool = False) -> str:
    """What a tenth is, and what chance does; ``shaded``: with a chart that shades what chance allows."""
    return (
        "Each practice forecast is cut into ten equal parts, from the lowest amounts it expected to the highest; each "
        "should hold 1 value in 10. By chance, honest forecasts have "
        f"{formatter.between(pit.low, pit.high)} in each{': the shaded band' if shaded else ''}."
    )


def tenth_names(count: int, formatter: Formatter = PLAIN) -> tuple[str, ...]:
    """What so many tenths are called: "Lowest", "2" … "9", "Highest"."""
    return ("Lowest", *(formatter.count(k) for k in range(2, count)), "Highest")


def slice_value(part: Slice) -> str:
    """The value of a slice: "North", "now and then", "steps 3 to 4"."""
    if part.kind == "demand_pattern":
        return _DEMAND_PATTERNS[part.value]
    if part.kind == "step":
        first, _, last = part.value.partition("-")
        return f"steps {first} to {last}" if last else f"step {first}"
    return part.value


def slice_label(part: Slice) -> str:
    """A slice: "Region: North", "How far ahead: steps 3 to 4"."""
    return f"{_SLICE_KINDS.get(part.kind, part.column)}: {slice_value(part)}"


def slice_sentence(part: Slice, formatter: Formatter = PLAIN) -> str:
    """A slice with its figures: "Region: North. Likely ranges held in 61% of 240 checks; misses 1.4 times …"."""
    checks = formatter.plural(part.checks, "check")
    held = f"{slice_label(part)}. Likely ranges held in {formatter.percent(part.coverage)} of {checks}"
    if not isfinite(part.error):
        return f"{held}."
    return f"{held}; misses {formatter.number(part.error, 2)} times those of the others."


def slices_summary(parts: tuple[Slice, ...], formatter: Formatter = PLAIN) -> str:
    """Which parts of the data do clearly worse."""
    worse = [slice_label(part) for part in parts if part.reasons]
    if not worse:
        return "No part of your data does clearly worse than the others; the differences may be chance."
    do = agree(len(worse), "does", "do")
    return f"{formatter.plural(len(worse), 'part')} {do} clearly worse than chance allows. {'; '.join(worse)}."


def reasons(part: Slice) -> str:
    """In what a slice is clearly worse: "ranges, misses"."""
    return ", ".join(_REASONS[reason] for reason in part.reasons)


def worst_series_summary(cases: tuple[Slice, ...]) -> str:
    """Which single series clearly fail."""
    failing = [one.value for one in cases if one.reasons]
    if not failing:
        return "No single series does worse than chance allows. These did worst:"
    return f"The ranges of {', '.join(failing)} hold clearly less often than they promise."


def reliability_summary(curve: ReliabilityCurve, formatter: Formatter = PLAIN) -> str:
    """How many chances were given in practice, and how far they were off: all of them, and those that were unsure.

    Where many answers are sure, and right, the mean of all says nothing about the others.
    """
    given = formatter.plural(curve.events, "such answer was", "such answers were")
    off = formatter.number(curve.expected_calibration_error * 100, 1)
    found = f"{given} given in practice runs on your own past, off by {off} percentage points on average"
    unsure = curve.unsure
    if unsure.events == curve.events:
        return f"{found}."
    between = formatter.between(*curve.unsure_between)
    if unsure.events == 0:
        return f"{found}; none was between {between.replace(' to ', ' and ')}."
    by = formatter.number(unsure.expected_calibration_error * 100, 1)
    those = f"the {formatter.count(unsure.events)} of {between}" if unsure.events > 1 else f"the one of {between}"
    return f"{found}; {those}, which were less sure, by {by}."


def too_few_chances(curve: ReliabilityCurve | None, formatter: Formatter = PLAIN) -> str:
    """Why nothing can be said about chances."""
    if curve is None or curve.events == 0:
        return "Too little history to tell: no practice run could be compared with what happened."
    few = formatter.plural(curve.events, "such answer")
    return f"Too little history to tell: only {few} could be compared with what happened."


def comparison_lines(
    report: BacktestReport, found: Sequence[Comparison], formatter: Formatter = PLAIN
) -> tuple[str, ...]:
    """A line for each method that was tried as well, compared with the model.

    The verdict compares the model with the seasonal naive, on more practice forecasts: that is said once.
    """
    model = next((one for one in found if one.method == MODEL), found[0])
    said = any(verdict.reason == "compared" for verdict in report.verdicts)
    shown = [one for one in found if not (said and one.method == SEASONAL_NAIVE)]
    return tuple(f"{method_title(one.method)}: {comparison_sentence(one, model, formatter)}" for one in shown)


def comparison_sentence(one: Comparison, other: Comparison, formatter: Formatter = PLAIN) -> str:
    """A method compared with another: "misses 29% smaller than those of the model, 80% range held …"."""
    if not isfinite(one.error):
        return "too little history to compare"
    runs = formatter.plural(one.windows, "practice forecast")
    held = f"{formatter.percent(LIKELY)} range held {formatter.percent(one.coverage)} of the time, in {runs}"
    if one.method == other.method:
        return held
    misses = "about as large" if other.method in one.alike else difference(1 - one.error / other.error, formatter)
    than = "as" if misses.endswith("as large") else "than"
    return f"misses {misses} {than} those of {method_label(other.method)}, {held}"


def has_checked_chances(report: BacktestReport | None, curve: ReliabilityCurve | None) -> bool:
    """Whether enough checks say how often chances came true."""
    if curve is None or curve.events == 0:
        return False
    return report is None or report.coverage[LIKELY].has_enough_for_praise


def typical_miss(report: BacktestReport, frequency: Frequency, formatter: Formatter = PLAIN) -> str:
    """How far the forecasts were off in practice: "Typically off by 31 a week (12%)."."""
    miss = report.typical_miss
    period = f"{'an' if frequency.unit is Unit.HOUR and frequency.multiple == 1 else 'a'} {frequency.period}"
    share = formatter.percent(miss.share) if isfinite(miss.share) else ""
    which = "Typically" if report.series_tested == 1 else "Each series is typically"
    if isfinite(miss.amount):
        amount = formatter.number(miss.amount, two_digits(miss.amount))
        return f"{which} off by {amount} {period}{f' ({share})' if share else ''}."
    return f"{which} off by {share} {period}." if share else "How far it is typically off is not known yet."


def broken_chance(curve: ReliabilityCurve, formatter: Formatter = PLAIN) -> str:
    """A warning about the chances that came true least as given; empty where none is far off.

    "Chances of about 94% came true only 78% of the time, in 120 answers."
    """
    gaps = np.where(curve.counts >= MIN_ANSWERS, np.abs(curve.observed - curve.predicted), 0.0)
    worst = int(gaps.argmax())
    if not gaps[worst] >= MAX_GAP:
        return ""
    given, happened = float(curve.predicted[worst]), float(curve.observed[worst])
    how = "only " if happened < given else ""
    answers = formatter.plural(int(curve.counts[worst]), "answer")
    return (
        f"Chances of about {formatter.percent(given)} came true {how}{formatter.percent(happened)} of the time, "
        f"in {answers}: do not take such chances at their word."
    )
