"""What is known not to be a date without trying every pattern is no date by any of them."""

from __future__ import annotations

import random

import pytest

from almanac.tables.values.dates.date_patterns import NEVER_A_DATE, SHAPES, SHAPES_WITHOUT_LETTERS, is_possible
from almanac.tables.values.dates.read_dates import read_dates

TEXTS = 3000
PARTS = ("2024", "1999", "2025", "01", "12", "13", "31", "59", "0", "3", "001", "024", "12345")
SIGNS = "-/._: ,()'*†–°"


def test_numbers_that_are_never_dates_fit_no_shape() -> None:
    chance = random.Random(0)
    rejected = 0
    for _ in range(TEXTS):
        whole = chance.choice((*PARTS, str(chance.randrange(10 ** chance.randrange(1, 16)))))
        rest = chance.choice((*PARTS, "", str(chance.randrange(10 ** chance.randrange(1, 7)))))
        text = chance.choice(("", "", "-", "+")) + whole + chance.choice((".", ",", "")) + rest
        if NEVER_A_DATE.fullmatch(text):
            rejected += 1
            fits = [(match, reader) for pattern, reader in SHAPES if (match := pattern.fullmatch(text))]
            assert not any((parts := reader(match)) and is_possible(parts) for match, reader in fits), text
    assert rejected > TEXTS / 2


def test_other_shapes_fit_no_text_without_letters() -> None:
    chance = random.Random(1)
    others = [pattern for pattern, _ in SHAPES if pattern not in {shape for shape, _ in SHAPES_WITHOUT_LETTERS}]
    for _ in range(TEXTS):
        parts = [chance.choice(PARTS) + chance.choice(("", *SIGNS)) for _ in range(chance.randrange(1, 5))]
        text = "".join(parts)
        assert not [pattern.pattern for pattern in others if pattern.fullmatch(text)], text


@pytest.mark.parametrize(
    "odd", ["2024-10-02 08+03", "2024-10-02 08-03", "2024-10-02 08:0Z", "2024-10-+2", "2024-10-02 08:00+03"]
)
def test_a_time_is_never_moved_to_another_zone_without_a_word(odd: str) -> None:
    usual = ["2024-10-01", "2024-10-01 07:00", "2024-10-01 07:00:00"]
    same = next((text for text in usual if len(text) == len(odd)), usual[1])
    read = read_dates([same, odd])
    assert read.understood[0]
    assert not read.understood[1] or read.offsets is not None or "T08:00" in str(read.day_first[1])
