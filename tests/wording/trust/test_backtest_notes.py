"""What a forecast says about its backtest."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.evaluation.builders import noise_set, runs_of

from almanac.evaluation import fit_calibration, make_report, track_online
from almanac.evaluation.report.coverage import CoverageBand
from almanac.wording.methods.explanations import EXPLANATIONS
from almanac.wording.methods.names import SEASONAL_NAIVE, THETA
from almanac.wording.trust.backtest_notes import (
    better_method_note,
    by_method,
    few_checks_note,
    methods_used,
    range_note,
)
from almanac.workflow.backtests.baselines import SELECTABLE


def test_series_are_grouped_by_their_method_with_the_first_names() -> None:
    chosen = {"A": THETA, "B": SEASONAL_NAIVE, "C": SEASONAL_NAIVE, "D": SEASONAL_NAIVE}
    expected = "3 by repeating the last season (B, C, …), 1 by continuing trend and season (A)"
    assert by_method(chosen, 2) == expected
    assert methods_used(chosen, 2) == expected
    assert methods_used({}, 2) == "the model for every series"


@pytest.mark.parametrize("taken", [True, False])
def test_a_better_method_is_named_with_what_it_saves(taken: bool) -> None:
    note = better_method_note({"A": THETA}, 4, 0.75, taken)
    assert note.what == "1 of 4 series are forecast better by continuing trend and season: A."
    assert "saved 25%" in note.why
    assert ("as you chose" in note.fix) == taken


def test_few_checks_are_counted_and_a_single_series_is_not() -> None:
    assert "80% range of 2 of 3 series" in few_checks_note(0.8, 2, 3, 4).what
    assert "80% range of the series has" in few_checks_note(0.8, 1, 1, 4).what


def test_every_baseline_that_may_forecast_a_series_is_explained() -> None:
    assert set(EXPLANATIONS) == {baseline.key for baseline in SELECTABLE}


@pytest.mark.parametrize("tracked", [True, False])
@pytest.mark.parametrize(
    ("held", "independent", "words"),
    [(0.8, 170.0, "give no reason"), (0.89, 170.0, "correction was sure to help"), (0.8, 1.0, "are too few to tell")],
)
def test_how_ranges_came_about_never_contradicts_how_often_they_held(
    tracked: bool, held: float, independent: float, words: str
) -> None:
    series = noise_set(2, 60)
    runs = runs_of(series, windows=3)
    tracker, _ = track_online(runs)
    calibration = replace(fit_calibration(runs, series).without_shifts, tracker=tracker if tracked else None)
    made = make_report(series, runs, runs, runs)
    band = CoverageBand(0.8, held, 0.73, 0.87, 6_480, independent)
    note = range_note(replace(made, coverage={0.8: band}), calibration)
    assert words in note
    assert note.startswith("Corrected slightly" if tracked else "Uncorrected")
