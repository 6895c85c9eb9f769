"""Series that repeat themselves without any change are forecast exactly; any other is left to the model."""

from __future__ import annotations

import numpy as np
import pytest
from tests.builders import series_set

from almanac.core.jobs import run
from almanac.forecasting import forecast
from almanac.forecasting.repetition import exact_periods

PATTERNS = ([1000.0, 0.0], [0.0, 0.0, 412.5], [8.0, 8.0, 8.0, 8.0, 8.0, 4.0, 0.0], list(range(12)), list(range(53)))


@pytest.mark.parametrize("pattern", PATTERNS, ids=len)
@pytest.mark.parametrize("phase", [0, 1])
def test_a_pattern_is_continued_from_where_it_stopped(pattern: list[float], phase: int) -> None:
    length = max(4 * len(pattern), 24) + phase
    past = np.resize(np.array(pattern, float), length)
    made = run(forecast(series_set(past), 12))
    wanted = np.resize(np.array(pattern, float), length + 12)[length:]
    assert (made.quantiles[0] == wanted[:, None]).all()
    assert made.point[0].tolist() == wanted.tolist()
    assert [note.code for note in made.notes] == ["repeats_exactly"]


@pytest.mark.parametrize("change", ["noise", "exception", "gap", "short", "constant"])
def test_a_series_with_any_change_is_left_to_the_model(change: str) -> None:
    past = np.resize(np.array([0.0, 0.0, 412.5]), 36)
    if change == "noise":
        past = past + np.random.default_rng(0).normal(0, 0.001, 36)
    elif change == "exception":
        past[20] = 5
    elif change == "gap":
        past[20] = np.nan
    elif change == "short":
        past = past[-8:]
    else:
        past[:] = 7
    assert exact_periods(series_set(past)).tolist() == [0]


def test_random_counts_do_not_repeat_themselves() -> None:
    chance = np.random.default_rng(1)
    coins = [chance.integers(0, 2, 24).astype(float) for _ in range(2000)]
    assert not exact_periods(series_set(*coins)).any()


def test_each_series_has_its_own_period() -> None:
    made = [np.resize(np.array(pattern, float), 200) for pattern in PATTERNS]
    assert exact_periods(series_set(*made)).tolist() == [2, 3, 7, 12, 53]
