"""What a forecast says about its backtest."""

from __future__ import annotations

import pytest

from almanac.wording.backtest_notes import better_method_note, by_method, few_checks_note, methods_used
from almanac.wording.method_explanations import EXPLANATIONS
from almanac.wording.methods import SEASONAL_NAIVE, THETA
from almanac.workflow.baselines import SELECTABLE


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
