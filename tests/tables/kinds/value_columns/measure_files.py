"""Levels that must be averaged, flows that must be added, and running totals of which the difference counts."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from tests.tables.kinds.value_columns.locales import LOCALES

# Names and units of levels and flows in the order of LOCALES; "" where the name alone must do.
LEVELS = (
    "Average temperature [°C]|Humidity (%)|Price|Air pressure (hPa)|Exchange rate|Speed (km/h)|Temp|Index level",
    "Temperatur (°C)|Luftfeuchte|Preis|Luftdruck [hPa]|Wechselkurs|Wasserstand|Auslastung",
    "Température|Humidité (%)|Prix|Pression|Taux|Niveau",
    "Temperatura (°C)|Humedad|Precio|Presión|Tasa|Nivel",
    "Temperatura|Umidità (%)|Prezzo|Pressione|Tasso|Livello",
    "Temperatura|Umidade (%)|Preço|Pressão|Taxa de ocupação|Nível",
    "Temperatuur (°C)|Luchtvochtigheid|Prijs|Luchtdruk|Waterstand (m)|Snelheid",
    "Temperatura [°C]|Wilgotność|Cena|Ciśnienie|Kurs|Poziom",
    "Temperatur|Luftfuktighet (%)|Pris|Lufttryck|Andel|Vattenstånd",
)
LASTS = ("Stock on hand|Inventory|Balance", "Bestand|Lagerbestand|Kontostand", "Stock|Solde", "Existencias|Saldo",
    "Giacenza|Saldo", "Estoque|Saldo", "Voorraad|Saldo", "Zapas|Saldo", "Lagersaldo|Saldo")  # fmt: skip
COUNTERS = ("Meter reading|Cumulative kWh|Total yield (kWh)|Odometer|Meter reading (m³)|Running total",
    "Zählerstand|Zählerstand (kWh)|Kilometerstand|Gesamtertrag|Betriebsstunden", "Relevé|Compteur|Index compteur|Cumul",
    "Lectura|Contador|Acumulado", "Lettura|Contatore|Progressivo", "Leitura|Acumulado", "Meterstand|Tellerstand",
    "Stan licznika|Odczyt", "Mätarställning|Ackumulerad")  # fmt: skip
UNNAMED = ("state", "value", "sensor.grid_import", "Active energy (kWh)", "P1 meter import T1 (kWh)", "Wert", "Energy")


@dataclass(frozen=True)
class MeasureFile:
    """``values``: for each period what the series must hold; ``kind``: "level" or "flow"."""

    text: str
    frequency: str
    values: dict[datetime, float]
    kind: str
    code: str


def _text(heads: list[str], rows: list[list[str]], comma: bool) -> str:
    delimiter = ";" if comma else ","
    return "\n".join(delimiter.join(row) for row in [heads, *rows]) + "\n"


def level_file(seed: int) -> MeasureFile:
    """Several readings a day of a level, which become one by averaging, or by the last for a stock."""
    rng = random.Random(seed)
    place = seed % len(LOCALES)
    locale = LOCALES[place]
    last = rng.random() < 0.25
    name = rng.choice((LASTS if last else LEVELS)[place].split("|"))
    start, level = date(rng.randint(2015, 2024), rng.randint(1, 12), 1), rng.uniform(20, 900)
    same = rng.random() < 0.5
    days: defaultdict[datetime, list[float]] = defaultdict(list)
    rows = []
    for n in range(rng.randint(25, 70)):
        day = start + timedelta(n)
        for _ in range(rng.randint(2, 24) if not same else 6):
            level = max(level + rng.uniform(-3, 3), 1)
            days[datetime(day.year, day.month, day.day)].append(round(level, 1))
            rows.append([locale.day(day), locale.number(round(level, 1), 1)])
    if rng.random() < 0.3:
        rows.reverse()
    values = {day: readings[-1] if last else sum(readings) / len(readings) for day, readings in days.items()}
    head = [rng.choice(locale.headings["date"]), name]
    return MeasureFile(_text(head, rows, locale.decimal == ","), "daily", values, "level", "repeated_dates")


def counter_file(seed: int) -> MeasureFile:
    """Readings of a meter, hourly or daily or monthly, with resets, gaps and several readings in one period."""
    rng = random.Random(seed)
    place = seed % len(LOCALES)
    locale = LOCALES[place]
    hourly = rng.random() < 0.5
    named = not hourly or rng.random() < 0.5
    name = rng.choice(COUNTERS[place].split("|") if named else UNNAMED)
    start = datetime(rng.randint(2015, 2024), rng.randint(1, 12), rng.randint(1, 28))
    step = timedelta(hours=1) if hourly else timedelta(days=1)
    count = rng.randint(80, 240)
    reading = rng.uniform(800, 40000)
    reset = rng.randrange(10, count - 5) if rng.random() < 0.4 else None
    gaps = set(rng.sample(range(5, count - 5), rng.choice([0, 0, 2, 3])))
    gaps -= {reset, (reset or 0) - 1}
    gaps -= {n for n in gaps if hourly and (start + n * step).weekday() > 4}  # not like a change of the clocks
    readings: dict[datetime, float] = {}
    for n in range(count):
        use = rng.choice([0.0, 1, 1, 1]) * round(rng.uniform(0.05, 4) * (1.5 if n % 24 > 12 else 0.6), 3)
        reading = use if n == reset else reading + use
        if n not in gaps:
            readings[start + n * step] = round(reading, 3)
    form = f"{locale.form} %H:%M" if hourly else locale.form
    rows = [[when.strftime(form), locale.number(value, 3)] for when, value in readings.items()]
    if rng.random() < 0.3:
        rows.reverse()
    values: dict[datetime, float] = {}
    for (before, low), (after, high) in pairwise(readings.items()):
        steps = round((after - before) / step)
        used = high if high < low else high - low
        values |= {before + k * step: used / steps for k in range(1, steps + 1)}
    if rng.random() < 0.4:
        rows = [["sensor.a", *row] for row in rows]
    head = [rng.choice(locale.headings["date"]), name]
    head = ["entity", *head] if len(rows[0]) == 3 else head
    text = _text(head, rows, locale.decimal == ",")
    return MeasureFile(text, "hourly" if hourly else "daily", values, "flow", "running_total")


def rising_file(seed: int) -> MeasureFile:
    """Hundreds of readings that rise in every hour or minute, under a name for a sum or none at all."""
    rng = random.Random(seed)
    minutes, frequency = rng.choice(((60, "hourly"), (15, "every 15 minutes"), (5, "every 5 minutes")))
    start = datetime(rng.randint(2015, 2024), rng.randint(1, 12), rng.randint(1, 28))
    name = rng.choice(("sum", "total", "Summe", "Somme", "Totale", "grand total", "state", "E1", "Importe"))
    reading, each, more = rng.uniform(80, 9000), rng.uniform(0.2, 3), rng.uniform(0.05, 0.6)
    readings = {}
    for n in range(rng.randint(210, 300)):
        readings[start + n * timedelta(minutes=minutes)] = round(reading, 2)
        reading += each * (1 + more * rng.random())
    rows = [[str(when), f"{value:.2f}"] for when, value in readings.items()]
    values = {after: high - low for (_, low), (after, high) in pairwise(readings.items())}
    return MeasureFile(_text(["start", name], rows, False), frequency, values, "flow", "running_total")


def _growing(rng: random.Random) -> tuple[str, str, list[float], list[str]]:
    """Numbers that rise, or hardly change, and are no running total."""
    count = rng.randint(40, 160)
    dates = {
        "monthly": [f"{1980 + n // 12}-{n % 12 + 1:02d}-01" for n in range(count)],
        "daily": [str(date(2023, 1, 1) + timedelta(n)) for n in range(count)],
        "hourly": [str(datetime(2024, 1, 1) + timedelta(hours=n)) for n in range(count)],
    }
    at = range(count)
    name, frequency, values = rng.choice(
        (
            ("Population", "monthly", [1_000_000 + 830 * n + n * 7 % 5 for n in at]),
            ("Sales", "daily", [100 + 3 * n + rng.choice([-9, 0, 12]) for n in at]),
            ("Consumer price index", "monthly", [100 + 0.2 * n + n * n * 0.001 for n in at]),
            ("Load (kWh)", "hourly", [5 + n * 7 % 13 + rng.random() for n in at]),
            ("Subscribers", "monthly", [2000 + 11 * n + n * 3 % 4 for n in at]),
            ("Temperature", "hourly", [1 + 0.05 * n for n in at]),
            ("Level", "daily", [50.0 + n // 30 for n in at]),
            ("Visitors", "daily", [200.0 + n + n * n % 3 for n in at]),
            ("Stock", "daily", [4000.0 + 7 * n + n * n % 5 for n in at]),
        )
    )
    return name, frequency, [round(float(value), 3) for value in values], dates[frequency]


def growing_file(seed: int) -> MeasureFile:
    """A near miss of a running total."""
    rng = random.Random(seed)
    name, frequency, values, dates = _growing(rng)
    rows = [[when, str(value)] for when, value in zip(dates, values, strict=True)]
    known = {datetime.fromisoformat(when): value for when, value in zip(dates, values, strict=True)}
    return MeasureFile(_text(["Date", name], rows, False), frequency, known, "", "running_total")
