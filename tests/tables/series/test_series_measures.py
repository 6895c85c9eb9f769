"""One column of values for several things: each is a flow or a level by its own name and unit."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date, timedelta

import pytest
from tests.tables.calendars.export import Dialect
from tests.tables.conftest import Reader, finding

Thing = tuple[str, str, bool]  # name, unit and whether it adds up over time
THINGS: dict[str, tuple[str, str, str, tuple[Thing, ...]]] = {
    "en": (
        *("Parameter", "Value", "Unit"),
        (("Temperature", "°C", False), ("Rainfall", "mm", True), ("Wind speed", "m/s", False), ("Visitors", "", True)),
    ),
    "de": (
        *("Messgröße", "Wert", "Einheit"),
        (("Temperatur", "°C", False), ("Niederschlag", "mm", True), ("Luftdruck", "hPa", False), ("Gäste", "", True)),
    ),
    "fr": (
        *("Indicateur", "Valeur", "Unité"),
        (("Température", "°C", False), ("Précipitations", "mm", True), ("Prix", "€", False), ("Ventes", "€", True)),
    ),
    "es": (
        *("Indicador", "Valor", "Unidad"),
        (("Temperatura", "°C", False), ("Lluvia", "mm", True), ("Humedad", "%", False), ("Ventas", "", True)),
    ),
}


def faults(read_text: Reader, seed: int) -> list[str]:
    rng = random.Random(seed)
    dialect = Dialect.drawn(rng)
    what, value, unit, things = THINGS[rng.choice(list(THINGS))]
    chosen = rng.sample(things, rng.choice((2, 3, 4)))
    if all(flow for _, _, flow in chosen):
        chosen[0] = things[0]
    with_units, station = rng.random() < 0.5, rng.random() < 0.4
    days = [date(2021, 1, 1) + timedelta(n) for n in range(90)]
    places = ("North", "South") if station else ("",)
    rows, months = [], defaultdict(lambda: defaultdict(list))
    for day in days:
        for place in places:
            for name, its_unit, _ in chosen:
                number = round(rng.uniform(1, 30), 2)
                months[place, name][day.month].append(number)
                rows.append([dialect.day(day), *([place] if station else []), name, dialect.number(number), its_unit])
    header = ["Date", *(["Station"] if station else []), what, value, unit]
    if not with_units:
        header, *rows = (row[:-1] for row in [header, *rows])
    file = read_text(dialect.table(header, rows), frequency="monthly")
    found = []
    for (place, name), by_month in months.items():
        (i,) = [i for i, key in enumerate(file.series.keys) if set(key) == {*([place] if place else []), name}]
        flow = next(adds for thing, _, adds in chosen if thing == name)
        wanted = [sum(numbers) / (1 if flow else len(numbers)) for numbers in by_month.values()]
        if file.series.measure(i).kind != ("flow" if flow else "level"):
            found.append(f"{name} is a {file.series.measure(i).kind}")
        if file.series[i].tolist() != pytest.approx(wanted):
            found.append(f"{name} of {place}: {file.series[i][:2]} instead of {wanted[:2]}")
    return found


@pytest.mark.parametrize("seed", range(30))
def test_each_thing_is_joined_in_its_own_way(read_text: Reader, seed: int) -> None:
    assert not faults(read_text, seed)


@pytest.mark.slow
def test_each_thing_of_many_files_is_joined_in_its_own_way(read_text: Reader) -> None:
    assert not {seed: found for seed in range(30, 350) if (found := faults(read_text, seed))}


ROWS = [
    f"{date(2023, 1, 1) + timedelta(n)},{name},{value}"
    for n in range(80)
    for name, value in (("Temperature", 10 + n % 5), ("Rainfall", n % 7))
]


def test_what_a_person_chooses_goes_for_all_and_can_be_taken_back(read_text: Reader) -> None:
    text = "\n".join(["Date,Parameter,Value", *ROWS]) + "\n"
    own = finding(read_text(text, frequency="monthly"), "put_together")
    assert "averaged (Temperature) and added together (Rainfall)" in own.why
    assert own.choices[own.chosen].label == "As each column needs"
    added = read_text(text, frequency="monthly", repeated="sum")
    assert added.series[0][0] == sum(10 + n % 5 for n in range(31))
    again = finding(added, "put_together")
    assert [choice.label for choice in again.choices][again.chosen] == "Add together"
    assert "As each column needs" in [choice.label for choice in again.choices]


def test_products_that_are_called_after_levels_are_sold_like_others(read_text: Reader) -> None:
    text = "\n".join(["Date,Product,Quantity", *ROWS]).replace("Rainfall", "Tea") + "\n"
    assert {read_text(text).series.measure(i).kind for i in range(2)} == {"flow"}


@pytest.mark.parametrize(
    ("names", "level"),
    [
        ("Food,Car,Savings account balance", "Savings account balance"),
        ("Rent,Food,Bank balance", "Bank balance"),
        ("Nord,Süd,Temperatur", "Temperatur"),
        ("Boutique A,Boutique B,Température", "Température"),
        ("Bread,Milk,Average price", "Average price"),
        ("Nike,Adidas,New Balance", ""),
        ("Rent,Wages,Power", ""),
        ("Tea,Soup,Stock", ""),
        ("Boots,Hats,Temperature probes", ""),
        ("Bread,Milk,Milk 3,5%", ""),
        ("Nord,Süd,Temperance Street", ""),
    ],
)
def test_one_level_among_names_that_say_nothing_is_a_level_alone(read_text: Reader, names: str, level: str) -> None:
    months = [f"{2022 + n // 12}-{n % 12 + 1:02d}" for n in range(30)]
    things = names.split(",", 2)
    rows = [
        f'"{name}",' + ",".join(str(100 + n * n * (k + 7) % 41) for n in range(30)) for k, name in enumerate(things)
    ]
    series = read_text("\n".join([",".join(["", *months]), *rows]) + "\n").series
    assert [series.names[i] for i in range(3) if series.measure(i).kind == "level"] == ([level] if level else [])


def test_how_many_work_there_is_a_level_in_a_row_as_in_a_column(read_text: Reader) -> None:
    months = [f"{2022 + n // 12}-{n % 12 + 1:02d}" for n in range(30)]
    rows = [("Hires", [n * 7 % 13 for n in range(30)]), ("Headcount", [84 + n % 5 for n in range(30)])]
    text = "\n".join([",".join(["Item", *months]), *(f"{name}," + ",".join(map(str, v)) for name, v in rows)]) + "\n"
    series = read_text(text).series
    assert {series.names[i]: series.measure(i).kind for i in range(2)} == {"Hires": "flow", "Headcount": "level"}


@pytest.mark.parametrize("seed", [38, 58])
def test_a_thing_without_a_unit_has_not_that_of_the_row_above(read_text: Reader, seed: int) -> None:
    assert not faults(read_text, seed)
