"""Forecasts that were given are scored by the values that came, next to what simple methods would have said then."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.builders import forecast_of, seasonal, series_set

from almanac.core.jobs import run
from almanac.core.series import Forecast, SeriesSet
from almanac.workflow.updates.scoring import GivenForecast, score_forecasts


def until(series: SeriesSet, points: int) -> SeriesSet:
    return series_set(*(own[:points] for own in series), names=series.names)


@pytest.fixture
def series() -> SeriesSet:
    return series_set(*(seasonal(40, seed=i, level=100 * (i + 1)) for i in range(3)), names=("Bread", "Milk", "Eggs"))


def given(series: SeriesSet, points: int, offset: float) -> Forecast:
    """A forecast that is off by ``offset``."""
    made = forecast_of(until(series, points))
    truth = np.stack([np.append(own, own[-3:])[points : points + 3] for own in series])
    return replace(made, quantiles=truth[:, :, None] + offset + (made.levels - 0.5) * 20)


def test_the_typical_miss_and_seasonal_naive_from_the_same_dates(series: SeriesSet) -> None:
    found = run(
        score_forecasts([GivenForecast(given(series, 34, 2.0)), GivenForecast(given(series, 37, -4.0))], series)
    )
    assert found is not None
    assert found.overall.checks == 18
    assert found.overall.typical_miss == pytest.approx(3.0)
    naive = [
        abs(own[t] - own[t - 12]) / np.mean(np.abs(own[12:cut] - own[: cut - 12]))
        for own in series
        for cut in (34, 37)
        for t in range(cut, cut + 3)
    ]
    assert found.overall.naive_scaled == pytest.approx(np.mean(naive))


def test_what_the_person_changed_is_scored_where_they_changed_it(series: SeriesSet) -> None:
    first, second = given(series, 31, 5.0), given(series, 34, 5.0)
    adjusted = second.point.copy()
    adjusted[1] -= 5.0
    renamed = replace(second, names=("Bread", "Milk (1 l)", "Eggs"))
    both = [GivenForecast(first), GivenForecast(renamed, adjusted)]
    found = run(score_forecasts(both, series, {"Milk (1 l)": "Milk"}))
    assert found is not None
    assert found.adjusted is not None
    assert (found.adjusted.checks, found.adjusted.nearer) == (3, 3)
    assert (found.adjusted.first, found.adjusted.second) == pytest.approx((5.0, 0.0))


def test_nothing_is_scored_before_anything_has_arrived(series: SeriesSet) -> None:
    assert run(score_forecasts([GivenForecast(forecast_of(series))], series)) is None
    assert run(score_forecasts([], series)) is None
