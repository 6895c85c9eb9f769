"""Opening hours in words."""

from __future__ import annotations

import numpy as np
import pytest

from almanac.core.calendar.open_periods import OpenPeriods
from almanac.wording.open_periods import open_words

ALL = range(7)


def week(slots: int, *parts: tuple[range | list[int], int, int]) -> np.ndarray:
    flags = np.zeros((7, slots), dtype=bool)
    for days, first, last in parts:
        flags[list(days), first:last] = True
    return flags


@pytest.mark.parametrize(
    ("flags", "months", "words"),
    [
        (week(1, (ALL, 0, 1)), range(1, 13), ""),
        (week(1, (range(6), 0, 1)), range(1, 13), "closed on Sundays"),
        (week(1, (range(5), 0, 1)), range(1, 13), "closed on Saturdays and Sundays"),
        (week(1, ([1, 3], 0, 1)), range(1, 13), "open only on Tuesdays and Thursdays"),
        (week(24, (ALL, 7, 17)), range(1, 13), "open 07:00 to 16:59"),
        (week(48, (range(5), 17, 33)), range(1, 13), "open 08:30 to 16:29, closed on Saturdays and Sundays"),
        (
            week(24, (range(5), 8, 18), ([5], 8, 12)),
            range(1, 13),
            "open 08:00 to 17:59 on Mondays to Fridays, open 08:00 to 11:59 on Saturdays, closed on Sundays",
        ),
        (week(24, (ALL, 18, 24), (ALL, 0, 2)), range(1, 13), "open 18:00 to 01:59"),
        (week(1, (ALL, 0, 1)), range(4, 10), "only April to September"),
        (week(1, (ALL, 0, 1)), [12, 1, 2, 3], "only December to March"),
        (week(1, (ALL, 0, 1)), [n for n in range(1, 13) if n != 8], "closed in August"),
    ],
)
def test_the_words_say_when_it_is_open(flags: np.ndarray, months: list[int], words: str) -> None:
    assert open_words(OpenPeriods(flags, np.isin(np.arange(1, 13), list(months)))) == words
