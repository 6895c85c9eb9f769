"""No total adds areas such as "World" to the countries in them; regions next to each other are added up."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from tests.tables.columns import territories
from tests.tables.conftest import Reader, codes, lines, months

from almanac.tables.columns.keys import territory_words
from almanac.tables.columns.keys.territories import areas_among

FAST, SLOW = 3, 200
COUNTRIES = (
    *(("DE", "FR", "IT", "AT"), ("DEU", "FRA", "ITA", "KEN"), ("Germany", "France", "Italy", "Kenya", "Brazil")),
    *(("Deutschland", "Frankreich", "Italien"), ("Allemagne", "France", "Italie"), ("Niemcy", "Francja", "Polska")),
)
AREAS = (
    *("World", "WLD", "OWID_WRL", "EU27_2020", "EU28", "EA20", "EA19", "European Union", "Euro area", "Eurozone"),
    *("Europe", "OWID_EUR", "Welt", "Monde", "European Union - 27 countries (from 2020)", "High income", "OECD", "EU"),
    *("Euro area (20 countries)", "Europäische Union", "Global"),
)
REGIONS = (
    *(("Europe", "Asia", "Americas"), ("EU", "UK", "US", "APAC"), ("Europe", "US", "Canada", "Asia"), ("UK", "Europe")),
    *(("North", "South", "World Trade Center"), ("Germany", "France", "Rest of World"), ("IT", "HR", "Sales")),
    *(("World cup", "Germany shirts", "France shirts"), ("EU1", "EU2", "US1")),
)


def check(rng: random.Random, read_text: Reader) -> None:
    count, long = rng.randint(30, 60), rng.random() < 0.6
    regions = rng.random() < 0.4
    names = rng.choice(REGIONS if regions else COUNTRIES)
    columns = {name: [rng.randint(50, 900) for _ in range(count)] for name in names}
    areas: list[str] = []
    if not regions:
        areas = rng.sample(AREAS, rng.randint(1, 2))
        sums = [sum(values) for values in zip(*columns.values(), strict=True)]
        columns |= {area: [value * 2 + rng.randint(0, 9) + 300 * n for value in sums] for n, area in enumerate(areas)}
    if long:
        rows = [(day, name, values[n]) for n, day in enumerate(months(count)) for name, values in columns.items()]
        text = lines(*map(list, zip(*rows, strict=True)), header="Month;geo;Value", delimiter=";")
    else:
        text = lines(months(count), *columns.values(), header=";".join(("Month", *columns)), delimiter=";")
    file = read_text(text)
    counted = {key[-1]: file.series.measure(n).counted for n, key in enumerate(file.series.keys)}
    assert len(file.series) == len(columns), file.series.names
    if regions:
        assert "opposite_sides" not in codes(file), names
        assert len(set(counted.values())) == 1, counted
    elif "computed_series" not in codes(file):
        assert "opposite_sides" in codes(file), (names, areas)
        assert {counted[area] for area in areas} == set(areas)
        assert {counted[name] for name in names} == {"other places"}


def test_no_total_adds_an_area_to_its_countries(read_text: Reader) -> None:
    for seed in range(FAST):
        check(random.Random(f"areas {seed}"), read_text)


@pytest.mark.slow
def test_no_total_of_hundreds_of_tables_adds_an_area_to_its_countries(read_text: Reader) -> None:
    for seed in range(FAST, SLOW):
        check(random.Random(f"areas {seed}"), read_text)


def test_areas_are_known_by_their_codes_and_names() -> None:
    for countries in COUNTRIES:
        assert not areas_among(countries)
        for area in AREAS:
            assert area in areas_among([*countries, area]), (area, countries)


def test_the_names_are_those_of_the_cldr() -> None:
    written = Path(territory_words.__file__).read_text(encoding="utf-8").split("\n")
    assert set(territories.lines()) | set(territories.areas()) <= set(written)
