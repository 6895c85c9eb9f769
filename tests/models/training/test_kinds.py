"""The simulated kinds: their laws are what they say, and nobody beats the forecast of somebody who knows them."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from models.training.evaluation.kinds import KINDS
from models.training.evaluation.kinds.kind import Drawn, Kind
from models.training.evaluation.kinds.score import Made, figure
from models.training.evaluation.kinds.simple import METHODS, filled
from models.training.evaluation.results import KindFigure
from models.training.evaluation.scores import quantile_loss

BY_NAME = {kind.name: kind for kind in KINDS}
# Most futures are exactly the one number that is forecast.
SELDOM = "prices that change now and then", "a plan of the week that changes twice a year"
WHOLE_NUMBERS = "counts", "lumpy"


@cache
def series(name: str) -> Drawn:
    return BY_NAME[name].series()


@cache
def achievable(name: str) -> KindFigure:
    made = series(name)
    return figure(BY_NAME[name], made, Made(made.achievable, made.achievable[:, :, 4]))


def continuous(kind: Kind) -> bool:
    """Whether the future has a density: else no range holds exactly 80%."""
    future = series(kind.name).future
    exact = achievable(kind.name).best_error == 0
    return (
        kind.name not in SELDOM
        and not exact
        and not kind.name.startswith(WHOLE_NUMBERS)
        and (future != 0).mean() > 0.99
    )


def test_there_are_kinds_of_every_frequency_and_each_has_its_own_name() -> None:
    assert len(BY_NAME) == len(KINDS) >= 50
    names = {kind.frequency.name for kind in KINDS}
    assert names >= {
        "yearly", "quarterly", "monthly", "every 4 weeks", "weekly", "daily", "business-daily", "hourly",
        "every 30 minutes", "row by row",
    }  # fmt: skip


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_kind_is_complete_and_its_quantiles_are_in_order(kind: Kind) -> None:
    made = series(kind.name)
    assert made.history.shape == (60, kind.length)
    assert made.future.shape == (60, kind.horizon)
    assert made.achievable.shape == (60, kind.horizon, 9)
    assert np.isfinite(made.future).all()
    assert np.isfinite(made.achievable).all()
    assert (np.diff(made.achievable, axis=2) >= -1e-9 * made.level[:, None, None]).all()
    assert (made.level > 0).all()
    assert np.isnan(made.history).any() == (kind.name == "missing values" or "sisters" in kind.name)


def test_a_kind_is_the_same_at_every_call() -> None:
    for kind in KINDS[::9]:
        np.testing.assert_array_equal(kind.series().future, series(kind.name).future)


def test_more_series_can_be_drawn_and_others_with_another_seed() -> None:
    assert KINDS[2].series(7).future.shape == (7, 12)
    assert (KINDS[2].series(7, seed=1).future != KINDS[2].series(7).future).any()


@pytest.mark.parametrize("knows", ["law", "parameters"])
def test_the_achievable_ranges_hold_what_they_promise(knows: str) -> None:
    held = [achievable(k.name).achievable_coverage for k in KINDS if k.knows == knows and continuous(k)]
    assert len(held) >= 10
    assert np.mean(held) == pytest.approx(80, abs=1.5)
    assert min(held) > 70
    assert max(held) < 90


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_no_simple_method_beats_what_is_achievable_by_more_than_chance(kind: Kind) -> None:
    made = achievable(kind.name)
    assert made.best == "achievable"
    assert made.simple_error >= 0.98 * made.error - 0.001


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_no_wider_narrower_higher_or_lower_forecast_is_better_by_more_than_chance(kind: Kind) -> None:
    made = series(kind.name)
    median, width = made.achievable[:, :, 4:5], np.ptp(made.achievable, axis=2)[:, :, None]
    others = [median + (made.achievable - median) * factor for factor in (0.7, 1.4)]
    others += [made.achievable + width * share for share in (-0.1, 0.1)]
    loss, *other_losses = (
        quantile_loss(quantiles, made.future).mean(axis=1) / made.level for quantiles in (made.achievable, *others)
    )
    for other in other_losses:
        gain = loss - other
        assert gain.mean() <= 3 * gain.std() / np.sqrt(len(gain)) + 1e-9


def test_where_there_is_no_noise_nothing_is_off() -> None:
    exact = [k.name for k in KINDS if "no noise" in k.name or k.name in ("1000, 0, 1000, 0", "0, 0, 412.5")]
    assert len(exact) >= 6
    assert all(achievable(name).error == 0 for name in exact)


@pytest.mark.parametrize("name", [k.name for k in KINDS if series(k.name).mean is not None])
def test_the_achievable_mean_of_counts_adds_up(name: str) -> None:
    made = series(name)
    assert made.mean is not None
    expected = made.level.sum() * made.mean.shape[1]
    assert made.mean.sum() == pytest.approx(expected, rel=0.1)


def test_a_ratio_is_relative_to_the_best_and_a_range_to_what_can_be_held() -> None:
    kind = BY_NAME["straight line, 2% noise"]
    made = series(kind.name)
    wide = made.achievable.copy()
    wide[:, :, 0] -= 1000
    wide[:, :, 8] += 1000
    wide[:, :, 4] += 100
    found = figure(kind, made, Made(wide, wide[:, :, 4]))
    assert found.ratio > 10
    assert found.wql_ratio > 10
    assert found.coverage == 100
    assert not found.held
    assert not found.near


def test_a_simple_method_is_the_best_where_it_is_better_beyond_chance() -> None:
    kind = BY_NAME["straight line, 2% noise"]
    made = series(kind.name)
    spoilt = Drawn(made.history, made.future, made.achievable + 20, made.level)
    found = figure(kind, spoilt, Made(made.achievable, made.achievable[:, :, 4]))
    assert found.best == "straight line"
    assert found.ratio == pytest.approx(1, abs=0.01)


LINE = np.array([[2.0, 4.0, 6.0, 8.0, 10.0, 12.0]])


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("last value", [12, 12]),
        ("seasonal naive", [10, 12]),
        ("seasonal mean", [6, 8]),
        ("drift", [14, 16]),
        ("mean", [7, 7]),
        ("mean of the last season", [11, 11]),
        ("exponential smoothing", [12, 12]),
        ("straight line", [14, 16]),
    ],
)
def test_a_simple_method_of_a_worked_example(method: str, expected: list[float]) -> None:
    np.testing.assert_allclose(METHODS[method](LINE, 2, 2), [expected], rtol=1e-6)


def test_a_log_line_goes_on_growing_by_the_same_factor_and_gives_up_at_zero() -> None:
    doubling = np.array([[1.0, 2.0, 4.0, 8.0], [0.0, 2.0, 4.0, 8.0]])
    np.testing.assert_allclose(METHODS["log line"](doubling, 1, 2), [[16, 32], [8, 8]])


def test_theta_keeps_the_season_and_half_of_the_slope() -> None:
    y = np.tile([10.0, -10.0], 10)[None] + np.arange(20.0)
    made = METHODS["theta"](y, 2, 2)
    np.testing.assert_allclose(made, [[19 + 0.5 + 10, 19 + 1.0 - 10]], atol=0.6)


def test_gaps_take_the_value_before_them() -> None:
    gappy = np.array([[np.nan, 1.0, np.nan, 3.0]])
    assert filled(gappy).tolist() == [[1.0, 1.0, 1.0, 3.0]]
