"""From the forecast of a series to how likely its amounts are, and to the times at which it is closed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtWidgets import QApplication
from tests.desktop import builders
from tests.desktop.driving import hand_over, shown_text
from tests.window_fixtures import WindowUnderTest

from almanac import workflow
from almanac.core.calendar.frequency import DAILY
from almanac.core.calendar.open_periods import OpenPeriods
from almanac.core.jobs import run
from almanac.core.problems import Choice, Finding
from almanac.tables.reading import ReadFile
from almanac.wording.open_periods import CLOSED_PERIODS
from almanac.wording.phrases import RangeSupport
from almanac.worker.messages import JobFinished
from almanac.workflow.results import ForecastResult
from almanac.workflow.use_cases import USE_CASES

CLOSED = Finding(
    CLOSED_PERIODS,
    "Closed on Sundays.",
    "That explains 10 days without a value.",
    "Nothing is forecast then.",
    10,
    choices=(
        Choice("Closed", (("gaps", "closed"),), "Nothing."),
        Choice("Missing", (("gaps", "leave"),), "They stay."),
    ),
)


def shop() -> ReadFile:
    """Two products of a shop that is closed on Sundays, one of them sold now and then."""
    file = builders.read_file(2, points=140, frequency=DAILY, findings=(CLOSED,))
    week = np.array([[True]] * 6 + [[False]])
    rare = (np.random.default_rng(0).random(140) < 0.1).astype(float)
    values = np.concatenate([file.series[0], rare])
    days = OpenPeriods(week, np.ones(12, bool))
    series = replace(file.series, values=values, open_periods=(days, days))
    values = np.where(series.closed_points, np.nan, values)
    return replace(file, series=replace(series, values=values))


def made(file: ReadFile) -> ForecastResult:
    return run(workflow.forecast(file, workflow.ForecastOptions(horizon=14, calibrate=False)))


def answer_lookup(window: WindowUnderTest) -> None:
    asked = window.session.jobs.running
    assert asked is not None
    window.session.worker.receive(JobFinished(run(USE_CASES[asked.name](*asked.arguments))))
    QApplication.processEvents()


def test_how_likely_is_one_click_from_the_forecast_and_says_what_is_added_up(still: WindowUnderTest) -> None:
    file = shop()
    hand_over(still, "check", file)
    hand_over(still, "forecast", made(file))
    page = still.forecast
    page._show_series(1)
    assert "next 14 days" in page.sentence.text()
    page.how_likely.click()
    answer_lookup(still)
    view = still.trust.probabilities
    assert view.isVisible()
    first, last = view.first.currentText(), view.last.currentText()
    assert f"in total from {first} to {last}" in view.probability.text()
    assert not any("Sun" in view.first.itemText(k) for k in range(view.first.count()))


def test_what_was_typed_stays_when_the_span_changes_and_is_echoed(still: WindowUnderTest) -> None:
    file = shop()
    hand_over(still, "check", file)
    hand_over(still, "forecast", made(file))
    still.forecast.how_likely.click()
    answer_lookup(still)
    view = still.trust.probabilities
    for typed in ("25,5", "25.5"):
        view.amount.clear()
        view.amount.insert(typed)  # as a person does
        view.last.setCurrentIndex(4)
        view.last.activated.emit(4)
        assert view.amount.text() == typed
        assert view.probability.text().startswith("More than 25.5 in total from")
    view.amount.clear()
    view.amount.insert("many")
    assert view.probability.text() == "Write an amount as a number."


def test_closed_times_are_said_once_and_lead_to_where_they_are_changed(still: WindowUnderTest) -> None:
    file = shop()
    hand_over(still, "check", file)
    result = made(file)
    hand_over(still, "forecast", result)
    assert shown_text(still).count("losed on Sundays") == 1
    assert f"Made by {result.forecast.model}." in still.forecast.made.text()
    still.forecast.closed.click()
    QApplication.processEvents()
    (card,) = [card for card in still.data.findings.cards if card.finding.code == CLOSED_PERIODS]
    assert card.isVisible()
    assert card.choices is not None
    assert still.focusWidget() in card.choices.buttons


def test_a_range_that_is_not_checked_is_marked_where_it_is_shown(still: WindowUnderTest) -> None:
    file = builders.read_file(3)
    hand_over(still, "check", file)
    hand_over(still, "forecast", replace(builders.result(file), without_checks=RangeSupport.STOPPED))
    page = still.forecast
    heads = page.steps.model()
    assert heads.headerData(1, page.steps.verticalHeader().orientation()) == "Perhaps from"
    assert page.chart is not None
    assert any("not checked" in text.toPlainText() for text in page.chart._labels)
    assert page.model is not None
    assert page.model._likely(0).startswith("perhaps ")
