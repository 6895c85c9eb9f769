"""A few rows that do not fit the rhythm of all others are said, and moved or left out; the rhythm stays."""

from __future__ import annotations

import numpy as np
import pytest
from tests.tables.calendars.nearly_regular import NearlyRegularFile, nearly_regular_file
from tests.tables.conftest import Reader, codes, finding, lines

from almanac.tables import ReadFile

KINDS = {"weekend_rows", "odd_times", "uneven_times"}


def faults(file: ReadFile, truth: NearlyRegularFile) -> list[str]:
    series = file.series
    if series.frequency.name != truth.frequency or series.names != (truth.name,):
        return [f"{series.frequency.name}, {series.names}"]
    found = []
    labels = series.frequency.dates(series.first[0] + np.arange(series.lengths[0])).tolist()
    read = {when: value for when, value in zip(labels, series[0].tolist(), strict=True) if value == value}
    if set(read) != set(truth.values) or not all(np.isclose(read[when], truth.values[when]) for when in read):
        found.append("values")
    if codes(file) & KINDS != ({truth.code} if truth.code else set()):
        found.append(f"says {codes(file)}, not {truth.code}")
    elif truth.code in ("weekend_rows", "odd_times") and finding(file, truth.code).rows != truth.strays:
        found.append("rows")
    return found + sorted(codes(file) & {"irregular_dates", "repeated_dates"})


def check(read_text: Reader, seeds: range) -> None:
    wrong = {}
    for seed in seeds:
        truth = nearly_regular_file(seed)
        if found := faults(read_text(truth.text), truth):
            wrong[seed] = found
    assert not wrong


def test_a_few_odd_rows_do_not_change_the_rhythm(read_text: Reader) -> None:
    check(read_text, range(30))


@pytest.mark.slow
def test_a_few_odd_rows_do_not_change_the_rhythm_in_many_files(read_text: Reader) -> None:
    check(read_text, range(30, 352))


def test_rows_on_weekends_go_where_the_person_says(read_text: Reader) -> None:
    days = [day for day in np.arange("2024-01-01", "2024-06-01", dtype="datetime64[D]") if np.is_busday(day)]
    text = lines([*days, "2024-03-09"], [10] * len(days) + [3], header="Date,Sales")
    friday, monday = 5 * 10 - 1, 5 * 10
    for how, at, value in (("previous", friday, 13), ("next", monday, 13), ("leave_out", friday, 10)):
        file = read_text(text, repairs=(("weekend_rows", how),))
        assert file.series[0][at] == value
        assert finding(file, "weekend_rows").rows == (len(days) + 2,)
        assert file.series.values.sum() == 10 * len(days) + (3 if how != "leave_out" else 0)
    assert read_text(text, frequency="daily").series.frequency.name == "daily"


def test_rows_at_odd_times_can_be_left_out(read_text: Reader) -> None:
    times = np.arange("2024-01-01", "2024-01-11", 60, dtype="datetime64[m]")
    text = lines([*times, "2024-01-05T07:10"], [5] * len(times) + [8], header="Time,Used")
    assert finding(read_text(text), "odd_times").rows == (len(times) + 2,)
    left_out = read_text(text, repairs=(("odd_times", "leave_out"),))
    assert set(left_out.series.values.tolist()) == {5.0}
    assert read_text(text).series[0][103] != 5


def test_times_that_are_all_a_little_off_count_to_the_nearest_even_one(read_text: Reader) -> None:
    times = np.arange("2024-01-01T01", "2024-01-11", 3600, dtype="datetime64[s]")
    off = [(7 * n) % 41 - 20 for n in range(len(times))]
    file = read_text(lines([t + s for t, s in zip(times, off, strict=True)], range(len(times)), header="Time,Used"))
    assert "20 seconds" in finding(file, "uneven_times").what
    assert file.series.values.tolist() == list(map(float, range(len(times))))
