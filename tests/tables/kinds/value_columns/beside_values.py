"""Columns beside what is measured that never change or stand for kinds: when the file was made, of which meter it is,
how much there is room for, and of what type each row is."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta

MADE_ON = ("LAST UPDATE", "Exported on", "Stand", "Generated", "Extraction date", "Mise à jour", "As of", "Aggiornato")
MADE = ("17/09/26 23:00:00", "2026-09-17", "17.09.2026", "2026-09-17T23:00:00Z", "Sep 17, 2026")
PERIODS = ("TIME_PERIOD", "Period", "Periode", "Zeit", "Reference period", "Période")
PLACES = (("geo", "AT", "BE", "CZ"), ("Region", "North", "South", "West"), ("Land", "AT", "CH", "DE"))
METERS = ("MeteringPoint", "GSRN", "Zählpunkt", "Contrat", "Punto", "EAN", "Konto", "Aansluiting")
ROOM = ("Capacity", "Plätze", "Places", "Total spaces", "Max", "Kapazität", "Posti", "Plazas")
FILLED = ("Occupancy", "Belegt", "Occupied", "Present", "Bezet", "Filled")
TYPES = ("Record Type", "Typ", "Tipo", "Event type", "Kategorie", "Soort", "Reading class", "Art")


@dataclass(frozen=True)
class BesideFile:
    """`series``: the numbers of each series by its name, or by "" where it is the only one; ``frequency``: its name."""

    text: str
    frequency: str
    series: dict[str, list[float]]


def _text(rng: random.Random, names: list[str], rows: list[list[object]]) -> str:
    sign = rng.choice([",", ";", "\t"])
    comma = sign == ";" and rng.random() < 0.5
    cells = [[f"{c}".replace(".", ",") if comma and isinstance(c, float) else f"{c}" for c in row] for row in rows]
    quoted = ([f'"{cell}"' if sign in cell else cell for cell in row] for row in [names, *cells])
    return "\n".join(sign.join(row) for row in quoted) + "\n"


def made_on(seed: int) -> BesideFile:
    """Every row says when the file was made, before the column that says what it is about."""
    rng = random.Random(seed)
    frequency = rng.choice(["yearly", "yearly", "monthly", "quarterly"])
    count = rng.randint(14, 40)
    shown = {
        "yearly": lambda n: f"{1980 + n}",
        "monthly": lambda n: f"{2015 + n // 12}-{n % 12 + 1:02d}",
        "quarterly": lambda n: f"{2005 + n // 4}-Q{n % 4 + 1}",
    }[frequency]
    place, *places = rng.choice(PLACES)
    places = places if rng.random() < 0.7 else [""]
    made, constant = rng.choice(MADE), rng.random() < 0.6
    names = ["Dataflow"] * constant + [rng.choice(MADE_ON), "freq", place, rng.choice(PERIODS), "Value", "Flag"]
    series = {name: [round(rng.uniform(5, 90), 1) for _ in range(count)] for name in places}
    rows: list[list[object]] = [
        [*["XX:ABC(1.0)"] * constant, made, frequency[0].upper(), name, shown(n), value, rng.choice(["", "", "p", "b"])]
        for name, values in series.items()
        for n, value in enumerate(values)
    ]
    return BesideFile(_text(rng, names, rows), frequency, series)


def only_made_on(seed: int) -> str:
    """A near miss: a list of things on one day, each with the year in which it was built."""
    rng = random.Random(seed)
    rows: list[list[object]] = [
        [rng.choice(MADE), f"House {n}", rng.randint(1950, 2020), rng.randint(40, 300)] for n in range(40)
    ]
    for row in rows:
        row[0] = rows[0][0]
    return _text(rng, [rng.choice(MADE_ON), "House", "Built", "Area"], rows)


def of_one_meter(seed: int) -> BesideFile:
    """Every row has the long number of the meter, and perhaps that of the product."""
    rng = random.Random(seed)
    step = rng.choice([timedelta(hours=1), timedelta(minutes=15), timedelta(days=1)])
    frequency = {3600: "hourly", 900: "every 15 minutes", 86_400: "daily"}[int(step.total_seconds())]
    times = [datetime(2024, 1, 15) + step * n for n in range(rng.randint(60, 120))]
    numbers = [rng.randrange(10**digits, 10 ** (digits + 1)) for digits in rng.sample(range(8, 14), rng.randint(1, 2))]
    names = [*rng.sample(METERS, len(numbers)), "Start", "Unit", "Quantity", "Quality"]
    values = [round(rng.uniform(0.1, 4), 3) for _ in times]
    values[0] = 0.125  # not three digits that could be thousands
    clock = "%Y-%m-%d" if step.days else "%Y-%m-%dT%H:%M:%SZ"
    rows: list[list[object]] = [
        [*numbers, time.strftime(clock), "kWh", value, "OK"] for time, value in zip(times, values, strict=True)
    ]
    return BesideFile(_text(rng, names, rows), frequency, {"": values})


def with_stamps(seed: int) -> BesideFile:
    """Every row has its time twice: as people write it, and in seconds or thousandths of them, newest first perhaps."""
    rng = random.Random(seed)
    step = rng.choice([timedelta(hours=1), timedelta(days=1)])
    times = [datetime(2023, 5, 1) + step * n for n in range(rng.randint(60, 120))]
    values = {name: [round(rng.uniform(90, 110), 2) for _ in times] for name in ("Open", "Close")}
    unit = rng.choice([1, 1000])
    rows: list[list[object]] = [
        [
            int((time - datetime(1970, 1, 1)).total_seconds()) * unit,
            str(time),
            *(column[n] for column in values.values()),
        ]
        for n, time in enumerate(times)
    ]
    names = [rng.choice(["Unix", "unix_ts", "Epoch", "ts", "Unix time"]), "Date", *values]
    return BesideFile(_text(rng, names, rows[:: rng.choice([1, -1])]), "daily" if step.days else "hourly", values)


def with_room(seed: int) -> BesideFile:
    """Every row says how much there is of something in a place, and how much there could be, which never changes."""
    rng = random.Random(seed)
    step = rng.choice([timedelta(hours=1), timedelta(days=1)])
    room = {f"Lot {n}": rng.randint(80, 900) for n in range(rng.randint(2, 4))}
    times = [datetime(2024, 4, 1) + step * n for n in range(rng.randint(40, 70))]
    series = {name: [float(rng.randint(10, most)) for _ in times] for name, most in room.items()}
    clock = "%Y-%m-%d" if step.days else "%Y-%m-%d %H:%M"
    rows: list[list[object]] = [
        [time.strftime(clock), name, room[name], f"{series[name][n]:.0f}"]
        for n, time in enumerate(times)
        for name in room
    ]
    names = ["Updated", "Place", rng.choice(ROOM), rng.choice(FILLED)]
    return BesideFile(_text(rng, names, rows), "daily" if step.days else "hourly", series)


def of_some_types(seed: int) -> BesideFile:
    """Every row has the number of its type."""
    rng = random.Random(seed)
    days = [date(2024, 1, 1) + timedelta(n) for n in range(rng.randint(50, 90))]
    types = rng.sample(range(9), rng.randint(2, 5))
    values = [round(rng.uniform(4, 9), 1) for _ in days]
    other = [float(rng.randint(10, 80)) for _ in days]
    measured = [*([] if seed % 2 else [other]), values]
    names = ["Day", rng.choice(TYPES), *([] if seed % 2 else ["Carbs (g)"]), "Glucose mmol/L"]
    rows: list[list[object]] = [
        [day, rng.choice(types), *(column[n] for column in measured)] for n, day in enumerate(days)
    ]
    wanted = {"": values} if seed % 2 else {"Carbs (g)": other, "Glucose mmol/L": values}
    return BesideFile(_text(rng, names, rows), "daily", wanted)


def of_a_size(seed: int) -> BesideFile:
    """A near miss: short numbers that never change are a series, and so are numbers of cases of a type."""
    rng = random.Random(seed)
    days = [date(2024, 1, 1) + timedelta(n) for n in range(60)]
    cases, other = [float(rng.randint(0, 9)) for _ in days], [float(rng.randint(10, 80)) for _ in days]
    names = ["Day", "Type 2 cases", rng.choice(["Setpoint", "Target"]), "Visits"]
    set_to = float(rng.randint(15, 999))
    rows: list[list[object]] = [[day, cases[n], set_to, other[n]] for n, day in enumerate(days)]
    return BesideFile(_text(rng, names, rows), "daily", {names[1]: cases, names[2]: [set_to] * 60, "Visits": other})
