"""The verdicts in words: question, answer and evidence, the same in window, workbook, report and terminal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from almanac.wording.formatter import PLAIN, Formatter
from almanac.wording.methods.names import MODEL, SEASONAL_NAIVE, method_label, method_title

if TYPE_CHECKING:
    from almanac.evaluation.report.coverage import CoverageBand
    from almanac.evaluation.report.verdicts import BaselineComparison, DominantMiss, RangeCheck, Verdict

MAX_DECIMALS = 3  # of a percentage
MIN_GAIN = 0.01  # a smaller one is "less than 1% smaller"
MAX_TIMES = 100  # larger misses are "more than 100 times as large"
DECIDED = frozenset({"better", "honest", "worse", "too_narrow", "too_wide"})  # the others are shown in grey
DISHONEST = frozenset({"too_narrow", "too_wide"})
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


def words_of(verdict: Verdict, formatter: Formatter = PLAIN) -> VerdictWords:
    """The words of a verdict."""
    sentence, evidence = _WORDS[verdict.reason](verdict, verdict.facts, formatter)
    return VerdictWords(_QUESTIONS[verdict.question], sentence, evidence)


_Words = Callable[["Verdict", Any, Formatter], tuple[str, str]]


def _no_windows(_verdict: Verdict, _facts: None, _formatter: Formatter) -> tuple[str, str]:
    return "There is too little history to tell.", "No series is long enough to try a forecast on its own past."


def _nothing_changes(_verdict: Verdict, windows: int, formatter: Formatter) -> tuple[str, str]:
    runs = formatter.plural(windows, "practice forecast")
    return (
        "Nothing in your data ever changes, so there is nothing to check.",
        f"In {runs} every value was the same as before, as forecast.",
    )


def _dominant_miss(_verdict: Verdict, miss: DominantMiss, formatter: Formatter) -> tuple[str, str]:
    return (
        "One value outweighs all the others, so no comparison can be trusted.",
        f"{miss.series}, {miss.period} makes up {formatter.percent(miss.share)} of all misses. If it is a mistake, "
        "choose a repair for it or correct it in your file.",
    )


def _too_few_to_compare(_verdict: Verdict, found: BaselineComparison, formatter: Formatter) -> tuple[str, str]:
    return (
        f"There is too little history to compare with {_NAIVE}.",
        f"{formatter.plural(found.windows, 'practice forecast')} could be compared.",
    )


def _compared(verdict: Verdict, found: BaselineComparison, formatter: Formatter) -> tuple[str, str]:
    sentence = {
        "better": f"The model does better than {_NAIVE}.",
        "worse": f"{method_title(SEASONAL_NAIVE)} does better than {method_label(MODEL)}.",
        "alike": f"The model and {_NAIVE} do about equally well on your data.",
    }[verdict.answer]
    series = f"{formatter.count(found.better)} of {formatter.count(found.series)} series"
    runs = formatter.plural(found.windows, "practice forecast")
    misses = compared_misses(found.gain, verdict.answer == "alike", formatter)
    return sentence, f"Its misses are {misses}, and smaller for {series}, in {runs}."


def compared_misses(gain: float, alike: bool, formatter: Formatter = PLAIN) -> str:
    """What misses are in a sentence: "20% smaller", "20% smaller, which may be chance", "equally large"."""
    if gain == 0:
        return "equally large"
    return difference(gain, formatter) + (", which may be chance" if alike else "")


def difference(gain: float, formatter: Formatter = PLAIN) -> str:
    """What misses are by this gain: 0.2 as "20% smaller", -0.2 as "20% larger", -3 as "4 times as large"."""
    if gain == 0:
        return "as large"
    if 0 < abs(gain) < MIN_GAIN:
        return f"less than {formatter.percent(MIN_GAIN)} {'smaller' if gain > 0 else 'larger'}"
    if gain > -1:
        return f"{formatter.percent(abs(gain))} {'smaller' if gain >= 0 else 'larger'}"
    if gain > -MAX_TIMES:
        return f"{formatter.number(1 - gain, 0)} times as large"
    return f"more than {formatter.count(MAX_TIMES)} times as large"


def _too_few_checks(_verdict: Verdict, check: RangeCheck, formatter: Formatter) -> tuple[str, str]:
    possible = formatter.plural(check.before.checks, "check was", "checks were")
    independent = formatter.number(check.before.independent, 0)
    return (
        "There is too little history to tell whether the ranges hold.",
        f"{possible} possible, worth no more than {independent} independent ones.",
    )


def _as_promised(_verdict: Verdict, check: RangeCheck, formatter: Formatter) -> tuple[str, str]:
    return "The likely ranges hold what they promise.", _held(check.before, formatter)


def _may_be_chance(_verdict: Verdict, check: RangeCheck, formatter: Formatter) -> tuple[str, str]:
    return f"The likely ranges held {how_it_held(check.after)}.", _held(check.after, formatter)


def how_it_held(band: CoverageBand) -> str:
    """How often a range held, next to its promise: "as promised", "too narrow", "more often than promised, …"."""
    if band.answer in _HELD:
        return _HELD[band.answer]
    if not band.has_enough_for_praise:
        return "too few checks to call it honest"
    return f"{'more' if band.held > band.level else 'less'} often than promised, which may be chance"


def _worse_corrected(verdict: Verdict, check: RangeCheck, formatter: Formatter) -> tuple[str, str]:
    uncorrected = _held_otherwise(check.before, check.after, formatter)
    return (
        f"Corrected, the ranges came out too {_width(verdict)} on your data.",
        f"{_held(check.after, formatter)} Uncorrected: {uncorrected}.",
    )


def _not_corrected(verdict: Verdict, check: RangeCheck, formatter: Formatter) -> tuple[str, str]:
    return f"{_own_ranges(verdict)}; correcting them did not help.", _before_and_after(check, formatter)


def _partly_corrected(verdict: Verdict, check: RangeCheck, formatter: Formatter) -> tuple[str, str]:
    sentence = f"{_own_ranges(verdict)}; they were {_correction(verdict)}, but not enough."
    return sentence, _before_and_after(check, formatter)


def _corrected(verdict: Verdict, check: RangeCheck, formatter: Formatter) -> tuple[str, str]:
    return f"{_own_ranges(verdict)}; they were {_correction(verdict)}.", _before_and_after(check, formatter)


def _not_in_the_past(_verdict: Verdict, _facts: None, _formatter: Formatter) -> tuple[str, str]:
    return (
        "No forecast can know of what never happened in your past, such as a new competitor or a closure.",
        "A forecast continues what the numbers have shown so far.",
    )


def _own_ranges(verdict: Verdict) -> str:
    return f"The model's own ranges are too {_width(verdict)} on your data"


def _width(verdict: Verdict) -> str:
    return "narrow" if verdict.answer == "too_narrow" else "wide"


def _correction(verdict: Verdict) -> str:
    return "widened" if verdict.answer == "too_narrow" else "narrowed"


def _held(band: CoverageBand, formatter: Formatter) -> str:
    """How often a range held: "The 80% range held in 78% of 1,200 checks; an honest one holds in 74% to 86%."."""
    checks = formatter.plural(band.checks, "check")
    share, honest = held_and_honest(band, formatter)
    return f"The {formatter.percent(band.level)} range held in {share} of {checks}; an honest one holds in {honest}."


def _before_and_after(check: RangeCheck, formatter: Formatter) -> str:
    after = _held_otherwise(check.after, check.before, formatter)
    return f"{_held(check.before, formatter)} Corrected by what was known at the time: {after}."


def _held_otherwise(band: CoverageBand, said: CoverageBand, formatter: Formatter) -> str:
    """How often the same range held otherwise, with what chance allows unless it is what was ``said`` already."""
    held, honest = held_and_honest(band, formatter)
    return held if honest == held_and_honest(said, formatter)[1] else f"{held}, where an honest one holds in {honest}"


def held_and_honest(band: CoverageBand, formatter: Formatter = PLAIN) -> tuple[str, str]:
    """How often a range held, and how often an honest one does: "87.4%", "73.0% to 87.1%".

    With as many decimals as it takes to see which side of the limits the share is on.
    """
    for decimals in range(MAX_DECIMALS + 1):
        held, low, high = (round(share * 100, decimals) for share in (band.held, band.low, band.high))
        if (held < low, held > high) == (band.held < band.low, band.held > band.high):
            break
    return formatter.percent(band.held, decimals), formatter.between(band.low, band.high, decimals)


_HELD = {"honest": "as promised", "too_narrow": "too narrow", "too_wide": "wider than needed"}
_WORDS: dict[str, _Words] = {
    "no_windows": _no_windows,
    "nothing_changes": _nothing_changes,
    "dominant_miss": _dominant_miss,
    "too_few_to_compare": _too_few_to_compare,
    "compared": _compared,
    "too_few_checks": _too_few_checks,
    "may_be_chance": _may_be_chance,
    "as_promised": _as_promised,
    "worse_corrected": _worse_corrected,
    "not_corrected": _not_corrected,
    "partly_corrected": _partly_corrected,
    "corrected": _corrected,
    "not_in_the_past": _not_in_the_past,
}
