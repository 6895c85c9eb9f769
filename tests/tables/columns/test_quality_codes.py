"""Codes for how good numbers are, next to them, are not forecast; what is counted under like names is."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from tests.tables.conftest import Reader, finding, lines

FAST, SLOW = 8, 200
ABOUT = (
    *("{}_flag", "{}_qc", "qc_{}", "flag_{}", "{} flag", "{} quality code", "{} QC", "{}.qc", "Quality flag {}"),
    *("{}_quality", "{} status code"),
)
ALONE = ("QN_3", "QN_4", "QN_8", "qc", "Quality code", "Quality flag", "Status code", "qa", "Fehlercode", "Kod jakości")
UPPER = ("RR", "TX", "TN", "FXI", "RSK")
NAMES = ("temperature", "pm25", "Wind speed", "Pegel", "NO2", "solar", "Humidity")
CODES = ((0, 1), (1, 9), (3, 10), (1, 2, 4), (0, 6, 8), (200, 503), (-1, 0, 1))
COUNTED = (
    *(("Banner", "Flag", "Pole"), ("Red flags", "Yellow flags", "Goals"), ("QC checks", "QC rejects", "Shipped")),
    *(("Status codes 500", "Status codes 404", "Hits"), ("A", "AF", "BQ"), ("QCOM", "COM", "F"), ("TY", "QTY", "Lots")),
    *(("Quality", "Service", "Food"), ("Valid tickets", "Tickets", "Guests"), ("Errors", "Code reviews", "Deploys")),
    *(("Level", "Data level", "Air quality"), ("Q", "T", "QT"), ("QA", "Bugs", "Stories done")),
)


def check(rng: random.Random, read_text: Reader) -> None:
    count = rng.randint(40, 120)
    days = [str(date(2024, 1, 1) + timedelta(n)) for n in range(count)]
    if rng.random() < 0.3:  # counts under like names
        names = rng.choice([one for one in COUNTED if "QA" not in one])
        columns = {name: [str(rng.randint(0, 6)) for _ in range(count)] for name in names}
        assert set(read_text(lines(days, *columns.values(), header=",".join(("Date", *names)))).series.names) == set(
            names
        )
        return
    upper = rng.random() < 0.4
    things = rng.sample(UPPER if upper else NAMES, rng.randint(1, 3))
    measured = {thing: [f"{rng.gauss(12, 4):.1f}" for _ in range(count)] for thing in things}
    codes = rng.choice(CODES)
    about = [rng.choice(("Q{}", "{}F")).format(thing) if upper else rng.choice(ABOUT).format(thing) for thing in things]
    flags = {name: [str(rng.choice(codes)) for _ in range(count)] for name in (*about, rng.choice(ALONE))}
    columns = dict(rng.sample([*measured.items(), *flags.items()], len(measured) + len(flags)))
    file = read_text(lines(days, *columns.values(), header=",".join(("Date", *columns))))
    assert set(file.reading.value_columns) == set(things), (list(columns), file.reading.value_columns)
    assert finding(file, "columns_not_used").count == len(flags)
    named = read_text(lines(days, *columns.values(), header=",".join(("Date", *columns))), values=(about[0],))
    assert named.reading.value_columns == (about[0],)  # as the person chose


def test_codes_next_to_measurements_are_not_forecast(read_text: Reader) -> None:
    for seed in range(FAST):
        check(random.Random(f"codes {seed}"), read_text)


@pytest.mark.slow
def test_codes_in_hundreds_of_files_are_not_forecast(read_text: Reader) -> None:
    for seed in range(FAST, SLOW):
        check(random.Random(f"codes {seed}"), read_text)


def test_what_never_changes_at_a_station_is_not_forecast(read_text: Reader) -> None:
    days = [f"2024-03-{n + 1:02d}" for n in range(30)]
    rain = [f"{n * 7 % 12 / 10}" for n in range(30)]
    header = "NUM_POSTE;NOM;LAT;LON;ALTI;AAAAMMJJ;RR"
    days = [day.replace("-", "") for day in days]
    fixed = [[cell] * 30 for cell in ("07005001", "ARRAS", "50.3", "2.7", "90")]
    assert read_text(lines(*fixed, days, rain, header=header, delimiter=";")).series.names == ("RR",)
