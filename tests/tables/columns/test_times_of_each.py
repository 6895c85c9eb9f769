"""Of a list of tickets with how long each took, the tickets are counted; how long it took is averaged when chosen."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

import pytest
from tests.tables.conftest import Reader, lines, months

from almanac.tables.columns.column_words import is_time_of_each

TIMES = (
    *("First response minutes", "First reply (min)", "Resolution time (h)", "Handling time", "Wait (mins)", "AHT"),
    *("Reaktionszeit (h)", "Bearbeitungszeit Min", "Temps de réponse", "Tiempo de espera (min)", "Wachttijd", "Wait"),
    *("Czas reakcji", "Tempo di attesa", "Svarstid (min)", "Lead time days"),
    *("Original Estimate", "Remaining Estimate", "Estimated time", "Ursprüngliche Schätzung", "Estimación original"),
)
OTHERS = (
    "Wait list",
    "Total handling time",
    "Delay minutes",
    "Minutes",
    "Response",
    "Time",
    "Leads",
    "First aid",
    "Reply",
    "Estimate",
    "Estimated sales",
    "Original amount",
    "Time spent",
)
FAST, SLOW = 1, 60


def check(rng: random.Random, read_text: Reader) -> None:
    when, stamps, closed = datetime(2023, 1, 2, 8), [], []
    for _ in range(rng.randint(300, 500)):
        when += timedelta(minutes=rng.randint(10, 600))
        stamps.append(f"{when:%Y-%m-%d %H:%M}")
        closed.append(f"{when + timedelta(minutes=rng.randint(9, 4000)):%Y-%m-%d %H:%M}")
    names = rng.sample(TIMES, rng.randint(1, 2))
    times = [[rng.randint(1, 400) for _ in stamps] for _ in names]
    header = ",".join(("Ticket", "Created", "Closed", *names))
    text = lines([f"T{n + 70}" for n in range(len(stamps))], stamps, closed, *times, header=header)
    file = read_text(text)
    assert file.reading.value_columns == ("Number of rows",), names
    assert sum(file.series[0]) == len(stamps)
    chosen = read_text(text, values=(names[0],))
    assert chosen.series.measure(0).kind == "level"
    assert max(chosen.series.values) <= 400  # and no sum of several


def test_tickets_are_counted_and_their_times_averaged(read_text: Reader) -> None:
    for seed in range(FAST):
        check(random.Random(f"times {seed}"), read_text)


@pytest.mark.slow
def test_tickets_of_many_lists_are_counted_and_their_times_averaged(read_text: Reader) -> None:
    for seed in range(FAST, SLOW):
        check(random.Random(f"times {seed}"), read_text)


def test_names_of_times_are_known_and_others_are_not() -> None:
    assert all(map(is_time_of_each, TIMES))
    assert not any(map(is_time_of_each, OTHERS))


def test_times_of_months_are_averages(read_text: Reader) -> None:
    text = lines(months(36), [n * 7 % 23 + 5 for n in range(36)], range(100, 136), header="Month,Response time,Tickets")
    series = read_text(text).series
    assert [series.measure(n).kind for n in range(2)] == ["level", "flow"]
