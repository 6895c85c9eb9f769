"""Counters read once a week or month: their name has only words for what machines count."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import accumulate

import numpy as np
import pytest
from tests.tables.conftest import Reader, codes, months

from almanac.tables import ReadFile

COUNTERS = [
    *("Pages total", "km", "Printed to date", "Engine hours", "kWh", "Stand", "Total prints", "Copies total"),
    *("Seiten gesamt", "Total pages mono", "Lifetime prints", "Copies totales", "Kopie razem", "Total cycles"),
]
OTHERS = [
    *("Population", "Subscribers", "CPI", "Members total", "Followers", "Total employees", "Total debt", "Savings"),
    *("Total customers", "Total sales", "Pages", "Wiki pages", "Vehicles registered", "House price index", "Value"),
    *("Installed capacity MW", "Copies sold", "Housing starts", "Wage EUR", "Total network km", "Network length km"),
]


def steps(count: int, seed: int) -> list[int]:
    return np.random.default_rng(seed).integers(40, 400, count).tolist()


def read_steps(read_text: Reader, name: str, step: Sequence[int], start: int = 15_000) -> ReadFile:
    readings = [start + total for total in accumulate(step)]
    rows = [f"{month},{value}" for month, value in zip(months(len(step)), readings, strict=True)]
    return read_text("\n".join([f"Month,{name}", *rows]))


def check_counter(read_text: Reader, name: str, seed: int) -> None:
    step = steps(30, seed)
    file = read_steps(read_text, name, step)
    assert "running_total" in codes(file)
    assert file.series.values.tolist() == step[1:], name


def check_other(read_text: Reader, name: str, seed: int) -> None:
    step = steps(30, seed)
    file = read_steps(read_text, name, step)
    assert file.series.values.tolist() == [15_000 + total for total in accumulate(step)], name


@pytest.mark.parametrize("name", COUNTERS[::5])
def test_what_a_machine_counts_becomes_its_difference(read_text: Reader, name: str) -> None:
    check_counter(read_text, name, 0)


@pytest.mark.parametrize("name", OTHERS[::5])
def test_what_only_grows_stays(read_text: Reader, name: str) -> None:
    check_other(read_text, name, 0)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8))
def test_many_counters_and_many_that_only_grow(read_text: Reader, seed: int) -> None:
    for name in COUNTERS:
        check_counter(read_text, name, seed)
    for name in OTHERS:
        check_other(read_text, name, seed)


@pytest.mark.parametrize("name", ["km", "Pages total"])
def test_what_falls_is_an_amount_for_each_month(read_text: Reader, name: str) -> None:
    driven = steps(30, 1)
    rows = [f"{month},{value}" for month, value in zip(months(30), driven, strict=True)]
    file = read_text("\n".join([f"Month,{name}", *rows]))
    assert "running_total" not in codes(file)
    assert file.series.values.tolist() == driven


def test_a_new_machine_begins_at_zero_and_each_is_its_own(read_text: Reader) -> None:
    first, second = steps(24, 2), steps(24, 3)
    readings = [*(90_000 + total for total in accumulate(first[:12])), *accumulate(first[12:])]
    rows = [
        f"{month},{name},{value}"
        for name, values in (("A", readings), ("B", [40_000 + total for total in accumulate(second)]))
        for month, value in zip(months(24), values, strict=True)
    ]
    file = read_text("\n".join(["Month,Printer,Pages total", *rows]))
    assert dict(zip(file.series.names, (one.tolist() for one in file.series), strict=True)) == {
        "A": first[1:],
        "B": second[1:],
    }


def test_yearly_readings_and_a_few_rising_months_are_no_counters(read_text: Reader) -> None:
    years = read_text("\n".join(["Year,km", *(f"{1990 + n},{3000 + 20 * n * n}" for n in range(30))]))
    rising = read_text("\n".join(["Month,kWh", *(f"{m},{100 + 50 * n}" for n, m in enumerate(months(8)))]))
    assert not {"running_total"} & (codes(years) | codes(rising))


@pytest.mark.parametrize("name", ["Sales MTD", "MTD sales", "Revenue month to date"])
def test_a_total_that_begins_again_each_month_becomes_what_came_each_day(read_text: Reader, name: str) -> None:
    days = [date(2024, 1, 1) + timedelta(n) for n in range(150)]
    sales, total, rows = [500 + 137 * n % 611 for n in range(150)], 0, []
    for day, sale in zip(days, sales, strict=True):
        total = sale if day.day == 1 else total + sale
        rows.append(f"{day},{total}")
    file = read_text("\n".join([f"Date,{name}", *rows]))
    assert file.series.values[-140:].tolist() == sales[-140:]
