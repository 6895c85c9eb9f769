"""A column of times next to several dates, and times that are blank."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from tests.tables.conftest import Reader, codes, lines


def events(blank: int, quarters: bool = False) -> tuple[list[date], list[str], list[int]]:
    """Several events on each day, at any second or at the quarters of an hour; every so many-th has no time."""
    rng = random.Random(blank)
    days = [date(2024, 1, 1) + timedelta(n // 4) for n in range(400)]
    step = 900 if quarters else 1
    seconds = [rng.randrange(8 * 3600, 20 * 3600, step) for _ in days]
    times = [f"{s // 3600:02d}:{s // 60 % 60:02d}:{s % 60:02d}" for s in seconds]
    times = ["" if blank and n % blank == 3 else time for n, time in enumerate(times)]
    return days, times, [rng.randrange(100, 900) for _ in days]


@pytest.mark.parametrize("blank", [7, 20, 90])
def test_an_event_without_a_time_still_has_its_day(read_text: Reader, blank: int) -> None:
    days, times, amounts = events(blank)
    file = read_text(lines(days, times, amounts, header="Date,Time,Amount"))
    assert "dates_not_understood" not in codes(file)
    assert file.series.values.sum() == sum(amounts)


@pytest.mark.parametrize(("first", "second", "time"), [
    ("Booking date", "Play date", "Start"), ("Reservation Date", "Visit Date", "Visit Time"),
    ("Buchungsdatum", "Spieldatum", "Uhrzeit"), ("Date de commande", "Date de livraison", "Heure"),
])  # fmt: skip
def test_a_time_belongs_to_the_date_before_it(read_text: Reader, first: str, second: str, time: str) -> None:
    days, times, amounts = events(0)
    later = [day + timedelta(n % 6) for n, day in enumerate(days)]
    file = read_text(lines(days, later, times, amounts, header=f"{first},{second},{time},Amount"))
    assert f"{first} + {time}" not in file.reading.date_column
    assert file.series.values.sum() == sum(amounts)
    beside = read_text(lines(days, times, later, amounts, header=f"{first},{time},{second},Amount"))
    assert beside.reading.date_column == f"{first} + {time}"


def test_a_stamp_between_a_date_and_its_times_changes_nothing(read_text: Reader) -> None:
    days, times, amounts = events(0)
    stamps = [f"{day + timedelta(1)} 06:12:00" for day in days]
    file = read_text(lines(days, stamps, times, amounts, header="Usage date,Revision date,Start time,Amount"))
    assert file.reading.date_column == "Usage date + Start time"
