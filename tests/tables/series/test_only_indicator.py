"""A column that says the same indicator in all rows says what the numbers measure: nothing per head is added up."""

from __future__ import annotations

import random

import pytest
from tests.tables.conftest import Reader

FAST, SLOW = 3, 200
HEADINGS = ("Indicator Name", "Indicator", "Series Name", "Variable", "Measure", "Kennzahl", "Indicateur", "Indicador")
LEVELS = (
    *(
        "Electricity use (kWh per capita)",
        "Birth rate, crude (per 1,000 people)",
        "Inflation, consumer prices (annual %)",
    ),
    *("Unemployment, total (% of total labor force)", "Life expectancy at birth, total (years)", "Gini index"),
    *("Fertility rate, total (births per woman)", "Mobile subscriptions (per 100 people)", "GDP growth (annual %)"),
    *("Cases per 100,000 population", "Renta per cápita", "BIP je Einwohner", "PIB par habitant", "Population density"),
)
FLOWS = (
    *(
        "Exports of goods (current US$)",
        "International tourism, number of arrivals",
        "GDP (current US$)",
        "Sales (20% VAT)",
    ),
    *("CO2 emissions (million tonnes)", "Cereal production (metric tons)", "Ausfuhren", "Exports per year"),
)
COUNTRIES = ("Aruba", "Austria", "Chile", "Eritrea", "Peru")


def check(rng: random.Random, read_text: Reader) -> None:
    level, wide, count = rng.random() < 0.6, rng.random() < 0.6, rng.randint(14, 40)
    indicator, heading = rng.choice(LEVELS if level else FLOWS), rng.choice(HEADINGS)
    countries = rng.sample(COUNTRIES, rng.choice((1, 3, 5)) if not wide else rng.choice((2, 3, 5)))
    values = {country: [round(300 + rng.random() * 400, 1) for _ in range(count)] for country in countries}
    years = [1985 + n for n in range(count)]
    if wide:
        rows: list[list[object]] = [["Country Name", heading, "Indicator Code", *years]]
        rows += [[country, indicator, "EG.USE", *values[country]] for country in countries]
    else:
        rows = [["Country", heading, "Year", "Value"]]
        rows += [[c, indicator, year, values[c][n]] for c in countries for n, year in enumerate(years)]
    file = read_text("\n".join(";".join(map(str, row)) for row in rows))
    assert len(file.series) == len(countries)
    case = (indicator, heading, wide)
    assert {file.series.measure(i).kind for i in range(len(file.series))} == {"level" if level else "flow"}, case
    if wide:
        assert file.reading.value_columns == (indicator,), case


def test_the_only_indicator_says_what_is_measured(read_text: Reader) -> None:
    for seed in range(FAST):
        check(random.Random(f"only indicator {seed}"), read_text)


@pytest.mark.slow
def test_many_only_indicators_say_what_is_measured(read_text: Reader) -> None:
    for seed in range(FAST, SLOW):
        check(random.Random(f"only indicator {seed}"), read_text)
