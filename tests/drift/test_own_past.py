"""Chances next to how often the same happened before."""

from __future__ import annotations

import numpy as np
import pytest

from almanac.drift.changes.own_past import seen_before

ONE = np.zeros(4_000, np.int64)


def even(seed: int, count: int) -> np.ndarray:
    return np.random.default_rng(seed).uniform(size=count)


@pytest.mark.parametrize("chance", [0.3, 0.05, 0.003])
def test_a_right_model_keeps_its_chances(chance: float) -> None:
    assert seen_before(np.array([chance]), even(1, 4_000), ONE) == pytest.approx(chance, rel=0.15)


@pytest.mark.parametrize(("power", "chance"), [(2, 0.01), (3, 0.001)])
def test_a_model_whose_tails_are_too_short_is_corrected_by_its_past(power: int, chance: float) -> None:
    """Chances that are squares of even ones: what it takes for one in 100 happens in one of 10."""
    found = seen_before(np.array([chance]), even(2, 4_000) ** power, ONE)
    assert found == pytest.approx(chance ** (1 / power), rel=0.25)


def test_no_chance_becomes_smaller_and_few_forecasts_say_little() -> None:
    chances = np.array([0.5, 0.1, 0.001])
    lucky = seen_before(chances, np.full(30, 0.9), np.repeat(np.arange(3), 10))
    np.testing.assert_allclose(lucky, chances)
    none = seen_before(chances, np.array([]), np.array([], np.int64))
    np.testing.assert_allclose(none, chances)
    assert seen_before(np.array([0.001]), np.array([0.01]), np.array([0])) < 0.02


def test_what_one_series_often_does_is_usual_for_this_one_only() -> None:
    practised = even(3, 48)
    practised[:4] = 1e-6
    wild, calm = seen_before(np.array([1e-5, 1e-5]), practised, np.repeat([0, 1], 24))
    assert wild >= 4 / 25
    assert calm < wild / 8
