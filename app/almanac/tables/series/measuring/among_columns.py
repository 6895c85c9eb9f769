"""Names that mean a level only next to others: Open, High, Low and Close; USD and JPY; Bar next to a dew point."""

from __future__ import annotations

from functools import lru_cache

from almanac.tables.columns.column_words import Meaning, has_word, meaning_of, words_of
from almanac.tables.columns.money.words import without_form

# What the prices of a day on an exchange are called, in nine languages.
_PRICE_WORDS = {
    "open": """
        open, opening, eroffnung, erster, ouverture, ouv, apertura, abertura, otwarcie, oppning
        """,
    "high": """
        high, hoch, tageshoch, hochst, haut, plus haut, maximo, max, massimo, maxima, hoog, hoogste, najwyzszy, hogst,
        hogsta
        """,
    "low": """
        low, tief, tagestief, tiefst, bas, plus bas, minimo, min, minima, laag, laagste, najnizszy, lagst, lagsta
        """,
    "close": """
        close, closing, last, close last, adj close, adjusted close, adjclose, close adj, schluss, letzter, bereinigter
        schluss, cloture, dernier, cloture ajustee, cierre, cierre ajustado, ultimo, chiusura, chiusura aggiustata,
        fechamento, fechamento ajustado, fecho, slot, slotkoers, zamkniecie, stangning, senast
        """,
}
_ROLES = {" ".join(form.split()): role for role, forms in _PRICE_WORDS.items() for form in forms.split(",")}
_TRADED = "volume, volumen, volumes, volym, wolumen, umsatz, turnover, vol"
# Next to these, High and Low are priorities, and Open and Closed what becomes of tickets.
_NO_PRICES = """
    medium, mittel, moyen, moyenne, media, medio, normal, critical, urgent, closed, pending, new, solved, resolved,
    done, in progress, geschlossen, ferme, fermes, cerrado, cerrados, chiuso, chiusi, fechado, gesloten, zamkniete,
    stangda
"""
_ALONE = """
    close, close last, adj close, adjusted close, schluss, cloture, cierre, chiusura, fechamento, slotkoers, zamkniecie,
    stangning
"""
# What an amount was before and after the flows of a period, in the same languages; the rest of both names is the same.
_BEFORE_WORDS, _AFTER_WORDS = (
    """
    opening, beginning, starting, start, anfangs, anfang, initial, initiale, debut, inicial, iniziale, begin,
    poczatkowy, ingaende
    """,
    """
    closing, ending, end, schluss, ende, final, finale, fin, eind, koncowy, utgaende
    """,
)
_BEFORE, _AFTER = (frozenset(map(str.strip, words.split(","))) for words in (_BEFORE_WORDS, _AFTER_WORDS))
_SPANS = "time, hour, hours, date, day, event, events, ceremony, ceremonies, show, party, night, shift"  # that begin
_MIN_ROLES, _ALL_ROLES = 2, 4
_SHORT_WEATHER, _BAR = "rh, bar, baro", "bar"
_WEATHER = """
    temp, rh, baro, temperature, temperatures, -temperatur, temperatura, temperatuur, humidity, hum, dew point, dew pt,
    dewpt, dewpoint, taupunkt, wind speed, pressure, solar rad, -feuchte, -feuchtigkeit, humidite, humedad, umidita
"""
_BODY = """
    fat, mass, muscle, bone, bones, hydration, water, bmi, visceral, fett, -fett, -masse, muskel, -muskel, muskeln,
    knochen, -knochen, wasser, graisse, os, eau, masse, grasa, musculo, hueso, agua, grasso, massa, muscoli, ossa, acqua
"""
_WEIGHT = "weight, body weight, gewicht, -gewicht, poids, peso, vikt, waga, vaha, paino"
_THERE = "presenti, degenti, present, presents, anwesend, anwesende, inpatients, occupied, belegt, occupati, ocupadas"
_BEDS = "beds, bed, betten, -betten, posti letto, letti, lits, camas, leitos, bedden, łozka, sangar"


def may_be_price(name: str) -> bool:
    """Whether a name is one of a price on an exchange and nothing else."""
    return words_of(name) in _ROLES


@lru_cache(maxsize=64)
def prices_among(names: tuple[str, ...]) -> tuple[frozenset[str], int]:
    """Which names may be those of prices on an exchange, and how many different ones they are: 4 with open to close.

    Empty where other columns show that they are something else, or where one price has nothing next to it that is
    traded.
    """
    roles = {name: role for name in names if (role := _ROLES.get(words_of(name))) is not None}
    different = len(set(roles.values()))
    if not roles or any(has_word(name, _NO_PRICES) for name in names if name not in roles):
        return frozenset(), 0
    named = {"open", "close"} & set(roles.values())
    traded = any(has_word(name, _TRADED) for name in names) and set(roles.values()) != {"open"}
    alone = different == 1 and all(has_word(name, _ALONE) for name in roles)
    if (different >= _MIN_ROLES and named) or traded or alone:
        return frozenset(roles), different
    return frozenset(), 0


def all_prices(different: int) -> bool:
    """Whether there are so many different prices that their names alone say it."""
    return different >= _ALL_ROLES


def is_weather_among(name: str, names: tuple[str, ...]) -> bool:
    """Whether a short name is one of a weather station, as those of other columns show."""
    return has_word(name, _SHORT_WEATHER) and any(
        has_word(other, _WEATHER) and meaning_of(other) in (None, Meaning.STATE) for other in names if other != name
    )


def may_be_takings(name: str) -> bool:
    """Whether a short name of a weather station is also that of a place where people drink."""
    return has_word(name, _BAR)


def is_of_body_among(name: str, names: tuple[str, ...]) -> bool:
    """Whether a name may say what a body is made of, next to its weight."""
    return has_word(name, _BODY) and any(has_word(other, _WEIGHT) for other in names if other != name)


def are_present_among(name: str, names: tuple[str, ...]) -> bool:
    """Whether a name says how many are there, next to how many beds there are."""
    return has_word(name, _THERE) and any(has_word(other, _BEDS) for other in names)


def is_before_or_after_among(name: str, names: tuple[str, ...]) -> bool:
    """Whether a name says how much there was before or after a period, next to that for the other end of it."""
    if without_form(name, _BEFORE) is None and without_form(name, _AFTER) is None:
        return False  # before the names of all columns are looked at: to find what is known of them takes as long
    return name in _ends_of(names) and not has_word(name, _SPANS)


@lru_cache(maxsize=64)
def _ends_of(names: tuple[str, ...]) -> frozenset[str]:
    """The names that are in pairs such as "Opening MRR" and "Closing MRR"."""
    before, after = (
        {rest: name for name in names if (rest := without_form(name, words)) is not None} for words in (_BEFORE, _AFTER)
    )
    return frozenset(side[rest] for rest in before.keys() & after.keys() if rest for side in (before, after))
