"""Totals of a forecast: they sum, agree, and do not depend on the order of the series."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from tests.builders import seasonal, series_set

from almanac import workflow
from almanac.core.calendar.frequency import DAILY
from almanac.core.calendar.open_periods import OpenPeriods
from almanac.core.jobs import run
from almanac.core.measure import Measure
from almanac.core.problems import ProblemError
from almanac.core.series import SeriesSet
from almanac.tables import ReadFile
from almanac.wording.phrases import RangeSupport
from almanac.workflow import ForecastOptions, Totals
from almanac.workflow.results import ForecastResult
from almanac.workflow.totalling.make_totals import columns_of

SAMPLE = Path(__file__).resolve().parents[3] / "resources" / "samples" / "student-lab.csv"
QUICK = ForecastOptions(horizon=6, model="quick", device="cpu")


@cache
def sample() -> ReadFile:
    return run(workflow.check(SAMPLE))


def shops(points: int = 72) -> SeriesSet:
    """Two shops that both sell three products; one product rarely sells."""
    keys = tuple((shop, product) for shop in ("North", "South") for product in ("Bread", "Milk", "Soap"))
    chance = np.random.default_rng(3)
    members = [
        chance.poisson(0.4, points).astype(float) if key[1] == "Soap" else seasonal(points, seed=k, level=60 + 40 * k)
        for k, key in enumerate(keys)
    ]
    made = series_set(*members, names=tuple(" · ".join(key) for key in keys))
    return replace(made, key_columns=("Shop", "Product"), keys=keys)


def forecast(series: SeriesSet, options: ForecastOptions = QUICK) -> ForecastResult:
    return run(workflow.forecast(replace(sample(), series=series, findings=()), options))


@cache
def of_shops() -> ForecastResult:
    return forecast(shops())


def total(result: ForecastResult, *by: str, per: str = "horizon") -> Totals:
    return run(workflow.totals(result, by, per))


def level(found: Totals, *columns: str) -> list[int]:
    return [g for g, group in enumerate(found.groups) if group.columns == columns]


def test_parts_sum_to_totals_and_spans_to_the_horizon() -> None:
    found = total(of_shops(), "Shop", "Product", per="quarter")
    everything = found.point[0]
    for columns in (("Shop",), ("Product",), ("Shop", "Product")):
        np.testing.assert_allclose(found.point[level(found, *columns)].sum(axis=0), everything, rtol=1e-9)
    whole = total(of_shops(), "Shop", "Product")
    np.testing.assert_allclose(found.point.sum(axis=1), whole.point[:, 0], rtol=1e-9)


def test_totals_are_the_sums_of_the_means_of_the_forecast() -> None:
    result = of_shops()
    assert total(result).point[0, 0] == pytest.approx(result.forecast.mean.sum(), rel=1e-9)


def test_totals_are_forecast_themselves_and_move_the_parts() -> None:
    result = of_shops()
    assert result.hierarchy is not None
    assert [len(one) for one in result.hierarchy.grouping.levels] == [1, 2, 3]
    before = result.hierarchy.grouping.sums(result.hierarchy.part_means)
    low, high = np.minimum(before, result.hierarchy.own_means), np.maximum(before, result.hierarchy.own_means)
    inside = (result.hierarchy.means >= low - 1) & (result.hierarchy.means <= high + 1)
    assert inside.mean() > 0.8
    assert not np.allclose(result.hierarchy.means, before)


def test_the_order_of_the_series_changes_nothing() -> None:
    order = np.array([4, 2, 0, 5, 1, 3])
    first, other = total(of_shops(), "Shop"), total(forecast(shops().take(order)), "Shop")
    assert [group.name for group in first.groups] == [group.name for group in other.groups]
    for one, two in ((first.point, other.point), (first.low, other.low), (first.high, other.high)):
        np.testing.assert_allclose(one, two, rtol=1e-6)


def test_ranges_are_around_the_points_and_those_of_a_sum_narrower_than_the_sum_of_ranges() -> None:
    found = total(of_shops(), "Shop", "Product")
    assert (found.low <= found.point).all()
    assert (found.point <= found.high).all()
    assert (found.low >= 0).all()
    width = found.high - found.low
    assert width[0, 0] < width[level(found, "Shop", "Product"), 0].sum()


def test_last_year_and_growth() -> None:
    series = shops()
    found = total(of_shops(), "Shop")
    expected = [sum(series[i][-12:-6].sum() for i in rows) for rows in (range(6), range(3), range(3, 6))]
    np.testing.assert_allclose(found.last_year[:, 0], expected)
    np.testing.assert_allclose(found.growth, found.point / found.last_year - 1)


def test_one_series_is_its_own_total() -> None:
    result = forecast(series_set(seasonal(72), names=("Bread",)))
    found = total(result)
    assert result.hierarchy is None
    assert [group.name for group in found.groups] == ["Everything"]
    assert found.point[0, 0] == pytest.approx(result.forecast.mean.sum())
    assert found.groups[0].support is RangeSupport.CHECKED
    assert found.coverage is not None


def test_prices_are_averaged_and_said_to_be() -> None:
    series = replace(shops(), measures=(Measure("level", "€"),) * 6)
    result = forecast(series)
    found = total(result, "Shop")
    assert found.point[0, 0] == pytest.approx(result.forecast.mean.mean())
    assert found.last_year[0, 0] == pytest.approx(np.mean([y[-12:-6].mean() for y in series]))
    assert [note.code for note in found.notes] == ["averaged_in_totals"]
    assert found.groups[0].averaged


def test_series_with_unequal_ends_are_added_up_over_the_same_time() -> None:
    series = shops()
    members = [y[:-2] if i == 0 else y[:-20] if i == 1 else y for i, y in enumerate(series)]
    cut = replace(series_set(*members, names=series.names), key_columns=series.key_columns, keys=series.keys)
    result = forecast(cut)
    found = total(result)
    assert found.spans[0].first == 672
    assert [note.code for note in found.notes] == ["not_in_total"]
    assert found.groups[0].series == 6
    own = result.forecast.mean
    ahead = own[0, 2:].sum() + 2 * own[0, -1] + own[2:].sum()
    assert found.point[0, 0] == pytest.approx(ahead)


def test_money_and_numbers_of_things_are_kept_apart_and_a_single_column_has_its_name() -> None:
    members = [seasonal(48, seed=k) for k in range(3)]
    names = ("Lunch Revenue", "Dinner Revenue", "Guests")
    measures = (Measure(counted="money"), Measure(counted="money"), Measure(counted="number"))
    keys = tuple((name,) for name in names)
    series = replace(series_set(*members, names=names), key_columns=("Column",), keys=keys, measures=measures)
    result = forecast(series)
    found = total(result)
    assert [group.name for group in found.groups] == ["Everything · Guests", "Everything · money"]
    assert [note.what for note in found.notes] == ["Guests, money are not added together."]
    assert found.point[:, 0] == pytest.approx([result.forecast.mean[2].sum(), result.forecast.mean[:2].sum()])


def test_amounts_of_several_columns_are_kept_apart() -> None:
    series = shops()
    keys = tuple((key[0], "Units" if key[1] == "Bread" else "Revenue") for key in series.keys)
    chosen = np.array([0, 1, 3, 4])
    two = replace(series.take(chosen), key_columns=("Shop", "Column"), keys=tuple(keys[i] for i in chosen))
    found = total(forecast(two))
    assert sorted(group.name for group in found.groups) == ["Everything · Revenue", "Everything · Units"]


def test_without_practice_runs_totals_say_that_they_were_not_asked_for() -> None:
    result = forecast(shops(), replace(QUICK, calibrate=False))
    found = total(result)
    assert found.coverage is None
    assert found.groups[0].support is result.without_checks


def test_a_column_that_is_not_there_and_a_span_that_is_finer_than_the_data_are_refused() -> None:
    with pytest.raises(ProblemError) as stop:
        total(of_shops(), "Shopp")
    assert (stop.value.problem.code, stop.value.problem.fix) == ("no_such_group", "Did you mean “Shop”?")


def test_a_file_of_columns_is_not_called_split_by_one() -> None:
    columns = replace(series_set([1.0, 2.0], [3.0, 4.0]), keys=(("A",), ("B",)), key_columns=("Column",))
    with pytest.raises(ProblemError) as stop:
        columns_of(columns, ("Region",))
    assert stop.value.problem.why == "It has several columns of numbers, and no column that tells things apart."
    with pytest.raises(ProblemError) as stop:
        total(of_shops(), per="week")
    assert stop.value.problem.fix == "Choose horizon or month or quarter or year."


def test_days_are_divided_into_weeks() -> None:
    days = replace(series_set(seasonal(200, 7), seasonal(200, 7, seed=1)), frequency=DAILY)
    result = forecast(days, replace(QUICK, horizon=14))
    found = total(result, per="week")
    assert [span.partial for span in found.spans] == [True, False, True]
    assert found.point.sum() == pytest.approx(result.forecast.mean.sum())


def test_days_on_which_all_are_closed_count_nothing_and_are_still_checked() -> None:
    week = np.ones((7, 1), bool)
    week[6] = False
    open_days = OpenPeriods(week, np.ones(12, bool))
    numbers = 20_000 + np.arange(300)
    shut = ~open_days.is_open(DAILY, numbers)
    members = [np.where(shut, np.nan, seasonal(300, 7, seed=k)) for k in range(3)]
    series = replace(series_set(*members, frequency=DAILY), first=np.full(3, 20_000), open_periods=(open_days,) * 3)
    result = forecast(series, replace(QUICK, horizon=14))
    found = total(result)
    ahead = ~open_days.is_open(DAILY, 20_300 + np.arange(14))
    assert (result.forecast.mean[:, ahead] == 0).all()
    assert found.point[0, 0] == pytest.approx(result.forecast.mean[:, ~ahead].sum())
    assert found.coverage is not None
    assert found.coverage.checks > 5
    assert np.isfinite(found.last_year).sum() == 0


def test_totals_of_which_too_many_values_are_missing_are_the_sums_of_their_parts() -> None:
    holes = [np.where(np.arange(60) % 2 == k, seasonal(60, seed=k), np.nan) for k in range(2)]
    result = forecast(series_set(*holes), replace(QUICK, horizon=3))
    assert result.hierarchy is None
    assert total(result).point[0, 0] == pytest.approx(result.forecast.mean.sum())


def test_the_total_of_a_rare_seller_is_what_its_days_add_up_to_with_one_range() -> None:
    """Its days, their sum and the total are said in different places, and are the same."""
    result = of_shops()
    found = total(result, "Shop", "Product")
    rare = [g for g, group in enumerate(found.groups) if group.key[-1:] == ("Soap",) and group.series == 1]
    assert rare
    for g in rare:
        row = found.groups[g].members[0]
        shown = result.plan.select(row).shown
        assert result.plan.sums is not None
        assert shown[0].sum() == pytest.approx(found.point[g, 0], rel=1e-9)
        assert (shown[1] <= shown[0]).all()
        assert (shown[0] <= shown[2]).all()
        assert (found.low[g, 0], found.high[g, 0]) == (result.plan.sums.low[row], result.plan.sums.high[row])
