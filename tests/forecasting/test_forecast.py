"""The bundled model, as a person's data meets it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from tests.builders import seasonal, series_set

from almanac.forecasting import default_horizon, forecast, max_horizon
from almanac.forecasting.baselines import seasonal_naive
from almanac.forecasting.batches import pack, packed
from almanac.jobs import Progress, run
from almanac.periods import (
    BUSINESS_DAILY,
    DAILY,
    HOURLY,
    MONTHLY,
    QUARTERLY,
    ROWS,
    WEEKLY,
    YEARLY,
    Frequency,
    Unit,
)
from almanac.problems import ProblemError
from almanac.series import Forecast, SeriesSet

RHYTHMS = [
    YEARLY, QUARTERLY, MONTHLY, WEEKLY, DAILY, BUSINESS_DAILY, HOURLY, ROWS,
    Frequency(Unit.MINUTE, 30), Frequency(Unit.WEEK, 4),
]  # fmt: skip


def made(series: SeriesSet, horizon: int = 6, **options: object) -> Forecast:
    return run(forecast(series, horizon, **options))  # type: ignore[arg-type]


@pytest.mark.parametrize("frequency", RHYTHMS, ids=lambda f: f.name)
@pytest.mark.parametrize("points", [3, 10, 60, 700])
def test_every_rhythm_and_length_gets_ordered_finite_quantiles(frequency: Frequency, points: int) -> None:
    result = made(series_set(seasonal(points, max(frequency.season_length, 2)), frequency=frequency), 9)
    assert result.quantiles.shape == (1, 9, 9)
    assert np.isfinite(result.quantiles).all()
    assert (np.diff(result.quantiles, axis=2) >= 0).all()


@pytest.mark.parametrize("value", [0.0, 5.0, -3.25, 1e12, 1e-9])
def test_a_constant_history_forecasts_that_constant(value: float) -> None:
    result = made(series_set([value] * 30))
    np.testing.assert_allclose(result.quantiles, value, rtol=1e-5)


@pytest.mark.parametrize("factor", [1e-9, 1e-3, 1e6, 1e12])
def test_the_unit_of_the_data_does_not_matter(factor: float) -> None:
    plain = made(series_set(seasonal(80))).quantiles
    np.testing.assert_allclose(made(series_set(seasonal(80) * factor)).quantiles, plain * factor, rtol=1e-3)


def test_data_that_is_never_negative_gets_no_negative_forecast() -> None:
    rng = np.random.default_rng(1)
    histories = [rng.poisson(rate, 60).astype(float) for rate in (0.05, 0.3, 1.0, 4.0)]
    histories.append(np.linspace(50, 0, 40))
    assert (made(series_set(*histories), 24, levels=(0.01, 0.5, 0.99)).quantiles >= 0).all()


def test_a_forecast_does_not_depend_on_its_batch_companions() -> None:
    rng = np.random.default_rng(2)
    histories = [seasonal(int(rng.integers(20, 140)), seed=k, level=10.0 ** rng.integers(0, 6)) for k in range(300)]
    together = made(series_set(*histories)).quantiles
    for k in (0, 17, 299):
        alone = made(series_set(histories[k])).quantiles[0]
        np.testing.assert_allclose(together[k], alone, rtol=1e-4)


def test_a_forecast_does_not_depend_on_the_padding() -> None:
    from almanac import places
    from almanac.forecasting.catalogue import choose
    from almanac.forecasting.engine import Engine

    engine = Engine(choose(places.models())[0], "cpu")
    series = series_set(seasonal(60))
    answers = []
    for length in (64, 144):
        batch = pack(series, np.array([0]), length)
        answers.append(engine.run(batch.values, batch.mask, 12, np.arange(1, 7)))
    np.testing.assert_allclose(answers[0], answers[1], rtol=1e-4)


@settings(max_examples=60, deadline=None)
@given(
    arrays(
        np.float64,
        st.integers(3, 40),
        elements=st.floats(-1e15, 1e15, allow_nan=False) | st.sampled_from([0.0, 1e-12, np.nan]),
    )
)
def test_every_finite_history_gets_a_finite_forecast(history: np.ndarray) -> None:
    if np.isfinite(history).sum() < 3:
        return
    result = made(series_set(history), 5)
    assert np.isfinite(result.quantiles).all()
    assert (np.diff(result.quantiles, axis=2) >= 0).all()


def test_gaps_are_bridged() -> None:
    whole = seasonal(96, noise=0.5)
    holed = whole.copy()
    holed[[20, 40, 41, 70]] = np.nan
    np.testing.assert_allclose(made(series_set(holed)).median, made(series_set(whole)).median, rtol=0.05)


def test_the_forecast_begins_after_the_last_period() -> None:
    series = series_set(seasonal(24), seasonal(36))
    assert made(series).first.tolist() == [624, 636]


def test_series_too_short_are_left_out_and_named() -> None:
    result = made(series_set([1.0, 2.0], seasonal(24), [np.nan, 1.0, np.nan]))
    assert result.names == ("s1",)
    (note,) = result.notes
    assert note.code == "series_too_short"
    assert note.count == 2
    assert "s0" in note.what


def test_only_short_series_is_a_problem() -> None:
    with pytest.raises(ProblemError) as stop:
        made(series_set([1.0, 2.0]))
    assert stop.value.problem.code == "history_too_short"


@pytest.mark.parametrize("horizon", [0, -1, 121, 10**9])
def test_a_horizon_out_of_range_is_a_problem_that_names_the_limit(horizon: int) -> None:
    with pytest.raises(ProblemError) as stop:
        made(series_set(seasonal(60)), horizon)
    assert stop.value.problem.code in ("horizon_too_short", "horizon_too_long")


def test_the_furthest_horizon_works() -> None:
    assert made(series_set(seasonal(60)), max_horizon(MONTHLY)).horizon == 120


@pytest.mark.parametrize(("points", "horizon"), [(3, 1), (12, 4), (120, 12)])
def test_the_usual_horizon_suits_the_history(points: int, horizon: int) -> None:
    assert default_horizon(MONTHLY, points) == horizon


def test_the_levels_asked_for_come_back() -> None:
    result = made(series_set(seasonal(60)), levels=(0.05, 0.33, 0.97))
    assert [level for level, _ in result.shown] == [0.05, 0.33, 0.97]
    values = [v[0, 0] for _, v in result.shown]
    assert values == sorted(values)


def test_levels_beyond_the_model_are_a_problem() -> None:
    with pytest.raises(ProblemError):
        made(series_set(seasonal(60)), levels=(0.001,))


def test_stop_keeps_the_series_that_are_finished() -> None:
    series = series_set(*[seasonal(30, seed=k) for k in range(3000)])
    seen: list[Progress] = []
    result = run(forecast(series, 3), seen.append, lambda: bool(seen) and seen[-1].done > 0)
    assert 0 < len(result.names) < 3000
    assert result.quantiles.shape[0] == len(result.names)


def test_the_model_beats_repeating_last_year_on_growing_seasonal_series() -> None:
    histories = [seasonal(84, seed=k, noise=6.0) for k in range(100)]
    truth = np.array([h[-12:] for h in histories])
    series = series_set(*[h[:-12] for h in histories])
    ours = np.abs(made(series, 12).median - truth).mean()
    naive = np.abs(seasonal_naive(series, 12).median - truth).mean()
    assert ours < 0.85 * naive


def test_eight_in_ten_is_about_eight_in_ten_on_plain_noise() -> None:
    rng = np.random.default_rng(5)
    data = 100 + 10 * rng.standard_normal((400, 72))
    result = made(series_set(*data[:, :60]), 12)
    inside = (data[:, 60:] >= result.at(0.1)) & (data[:, 60:] <= result.at(0.9))
    assert 0.74 < inside.mean() < 0.86


def naive_packing(series: SeriesSet, row: int, length: int) -> np.ndarray:
    out = np.zeros(length)
    tail = series[row][-length:]
    out[length - len(tail) :] = np.nan_to_num(tail)
    return out


def test_packing_agrees_with_a_plain_loop() -> None:
    series = series_set([1.0, np.nan, 3.0], seasonal(50), seasonal(200))
    for row in range(3):
        batch = pack(series, np.array([row]), 64)
        np.testing.assert_array_equal(batch.values[0], naive_packing(series, row, 64))
    assert pack(series, np.array([0]), 64).mask[0, -3:].tolist() == [1, 0, 1]


def test_every_series_is_packed_once() -> None:
    series = series_set(*[seasonal(n) for n in (5, 31, 32, 33, 64, 65, 144, 145, 900)])
    rows = np.concatenate([b.rows for b in packed(series, np.arange(9), 12, size=2)])
    assert sorted(rows.tolist()) == list(range(9))
