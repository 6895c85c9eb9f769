"""Numbers that stand for "no value": found where they look made up and are far from the others."""

from __future__ import annotations

import numpy as np
import pytest

from almanac.tables.series.amounts.sentinels import find_sentinels, sure

COUNTS = [float(n * 7 % 30) for n in range(60)]
LEVELS = [20 + n * 3 % 9 + 0.5 for n in range(60)]


@pytest.mark.parametrize(
    ("values", "extreme", "times", "found"),
    [
        (LEVELS, -999.0, 2, True),
        (LEVELS, -9.99, 2, True),
        (LEVELS, 9999.0, 2, True),
        (LEVELS, -999.0, 1, False),  # once may be a mistake
        (LEVELS, -200.0, 5, True),
        (LEVELS, -200.0, 4, False),  # people write round numbers, too
        (LEVELS, -203.0, 9, False),  # does not look made up
        (COUNTS, -1.0, 5, True),
        (COUNTS, -1.0, 4, False),
        (LEVELS, -1.0, 5, False),  # not among measurements with decimals
        (COUNTS, 99.0, 5, True),
        (COUNTS, 50.0, 5, False),
    ],
)
def test_a_sentinel_is_found_by_its_digits_repeats_and_distance(
    values: list[float], extreme: float, times: int, found: bool
) -> None:
    assert find_sentinels(np.array([*values, *[extreme] * times, np.nan])) == ([extreme] if found else [])


def test_few_values_say_nothing() -> None:
    assert find_sentinels(np.array([1.0, 2.0, -999.0, -999.0])) == []


def measured(seed: int) -> tuple[np.random.Generator, np.ndarray]:
    """Values such as temperatures, percentages, levels and counts, some of them missing."""
    rng = np.random.default_rng(seed)
    low, high = [(-25.0, 38.0), (0.0, 100.0), (180.0, 420.0), (0.0, 40.0), (980.0, 1040.0)][int(rng.integers(5))]
    values = np.round(rng.uniform(low, high, int(rng.integers(40, 300))), int(rng.integers(3)))
    values[rng.integers(0, len(values), 3)] = np.nan
    return rng, values


def test_repeated_nines_far_from_what_was_measured_are_beyond_doubt() -> None:
    wrong = []
    for seed in range(300):
        rng, values = measured(seed)
        spread = float(np.nanmax(values) - np.nanmin(values))
        fitting = [s for s in (-999.0, -9999.0, -99999.0, 9999.0, 99999.0) if abs(s) > 6 * spread + 1100]
        sentinel = float(rng.choice(fitting or [-99999.0]))
        values[rng.choice(len(values), 5, replace=False)] = sentinel
        if find_sentinels(values) != [sentinel] or not sure(values, sentinel):
            wrong.append((seed, sentinel))
    assert not wrong


def test_nines_that_may_have_been_measured_are_asked_about() -> None:
    wrong = []
    for seed in range(300):
        rng, values = measured(seed)
        high, spread = float(np.nanmax(values)), float(np.nanmax(values) - np.nanmin(values))
        near = np.round(high + spread * rng.uniform(0.1, 4), 1)
        odd = float(rng.choice([near, 99.0, 999.0, -9.9, -200.0]))
        once = float(rng.choice([-999.0, 9999.0, 99999.0]))
        values[:5] = odd
        values[5:7] = once
        wrong += [(seed, value) for value in (odd, once) if sure(values, value)]
    assert not wrong
