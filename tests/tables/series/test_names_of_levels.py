"""Names of levels: alone, next to others, and in words that mean something else elsewhere."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from tests.tables.conftest import Reader, lines

from almanac.tables.columns.column_words import LEVELS, Meaning, meaning_of
from almanac.tables.series.measuring.ratios import is_ratio_name

DAYS = [date(2024, 1, 1) + timedelta(n) for n in range(40)]


def walks(count: int, size: float = 100, digits: int = 2, step: float = 0.01) -> list[list[float]]:
    """Numbers that go on near the last one."""
    chance = np.random.default_rng(5)
    return [np.round(size * np.exp(np.cumsum(chance.normal(0, step, 40))), digits).tolist() for _ in range(count)]


def counts(count: int) -> list[list[int]]:
    return [np.random.default_rng(k).integers(20, 90, 40).tolist() for k in range(count)]


def levels(read_text: Reader, header: str, columns: list[list[float]] | list[list[int]]) -> list[str]:
    """The names of the series that are levels; ``header``: the names, after that of the date."""
    series = read_text(lines(DAYS, *columns, header=f"Date,{header}")).series
    return [series.names[i] for i in range(len(series)) if series.measure(i).kind == "level"]


@pytest.mark.parametrize(
    "names",
    [
        "Open,High,Low,Close,Adj Close,Volume",
        "Eröffnung,Hoch,Tief,Schluss,Volumen",
        "Ouverture,Plus haut,Plus bas,Clôture,Volume",
        "Apertura,Máximo,Mínimo,Cierre,Volumen",
        "Apertura,Massimo,Minimo,Chiusura",
        "Abertura,Máxima,Mínima,Fechamento",
        "Otwarcie,Najwyższy,Najniższy,Zamknięcie,Wolumen",
        "Open,Close",
        "Close,Volume",
        "Close",
    ],
)
def test_prices_of_an_exchange_are_levels_and_what_was_traded_is_none(read_text: Reader, names: str) -> None:
    split = names.split(",")
    columns: list[list[float]] = walks(len(split))
    traded = [n for n, name in enumerate(split) if name[:3].lower() in ("vol", "wol")]
    for n in traded:
        columns[n] = [1000.0 + k * 7919 % 5000 for k in range(40)]
    assert levels(read_text, names, columns) == [name for n, name in enumerate(split) if n not in traded]


@pytest.mark.parametrize("names", ["High,Medium,Low", "Open,Closed", "Open,Closed,High,Medium,Low", "Close,Repair",
    "Hoch,Mittel,Tief", "Last,First", "Open,Close"])  # fmt: skip
def test_words_for_prices_that_count_something_are_no_prices(read_text: Reader, names: str) -> None:
    assert not levels(read_text, names, counts(names.count(",") + 1))


def test_columns_called_by_currencies_are_rates_or_amounts_in_each(read_text: Reader) -> None:
    for names, digits in (("USD,JPY,CZK,TRY,CYP", 2), ("USD", 4)):
        assert levels(read_text, names, walks(names.count(",") + 1, digits=digits)) == names.split(",")
    assert not levels(read_text, "USD,Visitors", walks(2))
    taken = read_text(lines(DAYS, *counts(3), header="Date,EUR,USD,GBP")).series
    assert [(taken.measure(i).kind, taken.measure(i).unit) for i in range(3)] == [
        ("flow", "EUR"),
        ("flow", "USD"),
        ("flow", "GBP"),
    ]


def test_names_of_ratios_are_levels_and_what_is_done_in_a_time_is_none() -> None:
    ratios = (
        "Actions per visit,Aktionen pro Besuch,Maximale Aktionen pro Besuch,Pages / Session,Actions par visite,"
        "Panier par client,l/100km,kWh/100km,l/100 km,l per 100 km,Verbrauch kWh/100km,Sales per store,Umsatz je Kunde,"
        "Calls per 1000 inhabitants,Pages_per_session,Eggs per hen,Páginas por sesión,Spesa per cliente,"
        "Gasto por persona,Sidor per besök,Pagina's per bezoek,Orders/customer"
    )
    others = (
        "Sales per day,Umsatz pro Tag,Ventes par jour,Sales per month,Calls per hour,kWh/day,Per Nilsson,Paid per card,"
        "Bestellungen per Mail,Anfragen per Post,Ventas por tarjeta,MacBook Pro,Adult/child,Bread/milk,Food,Person,"
        "In/out,Import/export,Percent,Visits,Bar/restaurant,Members' dinners,1/2 litre,Spese per alimentari"
    )
    assert [name for name in ratios.split(",") if not is_ratio_name(name)] == []
    assert [name for name in others.split(",") if is_ratio_name(name)] == []


def test_a_ratio_is_a_level_next_to_what_it_is_a_ratio_of(read_text: Reader) -> None:
    names = "Visits,Actions per visit,Actions per day"
    assert levels(read_text, names, counts(3)) == ["Actions per visit"]


def test_how_many_there_are_and_what_a_weather_station_reads_are_levels(read_text: Reader) -> None:
    there = "Väkiluku,Nüfus,Folketal,Occupied beds,Belegte Betten,Posti letto occupati,Hens housed,Kühe,Waga ula 1"
    assert levels(read_text, f"{there},Births", [*walks(9, 2000, 0), *counts(1)]) == there.split(",")
    assert levels(read_text, f"{there},Births", counts(10)) == ["Occupied beds", "Posti letto occupati"]
    assert levels(read_text, "Out Hum,RH,Dew Pt.,Solar Rad.,Rain", counts(5)) == [
        "Out Hum",
        "RH",
        "Dew Pt.",
        "Solar Rad.",
    ]
    assert levels(read_text, "Bar,Temp", [*walks(1, 1015, 1, 0.001), *counts(1)]) == ["Bar", "Temp"]
    assert levels(read_text, "Bar,Temp", counts(2)) == ["Temp"]
    assert not levels(read_text, "Bar,Restaurant,RH", counts(3))
    assert levels(read_text, "Posti letto,Presenti,Ricoveri", counts(3)) == ["Presenti"]
    assert not levels(read_text, "Presenti,Biglietti", counts(2))


@pytest.mark.parametrize("title", ["Verbraucherpreisindex (2020=100)", "Tüketici Fiyat Endeksi", "Byggekostnadsindeks"])
def test_an_index_in_the_title_of_a_matrix_is_a_level(read_text: Reader, title: str) -> None:
    values = np.round(np.linspace(95, 125, 60), 2).reshape(5, 12).tolist()
    rows = [",".join(map(str, [2018 + n, *row])) for n, row in enumerate(values)]
    head = "Year,Jan,Feb,Mar,Apr,May,Jun,Jul,Aug,Sep,Oct,Nov,Dec"
    for name, kind in ((title, "level"), ("Sold in all shops", "flow")):
        assert read_text("\n".join([name, head, *rows]) + "\n").series.measure(0).kind == kind


def test_short_words_for_prices_are_prices_only_alone_or_next_to_money() -> None:
    prices = ("EP", "VK", "EK", "EP netto", "VK (€)", "EK brutto", "VK in EUR", "EP/Stk", "ep")
    others = ("Ep. 1", "EP 1", "Ep. 12: The sea", "VK Nord", "VK Süd", "EK 2", "EP Songs")
    assert [meaning_of(name) for name in prices] == [Meaning.PRICE] * len(prices)
    assert [name for name in others if meaning_of(name) in LEVELS] == []


READINGS = (
    *("Pulse (bpm)", "Puls", "Herzfrequenz", "Fréquence cardiaque", "Blood sugar", "pH", "pH-Wert", "SpO2", "HRV"),
    *("VO2 Max (ml/(kg·min))", "AQI", "Leitfähigkeit", "NPS", "DSO (days)", "Zinssatz", "Receivables", "Forderungen"),
    *("Snow on Grnd (cm)", "Schneehöhe", "Snödjup", "客単価", "平均客単価", "客单价", "객단가", "Средний чек", "ROAS"),
    *("Durchschnittsbon", "Scontrino medio", "visit_duration", "Ortalama sepet"),
)
THERE = ("Followers", "Open tickets", "Cows in milk", "Patients in ICU", "Seguidores")
FLOWS = ("KDV %20", "KDV %1", "VAT 20%", "New followers", "FİŞ ADEDİ", "Pulses", "Nights")


def test_more_names_of_levels(read_text: Reader) -> None:
    assert [name for name in READINGS if meaning_of(name) not in LEVELS] == []
    for name in THERE:
        assert levels(read_text, name, walks(1, 4000, 0, 0.003)) == [name]
    for name in FLOWS:
        assert levels(read_text, name, counts(1)) == [], name
