"""The words of the verdicts: for every reason, in English and with the numbers of another locale."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from types import SimpleNamespace

import pytest
from tests.evaluation.builders import noise_set, runs_of

from almanac.desktop.formatting.numbers import LOCALE
from almanac.evaluation import make_report
from almanac.evaluation.report.coverage import Answer, CoverageBand
from almanac.evaluation.report.verdicts import (
    BaselineComparison,
    DominantMiss,
    Question,
    RangeCheck,
    Reason,
    Verdict,
    judge_ranges,
)
from almanac.wording.formatter import PLAIN, Formatter
from almanac.wording.totals import coverage_sentence
from almanac.wording.trust.evidence import coverage_lines
from almanac.wording.trust.verdicts import compared_misses, difference, held_and_honest, how_it_held, words_of
from almanac.wording.watching.scores import _ranges

BAND = CoverageBand(0.8, 0.731, 0.74, 0.86, 1200, 170.0)
CHECK = RangeCheck(BAND, CoverageBand(0.8, 0.79, 0.75, 0.85, 1200, 170.0))
FACTS = {
    Reason.NOTHING_CHANGES: 1200,
    Reason.DOMINANT_MISS: DominantMiss("Bread", "2025-07", 0.83),
    Reason.TOO_FEW_TO_COMPARE: BaselineComparison(2),
    Reason.COMPARED: BaselineComparison(1200, 0.2, 7, 9),
    **dict.fromkeys(
        (
            Reason.TOO_FEW_CHECKS,
            Reason.MAY_BE_CHANCE,
            Reason.AS_PROMISED,
            Reason.WORSE_CORRECTED,
            Reason.NOT_CORRECTED,
            Reason.PARTLY_CORRECTED,
            Reason.CORRECTED,
        ),
        CHECK,
    ),
}


class German(Formatter):
    """Writes 1200 as "1.200" and 0.78 as "78 %"."""

    def count(self, value: int) -> str:
        return f"{value:,}".replace(",", ".")

    def percent(self, share: float, decimals: int = 0) -> str:
        return f"{share:.{decimals}%}".replace("%", " %")


def verdict(reason: Reason, answer: Answer = Answer.UNKNOWN, question: Question = Question.RANGES) -> Verdict:
    return Verdict(question, answer, reason, FACTS.get(reason))


@pytest.mark.parametrize("reason", Reason)
@pytest.mark.parametrize("question", Question)
def test_every_reason_has_a_question_a_sentence_and_its_evidence(reason: Reason, question: Question) -> None:
    answer = Answer.BETTER if reason is Reason.COMPARED else Answer.TOO_NARROW
    words = words_of(verdict(reason, answer, question))
    assert words.question.endswith("?")
    assert words.sentence[0].isupper()
    assert words.sentence.endswith(".")
    assert words.evidence.endswith(".")


@pytest.mark.parametrize(
    ("reason", "answer", "sentence"),
    [
        (Reason.CORRECTED, Answer.TOO_NARROW, "The model's own ranges are too narrow on your data; they were widened."),
        (
            Reason.PARTLY_CORRECTED,
            Answer.TOO_WIDE,
            "The model's own ranges are too wide on your data; they were narrowed, but not enough.",
        ),
        (Reason.COMPARED, Answer.BETTER, "The model does better than repeating the last season."),
        (Reason.COMPARED, Answer.WORSE, "Repeating the last season does better than the model."),
    ],
)
def test_the_sentence_says_the_answer(reason: Reason, answer: Answer, sentence: str) -> None:
    assert words_of(verdict(reason, answer)).sentence == sentence


def test_numbers_are_written_as_the_formatter_writes_them() -> None:
    plain = words_of(verdict(Reason.AS_PROMISED, Answer.HONEST)).evidence
    german = words_of(verdict(Reason.AS_PROMISED, Answer.HONEST), German()).evidence
    assert plain == "The 80% range held in 73% of 1,200 checks; an honest one holds in 74% to 86%."
    assert german == "The 80 % range held in 73 % of 1.200 checks; an honest one holds in 74 % to 86 %."


def test_programs_read_keys_and_people_read_words() -> None:
    series = noise_set(40, 160)
    runs = runs_of(series, windows=12, width=0.6)
    found = make_report(series, runs, runs, runs).to_dict()["verdicts"]
    assert [one["question"] for one in found] == ["better_than_seasonal_naive", "ranges_honest", "what_it_cannot_know"]
    assert [one["answer"] for one in found] == ["alike", "too_narrow", "too_little_history"]
    assert all(" " in one["words"] and " " in one["evidence"] for one in found)


@pytest.mark.parametrize("decimals", range(3))
def test_figures_are_on_the_side_of_the_limits_that_the_answer_says(decimals: int) -> None:
    """Whatever is rounded: a range that is called too wide is never shown as "held in 87%, honest: 73% to 87%"."""
    for step in range(-30, 31):
        held = 0.87 + step / 10 ** (decimals + 3)
        band = CoverageBand(0.8, held, 0.73, 0.8701, 1200, 170.0)
        shown, honest = held_and_honest(band)
        share, low, high = (float(text.rstrip("%")) for text in (shown, *honest.split(" to ")))
        assert (share > high) == (band.answer is Answer.TOO_WIDE)
        assert (share < low) == (band.answer is Answer.TOO_NARROW)
    assert held_and_honest(replace(BAND, held=0.84)) == ("84%", "74% to 86%")


def test_how_often_corrected_ranges_held_is_shown_with_their_own_limits() -> None:
    for reason in (Reason.PARTLY_CORRECTED, Reason.CORRECTED, Reason.NOT_CORRECTED):
        evidence = words_of(verdict(reason, Answer.TOO_NARROW)).evidence
        assert "held in 73% of 1,200 checks; an honest one holds in 74% to 86%." in evidence
        assert evidence.endswith("at the time: 79%, where an honest one holds in 75% to 85%.")
    same = RangeCheck(BAND, replace(BAND, held=0.79))
    evidence = words_of(replace(verdict(Reason.CORRECTED, Answer.TOO_NARROW), facts=same)).evidence
    assert evidence.endswith("holds in 74% to 86%. Corrected by what was known at the time: 79%.")


@pytest.mark.parametrize(
    ("gain", "words"),
    [(0.2, "20% smaller"), (-0.2, "20% larger"), (-3, "4 times as large"), (0.001, "less than 1% smaller")],
)
def test_misses_are_compared_in_words(gain: float, words: str) -> None:
    assert difference(gain) == words
    assert difference(0) == "as large"


def test_what_may_be_chance_is_said_to_be() -> None:
    assert "20% smaller, which may be chance" in words_of(verdict(Reason.COMPARED, Answer.ALIKE)).evidence
    assert "chance" not in words_of(verdict(Reason.COMPARED, Answer.BETTER)).evidence
    assert compared_misses(0.0, alike=True) == "equally large"


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [(80.5, 0, "81"), (0.5, 0, "1"), (2.5, 0, "3"), (1.005, 2, "1.01"), (-0.4, 0, "0"), (1e300, 0, f"{1e300:,.0f}")],
)
def test_there_is_one_rule_for_rounding(value: float, decimals: int, text: str) -> None:
    assert PLAIN.number(value, decimals) == text
    assert LOCALE.number(value, decimals).replace(",", "") == text.replace(",", "")


def test_a_share_is_the_same_percentage_in_the_window_and_in_files() -> None:
    for tenths in range(1001):
        share = tenths / 1000
        half_up = int(Decimal(tenths).scaleb(-1).quantize(Decimal(1), ROUND_HALF_UP))
        assert PLAIN.percent(share) == LOCALE.percent(share) == f"{half_up}%"


def band_of(held: float, independent: float, level: float = 0.8) -> CoverageBand:
    """A band as chance allows it for so many independent checks."""
    reach = 1.96 * (level * (1 - level) / independent) ** 0.5
    return CoverageBand(level, held, max(level - reach, 0.0), min(level + reach, 1.0), round(independent), independent)


@pytest.mark.parametrize("independent", [20, 24, 40, 64, 100, 1000, 30000])
@pytest.mark.parametrize("level", [0.5, 0.8, 0.95])
def test_only_what_is_near_the_promise_is_as_promised(independent: int, level: float) -> None:
    """Whatever chance allows: 91% of 24 checks is not 80%. The fewer the checks, the wider is near."""
    error = (level * (1 - level) / independent) ** 0.5
    for points in range(101):
        band = band_of(points / 100, independent, level)
        near = abs(band.held - level) <= max(0.05, error) and band.low <= band.held <= band.high
        assert (how_it_held(band) == "as promised") == near
        assert (band.answer is Answer.HONEST) == near
        verdict = judge_ranges(band, band)
        assert (words_of(verdict).sentence == "The likely ranges hold what they promise.") == near


def test_every_place_says_the_same_of_a_range_that_held_more_often_than_promised() -> None:
    band = band_of(0.91, 24)
    said = "more often than promised, which may be chance"
    assert words_of(judge_ranges(band, band)).sentence == f"The likely ranges held {said}."
    assert coverage_sentence(band).endswith(f"(80% promised): {said}.")
    report = make_report(series := noise_set(1, 160), *[runs_of(series, windows=12)] * 3)
    lines = coverage_lines(replace(report, coverage={0.8: band}))
    assert lines[0][1].startswith(f"held 91% of the time ({said}), ")
    assert _ranges(SimpleNamespace(likely=band), PLAIN).endswith(f"(promise: 80%): {said}.")  # type: ignore[arg-type]


def test_a_correction_is_judged_where_the_uncorrected_range_was_near() -> None:
    near, wide = band_of(0.82, 24), band_of(0.99, 24)
    assert judge_ranges(near, near).reason is Reason.AS_PROMISED
    assert judge_ranges(near, band_of(0.9, 24)).reason is Reason.MAY_BE_CHANCE
    assert judge_ranges(near, wide).reason is judge_ranges(band_of(0.9, 24), wide).reason is Reason.WORSE_CORRECTED
