"""Why a forecast is as it is, with the bundled model and with forecasters whose reasons are known."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from tests.builders import seasonal, series_set

from almanac import forecasting
from almanac.core.jobs import Job, run
from almanac.core.problems import ProblemError
from almanac.core.series import Forecast, SeriesSet
from almanac.evaluation.explain import components, explain_forecast


def bundled(series: SeriesSet, horizon: int, levels: Sequence[float]) -> Job[Forecast]:
    return forecasting.forecast(series, horizon, levels=levels)


def mean_of_last_two(series: SeriesSet, horizon: int, _levels: Sequence[float]) -> Job[Forecast]:
    """Repeats the mean of the last two known values: only they can change it."""
    yield from ()
    known = [y[np.isfinite(y)][-2:].mean() for y in series]
    return Forecast(
        names=series.names,
        first=series.last + 1,
        frequency=series.frequency,
        levels=np.array([0.5]),
        quantiles=np.repeat(np.array(known)[:, None, None], horizon, axis=1),
        model="plain",
        checksum="",
        device="",
    )


def test_only_the_values_that_a_forecaster_uses_change_its_forecast() -> None:
    found = run(explain_forecast(series_set([10.0] * 18 + [30.0, 10.0]), 3, mean_of_last_two))
    # Without 30: (10 + 10) / 2; without the last 10: (10 + 30) / 2 stays; the forecast is 20.
    assert found.forecast.tolist() == [20.0] * 3
    assert found.periods[found.influential()].tolist() == [618]
    assert found.max_effect[found.influential()] == pytest.approx([0.5])


def test_one_mistyped_value_is_set_aside_for_the_robust_reading_and_its_share_is_said() -> None:
    values = 50.0 + np.tile([0.0, 1.0, -1.0, 0.5], 12)
    values[-1] = 5000.0  # typed without its decimal comma
    found = run(explain_forecast(series_set(values), 3, mean_of_last_two))
    assert found.set_aside.tolist() == [600 + 47]
    assert found.robust.mean() == pytest.approx((values[-2] + values[-3]) / 2)
    # Without the last value the forecast is about 49 instead of 2,524.
    assert found.single_value_share == pytest.approx(1 - found.robust.mean() / found.forecast.mean(), rel=0.01)
    assert found.robust_effect == pytest.approx(-found.single_value_share)


def test_nothing_is_set_aside_where_nothing_is_far_away() -> None:
    found = run(explain_forecast(series_set(seasonal(60, noise=1.0)), 3, mean_of_last_two))
    assert len(found.set_aside) <= 1
    constant = run(explain_forecast(series_set([7.0] * 20), 3, mean_of_last_two))
    assert (len(constant.set_aside), constant.single_value_share, constant.robust_effect) == (0, 0.0, 0.0)


@pytest.mark.parametrize("place", [-1, -3, -13])
def test_the_robust_reading_stays_near_the_truth_when_a_value_is_poisoned(place: int) -> None:
    clean = seasonal(96, noise=1.0)
    poisoned = clean.copy()
    poisoned[place] *= 10
    honest, found = (run(explain_forecast(series_set(y), 6, bundled, most=24)) for y in (clean, poisoned))
    assert 600 + 96 + place in found.set_aside
    assert np.abs(found.robust - honest.forecast).max() < 0.05 * honest.forecast.mean()


def test_values_that_a_forecaster_does_not_use_change_nothing() -> None:
    found = run(explain_forecast(series_set(np.arange(40.0)), 3, mean_of_last_two))
    assert np.flatnonzero(found.max_effect).tolist() == [38, 39]


def test_the_season_and_the_trend_of_a_series_are_what_drives_its_forecast() -> None:
    found = run(explain_forecast(series_set(seasonal(96, noise=1.0)), 12, bundled))
    wave = 20 * np.sin(2 * np.pi * np.arange(96, 108) / 12)
    assert np.corrcoef(found.effects["season"], wave)[0, 1] > 0.95
    assert np.ptp(found.effects["season"]) == pytest.approx(40, rel=0.3)
    assert found.effects["trend"].mean() > 0
    assert found.level == pytest.approx(100 + 0.3 * 90, rel=0.05)
    assert len(found.influential()) == 0


def test_a_mistyped_value_is_among_the_most_influential() -> None:
    values = seasonal(96)
    values[90] *= 10
    found = run(explain_forecast(series_set(values), 12, bundled))
    assert 690 in found.periods[found.influential()]


def test_the_forecast_of_a_constant_is_changed_by_nothing() -> None:
    found = run(explain_forecast(series_set([5.0] * 60), 6, bundled))
    assert np.abs(found.max_effect).max() < 1e-6
    assert all(np.abs(effect).max() < 1e-6 for effect in found.effects.values())


def test_a_series_of_three_values_cannot_be_explained() -> None:
    with pytest.raises(ProblemError) as stop:
        run(explain_forecast(series_set([1.0, 2.0, 3.0]), 3, bundled))
    assert stop.value.problem.code == "history_too_short"


def test_trend_and_season_are_those_that_statsmodels_finds() -> None:
    from statsmodels.tsa.seasonal import seasonal_decompose

    values = seasonal(72)
    trend, season = components(values, 12)
    known = seasonal_decompose(values, period=12)
    assert trend is not None
    assert season is not None
    np.testing.assert_allclose(trend[6:-6], known.trend[6:-6])
    middle = np.isfinite(known.trend)  # statsmodels leaves the ends out of the season
    phase = np.arange(72) % 12
    means = np.array([(values - trend)[middle & (phase == k)].mean() for k in range(12)])
    np.testing.assert_allclose((means - means.mean())[phase], known.seasonal)
    assert np.abs(season - known.seasonal).max() < 1.5


def test_one_extreme_value_changes_neither_trend_nor_season() -> None:
    values = seasonal(72)
    calm = components(values, 12)
    values[40] = 1e6
    wild = components(values, 12)
    for before, after in zip(calm, wild, strict=True):
        assert before is not None
        assert after is not None
        assert np.abs(before - after).max() < 20
