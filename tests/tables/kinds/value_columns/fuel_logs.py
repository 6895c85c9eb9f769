"""Logs kept at the pump: the odometer, or the distance since the last time, at irregular dates."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

from tests.tables.calendars.export import Dialect

ODOMETERS = ("Odometer", "Kilometerstand", "km", "Kilometer", "Kilómetros", "Kilometraje", "Chilometri", "Mileage",
    "Mileage (mi)", "Odometer (km)", "Compteur", "Przebieg", "Mätarställning")  # fmt: skip
FUEL = ("Litres", "Liter", "Litros", "Litri", "Gallons", "Fuel", "Diesel")
TRIPS = ("Trip (km)", "Distance", "km", "Strecke", "Distancia")
DATES = ("Date", "Datum", "Fecha", "Data")


@dataclass(frozen=True)
class FuelLog:
    """``distance``: name of its column; ``trips``: what was driven before each date; ``fuel``: all that was used."""

    text: str
    distance: str
    trips: dict[date, int]
    fuel: float
    odometer: bool


def fuel_log(seed: int) -> FuelLog:
    """A log with an odometer, or every third time with distances."""
    rng = random.Random(seed)
    dialect, odometer = Dialect.drawn(rng), seed % 3 != 2
    name, fuel_name = rng.choice(ODOMETERS if odometer else TRIPS), rng.choice(FUEL)
    day, reading = date(rng.randint(2015, 2023), rng.randint(1, 12), rng.randint(1, 28)), rng.randint(8_000, 150_000)
    rows, trips, used = [], {}, 0.0
    for _ in range(rng.randint(25, 90)):
        day += timedelta(rng.randint(3, 18))
        trip = rng.randint(180, 750)
        litres = round(trip * 0.06 * rng.uniform(0.8, 1.3), 2)
        reading, used = reading + trip, used + litres
        trips[day] = trip
        price = rng.uniform(1.4, 1.9)
        numbers = [str(reading if odometer else trip), *map(dialect.number, (litres, price, litres * price))]
        rows.append([dialect.day(day), *numbers])
    heading = [rng.choice(DATES), name, fuel_name, "Price", "Total"]
    width = rng.choice([3, 5])
    text = dialect.table(heading[:width], [row[:width] for row in rows])
    return FuelLog(text, name, trips, used, odometer)
