"""A whole country next to its regions, and what was counted in each: no total adds over the one or the other."""

from __future__ import annotations

import random

import pytest
from tests.tables.conftest import Reader, codes, months

FAST, SLOW = 2, 240
NATIONS = (
    *(
        "Total Nacional",
        "00 Riket",
        "Nacional",
        "National",
        "Hela riket",
        "Hele landet",
        "KOKO MAA",
        "Deutschland gesamt",
    ),
    *("Bundesgebiet", "France entière", "Totale nazionale", "全国", "Österreich insgesamt", "Whole country"),
)
REGIONS = (
    *(("01 Andalucía", "04 Balears, Illes", "09 Cataluña"), ("Bayern", "Hessen", "Berlin", "Saarland")),
    *(("01 Stockholms län", "14 Västra Götalands län"), ("North", "South", "East"), ("Lazio", "Puglia", "Umbria")),
)
COUNTRIES = (("Canton", "Schweiz", ("Zürich", "Uri", "Jura")), ("State", "USA", ("Texas", "Ohio", "Iowa", "Utah")))
PAIRS = (
    *(("Viajero", "Pernoctaciones"), ("Arrivals", "Nights"), ("Ankünfte", "Übernachtungen"), ("Arrivi", "Presenze")),
    *(("Sessions", "Views"), ("Orders", "Visitors", "Minutes"), ("Guests", "Nights"), ("Clicks", "Impressions")),
)
ALIKE = (("Men", "Women"), ("Bread", "Milk"), ("Visitors", "Besucher"), ("Night shift", "Day shift"), ("Nights", "Bar"))
OTHERS = (("Nacional", "Internacional", "Online"), ("National Trust", "North", "South"), ("USA", "Online", "Stores"))


def check(rng: random.Random, read_text: Reader) -> None:
    nation, apart, count = rng.random() < 0.7, rng.random() < 0.6, rng.randint(20, 40)
    column, regions = (
        rng.choice(("Area", "Region", "Comunidad", "Bundesland")),
        rng.choice(REGIONS if nation else OTHERS),
    )
    whole = rng.choice(NATIONS) if nation else ""
    if nation and rng.random() < 0.3:
        column, whole, regions = rng.choice(COUNTRIES)
    what = rng.choice(PAIRS if apart else ALIKE)
    rows = []
    for month in months(count):
        for n, kind in enumerate(what):
            amounts = [rng.randint(50, 900) * (1 + 3 * n) for _ in regions]
            own = list(zip(regions, amounts, strict=True))
            rows += [
                (month, *row, kind) for row in ([(whole, sum(amounts) + rng.randint(90, 400))] if nation else []) + own
            ]
    order = rng.choice(((0, 1, 3, 2), (0, 3, 1, 2), (3, 1, 0, 2)))
    header = ("Month", column, "Total", "What was counted")
    text = "\n".join("\t".join(str(row[n]) for n in order) for row in [header, *rows])
    file = read_text(text)
    names = file.series.key_columns
    place, kind = names.index(column), names.index("What was counted")
    case = (column, whole, regions, what)
    assert len(file.series) == (len(regions) + nation) * len(what), case
    expected = [(key[place] == whole, key[kind] if apart else "") for key in file.series.keys]
    counted = [file.series.measure(i).counted for i in range(len(file.series))]
    assert len(set(counted)) == len(set(expected)), (case, counted)
    assert len(set(zip(counted, expected, strict=True))) == len(set(expected)), (case, counted)
    assert ("opposite_sides" in codes(file)) == (nation or apart), case


def test_no_total_adds_a_country_to_its_regions_or_guests_to_nights(read_text: Reader) -> None:
    for seed in range(FAST):
        check(random.Random(f"areas and measures {seed}"), read_text)


@pytest.mark.slow
def test_no_total_adds_many_countries_to_their_regions_or_guests_to_nights(read_text: Reader) -> None:
    for seed in range(FAST, SLOW):
        check(random.Random(f"areas and measures {seed}"), read_text)
