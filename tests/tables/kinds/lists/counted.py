"""Lists of visits, orders or tickets without an amount: what can be forecast is how many there are."""

from __future__ import annotations

import random
from datetime import date, timedelta

from tests.tables.calendars.export import Dialect
from tests.tables.kinds.sample_file import SampleFile

DAY = timedelta(1)
# Headings of: a number, the date, what splits the list, what says nothing; then what may split it.
NAMES = {
    "en": ("Ticket ID", "Opened", "Team", "Subject", ("Support", "Billing", "Sales")),
    "de": ("Fallnummer", "Datum", "Station", "Bemerkung", ("Innere", "Chirurgie", "Kinder")),
    "fr": ("N° dossier", "Date", "Service", "Motif", ("Urgences", "Radiologie", "Pédiatrie")),
    "es": ("Nº de pedido", "Fecha", "Tienda", "Notas", ("Centro", "Norte", "Sur")),
    "it": ("Codice ordine", "Data", "Negozio", "Note", ("Milano", "Roma", "Torino")),
    "pt": ("Nº do pedido", "Data", "Loja", "Obs", ("Lisboa", "Porto", "Faro")),
    "nl": ("Ordernummer", "Datum", "Filiaal", "Opmerking", ("Utrecht", "Breda", "Assen")),
    "pl": ("Nr zgłoszenia", "Data", "Dział", "Uwagi", ("Serwis", "Biuro", "Magazyn")),
    "sv": ("Ordernummer", "Datum", "Butik", "Anteckning", ("Lund", "Umeå", "Kiruna")),
}
AGES = ("Age", "Patient age", "Alter", "Âge", "Edad", "Età", "Idade", "Leeftijd", "Wiek", "Ålder")
TEXTS = ("first visit", "second call", "walk-in", "by phone", "online", "please call back", "no reply")


def _counts(rng: random.Random, days: int) -> list[int]:
    """How many on each day: some days have none, the first and the last have."""
    usual = rng.choice((2, 3, 5))
    counts = [rng.randint(0, 2 * usual) for _ in range(days)]
    counts[0], counts[-1] = max(counts[0], 1), max(counts[-1], 1)
    return counts


def counted_events(rng: random.Random) -> SampleFile:
    """One row for each event, at a time of day or not, numbered or not, of one thing or of two or three."""
    dialect = Dialect.drawn(rng)
    names = NAMES[rng.choice(list(NAMES))]
    first = date(rng.randint(2012, 2023), rng.randint(1, 12), rng.randint(1, 28))
    things = names[4][: rng.choice((1, 2, 3))]
    days = rng.randint(40, 80)
    counts = {thing: _counts(rng, days) for thing in things}
    clock, numbered, noted = rng.random() < 0.6, rng.random() < 0.6, rng.random() < 0.5
    rows, number = [], rng.randint(1, 90_000)
    for n in range(days):
        of_day = [(rng.randint(7 * 60, 20 * 60), thing) for thing in things for _ in range(counts[thing][n])]
        for minute, thing in sorted(of_day):
            number += 1 if rng.random() < 0.9 else rng.randint(2, 5)
            when = dialect.day(first + n * DAY) + (f" {minute // 60:02d}:{minute % 60:02d}" if clock else "")
            rows.append([str(number), when, thing, f"{rng.choice(TEXTS)} {rng.randint(1, 900)}"])
    shown = [numbered, True, len(things) > 1, noted or not numbered]
    header, *rows = ([cell for cell, kept in zip(row, shown, strict=True) if kept] for row in (names[:4], *rows))
    if rng.random() < 0.4:  # how old somebody was is nothing to add up
        header.append(rng.choice(AGES))
        rows = [[*row, str(rng.randint(1, 95))] for row in rows]
    if rng.random() < 0.3:
        rows.reverse()
    label = f"{dialect} {clock=} {numbered=} {len(things)} things"
    text = dialect.table(list(header), [list(row) for row in rows])
    titles = {thing: thing if len(things) > 1 else "Number of rows" for thing in things}
    wanted = {titles[thing]: (first.isoformat(), [float(c) for c in counts[thing]]) for thing in things}
    return SampleFile(label, text.encode(), "daily", wanted)
