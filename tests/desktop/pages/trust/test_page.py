"""Trust: questions about a forecast, answered by the real worker."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from tests.builders import seasonal
from tests.desktop.driving import FORBIDDEN, forecast, idle, shown_text

from almanac.desktop.pages.trust.explanation_view import composition
from almanac.desktop.shell.station import StationKey
from almanac.desktop.window import MainWindow
from almanac.evaluation import Explanation
from almanac.evaluation.explain import Driver
from almanac.wording.methods.names import SEASONAL_NAIVE, THETA


def trust(window: MainWindow, qtbot: QtBot, path: Path, view: str) -> None:
    """From the file to one of the views of Trust."""
    forecast(window, qtbot, path)
    window.go_to(StationKey.TRUST)
    page = window.trust
    page.tabs.setCurrentIndex(page.views.index(getattr(page, view)))
    idle(window, qtbot)


def chance(window: MainWindow) -> float:
    """The chance that is shown, of 100."""
    return float(window.trust.probabilities.probability.text().split(": ")[1].split(" ")[0])


def test_the_chance_of_more_than_an_amount_falls_as_the_amount_grows(
    window: MainWindow, qtbot: QtBot, sales: Path
) -> None:
    trust(window, qtbot, sales, "probabilities")
    assert 35 < chance(window) < 65  # the amount proposed is near the middle
    view = window.trust.probabilities
    view.amount.setText("1000000")
    assert "less than 1 in 100" in view.probability.text()
    view.amount.setText("much")
    assert "as a number" in view.probability.text()


def test_enough_for_more_certainty_is_more(window: MainWindow, qtbot: QtBot, sales: Path) -> None:
    trust(window, qtbot, sales, "probabilities")
    view = window.trust.probabilities
    enough = []
    assert "too few checks" in view.certainty.itemText(3)  # five years by month cannot tell 95 in 100
    assert not view.certainty.model().flags(view.certainty.model().index(3, 0)) & Qt.ItemFlag.ItemIsEnabled
    for place in range(3):
        view.certainty.setCurrentIndex(place)
        view.certainty.activated.emit(place)
        enough.append(float(view.enough.text().split(" ")[0].replace(",", "")))
    assert enough == sorted(enough)
    assert len(set(enough)) == len(enough)


def test_a_span_of_several_periods_is_asked_about_together(window: MainWindow, qtbot: QtBot, sales: Path) -> None:
    trust(window, qtbot, sales, "probabilities")
    view = window.trust.probabilities
    one = float(view.amount.text().replace(",", ""))
    view.last.setCurrentIndex(2)
    view.last.activated.emit(2)
    assert float(view.amount.text().replace(",", "")) > 2.5 * one
    assert 35 < chance(window) < 65


def test_the_explanation_is_of_the_chosen_series(window: MainWindow, qtbot: QtBot, sales: Path) -> None:
    trust(window, qtbot, sales, "explanation")
    said = window.trust.explanation.sentence.text()
    assert "Without its season, it is now at about" in said
    assert "The season changes it by between" in said
    model = window.trust.explanation.parts.model()
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == [
        "Forecast", "The season adds", "The trend adds", "The latest values add",
    ]  # fmt: skip
    window.trust.show_series(1)
    idle(window, qtbot)
    assert window.trust.explanation.sentence.text() != said
    assert not any(word in shown_text(window).lower() for word in FORBIDDEN)


def test_a_mistyped_value_is_among_those_that_change_the_forecast_most(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    values = seasonal(60).round()
    values[57] *= 100
    months = pd.date_range("2021-01-01", periods=60, freq="MS").strftime("%Y-%m-%d")
    pd.DataFrame({"month": months, "sales": values}).to_csv(tmp_path / "typed.csv", index=False)
    trust(window, qtbot, tmp_path / "typed.csv", "explanation")
    view = window.trust.explanation
    assert "more than 10%" in view.influence.text()
    shown = [view.influential.model().index(row, 0).data() for row in range(view.influential.model().rowCount())]
    assert any("Oct 2025" in when for when in shown)
    assert view.fix.isVisible()


def test_a_series_forecast_by_a_baseline_says_by_which(window: MainWindow, qtbot: QtBot, sales: Path) -> None:
    trust(window, qtbot, sales, "probabilities")
    assert window.session.result is not None
    first, second = window.session.result.forecast.names[:2]
    window.trust.show_result(replace(window.session.result, baselines={first: THETA, second: SEASONAL_NAIVE}))
    view = window.trust.explanation
    window.trust.tabs.setCurrentIndex(window.trust.views.index(view))
    window.trust.show_series(0)
    assert "the theta method" in view.sentence.text()
    window.trust.show_series(1)
    assert "repeats the last season" in view.sentence.text()
    assert "one value, that of the season before" in view.influence.text()
    assert not view.parts.isVisible()
    idle(window, qtbot)


def test_a_series_of_three_values_cannot_be_explained_and_the_page_says_why(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "short.csv").write_text("month,sales\n2024-01-01,5\n2024-02-01,6\n2024-03-01,7\n")
    trust(window, qtbot, tmp_path / "short.csv", "explanation")
    assert "too short to say" in shown_text(window)


def test_leaving_a_view_before_its_result_is_there_loses_nothing(window: MainWindow, qtbot: QtBot, sales: Path) -> None:
    forecast(window, qtbot, sales)
    window.go_to(StationKey.TRUST)
    page = window.trust
    page.tabs.setCurrentIndex(page.views.index(page.explanation))
    page.tabs.setCurrentIndex(page.views.index(page.probabilities))
    page.tabs.setCurrentIndex(page.views.index(page.explanation))
    qtbot.waitUntil(lambda: not window.session.worker.busy and not window.session.jobs.pending, timeout=30_000)
    assert "Without its season" in page.explanation.sentence.text()
    page.tabs.setCurrentIndex(page.views.index(page.probabilities))
    idle(window, qtbot)
    assert "in 100" in page.probabilities.probability.text()


def test_the_series_of_the_forecast_page_is_the_one_shown(window: MainWindow, qtbot: QtBot, sales: Path) -> None:
    forecast(window, qtbot, sales)
    window.forecast.select(1)
    window.go_to(StationKey.TRUST)
    idle(window, qtbot)
    assert window.session.result is not None
    assert window.trust.series.currentText() == window.session.result.forecast.names[1]


def test_the_views_can_be_reached_with_the_keyboard(window: MainWindow, qtbot: QtBot, sales: Path) -> None:
    forecast(window, qtbot, sales)
    window.go_to(StationKey.TRUST)
    window.activateWindow()
    window.trust.tabs.setFocus()
    before = window.trust.tabs.currentIndex()
    qtbot.keyClick(window.trust.tabs, Qt.Key.Key_Right)
    assert window.trust.tabs.currentIndex() == before + 1
    idle(window, qtbot)


@pytest.mark.parametrize(
    ("effects", "expected"),
    [
        ({}, "Without its season, it is now at about 100."),
        ({"trend": np.full(2, -5.0)}, "The trend subtracts about 5 on average."),
        ({"recent": np.full(2, 0.2)}, "Without its season, it is now at about 100."),
        ({"season": np.array([-20.0, 30.0])}, "between −20 (Jan) and +30 (Feb)."),
    ],
    ids=["short", "trend", "slight", "season"],
)
def test_the_sentence_leaves_out_small_effects(effects: dict[str, np.ndarray], expected: str) -> None:
    none = np.zeros(0)
    why = Explanation(np.array([100.0, 110.0]), 100.0, effects, none.astype(int), none, none, none, none, none, 0.0)  # type: ignore[arg-type]
    assert composition(why, 0, ["Jan", "Feb"]).endswith(expected)


@pytest.mark.parametrize("driver", ["season", "trend", "recent"])
def test_the_sentence_leaves_out_what_is_written_as_zero(driver: Driver) -> None:
    none, effect = np.zeros(0), np.array([0.1, 0.45])
    small = Explanation(np.full(2, 20.0), 20.0, {driver: effect}, none.astype(int), none, none, none, none, none, 0.0)
    assert composition(small, 0, ["Jan", "Feb"]) == "Without its season, it is now at about 20."
    assert composition(small, 1, ["Jan", "Feb"]) != "Without its season, it is now at about 20.0."
