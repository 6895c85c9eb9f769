"""Series that repeat themselves without any change are forecast exactly; any other is left to the model."""

from __future__ import annotations

import numpy as np
import pytest
from tests.builders import series_set

from almanac.core.arrays import Floats
from almanac.core.jobs import run
from almanac.forecasting import forecast
from almanac.forecasting.rules.repetition import repetitions

PATTERNS = ([1000.0, 0.0], [0.0, 0.0, 412.5], [8.0, 8.0, 8.0, 8.0, 8.0, 4.0, 0.0], list(range(12)), list(range(53)))


STAIRS = np.resize([5.0, 9.0, 1.0], 36) + np.repeat(np.arange(12), 3)


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
    assert repetitions(series_set(past)).periods.tolist() == [0]


def test_random_counts_do_not_repeat_themselves() -> None:
    chance = np.random.default_rng(1)
    coins = [chance.integers(0, 2, 24).astype(float) for _ in range(2000)]
    assert not repetitions(series_set(*coins)).periods.any()


def test_each_series_has_its_own_period() -> None:
    made = [np.resize(np.array(pattern, float), 200) for pattern in PATTERNS]
    assert repetitions(series_set(*made)).periods.tolist() == [2, 3, 7, 12, 53]


@pytest.mark.parametrize(
    ("past", "wanted"),
    [
        (100 + 2.5 * np.arange(24), 100 + 2.5 * np.arange(24, 36)),
        (np.round(100 + 0.1 * np.arange(24), 1), 100 + 0.1 * np.arange(24, 36)),
        (np.arange(23.0, 2.0, -1.0), np.maximum(np.arange(2.0, -10.0, -1.0), 0.0)),  # nobody owes less than nothing
        (
            np.resize([5.0, 9.0, 1.0], 24) + np.repeat(np.arange(8), 3),
            np.resize([13.0, 17.0, 9.0], 12) + np.repeat(np.arange(4), 3),
        ),
        (np.sin(np.arange(48) * 2 * np.pi / 12), np.sin(np.arange(48, 60) * 2 * np.pi / 12)),
    ],
    ids=["line", "tenths", "loan", "pattern that rises", "computed values"],
)
def test_what_changes_by_the_same_amount_goes_on(past: Floats, wanted: Floats) -> None:
    found = run(forecast(series_set(past), 12))
    np.testing.assert_allclose(found.point[0], wanted, atol=1e-8)
    np.testing.assert_allclose(
        found.quantiles[0], np.repeat(wanted[:, None], found.quantiles.shape[2], axis=1), atol=1e-8
    )
    rising = abs(wanted[0] - past[-12]) > 1e-6
    assert [note.code for note in found.notes] == ["rises_exactly" if rising else "repeats_exactly"]
    assert "every 1 " not in found.notes[0].what


def test_a_line_of_few_points_or_with_rounding_is_left_to_the_model() -> None:
    few, rounded = np.arange(8.0), np.round(100 + 2**0.5 / 4 * np.arange(40))
    assert repetitions(series_set(few, rounded)).periods.tolist() == [0, 0]
