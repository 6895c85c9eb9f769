"""Adjustments: totals are kept exactly, whatever they are spread over."""

from __future__ import annotations

import json

import numpy as np
import pytest

from almanac.core.entered.adjustments import Adjustment, AdjustmentKind, adjusted_values


def test_a_total_is_spread_in_proportion() -> None:
    values, free = np.array([[10.0, 20.0], [30.0, 0.0]]), np.ones((2, 2))
    assert np.allclose(adjusted_values(values, free, AdjustmentKind.SET, 120.0), values * 2)
    assert np.allclose(adjusted_values(values, free, AdjustmentKind.ADD, 6.0), values * 1.1)
    assert np.allclose(adjusted_values(values, free, AdjustmentKind.SCALE, 0.5), values / 2)


def test_what_may_not_change_stays() -> None:
    values, free = np.array([10.0, 20.0, 30.0]), np.array([True, False, True])
    assert adjusted_values(values, free * 1.0, AdjustmentKind.SET, 100.0).tolist() == [25.0, 20.0, 75.0]


def test_where_nothing_is_expected_a_total_is_spread_evenly() -> None:
    found = adjusted_values(np.zeros(4), np.array([1.0, 1.0, 0.0, 1.0]), AdjustmentKind.SET, 9.0)
    assert found.tolist() == [3.0, 3.0, 0.0, 3.0]


@pytest.mark.parametrize("seed", range(20))
def test_parts_sum_to_the_total(seed: int) -> None:
    rng = np.random.default_rng(seed)
    values = rng.lognormal(2, 2, (40, 28)) * rng.choice([-1, 1], (40, 28)) ** (seed % 2)
    shares = rng.choice([0.0, 0.3, 1.0], values.shape)
    for kind, expected in ((AdjustmentKind.SET, 777.7), (AdjustmentKind.ADD, (values * shares).sum() + 777.7)):
        found = adjusted_values(values, shares, kind, 777.7)
        rest = values * (1 - shares)
        assert (found - rest).sum() == pytest.approx(expected, rel=1e-9)
        assert (found[shares == 0] == values[shares == 0]).all()


def test_only_the_part_of_a_value_changes_that_is_meant() -> None:
    values, shares = np.array([100.0, 100.0]), np.array([0.25, 1.0])
    assert adjusted_values(values, shares, AdjustmentKind.SCALE, 3.0).tolist() == [150.0, 300.0]
    assert adjusted_values(values, shares, AdjustmentKind.SET, 250.0).tolist() == [125.0, 200.0]
    assert adjusted_values(values, shares, AdjustmentKind.ADD, 125.0).tolist() == [125.0, 200.0]


def test_an_adjustment_is_the_same_after_json() -> None:
    one = Adjustment("North", "2026-07-01", "2026-07-31", AdjustmentKind.SET, 1500.0, "Fair", ("Store",))
    assert Adjustment.of_dict(json.loads(json.dumps(one.to_dict()))) == one
    with pytest.raises(ValueError, match="number"):
        Adjustment.of_dict(one.to_dict() | {"amount": float("nan")})
