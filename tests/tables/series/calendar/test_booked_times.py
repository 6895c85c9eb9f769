"""Lists of appointments, whose times are as even as those of readings: single events, added up by day."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from uuid import UUID

import numpy as np
import pytest
from tests.tables.conftest import Reader, codes, lines

MONDAY = datetime(2024, 1, 1)
CALLED = [  # start, end, amount, number
    ("Start Time", "End Time", "Amount Paid", "Appointment ID"),
    ("Beginn", "Ende", "Betrag", "Termin-Nr."),
    ("Début", "Fin", "Montant", "N° de rendez-vous"),
    ("Inicio", "Fin", "Importe", "ID cita"),
    ("Inizio", "Fine", "Importo", "ID appuntamento"),
    ("Início", "Fim", "Valor pago", "Código do agendamento"),
    ("Aanvang", "Eindtijd", "Bedrag", "Afspraaknummer"),
    ("Początek", "Koniec", "Kwota", "Numer wizyty"),
    ("Start", "Slut", "Belopp", "Bokningsnummer"),
    ("Starts", "Ends", "Fee", "ID"),
]
READINGS = ("temperature", "readings with an id", "intervals", "intervals with an id", "open hours")


def _booked(rng: random.Random, minutes: int, share: float, people: int) -> list[tuple[datetime, str, int]]:
    """Each appointment: when, with whom, and what was paid; on weekdays from 9 to 17."""
    days = (MONDAY + timedelta(days=n) for n in range(84) if n % 7 < 5)
    starts = (day + timedelta(minutes=540 + m) for day in days for m in range(0, 480, minutes))
    names = ("Ana", "Ben")[:people]
    return [(at, who, rng.choice((0, 45, 75, 105))) for at in starts for who in names if rng.random() < share]


def _numbers(rng: random.Random, count: int) -> list[int]:
    return rng.sample(range(10**8, 10**9), count)


@pytest.mark.parametrize(
    "number", [n if n < 2 else pytest.param(n, marks=pytest.mark.slow) for n in range(len(CALLED))]
)
@pytest.mark.parametrize(
    ("minutes", "share", "people"),
    [
        (60, 0.7, 1),
        pytest.param(60, 0.4, 1, marks=pytest.mark.slow),
        pytest.param(60, 0.7, 2, marks=pytest.mark.slow),
        pytest.param(30, 0.8, 1, marks=pytest.mark.slow),
    ],
)
def test_appointments_are_added_up_by_day(
    read_text: Reader, number: int, minutes: int, share: float, people: int
) -> None:
    rng = random.Random(number)
    start, end, amount, key = CALLED[number]
    booked = _booked(rng, minutes, share, people)
    moments = [f"{at:%Y-%m-%d %H:%M}" for at, _, _ in booked]
    ends = [f"{at + timedelta(minutes=minutes):%Y-%m-%d %H:%M}" for at, _, _ in booked]
    with_whom, paid = [who for _, who, _ in booked], [fee for _, _, fee in booked]
    columns: list[list[object]] = [moments, ends, with_whom, paid, _numbers(rng, len(booked))]
    file = read_text(lines(*columns, header=f"{start},{end},Calendar,{amount},{key}"))
    assert file.reading.value_columns == (amount,)
    assert file.series.frequency.name in ("daily", "business-daily")
    assert {file.series.measure(i).kind for i in range(len(file.series))} == {"flow"}
    assert np.nansum(file.series.values) == sum(paid)
    assert "events_by_day" in codes(file)
    assert not any(f.code == "gaps" and "no value" in f.what for f in file.findings)


@pytest.mark.parametrize("kind", READINGS)
def test_readings_stay_hourly_though_some_are_missing(read_text: Reader, kind: str) -> None:
    rng = random.Random(7)
    open_only, share = kind == "open hours", 0.4 if kind == "temperature" else 0.85
    hours = [MONDAY + timedelta(hours=h) for h in range(24 * 40)]
    hours = [at for at in hours if (not open_only or 9 <= at.hour < 18) and rng.random() < share]
    moments = [f"{at:%Y-%m-%d %H:%M}" for at in hours]
    ends = [f"{at + timedelta(hours=1):%Y-%m-%d %H:%M}" for at in hours]
    measured = [round(rng.uniform(15, 25), 1) for _ in hours]
    ids = [str(UUID(int=rng.getrandbits(128))) for _ in hours]
    titles, columns = ["Start", "Temperature"], [moments, measured]
    if kind.startswith("intervals"):
        titles, columns = ["Start", "End", "Temperature"], [moments, ends, measured]
    if kind.endswith("id") or open_only:
        titles, columns = [*titles, "Reading ID"], [*columns, ids]
    file = read_text(lines(*columns, header=",".join(titles)))
    assert file.series.frequency.name == "hourly"
    assert file.series.measure(0).kind == "level"
    assert np.nanmean(file.series.values) == pytest.approx(np.mean(measured))
