"""Titles that say what the numbers of a table are: rates are averaged, deaths by age are added up."""

from __future__ import annotations

import pytest
from tests.tables.conftest import Reader

from almanac.tables.columns.column_words import Meaning
from almanac.tables.series.measuring.titles import level_in_title

RATES = (
    *("Unemployment rate", "Unemployment rate, harmonised, all persons", "Taux de chômage par région", "Tasa de paro"),
    *("Consumer price index (2015 = 100)", "Average monthly temperature in Austria", "Arbeitslosenquote nach Ländern"),
    *("Preisindex – alle Waren", "Indice dei prezzi", "Bounce rate by country"),
)
AMOUNTS = (
    *("Deaths by age", "Energy use of power stations", "Sales", "Population by region", "Passengers in cars by speed"),
    *("Turnover of shops, rate of response 80%", "Overnight stays", ""),
)


@pytest.mark.parametrize("title", RATES)
def test_a_title_says_that_numbers_are_levels(title: str) -> None:
    assert level_in_title(title) in {Meaning.PRICE, Meaning.SHARE, Meaning.STATE}


@pytest.mark.parametrize("title", AMOUNTS)
def test_what_a_title_only_mentions_is_no_level(title: str) -> None:
    assert level_in_title(title) is None


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        (['Subject,"Unemployment rate, all persons"'], "level"),
        (["Dataset: National accounts", "Measure,Percentage"], "level"),
        (["Dataset: National accounts", "Indicator,Consumer price index"], "level"),
        (["Unemployment rate"], "level"),
        (["Dataset: National accounts", "Measure,Persons"], "flow"),
        (["Dataset: National accounts", "Indicator,Arrivals"], "flow"),
    ],
)
def test_lines_above_dates_across_say_what_is_measured(read_text: Reader, lines: list[str], kind: str) -> None:
    quarters = [f"{year}-Q{n}" for year in range(2016, 2024) for n in range(1, 5)]
    lands = enumerate(("Austria", "Belgium", "Malta"))
    rows = [[land, *(f"{5 + (k * 7 + n) % 13 / 10}" for n in range(32))] for k, land in lands]
    file = read_text("\n".join([*lines, *map(",".join, [["Country", *quarters], *rows])]) + "\n")
    assert {file.series.measure(n).kind for n in range(3)} == {kind}
