"""Running totals of a year, durations longer than a day, and places on a map next to what is measured."""

from __future__ import annotations

import random
from datetime import date, timedelta

from tests.tables.calendars.export import Dialect
from tests.tables.kinds.lists.days import DAY, sample, start
from tests.tables.kinds.sample_file import SampleFile

YTD = ("YTD Sales", "Sales YTD", "Umsatz kumuliert", "Cumulative rain (mm)", "Revenue year to date", "Acumulado ventas")
SPENT = ("Hours worked", "Machine hours", "Arbeitszeit", "Downtime", "Total", "Logged", "Time on site", "Durée")
COORDINATES = (
    ("latitude", "longitude"), ("Lat", "Lng"), ("lat", "long"), ("GPS Lat", "GPS Lon"), ("Breitengrad", "Längengrad"),
    ("start_lat", "start_lng"), ("Latitud", "Longitud"), ("Latitudine", "Longitudine"), ("breedtegraad", "lengtegraad"),
    ("position_lat", "position_long"), ("Coord X", "Coord Y"),
)  # fmt: skip


def years_to_date(rng: random.Random) -> SampleFile:
    """Totals that begin again with every year, of the calendar or from another month; the history may begin within."""
    dialect = Dialect.drawn(rng)
    daily = rng.random() < 0.4
    begin, year = rng.choice((1, 1, 1, 4, 7, 10)), rng.randint(2005, 2019)
    late = rng.random() < 0.3
    first = date(year, begin, 1)
    days = [first + n * DAY for n in range(rng.randint(760, 900))]
    if not daily:
        days = [date(year + (begin - 1 + n) // 12, (begin - 1 + n) % 12 + 1, 1) for n in range(rng.randint(30, 50))]
    added = [round(rng.uniform(0.5, 9) * (1 if daily else 30), 2) for _ in days]
    totals, total = [], 0.0
    for when, value in zip(days, added, strict=True):
        total = 0.0 if (when.month, when.day) == (begin, 1) else total
        total = round(total + value, 2)
        totals.append(total)
    skipped = rng.randint(2, 5) if late else 0  # then what the first reading added is not known
    days, added, totals = days[skipped:], added[skipped:], totals[skipped:]
    truth = (days[int(late)].isoformat(), added[int(late) :])
    name = rng.choice(YTD)
    rows = [[dialect.day(when), dialect.number(total)] for when, total in zip(days, totals, strict=True)]
    found = sample(f"{name} {daily=} {begin} {late=}", dialect, [["Date", name], *rows], {name.split(" (")[0]: truth})
    return SampleFile(found.name, found.content, "daily" if daily else "monthly", {name: truth})


def long_durations(rng: random.Random) -> SampleFile:
    """Hours and minutes above 24 hours, per week, month or day."""
    dialect = Dialect.drawn(rng)
    step, frequency, low, high = rng.choice(((7, "weekly", 15, 45), (1, "daily", 3, 30)))
    first = date(rng.randint(2008, 2023), rng.randint(1, 12), rng.randint(1, 28))
    form = rng.choice(("{h}:{m:02d}", "{h:02d}:{m:02d}", "{h}:{m:02d}:00", "{h}h {m}m", "{h} h {m:02d} min"))
    name, other = rng.choice(SPENT), rng.choice((None, "Units", "Visitors"))
    spent = [(rng.randint(low, high), rng.randrange(60)) for _ in range(rng.randint(50, 120))]
    days = [first + timedelta(step * n) for n in range(len(spent))]
    rows = [[dialect.day(when), form.format(h=h, m=m)] for when, (h, m) in zip(days, spent, strict=True)]
    series = {name: (first.isoformat(), [round(h + m / 60, 6) for h, m in spent])}
    header = ["Date", name]
    if other is not None:
        counts = [rng.randint(10, 90) for _ in spent]
        rows = [[*row, str(count)] for row, count in zip(rows, counts, strict=True)]
        series[other] = (first.isoformat(), [float(count) for count in counts])
        header.append(other)
    found = sample(f"{form} {name} {other}", dialect, [header, *rows], series)
    return SampleFile(found.name, found.content, frequency, series)


def places_on_a_map(rng: random.Random) -> SampleFile:
    """Readings or events with the place where each was."""
    dialect = Dialect.drawn(rng)
    names = rng.choice(COORDINATES)
    first, count, several = start(rng), rng.randint(90, 200), rng.random() < 0.5
    middle = (rng.uniform(-60, 60), rng.uniform(-170, 170))
    measured = rng.choice(("Distance km", "Sightings", "Fuel litres", "Besucher", "Deliveries"))
    sums, rows = [], []
    for n in range(count):
        added = 0.0
        for _ in range(rng.choice((1, 2, 4)) if several else 1):
            value = round(rng.uniform(1, 30), 2)
            place = [f"{m + rng.uniform(-0.1, 0.1):.5f}".replace(".", dialect.decimal) for m in middle]
            rows.append([dialect.day(first + n * DAY), *place, dialect.number(value)])
            added = round(added + value, 2)
        sums.append(added)
    order = rng.sample((1, 2, 3), 3)
    header = ["Date", *names, measured]
    rows = [[row[0], *(row[i] for i in order)] for row in (header, *rows)]
    return sample(f"{names} {several=}", dialect, rows, {measured: (first.isoformat(), sums)})
