"""Products that have a word for a level in their names are added up, and levels next to them are averaged."""

from __future__ import annotations

import random

import pytest
from tests.tables.conftest import Reader, lines, months

LIKE_LEVELS = (
    *("Index cards", "Balance bikes", "Stock pots", "Temperature probes", "Price tags", "Pressure cookers"),
    *(
        "Stock cubes",
        "Balance boards",
        "Level crossings",
        "Power banks",
        "Speed ropes",
        "Score cards",
        "Counter stools",
    ),
    *("Blue index cards", "Digital pressure cookers", "Height gauges", "Voltage testers", "Depth finders"),
)
PLAIN = ("Flour", "Pens", "Mugs", "Tea towels", "Bread", "Notebooks", "Garden hoses", "Shirts")
LEVELS = (
    *("Consumer price index", "Account balance", "Stock", "Avg temperature", "Temperature", "Index", "Price level"),
    *("Stock levels", "Temperature anomalies", "Air pressure", "Interest rate", "Index points", "Power"),
)
TRADE = ("Exports", "Imports", "Visitors", "Sales", "Orders", "Production")
FAST, SLOW = 5, 300


def faults(rng: random.Random, read_text: Reader) -> list[str]:
    """Names of a wide or a long table whose measure is not read right."""
    kind = rng.choice(("products", "products", "levels", "stock of each", "long"))
    count = rng.randint(30, 60)
    if kind == "products":
        names = rng.sample(LIKE_LEVELS, rng.choice((1, 2, 3))) + rng.sample(PLAIN, rng.choice((2, 3)))
        wanted = dict.fromkeys(names, "flow") | ({"Temperature": "level"} if rng.random() < 0.2 else {})
    elif kind == "levels":
        some = rng.sample(LEVELS, rng.choice((1, 2)))
        wanted = dict.fromkeys(rng.sample(TRADE, 2), "flow") | dict.fromkeys(some, "level")
        wanted |= dict.fromkeys(rng.sample(PLAIN, 2), "flow") if rng.random() < 0.3 else {}
    elif kind == "stock of each":
        plain = rng.sample(("Mugs", "Tea towels", "Shirts", "Pens"), 2)
        wanted = dict.fromkeys(plain, "flow") | {f"Stock {name.lower()}": "level" for name in plain}
    else:
        wanted = dict.fromkeys(rng.sample(LIKE_LEVELS, 3) + rng.sample(PLAIN, rng.choice((1, 2))), "flow")
    order = rng.sample(list(wanted), len(wanted))
    numbers = {name: [rng.randint(20, 90) for _ in range(count)] for name in order}
    if kind == "long":
        rows = [(day, name, numbers[name][n]) for n, day in enumerate(months(count)) for name in order]
        text = lines(
            *map(list, zip(*rows, strict=True)), header=f"Month,Product,{rng.choice(('Value', 'Wert', 'Sold'))}"
        )
    else:
        text = lines(months(count), *(numbers[name] for name in order), header=",".join(("Month", *order)))
    series = read_text(text).series
    found = {name: series.measure(n).kind for n, name in enumerate(series.names)}
    return [f"{kind}: {name} {found.get(name)}" for name in wanted if found.get(name) != wanted[name]]


def test_products_are_no_levels(read_text: Reader) -> None:
    assert not [fault for seed in range(FAST) for fault in faults(random.Random(f"products {seed}"), read_text)]


@pytest.mark.slow
def test_products_of_hundreds_of_tables_are_no_levels(read_text: Reader) -> None:
    assert not [fault for seed in range(FAST, SLOW) for fault in faults(random.Random(f"products {seed}"), read_text)]
