"""Rare sales: the sum over the horizon and the chance of none, compared with simulated futures."""

from __future__ import annotations

import numpy as np
import pytest

from almanac.evaluation.probability.rare_sales import RareSales, horizon_sums, rare_sales

STEPS = 28


@pytest.mark.parametrize("rate", [0.02, 0.1, 0.4, 1.0])
def test_a_long_history_gives_the_chances_of_a_poisson_process(rate: float) -> None:
    past = np.random.default_rng(0).poisson(rate, 200_000).astype(float)
    rare = rare_sales(np.full(STEPS, rate), past)
    future = np.random.default_rng(1).poisson(rate, (200_000, STEPS)).sum(axis=1)
    assert rare.chance_of_none == pytest.approx((future == 0).mean(), abs=0.03)
    sums = rare.sums(20_000)
    assert sums.mean() == pytest.approx(future.mean(), rel=0.03)
    assert np.abs(np.quantile(sums, (0.1, 0.9)) - np.quantile(future, (0.1, 0.9))).max() <= 1


def test_amounts_of_several_pieces_come_in_several_pieces() -> None:
    rng = np.random.default_rng(2)
    past = np.where(rng.random(2_000) < 0.05, 12.0, 0.0)
    rare = rare_sales(np.full(STEPS, past.mean()), past)
    assert set(np.unique(rare.sums() % 12)) == {0.0}
    assert rare.chance_of_none == pytest.approx((past == 0).mean() ** STEPS, abs=0.02)


def test_few_events_of_the_past_make_the_future_less_sure() -> None:
    few, many = (RareSales(np.full(STEPS, 0.2), np.ones(9), k) for k in (10, 1000))
    assert few.chance_of_none > 2 * many.chance_of_none
    assert few.sums().mean() == pytest.approx(many.sums().mean(), rel=0.02)


def test_paths_add_up_to_the_sums_and_stay_out_of_closed_steps() -> None:
    expected = np.where(np.arange(STEPS) % 7 == 0, 0.0, 0.3)
    rare = RareSales(expected, np.array([1.0, 1.0, 2.0]), 100)
    paths = rare.paths(20_000)
    assert paths.shape == (20_000, STEPS)
    assert not paths[:, ::7].any()
    assert (paths.sum(axis=1) == 0).mean() == pytest.approx(rare.chance_of_none, abs=1e-3)
    assert paths.mean(axis=0) == pytest.approx(expected, abs=0.05)


def test_only_the_asked_series_have_sums() -> None:
    found = horizon_sums(np.array([1]), np.full((2, STEPS), 0.1), [np.array([0.0, 1.0, 0.0, 2.0])])
    assert np.isnan(found.expected[0])
    assert found.expected[1] == pytest.approx(2.8)
    assert found.low[1] <= found.expected[1] <= found.high[1]


def test_a_series_that_is_closed_throughout_has_nothing_to_expect() -> None:
    rare = RareSales(np.zeros(STEPS), np.ones(3), 9)
    assert rare.chance_of_none == 1
    assert not rare.paths(10).any()
