"""The Forecast page: the answer for the whole, groups of the person's own columns, and what is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from time import perf_counter

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from tests.desktop import builders
from tests.desktop.driving import answer_lookups, hand_over
from tests.eventloop import MAX_PAUSE_S, best_of_three
from tests.window_fixtures import WindowUnderTest

from almanac import workflow
from almanac.core.distribution.levels import LIKELY
from almanac.core.jobs import run
from almanac.core.measure import Measure, MeasureKind
from almanac.desktop.formatting import numbers
from almanac.desktop.pages.forecast.listing.group_rows import joined
from almanac.desktop.shell.station import StationKey
from almanac.evaluation.report.coverage import CoverageBand
from almanac.tables.reading import ReadFile
from almanac.wording.phrases import RangeSupport
from almanac.worker.messages import JobFinished
from almanac.workflow.results import ForecastResult


def departments(count: int = 12) -> ReadFile:
    """Products of three stores and two departments."""
    file = builders.read_file(count)
    keys = tuple((("North", "South", "West")[k % 3], ("Food", "Drinks")[k % 2], f"Product {k}") for k in range(count))
    names = tuple(" · ".join(key) for key in keys)
    series = replace(file.series, names=names, keys=keys, key_columns=("Store", "Department", "Product"))
    return replace(file, series=series)


def growing(file: ReadFile, horizon: int = 12) -> ForecastResult:
    """The last year again, series k by k% more; the first falls by half."""
    made = builders.result(file, horizon)
    factors = 1 + np.arange(len(file.series)) / 100
    factors[0] = 0.5
    quantiles = made.forecast.quantiles * factors[:, None, None]
    return replace(made, forecast=replace(made.forecast, quantiles=quantiles))


def shown(window: WindowUnderTest, result: ForecastResult) -> None:
    hand_over(window, "check", result.file)
    hand_over(window, "forecast", result)
    answer_lookups(window)


def listed(window: WindowUnderTest) -> list[str]:
    model = window.forecast.list.model()
    return [model.index(k, 0).data() for k in range(model.rowCount())]


def by(window: WindowUnderTest, column: str) -> None:
    choice = window.forecast.side.show_by
    choice.setCurrentIndex(choice.findData(column))
    choice.activated.emit(choice.currentIndex())
    answer_lookups(window)


def test_the_page_leads_with_the_answer_for_everything(still: WindowUnderTest) -> None:
    result = growing(departments())
    shown(still, result)
    expected, last_year = result.forecast.mean.sum(), sum(one[-12:].sum() for one in result.file.series)
    sentence = still.forecast.headline.sentence.text()
    assert sentence.startswith(f"Next 12 months: about {numbers.number(expected, -1)}, 80% likely ")
    assert f"; last year {numbers.number(last_year, -1)}, " in sentence
    tops = [w.mapTo(still, w.rect().topLeft()).y() for w in (still.forecast.headline, still.forecast.answer)]
    assert tops == sorted(tops)


def test_what_stands_out_is_one_press_away(still: WindowUnderTest) -> None:
    shown(still, growing(departments()))
    growth, fall, unsure = still.forecast.headline.standouts
    assert growth.accessibleName() == "Biggest growth: +11%, West · Drinks · Product 11"
    assert fall.accessibleName() == "Biggest fall: −50%, North · Food · Product 0"
    assert unsure.accessibleName().startswith("Least sure: ±")
    growth.click()
    assert still.forecast.name.accessibleName() == "West · Drinks · Product 11"
    assert still.forecast.list.currentIndex().data() == "West · Drinks · Product 11"


def test_a_single_series_has_the_same_answer(still: WindowUnderTest) -> None:
    shown(still, growing(builders.read_file(1)))
    page = still.forecast
    assert page.headline.sentence.text().startswith("Next 12 months: about ")
    assert not any(link.isVisible() for link in page.headline.standouts)
    assert not page.answer.total.isVisible()  # it would say the same once more


@pytest.mark.parametrize("series", [1, 2])
def test_a_single_step_has_a_single_number(still: WindowUnderTest, series: int) -> None:
    shown(still, growing(builders.read_file(series), horizon=1))
    page = still.forecast
    page.select(0)
    answer_lookups(still)
    assert page.answer.sentence.text().startswith(f"{page.model.names[0]}, Jul 2026: about ")
    assert not page.answer.total.isVisible()
    assert page.headline.sentence.isVisible() == (series > 1)


def test_the_ranges_of_totals_that_are_not_checked_say_so(still: WindowUnderTest) -> None:
    shown(still, replace(growing(departments()), without_checks=RangeSupport.STOPPED))
    assert "(not checked: the check was stopped)" in still.forecast.headline.sentence.text()


def test_groups_come_from_the_columns_of_the_file(still: WindowUnderTest) -> None:
    shown(still, growing(departments()))
    choice = still.forecast.side.show_by
    assert [choice.itemText(k) for k in range(choice.count())] == [
        "Show: Every Series",
        "Show: By Store",
        "Show: By Department",
        "Show: By Store × Department",
    ]
    by(still, "Store")
    assert listed(still) == ["Everything", "North", "South", "West"]
    by(still, "Department")
    assert listed(still) == ["Everything", "Drinks", "Food"]
    by(still, joined(("Store", "Department")))
    assert listed(still) == [
        "Everything",
        *(f"{store} · {one}" for store in ("North", "South", "West") for one in ("Drinks", "Food")),
    ]
    by(still, "")
    assert listed(still)[0] == "Everything"
    assert len(listed(still)) == 13


def test_a_group_shows_its_total_its_past_and_its_products(still: WindowUnderTest) -> None:
    result = growing(departments())
    shown(still, result)
    by(still, "Store")
    page = still.forecast
    page.list.setCurrentIndex(page.list.model().index(2, 0))
    answer_lookups(still)
    members = [i for i, key in enumerate(result.file.series.keys) if key[0] == "South"]
    expected = numbers.number(result.forecast.mean[members].sum(), -1)
    assert page.sentence.text() == "South, next 12 months:"
    assert page.likely.text().startswith(f"about {expected}, 80% likely ")
    in_order = sorted((result.file.series.keys[i][1], i) for i in members)
    assert listed(still) == ["Everything", "North", "South", *(result.forecast.names[i] for _, i in in_order), "West"]
    assert page.chart is not None
    past = page.chart._past.getData()[1]
    assert past[-1] == sum(result.file.series[i][-1] for i in members)
    page.list.setCurrentIndex(page.list.model().index(3, 0))
    answer_lookups(still)
    assert page.sentence.text().startswith("South · ")
    assert page.answer.total.text().startswith("Next 12 months: about ")


def test_the_table_is_per_quarter_if_that_is_chosen_and_stays_so(still: WindowUnderTest) -> None:
    result = growing(departments())
    shown(still, result)
    page = still.forecast
    per = page.answer.per
    assert [per.itemText(k) for k in range(per.count())] == ["Each month", "Per Quarter", "Per Year"]
    per.setCurrentIndex(1)
    per.activated.emit(1)
    model = page.steps.model()
    assert [model.headerData(k, Qt.Orientation.Vertical) for k in range(model.rowCount())] == [
        "About",
        "Likely from",
        "Likely to",
        "Last year",
        "Change",
    ]
    assert model.headerData(0, Qt.Orientation.Horizontal) == "2026-Q3"
    page.select(-1)
    answer_lookups(still)
    assert per.currentText() == "Per Quarter"
    quarter = result.forecast.mean[:, :3].sum()
    assert page.steps.model().index(0, 0).data() == numbers.number(quarter, 0)


def test_search_says_when_nothing_has_all_words(still: WindowUnderTest) -> None:
    shown(still, growing(departments()))
    page = still.forecast
    page.search.setText("food north")
    page.side.arrange()
    assert listed(still) == ["North · Food · Product 0", "North · Food · Product 6"]
    assert page.found.text() == "2 of 12 series"
    page.search.setText("north tea")
    page.side.arrange()
    assert page.found.text() == "No name has all of “north tea”. Clear the search to see all 12 series."


def test_selection_search_and_order_survive_forecast_again(still: WindowUnderTest) -> None:
    file = departments()
    shown(still, growing(file))
    page = still.forecast
    page.sort.setCurrentIndex(1)
    page.search.setText("food")
    page.side.arrange()
    page.list.setCurrentIndex(page.list.model().index(2, 0))
    name = page.list.currentIndex().data()
    hand_over(still, "forecast", growing(file, horizon=6))
    answer_lookups(still)
    assert (page.search.text(), page.sort.currentIndex()) == ("food", 1)
    assert page.list.currentIndex().data() == name == page.name.accessibleName()
    assert page.horizon.value() == 6
    assert page.headline.sentence.text().startswith("Next 6 months: ")


def test_a_selected_group_is_not_mistaken_for_one_of_another_column(still: WindowUnderTest) -> None:
    shown(still, growing(departments()))
    by(still, "Store")
    still.forecast.select(-3)
    answer_lookups(still)
    assert still.forecast.sentence.text() == "South, next 12 months:"
    by(still, "Department")
    answer_lookups(still)
    assert still.forecast.sentence.text() == "Everything, next 12 months:"
    assert still.forecast.list.currentIndex().data() == "Everything"
    assert still.forecast.name.accessibleName() == "Everything"


def test_the_groups_of_one_file_are_not_asked_for_in_another(still: WindowUnderTest) -> None:
    shown(still, growing(departments()))
    by(still, "Store")
    shown(still, growing(departments(9)))
    assert listed(still)[:2] == ["Everything", "North · Drinks · Product 3"]
    still.forecast.select(-1)
    answer_lookups(still)
    assert still.forecast.target is not None
    assert still.forecast.target.name == "Everything"


def test_a_group_survives_forecast_again(still: WindowUnderTest) -> None:
    file = departments()
    shown(still, growing(file))
    by(still, "Department")
    page = still.forecast
    page.list.setCurrentIndex(page.list.model().index(1, 0))
    answer_lookups(still)
    hand_over(still, "forecast", growing(file, horizon=6))
    answer_lookups(still)
    assert page.sentence.text() == "Drinks, next 6 months:"
    assert page.steps.model().columnCount() == 6
    assert page.side.show_by.currentData() == "Department"


def test_another_page_may_put_off_what_is_added_up(still: WindowUnderTest) -> None:
    result = growing(departments())
    hand_over(still, "check", result.file)
    hand_over(still, "forecast", result)
    assert still.forecast.headline.sentence.text().startswith("Adding up")
    still.go_to(StationKey.EXPORT)
    still.go_to(StationKey.FORECAST)
    assert "headline" in answer_lookups(still)
    assert still.forecast.headline.sentence.text().startswith("Next 12 months: about ")


def test_adding_up_takes_neither_buttons_nor_focus(still: WindowUnderTest, qtbot: QtBot) -> None:
    result = growing(departments())
    hand_over(still, "check", result.file)
    hand_over(still, "forecast", result)
    still.forecast.enter()
    assert still.session.jobs.running is not None
    qtbot.wait(900)  # longer than any other job goes on unseen
    assert not still.progress.isVisible()
    assert still.forecast.again.isEnabled()


def test_what_is_known_of_an_older_forecast_is_not_shown(still: WindowUnderTest) -> None:
    first, second = growing(departments()), growing(departments(), horizon=6)
    hand_over(still, "check", first.file)
    hand_over(still, "forecast", first)
    still.forecast.enter()
    still.session.make_forecast(6)  # pending
    still.session.worker.receive(JobFinished(run(workflow.headline(first))))
    still.session.worker.receive(JobFinished(second))
    answer_lookups(still)
    assert still.forecast.headline.sentence.text().startswith("Next 6 months: ")


@pytest.mark.usefixtures("dressed")
def test_thousands_of_series_are_listed_again_at_once(still: WindowUnderTest) -> None:
    result = growing(departments(5_000))
    hand_over(still, "check", result.file)
    hand_over(still, "forecast", result)
    found = run(workflow.headline(result))
    pauses = best_of_three(lambda: _seconds(lambda: still.forecast.show_headline(found)))
    assert min(pauses) < MAX_PAUSE_S


def _seconds(step: Callable[[], object]) -> float:
    begun = perf_counter()
    step()
    return perf_counter() - begun


def narrow_in_practice(count: int, *names: str) -> ForecastResult:
    """A forecast whose ranges were practised: too narrow for the series called so, or for all."""
    made = run(workflow.forecast(builders.read_file(count, points=72), workflow.ForecastOptions(horizon=6)))
    assert made.backtest is not None
    report = replace(made.backtest, narrow_series=names)
    if not names:
        report = replace(report, coverage={LIKELY: CoverageBand(LIKELY, 0.6, 0.7, 0.9, 900, 60.0)})
    return replace(made, backtest=report, independent_checks=np.full(count, 60.0))


def test_a_range_that_was_too_narrow_in_practice_is_marked_where_the_number_is(still: WindowUnderTest) -> None:
    """In the headline, the answer, the list, the table and the chart, with a button that leads to the reason."""
    shown(still, narrow_in_practice(2))
    page = still.forecast
    page.select(0)
    answer_lookups(still)
    assert "too narrow on your past" in page.headline.sentence.text()
    assert "80% likely" not in page.headline.sentence.text()
    assert page.likely.text().startswith("Perhaps between")
    assert page.likely.text().endswith("such ranges were too narrow on your past.")
    assert page.steps.model().headerData(1, Qt.Orientation.Vertical) == "Perhaps from"
    assert page.chart._labels_shown[0] == "80% likely, too narrow"
    model = page.list.model()
    assert all("perhaps" in model.index(k, 0).data(Qt.ItemDataRole.AccessibleTextRole) for k in range(3))
    assert page.how_it_held.isVisible()
    page.how_it_held.click()
    assert still._current_page is still.trust
    assert still.trust.view is still.trust.evidence
    assert still.trust.evidence.ranges.isVisible()


def test_a_single_series_whose_ranges_fail_is_marked_alone(still: WindowUnderTest) -> None:
    names = builders.read_file(3).series.names
    shown(still, narrow_in_practice(3, names[1]))
    page = still.forecast
    for i, name in enumerate(names):
        page.select(i)
        answer_lookups(still)
        assert ("too narrow" in page.likely.text()) == page.how_it_held.isVisible() == (name == names[1])


@pytest.mark.parametrize("kind", ["level", "flow"])
def test_what_has_no_share_is_said_in_units_everywhere(still: WindowUnderTest, kind: MeasureKind) -> None:
    """Temperatures, and whatever was below zero: nothing of them grows in percent."""
    file = builders.read_file(3)
    moved = file.series.values - (0.0 if kind == "level" else np.nanmax(file.series.values) / 1.1)
    series = replace(file.series, values=moved, measures=(Measure(kind, "°C"),) * 3)
    result = growing(replace(file, series=series))
    shown(still, result)
    page = still.forecast
    model = page.list.model()
    said = [page.headline.sentence.text(), *(link.text() for link in page.headline.standouts if link.isVisible())]
    for k in range(model.rowCount()):
        page.list.setCurrentIndex(model.index(k, 0))
        answer_lookups(still)
        said += [page.sentence.text(), page.likely.text(), page.answer.total.text()]
        said.append(model.index(k, 0).data(Qt.ItemDataRole.AccessibleTextRole))
    assert any("last year" in text for text in said)
    assert any("Biggest" in text for text in said)
    assert not [text for text in said if "%" in text.replace("80%", "")]


def test_the_list_says_over_what_time_its_amounts_are(still: WindowUnderTest) -> None:
    shown(still, growing(departments()))
    side = still.forecast.side
    assert side.spans.text() == "Totals: next 12 months. Each series: next month."
    by(still, "Store")
    still.forecast.list.setCurrentIndex(still.forecast.list.model().index(0, 0))
    answer_lookups(still)
    assert side.spans.text() == "Next 12 months"
    by(still, "")
    side.search.setText("Product 1")
    side.arrange()
    assert side.spans.text() == "Next month"
    shown(still, growing(departments(), 1))
    assert side.spans.text() == "Next month"
