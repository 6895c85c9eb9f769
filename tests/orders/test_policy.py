"""Order-up-to levels next to exact quantiles, packs, and when the stock runs out."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import pytest
from scipy import stats

from almanac.core.arrays import Floats
from almanac.orders import StockTerms, Widths, cumulated_demand, enough, plan_order, run_out_chances

CHANCE = np.random.default_rng(7)
TERMS = StockTerms(on_hand=0, on_order=0, lead=3, protection=4, pack=1, certainty=0.95)


def poisson(rate: float, steps: int = 8, paths: int = 20_000) -> Floats:
    return np.cumsum(CHANCE.poisson(rate, (paths, steps)), axis=1).astype(float)


@pytest.mark.parametrize("certainty", [0.8, 0.9, 0.95, 0.99])
@pytest.mark.parametrize("rate", [0.2, 3.0, 40.0])
def test_the_level_is_the_quantile_of_demand_until_the_next_order_arrives(rate: float, certainty: float) -> None:
    order = plan_order(poisson(rate), StockTerms(0, 0, 3, 4, 1, certainty))
    exact = stats.poisson(4 * rate)
    assert exact.cdf(order.level) >= certainty - 0.005
    assert exact.cdf(order.level - 1) <= certainty + 0.005
    assert order.amount == order.level
    assert order.reached == pytest.approx(exact.cdf(order.level), abs=0.01)


def test_what_is_there_and_what_is_on_order_need_no_order() -> None:
    demand = poisson(10.0)
    alone = plan_order(demand, TERMS)
    with_stock = plan_order(demand, StockTerms(12, 20, 3, 4, 1, 0.95))
    assert with_stock.amount == alone.amount - 32
    plenty = plan_order(demand, StockTerms(500, 0, 3, 4, 1, 0.95))
    assert (plenty.amount, plenty.reached) == (0, 1.0)


def test_what_is_owed_is_ordered_as_well() -> None:
    demand = poisson(10.0)
    assert plan_order(demand, StockTerms(-7, 0, 3, 4, 1, 0.95)).amount == plan_order(demand, TERMS).amount + 7


@pytest.mark.parametrize("pack", [6, 12, 0.5])
def test_orders_are_whole_packs_and_no_more_than_needed(pack: float) -> None:
    demand = poisson(10.0)
    needed = plan_order(demand, TERMS)
    order = plan_order(demand, StockTerms(0, 0, 3, 4, pack, 0.95))
    assert order.amount % pack == 0
    assert 0 <= order.amount - needed.amount < pack
    assert order.reached >= needed.reached


def test_amounts_that_are_no_whole_numbers_are_ordered_to_the_last_gram() -> None:
    demand = np.cumsum(CHANCE.normal(2.0, 0.3, (40_000, 4)), axis=1)
    order = plan_order(demand, StockTerms(0, 0, 3, 4, 0, 0.95))
    assert order.amount == pytest.approx(8 + NormalDist().inv_cdf(0.95) * 0.6, rel=0.005)


def test_the_level_is_never_below_nothing() -> None:
    assert enough(np.full((1, 9), -3.0), 0.9)[0] == 0


def test_the_day_it_runs_out_has_the_chance_of_the_known_process() -> None:
    chances = run_out_chances(poisson(5.0), on_hand=20, on_order=0, lead=3)
    exact = [stats.poisson(5 * (h + 1)).sf(20) for h in range(8)]
    np.testing.assert_allclose(chances, exact, atol=0.012)
    order = plan_order(poisson(5.0), StockTerms(20, 0, 3, 4, 1, 0.95))
    assert order.runs_out() == next(h for h, chance in enumerate(exact) if chance >= 0.5)
    assert plan_order(poisson(5.0), StockTerms(500, 0, 3, 4, 1, 0.95)).runs_out() is None


def test_what_is_on_order_counts_only_when_it_has_surely_come() -> None:
    steady = np.cumsum(np.full((4, 8), 10.0), axis=1)
    before = run_out_chances(steady, on_hand=15, on_order=100, lead=3)
    assert before.tolist() == [0, 1, 1, 1, 1, 1, 1, 1]
    after = run_out_chances(steady, on_hand=30, on_order=40, lead=3)
    assert after.tolist() == [0, 0, 0, 0, 0, 0, 0, 1]


def known(scale: float) -> Widths:
    """Of four steps, exactly."""
    return Widths(np.full(4, scale), np.full(4, np.inf))


def test_demand_is_centred_on_the_expected_value_and_as_wide_as_practice_asks_for() -> None:
    paths = CHANCE.normal(10, 2, (20_000, 4))
    demand = cumulated_demand(paths, np.full(4, 12.0), known(1.5), -np.inf, whole=False)
    np.testing.assert_allclose(demand.mean(axis=0), [12, 24, 36, 48])
    assert demand[:, 3].std() == pytest.approx(1.5 * 4, rel=0.03)
    assert cumulated_demand(paths, np.full(4, 1.0), known(5.0), 0.0, whole=True).min() == 0
