"""The verdicts in words: question, answer and evidence, the same in the window, the workbook, the report and a terminal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from almanac.wording.methods import MODEL, SEASONAL_NAIVE, method_label, method_title
from almanac.wording.number_format import PLAIN, NumberFormat

if TYPE_CHECKING:
    from almanac.evaluation.report.coverage import CoverageBand
    from almanac.evaluation.report.verdicts import BaselineComparison, DominantMiss, RangeCheck, Verdict

MAX_TIMES = 100  # larger misses are "more than 100 times as large"
_NAIVE = method_label(SEASONAL_NAIVE)

_QUESTIONS = {
    "can_it_be_trusted": "Can it be trusted?",
    "better_than_seasonal_naive": f"Is it better than {_NAIVE}?",
    "ranges_honest": "Are the ranges honest?",
    "what_it_cannot_know": "What can it not know?",
}


@dataclass(frozen=True)
class VerdictWords:
    """A verdict for a person: a sentence each, ``sentence`` with the answer and ``evidence`` with what it rests on."""

    question: str
    sentence: str
    evidence: str


def words_of(verdict: Verdict, numbers: NumberFormat = PLAIN) -> VerdictWords:
    """The words of a verdict."""
    sentence, evidence = _WORDS[verdict.reason](verdict, verdict.facts, numbers)
    return VerdictWords(_QUESTIONS[verdict.question], sentence, evidence)


_Words = Callable[["Verdict", Any, NumberFormat], tuple[str, str]]


def _no_windows(_verdict: Verdict, _facts: None, _numbers: NumberFormat) -> tuple[str, str]:
    return "There is too little history to tell.", "No series is long enough to try a forecast on its own past."


def _nothing_changes(_verdict: Verdict, windows: int, numbers: NumberFormat) -> tuple[str, str]:
    runs = numbers.plural(windows, "practice forecast")
    return (
        "Nothing in your data ever changes, so there is nothing to check.",
        f"In {runs} every value was the same as before, as forecast.",
    )


def _dominant_miss(_verdict: Verdict, miss: DominantMiss, numbers: NumberFormat) -> tuple[str, str]:
    return (
        "One value outweighs all the others, so no comparison can be trusted.",
        f"{miss.series}, {miss.period} makes up {numbers.percent(miss.share)} of all misses. If it is a mistake, choose "
        "a repair for it or correct it in your file.",
    )


def _too_few_to_compare(_verdict: Verdict, found: BaselineComparison, numbers: NumberFormat) -> tuple[str, str]:
    return (
        f"There is too little history to compare with {_NAIVE}.",
        f"{numbers.plural(found.windows, 'practice forecast')} could be compared.",
    )


def _compared(verdict: Verdict, found: BaselineComparison, numbers: NumberFormat) -> tuple[str, str]:
    sentence = {
        "better": f"The model does better than {_NAIVE}.",
        "worse": f"{method_title(SEASONAL_NAIVE)} does better than {method_label(MODEL)}.",
        "alike": f"The model and {_NAIVE} do about equally well on your data.",
    }[verdict.answer]
    series = f"{numbers.count(found.better)} of {numbers.count(found.series)} series"
    runs = numbers.plural(found.windows, "practice forecast")
    return sentence, f"Its misses are {_smaller(found.gain, numbers)}, and smaller for {series}, in {runs}."


def _smaller(gain: float, numbers: NumberFormat) -> str:
    """0.2 as "20% smaller", -0.2 as "20% larger", -3 as "4 times as large"."""
    if gain > -1:
        return f"{numbers.percent(abs(gain))} {'smaller' if gain >= 0 else 'larger'}"
    if gain > -MAX_TIMES:
        return f"{numbers.decimal(1 - gain, 0)} times as large"
    return f"more than {numbers.count(MAX_TIMES)} times as large"


def _too_few_checks(_verdict: Verdict, check: RangeCheck, numbers: NumberFormat) -> tuple[str, str]:
    possible = numbers.plural(check.before.checks, "check was", "checks were")
    independent = numbers.decimal(check.before.independent, 0)
    return (
        "There is too little history to tell whether the ranges hold.",
        f"{possible} possible, worth no more than {independent} independent ones.",
    )


def _as_promised(_verdict: Verdict, check: RangeCheck, numbers: NumberFormat) -> tuple[str, str]:
    return "The ranges hold what they promise.", _held(check.before, numbers)


def _worse_corrected(verdict: Verdict, check: RangeCheck, numbers: NumberFormat) -> tuple[str, str]:
    uncorrected = numbers.percent(check.before.held)
    return (
        f"Corrected, the ranges came out too {_width(verdict)} on your data.",
        f"{_held(check.after, numbers)} Uncorrected: {uncorrected}.",
    )


def _not_corrected(verdict: Verdict, check: RangeCheck, numbers: NumberFormat) -> tuple[str, str]:
    but = "but practice runs gave too little reason to correct them"
    return f"{_own_ranges(verdict)}, {but}.", _held(check.before, numbers)


def _partly_corrected(verdict: Verdict, check: RangeCheck, numbers: NumberFormat) -> tuple[str, str]:
    return f"{_own_ranges(verdict)}; they were {_correction(verdict)} a little.", _before_and_after(check, numbers)


def _corrected(verdict: Verdict, check: RangeCheck, numbers: NumberFormat) -> tuple[str, str]:
    return f"{_own_ranges(verdict)}; they were {_correction(verdict)}.", _before_and_after(check, numbers)


def _not_in_the_past(_verdict: Verdict, _facts: None, _numbers: NumberFormat) -> tuple[str, str]:
    return (
        "No forecast can foresee what never happened in your past, such as a new competitor or a closure.",
        "A forecast continues what the numbers have shown so far.",
    )


def _own_ranges(verdict: Verdict) -> str:
    return f"The model's own ranges are too {_width(verdict)} on your data"


def _width(verdict: Verdict) -> str:
    return "narrow" if verdict.answer == "too_narrow" else "wide"


def _correction(verdict: Verdict) -> str:
    return "widened" if verdict.answer == "too_narrow" else "narrowed"


def _held(band: CoverageBand, numbers: NumberFormat) -> str:
    """How often a range held: "The 80% range held in 78% of 1,200 checks; an honest one holds in 74% to 86%."."""
    share, checks = numbers.percent(band.held), numbers.plural(band.checks, "check")
    allowed = numbers.between(band.low, band.high)
    return f"The {numbers.percent(band.level)} range held in {share} of {checks}; an honest one holds in {allowed}."


def _before_and_after(check: RangeCheck, numbers: NumberFormat) -> str:
    after = numbers.percent(check.after.held)
    return f"{_held(check.before, numbers)} Corrected by what was known at the time: {after}."


_WORDS: dict[str, _Words] = {
    "no_windows": _no_windows,
    "nothing_changes": _nothing_changes,
    "dominant_miss": _dominant_miss,
    "too_few_to_compare": _too_few_to_compare,
    "compared": _compared,
    "too_few_checks": _too_few_checks,
    "as_promised": _as_promised,
    "worse_corrected": _worse_corrected,
    "not_corrected": _not_corrected,
    "partly_corrected": _partly_corrected,
    "corrected": _corrected,
    "not_in_the_past": _not_in_the_past,
}
