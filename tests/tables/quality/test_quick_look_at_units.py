"""The quick look for values in another unit leaves out no series that has some."""

from __future__ import annotations

import numpy as np
import pytest

from almanac.tables.quality import outliers

WITH_JUMPS = (0, 2, 3, 5, 8, 10)


@pytest.mark.parametrize("seed", range(40))
def test_nothing_is_missed(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = np.random.default_rng(seed)
    values = 10.0 ** chance.uniform(-3, 5) * np.exp(chance.normal(0, chance.choice([0.05, 0.3, 1.0]), 60))
    values[chance.random(60) < 0.1] *= 10.0 ** chance.choice([-3, -2, -1, 1, 2, 3])
    values[chance.random(60) < 0.05] = np.nan
    quick = outliers._other_units(values)
    monkeypatch.setattr(outliers, "_has_hole", lambda *_: True)
    slow = outliers._other_units(values)
    assert [(places.tolist(), factor) for places, factor in quick] == [(p.tolist(), factor) for p, factor in slow]
    assert slow or seed not in WITH_JUMPS
