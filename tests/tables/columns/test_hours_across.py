"""Hours as names of columns next to a column of days are one hourly series."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from tests.tables.conftest import Reader, codes

HOURS = {
    "from 0": [str(hour) for hour in range(24)],
    "from 1": [str(hour) for hour in range(1, 25)],
    "H": [f"H{hour}" for hour in range(1, 25)],
    "h behind": [f"{hour:02d}h" for hour in range(24)],
    "word": [f"Hour {hour}" for hour in range(1, 25)],
    "German": [f"Stunde {hour}" for hour in range(1, 25)],
}


def text(names: Sequence[str], total: bool = False) -> str:
    days = [date(2023, 1, 1) + timedelta(n) for n in range(20)]
    values = [[100 + n * 24 + hour for hour in range(len(names))] for n in range(20)]
    rows = [
        f"{day};{';'.join(map(str, row))}{f';{sum(row)}' if total else ''}"
        for day, row in zip(days, values, strict=True)
    ]
    return "\n".join([";".join(["Date", *names, *(["Total"] if total else [])]), *rows]) + "\n"


@pytest.mark.parametrize("names", HOURS.values(), ids=HOURS)
@pytest.mark.parametrize("total", [False, True])
def test_hours_across_are_one_hourly_series(read_text: Reader, names: Sequence[str], total: bool) -> None:
    file = read_text(text(names, total))
    assert file.series.frequency.name == "hourly"
    assert file.series[0].tolist() == list(range(100, 100 + 20 * 24))
    assert file.series.frequency.iso(int(file.series.first[0])) == "2023-01-01T00:00:00"


@pytest.mark.parametrize("names", [HOURS["from 1"][:23], [f"Shop {n}" for n in range(1, 25)], HOURS["from 0"][5:20]])
def test_other_numbers_across_are_one_series_each(read_text: Reader, names: Sequence[str]) -> None:
    assert len(read_text(text(names)).series) == len(names)


def test_sums_of_months_among_days_are_left_out(read_text: Reader) -> None:
    days = [date(2023, 1, 1) + timedelta(n) for n in range(90)]
    rows: list[str] = []
    for n, day in enumerate(days):
        rows.append(f"{day},{10 + n}")
        if (day + timedelta(1)).day == 1:
            rows.append(f"{day:%Y-%m},{sum(10 + k for k, other in enumerate(days) if other.month == day.month)}")
    file = read_text("\n".join(["Period,Visitors", *rows]) + "\n")
    assert file.series[0].tolist() == [10.0 + n for n in range(90)]
    assert "totals_left_out" in codes(file)


def test_months_written_in_two_ways_are_all_read(read_text: Reader) -> None:
    written = [f"{2021 + n // 12}-{n % 12 + 1:02d}-01" for n in range(36)]
    for n in range(0, 36, 5):
        written[n] = f"{date(2021 + n // 12, n % 12 + 1, 1):%b %Y}"
    file = read_text("\n".join(["Month,Sales", *(f"{when},{100 + n}" for n, when in enumerate(written))]) + "\n")
    assert file.series[0].tolist() == [100.0 + n for n in range(36)]


@pytest.mark.parametrize(
    "word", ["Celkem", "Yhteensä", "Razem", "Toplam", "Összesen", "Summa", "Totalt", "Итого", "合計"]
)
def test_the_total_of_all_sites_is_left_out_in_many_languages(read_text: Reader, word: str) -> None:
    rows = [
        f"{date(2021, 1, 1) + timedelta(n)};{site};{value}"
        for n in range(40)
        for site, value in (("Alpha", 10 + n % 7), ("Beta", 20 + n % 5), (word, 30 + n % 7 + n % 5))
    ]
    file = read_text("\n".join(["Date;Site;Sales", *rows]) + "\n")
    assert file.series.names == ("Alpha", "Beta")
    assert "totals_among_parts" in codes(file)
