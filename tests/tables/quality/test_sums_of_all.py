"""A line that is the sum of all others is a level above them: totals add the others, as they are of one kind."""

from __future__ import annotations

import random

import pytest
from tests.tables.conftest import Reader, codes, finding, lines, months

FAST, SLOW = 3, 200
PARTS = (
    *(
        ("Genf", "Waadt", "Wallis"),
        ("Leeds", "York"),
        ("Online", "Stores", "Wholesale", "Export"),
        ("Shop 1", "Shop 2"),
    ),
    *(("Bern", "Uri", "Jura", "Zug", "Basel"), ("Breakfast", "Lunch", "Dinner")),
)
SIDES = (
    ("Income", "Expenses"),
    ("Arrivals", "Departures"),
    ("Budget", "Actual"),
    ("Profit", "Costs"),
    ("Net sales", "VAT"),
    ("Gross Sales", "Discounts", "Tips"),
)
WHOLES = ("Romandie", "North", "Group", "Company", "Whole day", "Everywhere")


def check(rng: random.Random, read_text: Reader) -> None:
    case = rng.choice(("all", "all", "levels", "another", "sides"))
    parts = rng.choice(SIDES if case == "sides" else PARTS)
    count, cents = rng.randint(16, 50), rng.choice((1, 100))
    columns = {part: [rng.randint(500, 90_000) / cents for _ in range(count)] for part in parts}
    if case == "another":
        columns = {"Rent": [rng.randint(500, 90_000) / cents for _ in range(count)], **columns}
    whole, *above = rng.sample(WHOLES, 2)
    columns[whole] = [round(sum(columns[part][n] for part in parts), 2) for n in range(count)]
    sums = [whole]
    if case == "levels":
        columns |= {f"{part} 2": [rng.randint(500, 90_000) / cents for _ in range(count)] for part in ("Lyon", "Metz")}
        columns[above[0]] = [round(columns[whole][n] + sum(columns[f"{p} 2"][n] for p in ("Lyon", "Metz")), 2)
                             for n in range(count)]  # fmt: skip
        sums.append(above[0])
    if rng.random() < 0.5:
        text = lines(months(count), *columns.values(), header=",".join(["Month", *columns]))
    else:
        header = ",".join(["Region", *months(count, "{y}-{m:02d}")])
        text = lines(list(columns), *map(list, zip(*columns.values(), strict=True)), header=header)
    file = read_text(text)
    assert "computed_series" in codes(file), (case, parts, whole)
    counted = {key[-1]: file.series.measure(n).counted for n, key in enumerate(file.series.keys)}
    if case in ("all", "levels"):
        expected = {name: name if name in sums else f"parts of {sums[-1]}" for name in columns}
        assert "totals add the parts only" in finding(file, "computed_series").fix, (case, parts, whole)
    else:
        expected = {name: name for name in columns}
    assert counted == expected, (case, parts, whole)


def test_a_sum_of_all_others_is_a_level_above_them(read_text: Reader) -> None:
    for seed in range(FAST):
        check(random.Random(f"sums of all {seed}"), read_text)


@pytest.mark.slow
def test_many_sums_of_all_others_are_levels_above_them(read_text: Reader) -> None:
    for seed in range(FAST, SLOW):
        check(random.Random(f"sums of all {seed}"), read_text)
