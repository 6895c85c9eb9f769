"""Days in six digits are dates where all numbers are, in a column called a date; other numbers stay numbers."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from tests.tables.conftest import Reader, codes, lines

FAST, SLOW = 4, 150
ORDERS = ("%y%m%d", "%d%m%y", "%m%d%y")
NAMES = ("date", "Datum", "Date", "Day", "Fecha", "Booking date", "Belegdatum")


def check(rng: random.Random, read_text: Reader) -> None:
    order, name = rng.choice(ORDERS), rng.choice(NAMES)
    start, step = date(rng.randint(2005, 2024), rng.randint(1, 12), 1), rng.choice((1, 1, 7))
    days = [start + timedelta(step * n) for n in range(rng.randint(45, 200))]
    written = [day.strftime(order) for day in days]
    if rng.random() < 0.3:
        written = [text.lstrip("0") for text in written]  # as a spreadsheet stores them
    file = read_text(lines(written, [rng.randint(5, 90) for _ in days], header=f"{name},Sales"))
    assert file.reading.value_columns == ("Sales",), (order, written[:3])
    assert "dates_from_numbers" in codes(file)
    series = file.series
    labels = [series.frequency.label(int(number)) for number in (series.first[0], series.last[0])]
    assert labels == [str(days[0]), str(days[-1])], (order, written[:3])


def test_days_in_six_digits_are_dates(read_text: Reader) -> None:
    for seed in range(FAST):
        check(random.Random(f"six {seed}"), read_text)


@pytest.mark.slow
def test_days_in_six_digits_of_many_files_are_dates(read_text: Reader) -> None:
    for seed in range(FAST, SLOW):
        check(random.Random(f"six {seed}"), read_text)


def test_other_numbers_are_no_days(read_text: Reader) -> None:
    rng = random.Random(3)
    months = [f"{y}{m:02d}" for y in range(2020, 2024) for m in range(1, 13)]
    serials, of_2010 = [45292 + n for n in range(60)], [40_110 + n for n in range(60)]
    days = [date(2024, 1, 1) + timedelta(n) for n in range(60)]
    for column, name, used in (
        (months, "Date", ("Sales",)),
        (serials, "Date", ("Sales",)),
        (of_2010, "Date", ("Sales",)),
        ([day.strftime("%y%m%d") for day in days], "Article", ("Article", "Sales")),
        ([rng.randrange(100_000, 990_000) for _ in days], "date", ("date", "Sales")),
    ):
        file = read_text(lines(column, [rng.randint(5, 90) for _ in column], header=f"{name},Sales"))
        assert file.reading.value_columns == used, (name, column[:3])
        assert "six digits" not in " ".join(found.why for found in file.findings)
    ambiguous = [f"{n:02d}{n:02d}{n:02d}" for n in range(1, 13)]  # any order gives these days
    assert read_text(lines(ambiguous, range(5, 17), header="date,Sales")).reading.date_column != "date"
