"""Weeks of years as people write them: with the word of their language, before or after the number, or below it."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

# The word for a week, and those for a year and for sales.
LANGUAGES = {
    "en": ("Week", "Year", "Sales"), "de": ("KW", "Jahr", "Umsatz"), "fr": ("Semaine", "Année", "Ventes"),
    "es": ("Semana", "Año", "Ventas"), "it": ("Settimana", "Anno", "Vendite"), "pt": ("Semana", "Ano", "Vendas"),
    "nl": ("Week", "Jaar", "Omzet"), "no": ("Uke", "År", "Salg"), "da": ("Uge", "År", "Salg"),
    "sv": ("Vecka", "År", "Försäljning"), "fi": ("Viikko", "Vuosi", "Myynti"), "cs": ("Týden", "Rok", "Prodej"),
    "sk": ("Týždeň", "Rok", "Predaj"), "pl": ("Tydzień", "Rok", "Sprzedaż"), "hu": ("Hét", "Év", "Eladás"),
    "tr": ("Hafta", "Yıl", "Satış"), "ro": ("Săptămâna", "An", "Vânzări"), "sl": ("Teden", "Leto", "Prodaja"),
}  # fmt: skip
IN_CELLS = ("{name} {w} {y}", "{name} {w}, {y}", "{y} {name} {w}", "{name} {w}/{y}", "{w}. {low} {y}", "{y} {w}. {low}",
    "{name} {w} ({y})", "{low} {w:02d} {y}", "{y}-{name}{w:02d}", "{name}{w:02d}/{y}")  # fmt: skip
BELOW_NAME = ("{y}-{w:02d}", "{y}/{w:02d}", "{w}/{y}", "{w:02d}.{y}", "{y}{w:02d}", "{y} {w}")
SHORT_WORDS = (
    "S",
    "Sem",
    "Sem.",
    "sem.",
    "KW",
    "CW",
    "Wk",
    "W",
    "v.",
    "v",
    "u.",
    "T",
    "Tydz.",
    "H",
    "Sett.",
    "sett",
    "vko",
)
WITH_SHORT_WORDS = ("{name}{w:02d} {y}", "{name}{w} {y}", "{y}-{name}{w:02d}", "{y}{name}{w:02d}", "{name} {w}/{y}",
    "{name} {w} {y}", "{name} {w}-{y}", "{y} {name} {w}", "{name}{w}-{y}")  # fmt: skip
SPELLED = ("KW {w}/{y2}", "KW{w:02d}/{y2}", "Week {w} of {y}", "Week {w} - {y}", "{y} - Week {w}", "Week No. {w}, {y}",
    "Week #{w} {y}", "semaine n°{w} {y}", "{w}e semaine {y}", "{w}ª semana de {y}", "semana {w} de {y}",
    "{w}. Woche {y}", "{w}a settimana {y}", "{y}年第{w}週", "{y}年{w}周", "{y}년 {w}주차", "{w}-я неделя {y}",
    "нед. {w} {y}", "{y}_W{w:02d}", "ISO week {w} {y}", "W{w}'{y2}",
    "{y2}-W{w:02d}", "minggu ke-{w} {y}", "{y}-KW-{w:02d}",
    "Wk.{w} {y}")  # fmt: skip
APART = (
    ("Année", "Sem."),
    ("Année", "S"),
    ("Anno", "Sett."),
    ("Rok", "T"),
    ("År", "V."),
    ("Jahr", "Woche"),
    ("Year", "Period"),
)
NO_WEEKS = ("Model", "Room", "Raum", "Modelo", "Sala", "Pokoj", "Terem", "Oda")
SPLIT = "split"


@dataclass(frozen=True)
class WeeksFile:
    """``first``: the Monday of the first week; empty ``values``: a near miss, which has no dates."""

    text: str
    first: date
    values: tuple[int, ...]


def _written(style: str, monday: date, name: str) -> str:
    year, week, _ = monday.isocalendar()
    low = name if name == "KW" else name.lower()
    return style.format(name=name, low=low, y=year, y2=f"{year % 100:02d}", w=week)


def weeks_file(seed: int) -> WeeksFile:
    """One file, weeks in a row."""
    rng = random.Random(seed)
    name, year, sales = LANGUAGES[sorted(LANGUAGES)[seed % len(LANGUAGES)]]
    first = date.fromisocalendar(rng.randint(2015, 2023), rng.randint(1, 52), 1)
    count = rng.randint(20, 150)
    values = tuple(rng.randint(100, 999) for _ in range(count))
    mondays = [first + timedelta(weeks=n) for n in range(count)]
    mark = rng.choice(";\t")
    style = rng.choice([*IN_CELLS, *BELOW_NAME, SPLIT])
    if style == SPLIT:
        rows = [f"{d.isocalendar()[0]}{mark}{d.isocalendar()[1]}" for d in mondays]
        heading = f"{year}{mark}{name}"
    else:
        rows = [_written(style, monday, name) for monday in mondays]
        heading = name if style in BELOW_NAME else rng.choice([name, "Period", "Date", sales[:1]])
    lines = [f"{heading}{mark}{sales}", *(f"{row}{mark}{v}" for row, v in zip(rows, values, strict=True))]
    return WeeksFile("\n".join(lines) + "\n", first, values)


def short_weeks_file(seed: int) -> WeeksFile:
    """One file whose weeks have a letter or a short word, are spelled out, or stand next to their year."""
    rng = random.Random(f"short {seed}")
    first = date.fromisocalendar(rng.randint(2015, 2023), rng.randint(1, 40), 1)
    mondays = [first + timedelta(weeks=n) for n in range(rng.randint(20, 150))]
    values = tuple(rng.randint(100, 999) for _ in mondays)
    kind = rng.choice(("short", "short", "spelled", "apart", "cells apart"))
    word = rng.choice([word for word in SHORT_WORDS if kind != "cells apart" or "ett" not in word])  # sett29: September
    style = rng.choice(WITH_SHORT_WORDS if kind == "short" else SPELLED)
    heading = rng.choice(("Period", "Date", "Wann", ""))
    cells = [_written(style, monday, word) for monday in mondays]
    if "apart" in kind:
        year, week = rng.choice(APART)
        heading, word = (f"{year};{week}", "") if kind == "apart" else (f"{year};Période", word)
        cells = [f"{d.isocalendar()[0]};{word}{d.isocalendar()[1]}" for d in mondays]
    rows = [f"{cell};{value}" for cell, value in zip(cells, values, strict=True)]
    return WeeksFile("\n".join([f"{heading};Umsatz", *rows]) + "\n", first, values)


def numbered_things(seed: int) -> WeeksFile:
    """A near miss: a word for another thing, a number, and a year."""
    rng = random.Random(seed)
    style, word = rng.choice(IN_CELLS[:6]), rng.choice(NO_WEEKS)
    mondays = [date(2022, 1, 3) + timedelta(weeks=n) for n in range(60)]
    rows = [f"{_written(style, monday, word)};{rng.randint(100, 999)}" for monday in mondays]
    return WeeksFile("\n".join([f"{word};Total", *rows]) + "\n", mondays[0], ())
