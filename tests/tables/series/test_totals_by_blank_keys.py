"""Rows whose finer keys are blank are totals of the coarser ones where their numbers say so, and things otherwise."""

from __future__ import annotations

from itertools import product

import pytest
from tests.tables.conftest import Reader, codes, months

MONTHS = months(20, "{y}-{m:02d}")
CITIES = {"North": ["Leeds", "York"], "South": ["Bath", "Poole", "Truro"], "West": ["Wells"]}
EVERYTHING = (None, ("All", ""), ("Total", ""), ("", ""))
ALL = list(product((2, 3), (1, 4), (False, True), EVERYTHING))  # keys; parts of a unit; totals first; the whole


def _table(keys: int, parts: int, totals_first: bool, whole: tuple[str, str] | None) -> str:
    rows = []
    for n, month in enumerate(MONTHS):
        everything = 0.0
        for r, (region, cities) in enumerate(CITIES.items()):
            amounts = [(100 + (n * 37 + r * 11 + c * 53) % 91) / parts for c in range(len(cities))]
            own = [(region, city, amount) for city, amount in zip(cities, amounts, strict=True)]
            total = [(region, "", sum(amounts))]
            rows += [(month, *row) for row in (total + own if totals_first else own + total)]
            everything += sum(amounts)
        if whole is not None:
            rows.append((month, *whole, everything))
    header = ["Month", "Region", "City", "Units"] if keys == 2 else ["Month", "Country", "Region", "City", "Units"]
    lines = [[m, *([] if keys == 2 else ["UK"]), region, city, f"{amount:g}"] for m, region, city, amount in rows]
    return "\n".join(",".join(line) for line in [header, *lines])


@pytest.mark.parametrize("step", [7, pytest.param(1, marks=pytest.mark.slow)])
def test_rows_with_blank_keys_are_totals(read_text: Reader, step: int) -> None:
    wrong = {}
    for case in ALL[::step]:
        file = read_text(_table(*case))
        if len(file.series) != 6 or "totals_among_parts" not in codes(file):
            wrong[case] = file.series.names
    assert not wrong


def test_a_blank_key_of_a_thing_is_no_total(read_text: Reader) -> None:
    rows = []
    for n, month in enumerate(MONTHS):
        for r, region in enumerate(CITIES):
            rows += [f"{month},{region},{city},{50 + (n * 37 + 17 * r + k) % 29}" for k, city in enumerate("ab")]
            rows.append(f"{month},{region},,{20 + (n * 13 + r) % 17}")
    file = read_text("\n".join(["Month,Region,City,Units", *rows]))
    assert len(file.series) == 9
    assert "totals_among_parts" not in codes(file)
