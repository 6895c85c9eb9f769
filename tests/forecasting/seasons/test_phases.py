"""What phase means leave agrees with a plain loop."""

from __future__ import annotations

import numpy as np
import pytest

from almanac.forecasting.seasons.phases import phase_means


@pytest.mark.parametrize("period", [2, 5, 11])
def test_what_is_left_agrees_with_a_plain_loop(period: int) -> None:
    rng = np.random.default_rng(period)
    known = rng.random((4, 23)) < 0.8
    values = np.where(known, rng.standard_normal((4, 23)), 0.0)
    made = phase_means(values, known, period)
    for i in range(4):
        within = unseen = phases = 0.0
        for phase in range(period):
            same = [t for t in range(23) if (t - 23) % period == phase and known[i, t]]
            phases += bool(same)
            for t in same:
                others = [values[i, s] for s in same if s != t]
                within += (values[i, t] - np.mean(values[i, same])) ** 2
                unseen += (values[i, t] - (np.mean(others) if others else 0.0)) ** 2
        assert made.within[i] == pytest.approx(within)
        assert made.unseen[i] == pytest.approx(unseen)
        assert made.phases[i] == phases
        assert made.within[i] == pytest.approx((made.rest[i] ** 2).sum())
