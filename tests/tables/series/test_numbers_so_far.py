"""Numbers of a month so far, which begin again with the next one."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import accumulate, groupby

import numpy as np
import pytest
from tests.tables.conftest import Reader, codes

from almanac.tables import ReadFile

DAYS = [date(2024, 1, 1) + timedelta(n) for n in range(150)]


def so_far(step: list[int]) -> list[int]:
    months = groupby(zip(DAYS, step, strict=True), key=lambda pair: pair[0].month)
    return [total for _, pairs in months for total in accumulate(value for _, value in pairs)]


def read_numbers(read_text: Reader, name: str, numbers: list[int]) -> ReadFile:
    return read_text("\n".join([f"Date,{name}", *(f"{day},{n}" for day, n in zip(DAYS, numbers, strict=True))]))


@pytest.mark.parametrize("name", ["Sales MTD", "Sales", "Umsatz bis heute", "Stock"])
def test_they_become_what_each_day_added(read_text: Reader, name: str) -> None:
    step = np.random.default_rng(1).integers(20, 90, len(DAYS)).tolist()
    file = read_numbers(read_text, name, so_far(step))
    assert "running_total" in codes(file)
    assert file.series.values.tolist() == step[1:]


@pytest.mark.parametrize("seed", range(3))
def test_numbers_that_also_fall_elsewhere_stay(read_text: Reader, seed: int) -> None:
    rng = np.random.default_rng(seed)
    step = rng.integers(20, 90, len(DAYS)).tolist()
    numbers = so_far(step)
    day = int(rng.integers(5, 25))
    numbers[day] = numbers[day - 1] - 1
    file = read_numbers(read_text, "Sales", numbers)
    assert "running_total" not in codes(file)
    assert file.series.values.tolist() == numbers


def test_a_budget_that_is_used_up_each_month_stays(read_text: Reader) -> None:
    step = np.random.default_rng(1).integers(20, 90, len(DAYS)).tolist()
    left = [4000 - total for total in so_far(step)]
    assert read_numbers(read_text, "Left over", left).series.values.tolist() == left
