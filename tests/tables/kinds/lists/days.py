"""Days with totals of months or weeks among them, and lists of only the days on which something happened."""

from __future__ import annotations

import random
from datetime import date, timedelta

from tests.tables.calendars.export import Dialect
from tests.tables.kinds.sample_file import NAN, SampleFile

DAY = timedelta(1)
MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
}
MARKS = {
    "en": ("Total {}", "{} total", "Sum", "Month {}", "MONTHLY TOTAL"),
    "de": ("Summe {}", "Monatssumme", "{} gesamt", "Monat {}"),
    "fr": ("Total {}", "Somme {}", "Total du mois"),
}
NAMES = {"en": ("Date", "Type", "Sales"), "de": ("Datum", "Text", "Umsatz"), "fr": ("Date", "Libellé", "Ventes")}
SMALL = {"en": ("Daily", "", "Day"), "de": ("Tag", "", "Einzelwert"), "fr": ("Jour", "")}


def start(rng: random.Random) -> date:
    return date(rng.randint(2004, 2023), rng.randint(1, 12), rng.randint(1, 28))


def sample(
    name: str, dialect: Dialect, rows: list[list[str]], series: dict[str, tuple[str, list[float]]]
) -> SampleFile:
    text = dialect.table(rows[0], rows[1:])
    return SampleFile(f"{name} {dialect}", text.encode(), "daily", series)


def marked_totals(rng: random.Random) -> SampleFile:
    """Each day, and after (or, newest first, before) the days of a month or week their sum, with a date of its own."""
    dialect = Dialect.drawn(rng)
    language = rng.choice(list(NAMES))
    first, count = start(rng), rng.randint(90, 260)
    weekly = rng.random() < 0.3
    mark, small = rng.choice(MARKS[language]), rng.choice(SMALL[language])
    near_miss = rng.random() < 0.2  # the last row of a month has another text, and is a day like the others
    values = [round(rng.uniform(40, 90), 2) for _ in range(count)]
    rows, since = [], 0.0
    for n, value in enumerate(values):
        when = first + n * DAY
        ends = (when + DAY).weekday() == 0 if weekly else (when + DAY).month != when.month
        word = MONTHS[language].split()[when.month - 1]
        text = "inventory" if near_miss and ends else small
        rows.append([dialect.day(when), text, dialect.number(value)])
        since = round(since + value, 2)
        if ends and not near_miss:
            rows.append([dialect.day(when), mark.format(word), dialect.number(since)])
            since = 0.0
    header = list(NAMES[language])
    if rng.random() < 0.3:
        rows.reverse()
    if rng.random() < 0.4:
        order = [0, 2, 1]
        header, rows = [header[i] for i in order], [[row[i] for i in order] for row in rows]
    label = f"{mark!r} {small!r} {'weekly' if weekly else 'monthly'} {near_miss=}"
    return sample(label, dialect, [header, *rows], {NAMES[language][2]: (first.isoformat(), values)})


FLOWS = (
    "Rain mm",
    "Niederschlag",
    "Overtime hours",
    "Visitors",
    "Besucher",
    "Sales",
    "Umsatz",
    "Ventes",
    "Distance km",
)
LEVELS = ("Temperature", "Temperatur", "Price", "Humidity", "Pegelstand", "Blood pressure")


def eventful_days(rng: random.Random) -> SampleFile:
    """Only the days on which something happened, or measurements with some days missing, or closed on some weekdays."""
    dialect = Dialect.drawn(rng)
    kind = rng.choice(("eventful", "eventful", "level", "few gaps", "outage", "with zeros", "much alike"))
    first, count = start(rng), rng.randint(150, 330)
    name = rng.choice(LEVELS if kind == "level" else FLOWS)
    there = [True] * count
    if kind in ("eventful", "level", "with zeros", "much alike"):
        n = rng.randint(3, 5)
        while n < count - 3:
            n += rng.choice((1, 1, 2, 3, 4))
            gap = rng.choice((1, 2, 3, 4, 5))
            there[n : n + gap] = [False] * gap
            n += gap
    elif kind == "few gaps":
        for n in rng.sample(range(2, count - 2), count // 15):
            there[n] = False
    else:
        at = rng.randint(20, count - 90)
        there[at : at + 70] = [False] * 70
    there = there[:count]
    there[0] = there[1] = there[-1] = there[-2] = True
    low, high = (8.0, 13.0) if kind in ("level", "much alike") else (0.5, 40.0)
    values = [round(rng.uniform(low, high), 2) for _ in range(count)]
    if kind == "with zeros":
        values = [0.0 if n % 6 == 0 else value for n, value in enumerate(values)]
    rows = [[dialect.day(first + n * DAY), dialect.number(values[n])] for n in range(count) if there[n]]
    absent = 0.0 if kind == "eventful" else NAN
    whole = [value if here else absent for value, here in zip(values, there, strict=True)]
    return sample(
        f"{kind} {name}",
        dialect,
        [[rng.choice(("Date", "Datum", "Day")), name], *rows],
        {name: (first.isoformat(), whole)},
    )
