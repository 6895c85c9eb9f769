"""Units that lines above a table give for all of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.tables.conftest import Reader

from almanac.tables.layout.structure import find_structure
from almanac.tables.values.cells import Grid

DAYS = [(date(2024, 1, 1) + timedelta(n)).isoformat() for n in range(30)]
WORDS = {
    "unit": "kWh",
    "Unité": "W",
    "Unité de mesure": "kWh",
    "Einheit": "m³",
    "Maßeinheit": "°C",
    "Unidad de medida": "kWh",
    "Unità di misura": "EUR",
    "Jednostka miary": "km",
    "Mértékegység": "kWh",
    "単位": "kWh",
    "UoM": "kg",
}


def units(above: list[list[str]], names: tuple[str, ...] = ("Value",)) -> tuple[str, ...]:
    """The units of the columns after the date, in a table below these lines."""
    rows = [[day, *(str(7 + 3 * (n * 5 % 11) + k) for k in range(len(names)))] for n, day in enumerate(DAYS)]
    structure = find_structure(Grid([*above, ["Date", *names], *rows], complete=True))
    assert structure is not None
    return structure.units[1:]


@pytest.mark.parametrize("word", WORDS)
def test_a_line_above_says_the_unit(word: str) -> None:
    unit = WORDS[word]
    beside = [
        [f"{word}: {unit}"],
        [f"# {word.lower()} = {unit}"],
        [word, unit],
        [f"{word}:", "", unit],
        ["Meter 7", f"{word}: {unit}"],
    ]
    for line in beside:
        assert units([line]) == (unit,)
        assert units([["Load curve"], line, [], ["Site", "North"]], ("Used", "Made")) == (unit, unit)
    assert units([["Kind", word, "Minutes"], ["Load", unit, "30"]]) == (unit,)


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("Sales by month (in thousand EUR)", "thousand EUR"),
        ("Umsatz [in Mio. €]", "Mio. €"),
        ("Chiffre d'affaires (en k€)", "k€"),
        ("Sales (in the North)", ""),
        ("Takings (in EUR) of the North", ""),
    ],
)
def test_the_end_of_a_title_says_the_unit(title: str, unit: str) -> None:
    assert units([[title], []]) == ((unit,) if unit else ())


@pytest.mark.parametrize(
    "line",
    [
        ["Unit: 14"],
        ["Business unit", "North"],
        ["Unit: North"],
        ["Units sold: kWh meters of all shops in town"],
        ["Measured in kWh or so"],
        ["Opportunity: m"],
    ],
)
def test_other_lines_say_no_unit(line: list[str]) -> None:
    assert units([line]) == ()


def test_columns_of_other_things_do_not_get_it() -> None:
    names = ("Used", "Price", "Visitors", "Temperature", "Cost (EUR)", "Hour")
    assert units([["Unit: kWh"]], names) == ("kWh", "", "", "", "EUR", "")


def test_power_in_watts_is_averaged(read_text: Reader) -> None:
    rows = [f"{day};{200 + 37 * n % 900}" for n, day in enumerate(DAYS)]
    file = read_text("\n".join(["Type;Courbe de charge", "Unité: W", "Horodate;Valeur", *rows]))
    measure = file.series.measure(0)
    assert (measure.unit, measure.kind) == ("W", "level")
