"""In a list of events a day without a row had nothing; among measurements it is missing."""

from __future__ import annotations

import numpy as np
import pytest
from tests.tables.calendars.events import EventsFile, events_file
from tests.tables.conftest import Reader, codes, finding

from almanac.tables import ReadFile


def faults(file: ReadFile, truth: EventsFile) -> list[str]:
    series = file.series
    if series.frequency.name not in ("daily", "business-daily") or truth.name not in series.names[0]:
        return [f"{series.frequency.name}, {series.names}"]
    labels = series.frequency.dates(series.first[0] + np.arange(series.lengths[0])).tolist()
    absent = np.array([when not in truth.values for when in labels])
    closed = series.closed_points
    found = []
    if truth.events:
        wanted = np.array([truth.values.get(when, 0.0) for when in labels])
        if not np.allclose(series[0][~closed], wanted[~closed]) or not np.isclose(np.nansum(series[0]), wanted.sum()):
            found.append("values")
    elif not np.isnan(series[0][absent]).all():
        found.append("a missing measurement is 0")
    if "gaps" in codes(file):
        words = finding(file, "gaps")
        if ("single events" in words.why) != truth.events:
            found.append(words.why)
    elif absent[~closed].any():
        found.append("nothing is said about gaps")
    return found


def check(read_text: Reader, seeds: range) -> None:
    wrong = {}
    for seed in seeds:
        truth = events_file(seed)
        if found := faults(read_text(truth.text), truth):
            wrong[seed] = found
    assert not wrong


def test_days_without_an_event_had_nothing(read_text: Reader) -> None:
    check(read_text, range(32))


@pytest.mark.slow
def test_days_without_an_event_had_nothing_in_many_files(read_text: Reader) -> None:
    check(read_text, range(32, 352))


def test_a_person_can_say_that_the_list_is_not_complete(read_text: Reader) -> None:
    text = events_file(0).text
    counted, left = read_text(text), read_text(text, gaps="leave")
    assert finding(counted, "gaps").choices[0].label == "Count as zero"
    assert np.isfinite(counted.series.values).all()
    assert np.isnan(left.series.values).any()
    assert np.nansum(left.series.values) == pytest.approx(counted.series.values.sum())


def test_products_that_are_not_sold_on_a_day_have_no_row_on_it(read_text: Reader) -> None:
    days = np.arange("2024-01-01", "2024-06-01", dtype="datetime64[D]")
    rows = [
        f"{day},{name},{1 + n % 4}"
        for n, day in enumerate(days)
        for k, name in enumerate(("Tea", "Salt", "Rice", "Oil"))
        if (n * (2 * k + 3)) % 11 < 6
    ]
    file = read_text("Date,Product,Sold\n" + "\n".join(rows))
    assert len(file.series) == 4
    assert (file.series.values == 0).any()
    assert "no number is 0" in finding(file, "gaps").why
