"""Numbers that stand for "no value": found where they look made up and are far from the others."""

from __future__ import annotations

import numpy as np
import pytest

from almanac.tables.series.amounts.sentinels import find_sentinels

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
