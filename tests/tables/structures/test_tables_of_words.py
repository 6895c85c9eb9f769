"""Below a table of dates or of counted days, a table of things is left out: its rows go on with nothing."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from tests.tables.accounted import read_and_account
from tests.tables.conftest import codes, finding

NAMES = ("Channel", "Country", "Produkt", "Page title and screen class", "Seite", "Event name", "Navigateur")
THINGS = ("Direct", "Organic Search", "Referral", "Email", "Germany", "Home page", "Checkout")
MEASURES = ("Sessions", "Views", "Users", "Umsatz", "Event count", "Ventes")
COUNTED = ("Nth day", "Day", "Tag", "Jour", "Nth Day")


def generated(seed: int, folder: Path) -> tuple[Path, bool, date, list[float]]:
    """A file with two to four tables, whether its days are only counted, the first of them, and its values."""
    rng = Random(f"tables of words {seed}")
    first, count = date(rng.randint(2015, 2024), rng.randint(1, 12), rng.randint(1, 28)), rng.randint(20, 90)
    values = [float(rng.randint(50, 400)) for _ in range(count)]
    counted, delimiter = rng.random() < 0.6, rng.choice(",;\t")
    form = rng.choice(("%Y%m%d", "%Y-%m-%d"))
    days = [first + timedelta(n) for n in range(count)]
    span = [f"# Start date: {first:{form}}", f"# End date: {days[-1]:{form}}"]
    lines = ["# Reports snapshot", "# Account: Demo", *span] if counted or rng.random() < 0.5 else []
    lines.append(delimiter.join((rng.choice(COUNTED) if counted else "Date", "Active users")))
    texts = [f"{n:04d}" if counted else day.isoformat() for n, day in enumerate(days)]
    lines += [f"{text}{delimiter}{value:.0f}" for text, value in zip(texts, values, strict=True)]
    for _ in range(rng.randint(1, 3)):
        measures = rng.sample(MEASURES, rng.randint(1, 2))
        lines += ["", *(span if counted else [])]
        lines.append(delimiter.join((rng.choice(NAMES), *measures)))
        for thing in rng.sample(THINGS, rng.randint(2, 6)):
            lines.append(delimiter.join((thing, *(str(rng.randint(1, 5000)) for _ in measures))))
    path = folder / f"table{seed}.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path, counted, first, values


def wrong(seeds: range, folder: Path) -> list[int]:
    found = []
    for seed in seeds:
        path, counted, first, values = generated(seed, folder)
        file, lost = read_and_account(path)
        series = file.series
        right = series.names == ("Active users",) and series[0].tolist() == values and not lost
        right = right and series.frequency.iso(int(series.first[0])) == first.isoformat()
        if not right or "tables_left_out" not in codes(file) or ("days_counted" in codes(file)) != counted:
            found.append(seed)
    return found


def test_tables_of_things_below_are_left_out(tmp_path: Path) -> None:
    assert not wrong(range(12), tmp_path)


@pytest.mark.slow
def test_many_tables_of_things_below_are_left_out(tmp_path: Path) -> None:
    assert not wrong(range(12, 330), tmp_path)


def test_counted_days_without_their_span_are_taken_in_order(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    rows = [f"{n:04d},{100 + n * 7 % 30}" for n in range(40)]
    path.write_text("\n".join(["Nth day,Users", *rows, "", "Channel,Sessions", "Direct,5", "Email,8"]) + "\n")
    file, lost = read_and_account(path)
    assert file.series.names == ("Users",)
    assert len(file.series[0]) == 40
    assert not lost
    assert finding(file, "tables_left_out").rows == (43, 44, 45)
