"""Widths that products' own past asks for, drawn towards what all of them need."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from almanac.core.arrays import Floats, Integers
from almanac.orders import Widths, product_widths

CHANCE = np.random.default_rng(11)


def errors(spread: Floats, windows: int, steps: int = 3) -> tuple[Floats, Integers]:
    """Standardised errors of so many windows of each product, whose paths are too narrow by ``spread``."""
    product = np.repeat(np.arange(len(spread)), windows)
    return CHANCE.normal(0, 1, (len(product), steps)) * spread[product, None], product


def scales(made: Floats, product: Integers, count: int, independent: float) -> Floats:
    return product_widths(made, product, count, independent).scale


def test_paths_that_are_wide_enough_stay() -> None:
    found = scales(*errors(np.ones(40), 20), 40, independent=20.0)
    np.testing.assert_allclose(found, 1, atol=0.15)


def test_what_all_products_need_is_given_to_all_by_few_windows_of_each() -> None:
    found = scales(*errors(np.full(60, 1.5), 4), 60, independent=1e6)
    np.testing.assert_allclose(found.mean(axis=0), 1.5, atol=0.1)
    assert found.std() < 0.5 * 1.5 / np.sqrt(2 * 4)  # that of mean squares of four windows alone


def test_products_that_differ_have_different_widths() -> None:
    spread = np.where(np.arange(60) % 2 == 0, 0.8, 1.6)
    found = scales(*errors(spread, 40), 60, independent=1e6)
    off = np.abs(np.log(found / spread[:, None]))
    pooled = np.abs(np.log(np.sqrt((0.8**2 + 1.6**2) / 2) / spread)).mean()
    assert off.mean() < 0.4 * pooled


def test_each_step_has_its_own_width() -> None:
    made, product = errors(np.ones(50), 20)
    found = scales(made * [1.0, 1.4, 2.0], product, 50, independent=1e6)
    np.testing.assert_allclose(found.mean(axis=0), [1.0, 1.4, 2.0], rtol=0.06)


def test_little_evidence_changes_little() -> None:
    made, product = errors(np.full(30, 2.0), 1)
    few = scales(made, product, 30, independent=1.0).mean()
    many = scales(made, product, 30, independent=100.0).mean()
    assert 1 < few < 1.3 < many


def test_nothing_known_leaves_the_paths_as_they_are_and_one_disaster_is_no_rule() -> None:
    assert (scales(np.full((4, 2), np.nan), np.array([0, 0, 1, 1]), 3, 9.0) == 1).all()
    made, product = errors(np.ones(40), 20)
    made[0] = 1000
    assert scales(made, product, 40, 1e6)[1:].max() < 1.3


@pytest.mark.parametrize("degrees", [5, 12, 60])
@pytest.mark.parametrize("chance", [0.8, 0.95, 0.99])
def test_a_width_that_is_estimated_has_the_tails_of_student(degrees: int, chance: float) -> None:
    """Twice as wide, and by as much more as Student's t is wider than a normal distribution."""
    margin = np.array([10 * stats.norm.ppf(chance)])
    found = Widths(np.full(1, 2.0), np.full(1, float(degrees))).widened(margin, np.full(1, 10.0))
    np.testing.assert_allclose(found, 20 * stats.t.ppf(chance, degrees), rtol=0.2 if degrees == 5 else 0.03)


def test_the_fewer_windows_the_less_sure_a_width_is() -> None:
    spread = np.linspace(0.5, 2, 40)
    few, many = (product_widths(*errors(spread, count), 40, independent=1e6).degrees.mean() for count in (4, 40))
    assert few < many
    known = Widths.as_they_are(1, 2)[0]
    np.testing.assert_array_equal(
        known.widened(np.array([[-3.0, 0.0], [3.0, 0.0]]), np.array([3.0, 0.0])), [[-3, 0], [3, 0]]
    )
