"""Durations are read as hours where a column is called after one, and said so."""

from __future__ import annotations

import pytest
from tests.tables.conftest import Reader, codes, finding, lines, months

from almanac.tables.values.durations import duration_hours


@pytest.mark.parametrize(
    ("cell", "hours"),
    [("7:45", 7.75), ("07:45:30", 7.758333), ("125:00", 125.0), ("1h 30m", 1.5), ("2 h", 2.0), ("45 min", 0.75),
     ("18:25 min", 0.306944), ("1h30", None), ("7.75", None), ("25:70", None), ("today", None), ("", None)],
)  # fmt: skip
def test_durations_are_hours(cell: str, hours: float | None) -> None:
    assert duration_hours(cell) == hours


def test_columns_of_durations_are_said_to_be_hours(read_text: Reader) -> None:
    cells = [f"{n % 5 + 1}:{n * 7 % 60:02d}" for n in range(36)]
    file = read_text(lines(months(36), cells, header="Month,Time spent"))
    assert "“Time spent”" in finding(file, "durations_as_hours").what
    assert file.series.measure(0).unit == "h"
    assert "durations_as_hours" not in codes(read_text(lines(months(36), range(36), header="Month,Time spent")))


def test_times_that_go_on_by_one_step_are_no_durations(read_text: Reader) -> None:
    days, clocks = [f"2024-01-{n // 24 + 1:02d}" for n in range(240)], [f"{n % 24}:00" for n in range(240)]
    file = read_text(lines(days, clocks, [n * 7 % 20 for n in range(240)], header="Date,Elapsed,Load"))
    assert file.reading.value_columns == ("Load",)
    assert file.series.frequency.name == "hourly"
    assert "durations_as_hours" not in codes(file)


def test_a_time_after_midnight_is_no_duration_and_25_hours_are(read_text: Reader) -> None:
    days = [f"2024-01-{n:02d}" for n in range(1, 29)]
    spent = [f"{20 + n * 5 % 9}:10" for n in range(28)]
    text = lines(days, spent, [5 + n % 7 for n in range(28)], header="Date,{},Trips")
    assert read_text(text.replace("{}", "Driving")).series.names == ("Driving", "Trips")
    assert read_text(text.replace("{}", "Time")).series.names == ("Trips",)


@pytest.mark.parametrize(("name", "hours"), [("Avg. session", 3), ("Wait time", 3), ("Jogging", 0), ("Time", None)])
def test_how_long_something_took_is_read_as_a_duration(read_text: Reader, name: str, hours: int | None) -> None:
    days = [f"2024-01-{n:02d}" for n in range(1, 29)]
    cells = [f"{0 if hours is None else n % (hours + 1):02d}:{n * 7 % 60:02d}:{n * 11 % 60:02d}" for n in range(28)]
    file = read_text(lines(days, cells, [5 + n % 7 for n in range(28)], header=f"Date,{name},Visits"))
    assert file.reading.value_columns == (("Visits",) if hours is None else (name, "Visits"))
