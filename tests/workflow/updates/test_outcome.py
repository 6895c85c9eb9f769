"""What became of an earlier forecast of one series."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from tests.builders import series_set

from almanac.core.series import Forecast, SeriesSet
from almanac.forecasting.baselines.seasonal_naive import seasonal_naive
from almanac.workflow.updates.outcome import outcome_of
from almanac.workflow.updates.scoring import GivenForecast

VALUES = np.arange(48.0), 100 + np.arange(48.0)


def first_months(months: int) -> SeriesSet:
    return series_set(*(values[:months] for values in VALUES))


def given(months: int, horizon: int = 6) -> GivenForecast:
    return GivenForecast(seasonal_naive(first_months(months), horizon, (0.1, 0.5, 0.9)))


def test_the_latest_forecast_with_a_value_is_shown_with_what_happened() -> None:
    now = first_months(45)
    name = now.names[1]
    found = outcome_of([given(36), given(42), given(45)], now, {}, name)
    assert found is not None
    first = int(now.first[1])
    assert found.made_before == (first + 36, first + 42)  # nothing of the third has arrived
    assert found.chosen == 1
    assert found.past.names == (name,)
    np.testing.assert_array_equal(found.past.values, VALUES[1][:42])
    np.testing.assert_array_equal(found.happened, [142, 143, 144, np.nan, np.nan, np.nan])
    assert isinstance(found.forecast, Forecast)
    assert found.forecast.names == (name,)
    assert found.forecast.horizon == 6


def test_an_earlier_forecast_can_be_chosen_and_of_one_date_the_latest_counts() -> None:
    now, again = first_months(48), given(36, horizon=3)
    name, begin = now.names[0], int(now.first[0]) + 36
    found = outcome_of([given(36), again, given(42)], now, {}, name, begin)
    assert found is not None
    assert (found.chosen, found.forecast.horizon) == (0, 3)
    np.testing.assert_array_equal(found.happened, [36, 37, 38])


def test_a_series_is_followed_under_its_new_name() -> None:
    now = first_months(48)
    renamed = replace(now, names=("other", now.names[1]))
    found = outcome_of([given(42)], renamed, {now.names[0]: "other"}, "other")
    assert found is not None
    np.testing.assert_array_equal(found.happened, VALUES[0][42:])


def test_what_the_person_changed_is_there_only_where_they_changed_it() -> None:
    now, one = first_months(48), given(42)
    changed = one.forecast.point.copy()
    changed[0] += 5
    for row, expected in ((0, True), (1, False)):
        found = outcome_of([replace(one, adjusted=changed)], now, {}, now.names[row])
        assert found is not None
        assert (found.adjusted is not None) is expected


def test_there_is_none_where_nothing_has_arrived_or_the_series_is_gone() -> None:
    now = first_months(42)
    assert outcome_of([given(42)], now, {}, now.names[0]) is None
    assert outcome_of([given(36)], now, {}, "no such series") is None
