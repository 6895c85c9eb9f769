"""Orders of a forecast: which products have one, and what is said of the others."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from tests.builders import seasonal, series_set

from almanac import workflow
from almanac.core.calendar.frequency import DAILY, WEEKLY, Frequency
from almanac.core.calendar.open_periods import OpenPeriods
from almanac.core.jobs import run
from almanac.core.measure import FLOW, Measure
from almanac.core.problems import ProblemError
from almanac.core.series import SeriesSet
from almanac.tables import ReadFile
from almanac.workflow import ForecastOptions, Orders
from almanac.workflow.results import ForecastResult

SAMPLE = Path(__file__).resolve().parents[3] / "resources" / "samples" / "student-lab.csv"
QUICK = ForecastOptions(horizon=6, model="quick", device="cpu", calibrate=False)
HEADING = ("Product", "Stock", "On order", "Lead time", "Pack size")


@cache
def sample() -> ReadFile:
    return run(workflow.check(SAMPLE))


def products(frequency: Frequency = DAILY) -> SeriesSet:
    """Bread and milk in whole numbers, flour in kilograms, and a price."""
    chance = np.random.default_rng(5)
    members = [
        chance.poisson(30, 70),
        chance.poisson(12, 70),
        seasonal(70, seed=1, level=40),
        chance.normal(3, 0.1, 70),
    ]
    made = series_set(*members, frequency=frequency, names=("Bread", "Milk", "Flour", "Price"))
    return replace(made, measures=(FLOW, FLOW, FLOW, Measure("level")))


def forecast(series: SeriesSet, options: ForecastOptions = QUICK) -> ForecastResult:
    return run(workflow.forecast(replace(sample(), series=series, findings=()), options))


@cache
def daily() -> ForecastResult:
    return forecast(products())


def ordered(*rows: tuple[str, ...], result: ForecastResult | None = None) -> Orders:
    return run(workflow.orders(result or daily(), (HEADING, *rows)))


def codes(found: Orders) -> list[str]:
    return [problem.code for problem in found.problems]


def test_orders_bring_stock_up_to_what_is_expected_and_more() -> None:
    found = ordered(("bread ", "10", "20", "2", "12"), ("MILK", "500", "0", "2", ""), ("Flour", "3.5", "", "1", ""))
    assert [one.product.name for one in found.products] == ["Bread", "Flour", "Milk"]
    assert [one.product.name for one in found.today] == ["Bread", "Flour"]
    bread = found.products[0]
    assert bread.expected == pytest.approx(90, rel=0.15)
    assert bread.order.amount % 12 == 0
    assert bread.order.level - 30 <= bread.order.amount < bread.order.level - 30 + 12
    assert bread.order.reached >= 0.95
    assert found.products[1].order.amount % 1 != 0
    milk = found.products[2]
    assert (milk.order.amount, found.run_out_period(2), milk.before_arrival) == (0, None, 0)


def test_the_day_it_runs_out_is_a_date_with_its_chance() -> None:
    found = ordered(("Bread", "75", "", "2", ""))
    assert found.run_out_period(0) == found.first + 2
    assert 0.5 <= found.run_out_chance(0) <= 1
    row = found.to_dict()["products"][0]
    assert row["runs_out"] == DAILY.iso(found.first + 2)
    assert row["runs_out_chance"] == row["run_out_chances"][2]


def test_a_column_of_wanted_certainty_orders_more_for_more() -> None:
    rows = [("Product", "Stock", "Lead time", "Certainty"), ("Bread", "0", "2", "80%"), ("Milk", "0", "2", "99%")]
    some, much = (run(workflow.orders(daily(), [rows[0], ("Bread", "0", "2", c)])).products[0] for c in ("80%", "99%"))
    assert some.order.level < much.order.level
    assert codes(run(workflow.orders(daily(), rows)))[-1] == "order_defaults"


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (("Price", "5", "", "2", ""), "cannot_order_a_level"),
        (("Bred", "5", "", "2", ""), "no_such_product"),
        (("", "5", "", "2", ""), "no_such_product"),
        (("Milk", "5", "", "6", ""), "lead_time_beyond_forecast"),
        (("Milk", "lots", "", "2", ""), "unreadable_stock_cell"),
    ],
)
def test_what_cannot_be_ordered_is_left_out_and_said(row: tuple[str, ...], code: str) -> None:
    found = ordered(("Bread", "5", "", "2", ""), row)
    assert [one.product.name for one in found.products] == ["Bread"]
    assert code in codes(found)
    with pytest.raises(ProblemError) as caught:
        ordered(row)
    assert caught.value.problem.code == code


def test_names_that_are_near_are_offered_and_products_without_a_row_said() -> None:
    found = {
        problem.code: problem for problem in ordered(("Bread", "5", "", "2", ""), ("Mlik", "5", "", "2", "")).problems
    }
    assert "Did you mean “Milk”?" in found["no_such_product"].fix
    assert found["no_such_product"].rows == (3,)
    assert found["not_in_stock_list"].what.startswith("Milk, Flour, Price have no order")


def test_a_product_listed_twice_is_left_out() -> None:
    found = ordered(("Bread", "5", "", "2", ""), ("Milk", "5", "", "2", ""), ("milk", "7", "", "2", ""))
    assert [one.product.name for one in found.products] == ["Bread"]
    assert next(problem for problem in found.problems if problem.code == "product_listed_twice").rows == (3, 4)


def test_weeks_are_asked_for_their_unit_and_rounded_up() -> None:
    result = forecast(products(WEEKLY))
    with pytest.raises(ProblemError) as caught:
        ordered(("Bread", "5", "", "2", ""), result=result)
    assert caught.value.problem.code == "no_unit_of_time"
    found = ordered(("Bread", "5", "", "10 days", ""), result=result)
    assert found.products[0].product.terms.lead == 2
    assert "10 days as 2 weeks" in next(p for p in found.problems if p.code == "lead_time_rounded_up").what


def test_stock_below_zero_is_ordered_as_well_and_said() -> None:
    found = ordered(("Bread", "-40", "", "2", ""))
    assert found.products[0].order.amount == ordered(("Bread", "0", "", "2", "")).products[0].order.amount + 40
    assert "stock_below_zero" in codes(found)
    assert found.run_out_period(0) == found.first


def test_nothing_is_sold_on_closed_days() -> None:
    series = products().take(np.array([0]))
    week = np.ones((7, 1), dtype=bool)
    closed_at = int(DAILY.dates(series.last + 1)[0].astype("datetime64[D]").astype(int) + 3) % 7
    week[closed_at] = False
    opened = OpenPeriods(week, np.ones(12, dtype=bool))
    result = forecast(replace(series, open_periods=(opened,)))
    one = run(workflow.orders(result, [("Product", "Stock", "Lead time"), ("Bread", "0", "0")])).products[0]
    assert (one.order.level, one.order.amount) == (0, 0)


def test_a_single_series_needs_no_name() -> None:
    result = forecast(products().take(np.array([0])))
    found = run(workflow.orders(result, [("Stock", "Lead time"), ("5", "2")]))
    assert [one.product.name for one in found.products] == ["Bread"]


def test_practice_says_how_often_such_orders_were_enough() -> None:
    result = forecast(products(), replace(QUICK, calibrate=True))
    practice = ordered(("Bread", "5", "", "1", ""), ("Milk", "5", "", "2", ""), result=result).backtest
    assert practice is not None
    assert practice.wanted == pytest.approx(0.95)
    assert practice.held >= 0.85
    assert 0 < practice.independent <= practice.checks
    assert ordered(("Bread", "5", "", "1", "")).backtest is None
