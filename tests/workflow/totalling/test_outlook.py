"""The answer for the whole, and for any series together: the same totals, and a past that adds up."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.workflow.totalling.test_totals import forecast, of_shops, shops, total

from almanac import workflow
from almanac.core.jobs import Progress, run
from almanac.core.measure import Measure
from almanac.workflow import ForecastOptions, HeadlineFigures

NORTH = (0, 1, 2)


def test_an_outlook_has_the_totals_of_its_group() -> None:
    found = run(workflow.outlook(of_shops(), NORTH, "North"))
    by_shop = total(of_shops(), "Shop")
    (g,) = (g for g, group in enumerate(by_shop.groups) if group.key == ("North",))
    assert by_shop.groups[g].members == NORTH
    assert found.totals[0].point[0] == pytest.approx(by_shop.point[g])
    assert found.totals[0].last_year[0] == pytest.approx(by_shop.last_year[g])
    assert [one.per for one in found.totals] == ["horizon", "month", "quarter", "year"]
    for one in found.totals:
        assert one.point.sum() == pytest.approx(float(by_shop.point[g, 0]))


def test_the_past_and_the_steps_of_an_outlook_are_sums() -> None:
    found = run(workflow.outlook(of_shops(), NORTH, "North"))
    assert found.series.names == found.forecast.names == ("North",)
    np.testing.assert_allclose(found.series[0], sum(shops()[i] for i in NORTH))
    np.testing.assert_allclose(found.forecast.mean[0], of_shops().forecast.mean[list(NORTH)].sum(axis=0))
    point, low, high = found.forecast.shown
    assert (low <= point).all()
    assert (point <= high).all()
    assert (low >= 0).all()
    assert int(found.forecast.first[0]) == int(found.series.last[0]) + 1


def test_prices_are_averaged_also_in_their_past() -> None:
    prices = replace(shops(), measures=(Measure("level", "€"),) * 6)
    found = run(workflow.outlook(forecast(prices), (0, 1), "Bread and milk"))
    np.testing.assert_allclose(found.series[0], (prices[0] + prices[1]) / 2)
    assert found.forecast.mean[0].mean() == pytest.approx(float(found.totals[0].point[0, 0]))


def test_the_headline_compares_each_series_with_last_year() -> None:
    found = run(workflow.headline(of_shops()))
    series, made = shops(), of_shops().forecast
    last_year = np.array([series[i][-12:-6].sum() for i in range(6)])
    np.testing.assert_allclose(found.last_year, last_year)
    np.testing.assert_allclose(found.expected, made.mean.sum(axis=1))
    np.testing.assert_allclose(found.growth, made.mean.sum(axis=1) / last_year - 1)
    assert found.whole.point[0, 0] == pytest.approx(found.expected.sum())


def test_what_is_tiny_does_not_stand_out() -> None:
    found = run(workflow.headline(of_shops()))
    soap = {2, 5}  # sells a hundredth of what bread does, and changes most
    assert np.nanargmax(found.doubt) in soap
    assert not soap & {found.most_growth, found.most_fall, found.least_sure}
    assert found.growth[found.most_growth] == np.nanmax(np.delete(found.growth, list(soap)))


def test_a_single_series_does_not_stand_out() -> None:
    found = run(workflow.headline(forecast(shops().select(0))))
    assert (found.most_growth, found.most_fall, found.least_sure) == (-1, -1, -1)


def test_the_window_has_the_headline_before_the_check() -> None:
    steps: list[Progress] = []
    options = ForecastOptions(horizon=6, model="quick", device="cpu", headline=True)
    file = replace(of_shops().file, series=shops())
    run(workflow.forecast(file, options), steps.append)
    early, found = (step.early for step in steps if step.early is not None)
    assert isinstance(found, HeadlineFigures)
    np.testing.assert_allclose(found.expected, early.forecast.mean.sum(axis=1))
