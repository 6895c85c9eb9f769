"""Many dates in digits are read all at once as each is read alone."""

from __future__ import annotations

import random
import re
from datetime import datetime, timedelta
from itertools import product

import numpy as np
import pytest

from almanac.tables.values.dates.read_dates import read_dates
from almanac.tables.values.texts import Texts

DAYS = ("%d.%m.%Y", "%d.%m.%y", "%m/%d/%Y", "%d-%m-%Y", "%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d")
CLOCKS = ("", " %H:%M", " %H:%M:%S", "T%H:%M:%SZ", " %H:%M:%S.125", " %I:%M %p", " %I:%M:%S%p", "T%H:%M:%S+01:00")
CLOCKS += ("T%H:%M:%S-05:00", " %H:%M-05:00")
# Also such as are no dates in digits, or are no dates.
OTHERS = ("", "Total", "2024-13-45", "31.02.2024", "3 Jan 2024", "2024", "2024-W05", "99/99/2024", "n/a")
COUNT = 120


def written(chance: random.Random, style: str) -> list[str]:
    moments = (datetime(2000, 1, 1) + timedelta(seconds=chance.randrange(27 * 365 * 86_400)) for _ in range(COUNT))
    texts = [moment.strftime(style) for moment in moments]
    if chance.random() < 0.4:  # without leading zeros
        texts = [re.sub(r"(?<!\d)0(\d)(?=[./-]\d|[ T]|$)", r"\1", text, count=2) for text in texts]
    for other in chance.sample(OTHERS, chance.randrange(4)):
        texts[chance.randrange(COUNT)] = other
    return texts


@pytest.mark.parametrize("day", DAYS)
def test_many_dates_are_read_as_each_alone(day: str) -> None:
    chance = random.Random(day)
    for clock, _ in product(CLOCKS, range(3)):
        cells = written(chance, day + clock)
        encoded = [cell.encode() for cell in cells]
        together = read_dates(Texts(b"".join(encoded), np.cumsum(list(map(len, encoded)), dtype=np.int64)))
        alone = read_dates(cells)
        assert np.array_equal(together.day_first, alone.day_first, equal_nan=True), cells
        assert np.array_equal(together.month_first, alone.month_first, equal_nan=True), cells
        filled = np.array(cells) != ""
        assert together.grains[filled].tolist() == alone.grains[filled].tolist()
        assert (together.separator, together.pattern) == (alone.separator, alone.pattern)
        assert together.ambiguous == alone.ambiguous
        if alone.offsets is None:
            assert together.offsets is None
        else:
            assert together.offsets is not None
            assert together.offsets.tolist() == alone.offsets.tolist()
