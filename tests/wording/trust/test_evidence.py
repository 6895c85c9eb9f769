"""Sentences about backtests: every key has its words."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from tests.evaluation.builders import noise_set, runs_of

from almanac.core.calendar.frequency import DAILY, HOURLY, WEEKLY, Frequency
from almanac.evaluation import Comparison, make_report
from almanac.evaluation.dependence.demand import DemandPattern
from almanac.evaluation.probability.events import ReliabilityCurve
from almanac.evaluation.report.accuracy import TypicalMiss
from almanac.evaluation.report.pit import PitHistogram, PitPattern
from almanac.evaluation.report.slices import Slice, SliceKind
from almanac.wording.methods.names import MODEL, SEASONAL_NAIVE, THETA, method_label, method_title
from almanac.wording.trust import evidence
from almanac.workflow.backtests.baselines import SELECTABLE

METHODS = {SEASONAL_NAIVE: 1.0, MODEL: 0.5, THETA: 0.625}
NORTH = Slice(SliceKind.GROUP, "Region", "North", 12, 240, 0.61, 1.4)


@pytest.mark.parametrize("pattern", PitPattern)
def test_every_pattern_has_a_sentence(pattern: PitPattern) -> None:
    sentence = evidence.pit_sentence(PitHistogram((0.3, 0.7), 0.4, 0.6, 100, pattern))
    assert sentence[0].isupper()
    assert sentence.endswith(".")


@pytest.mark.parametrize(
    ("part", "label"),
    [
        (NORTH, "Region: North"),
        (replace(NORTH, kind=SliceKind.STEP, value="1"), "How far ahead: step 1"),
        (replace(NORTH, kind=SliceKind.STEP, value="3-4"), "How far ahead: steps 3 to 4"),
        (replace(NORTH, kind=SliceKind.SIZE, value="medium"), "Size: medium"),
        (replace(NORTH, kind=SliceKind.HISTORY, value="short"), "History: short"),
        (replace(NORTH, kind=SliceKind.SERIES, value="Bread"), "Series: Bread"),
        *[(replace(NORTH, kind=SliceKind.DEMAND, value=pattern.value), "Demand: ") for pattern in DemandPattern],
    ],
)
def test_a_slice_is_called_by_what_it_is_by_and_its_value(part: Slice, label: str) -> None:
    assert evidence.slice_label(part).startswith(label)


def test_a_slice_in_a_sentence_has_its_figures() -> None:
    said = "Region: North. Likely ranges held in 61% of 240 checks"
    assert evidence.slice_sentence(NORTH) == f"{said}; misses 1.40 times those of the others."
    assert evidence.slice_sentence(replace(NORTH, error=np.nan)) == f"{said}."


def test_only_slices_that_are_clearly_worse_are_named() -> None:
    worse = replace(NORTH, reasons=("ranges", "errors"))
    assert "No part of your data" in evidence.slices_summary((NORTH, NORTH))
    assert evidence.slices_summary((worse, NORTH)) == "1 part does clearly worse than chance allows. Region: North."
    assert evidence.reasons(worse) == "ranges, misses"
    assert evidence.worst_series_summary((NORTH,)).startswith("No single series")
    assert evidence.worst_series_summary((worse,)).startswith("The ranges of North hold clearly less often")


def test_ranges_are_said_to_hold_only_with_enough_checks() -> None:
    series = noise_set(1, 160)
    runs = runs_of(series, windows=8)  # eighteen checks, where 95% takes nineteen
    lines = dict(evidence.coverage_lines(make_report(series, runs, runs, runs)))
    assert lines["80% range"].endswith("uncorrected")
    assert lines["95% range"] == "too few checks to tell"


def test_every_method_has_a_label_and_a_models_title_stays_as_it_is() -> None:
    for method in SELECTABLE:
        assert method_label(method.key) != method.key
    assert method_title("seasonal_naive") == "Repeating the last season"
    assert method_label("careful@1.0.0") == method_title("careful@1.0.0") == "careful@1.0.0"


def test_sure_answers_do_not_hide_that_the_others_were_off() -> None:
    counts = np.array([900, 0, 0, 0, 10, 10, 0, 0, 0, 880])
    predicted = np.where(counts > 0, np.arange(10) / 10 + 0.05, np.nan)
    predicted[[0, 9]] = 0.0, 1.0
    observed = np.where(counts == 10, predicted - 0.3, predicted)
    curve = ReliabilityCurve(predicted, observed, counts, {}, int(counts.sum()))
    said = "1,800 such answers were given in practice runs on your own past, off by 0.3 percentage points on average"
    assert evidence.reliability_summary(curve) == f"{said}; the 20 of 10% to 90%, which were less sure, by 30.0."
    sure = replace(curve, counts=np.where(counts == 10, 0, counts), events=1780)
    assert evidence.reliability_summary(sure).endswith("on average; none was between 10% and 90%.")
    unsure = replace(curve, counts=np.where(counts == 10, 10, 0), events=20)
    assert evidence.reliability_summary(unsure).endswith("off by 30.0 percentage points on average.")


def curve(predicted: float, observed: float, count: int) -> ReliabilityCurve:
    """Chances of one size, and how often they came true."""
    nothing = np.full(10, np.nan)
    given, true, counts = nothing.copy(), nothing.copy(), np.zeros(10, np.int64)
    given[9], true[9], counts[9] = predicted, observed, count
    return ReliabilityCurve(given, true, counts, {}, count)


def test_chances_that_did_not_come_true_are_a_warning() -> None:
    assert evidence.broken_chance(curve(0.94, 0.78, 120)) == (
        "Chances of about 94% came true only 78% of the time, in 120 answers: do not take such chances at their word."
    )
    assert evidence.broken_chance(curve(0.94, 0.9, 120)) == ""
    assert evidence.broken_chance(curve(0.94, 0.5, 9)) == ""  # too few to tell


@pytest.mark.parametrize(
    ("miss", "frequency", "tested", "words"),
    [
        (TypicalMiss(31.2, 0.12), WEEKLY, 1, "Typically off by 31 a week (12%)."),
        (TypicalMiss(4.21, 0.07), DAILY, 6, "Each series is typically off by 4.2 a day (7%)."),
        (TypicalMiss(float("nan"), 0.07), HOURLY, 6, "Each series is typically off by 7% an hour."),
        (TypicalMiss(1056.0), DAILY, 1, "Typically off by 1,100 a day."),
        (TypicalMiss(), DAILY, 1, "How far it is typically off is not known yet."),
    ],
)
def test_evidence_begins_with_how_far_off(miss: TypicalMiss, frequency: Frequency, tested: int, words: str) -> None:
    report = SimpleNamespace(typical_miss=miss, series_tested=tested)
    assert evidence.typical_miss(report, frequency) == words  # type: ignore[arg-type]


def test_a_tie_is_a_tie() -> None:
    first = Comparison("model", 1.0, 0.1, 0.8, 90, 3)
    tied = Comparison("theta", 0.99, 0.1, 0.8, 90, 3, frozenset({"model"}))
    assert "about as large as those of the model" in evidence.comparison_sentence(tied, first)
    better = replace(tied, alike=frozenset())
    assert "1% smaller than those of the model" in evidence.comparison_sentence(better, first)


def test_what_the_verdict_says_of_a_method_is_not_said_again_with_another_figure() -> None:
    """The practice forecasts of a comparison are fewer: 26% there and 27% in the verdict would answer one question."""
    series = noise_set(40, 160)
    runs = runs_of(series, windows=12)
    report = make_report(series, runs, runs, runs)
    found = [Comparison(method, error, 0.1, 0.8, 30, 3) for method, error in METHODS.items()]
    lines = evidence.comparison_lines(report, found)
    assert [line.partition(":")[0] for line in lines] == ["The model", "Continuing trend and season"]
    assert "smaller" not in lines[0]
    assert "misses 25% larger than those of the model" in lines[1]
    undecided = replace(report, verdicts=report.verdicts[1:])
    assert "misses 100% larger" not in (line := evidence.comparison_lines(undecided, found)[0])
    assert line.startswith("Repeating the last season: misses 2 times as large as those of the model")
