"""How Likely?: which certainties can be chosen for a series, and why the others cannot."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from tests.desktop import builders
from tests.desktop.driving import hand_over, shown_text

from almanac.desktop.pages.trust.probabilities_view import CERTAINTIES, ProbabilitiesView
from almanac.desktop.shell.station import StationKey
from almanac.desktop.window import MainWindow

CHECKS = np.array([30.0, 12.4, 4.0, 0.0, np.inf])


@pytest.fixture
def view(still: MainWindow) -> ProbabilitiesView:
    """Five series with different numbers of checks: Apples, Beer, Bread, Coffee, Eggs."""
    file = builders.read_file(5)
    hand_over(still, "check", file)
    hand_over(still, "forecast", replace(builders.result(file), independent_checks=CHECKS))
    still.go_to(StationKey.TRUST)
    still.trust.tabs.setCurrentIndex(still.trust.views.index(still.trust.probabilities))
    return still.trust.probabilities


def offered(view: ProbabilitiesView) -> list[bool]:
    model = view.certainty.model()
    return [bool(model.flags(model.index(k, 0)) & Qt.ItemFlag.ItemIsEnabled) for k in range(len(CERTAINTIES))]


@pytest.mark.parametrize(
    ("i", "expected", "reason"),
    [
        (0, 4, ""),
        (1, 3, "To be 95 in 100 sure takes 19 independent checks of the past. Beer has 12."),
        (2, 2, "To be 9 in 10 sure takes 9 independent checks of the past. Bread has 4."),
        (3, 0, "To be 5 in 10 sure takes 4 independent checks of the past. Coffee has none. "
               "The answer is the model's guess."),
        (4, 4, "It went on exactly as before, so there was nothing to check."),
    ],
    ids=["enough for all", "not for the surest", "for two", "none", "never changed"],
)  # fmt: skip
def test_the_certainties_offered_are_those_the_series_has_checks_for(
    still: MainWindow, view: ProbabilitiesView, i: int, expected: int, reason: str
) -> None:
    still.trust.show_series(i)
    assert offered(view) == [True] * expected + [False] * (4 - expected)
    assert ["too few checks" in view.certainty.itemText(k) for k in range(4)] == [not x for x in offered(view)]
    assert reason in shown_text(still)
    assert view.too_few.isVisible() == bool(reason)


def test_the_chosen_certainty_comes_back_with_a_series_that_has_checks_for_it(
    still: MainWindow, view: ProbabilitiesView
) -> None:
    view.certainty.setCurrentIndex(3)
    view.certainty.activated.emit(3)
    shown = []
    for i in (0, 2, 3, 1, 0):
        still.trust.show_series(i)
        shown.append(view.certainty.currentText())
    assert shown == ["95 in 100", "8 in 10", "5 in 10: too few checks", "9 in 10", "95 in 100"]


def test_the_forecast_page_says_which_range_was_not_checked(still: MainWindow, view: ProbabilitiesView) -> None:  # noqa: ARG001
    page = still.forecast
    said = []
    for row in range(5):
        page.list.setCurrentIndex(page.list.model().index(row, 0))
        said.append(page.likely.text())
    assert page.chart is not None
    assert page.chart.accessibleDescription().endswith(said[-1])
    assert ["not checked" in words for words in said] == [False, False, False, True, True]
    assert said[3].endswith("(80%), not checked: too little history.")
    assert said[4].endswith("(80%), not checked: it went on exactly as before.")
