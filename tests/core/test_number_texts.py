"""Numbers written all at once are what Python writes one by one."""

from __future__ import annotations

import numpy as np
import pytest

from almanac.core.number_texts import number_rows, rounded

SIZES = (1e-90, 1e-20, 1e-7, 1e-4, 1e-3, 1.0, 50.0, 1e4, 1e7, 1e9, 1e13, 1e15, 1e17, 1e30, 1e90)


@pytest.mark.parametrize("digits", [7, 12])
@pytest.mark.parametrize("least", [0, 2, 9, 15])
def test_numbers_of_every_size_are_written_as_python_does(digits: int, least: int) -> None:
    chance = np.random.default_rng(digits + least)
    values = np.concatenate([[0.0, -0.0, np.nan], *(chance.normal(0, size, 200) for size in SIZES)])
    values[100:1000:7] = np.rint(values[100:1000:7])
    chance.shuffle(values)
    column = rounded(values, digits, least)
    wanted = ["" if number != number else repr(number).replace(".", ",") for number in column.values.tolist()]
    assert number_rows([column, column], ";", ",") == [f"{text};{text}" for text in wanted]


def test_more_rows_than_are_written_at_once_stay_in_order() -> None:
    values = np.arange(40_000) / 8
    assert number_rows([rounded(values, 7)], ",") == [repr(value) for value in values.tolist()]


def test_numbers_are_rounded_to_the_digits_that_are_asked_for() -> None:
    values, least = np.array([1234.56789, 0.000123456, 12345678.0]), np.array([0, 0, 1])
    assert number_rows([rounded(values, 5, least)], ",") == ["1234.6", "0.00012346", "12345678.0"]
