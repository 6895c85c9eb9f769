"""A day without a row is 0 in a ledger, and not known in a list of measurements; nothing measured is ever closed."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from tests.tables.calendars.scattered import ScatteredFile, at_set_hours, ledger, measurements
from tests.tables.conftest import Reader, finding


def faults(read_text: Reader, truth: ScatteredFile) -> list[str]:
    file = read_text(truth.text)
    values = file.series[0]
    if file.series.frequency.name != "daily" or len(file.series) != 1:
        return [f"{len(file.series)} series, {file.series.frequency.name}"]
    found = [] if ("count as zero" in finding(file, "gaps").fix) == truth.zeros else ["not said"]
    found += [] if np.isnan(values).any() != truth.zeros else ["missing"]
    if truth.zeros:
        found += [] if np.isclose(values.sum(), truth.total) else ["other amounts"]
    else:
        found += [] if np.nanmax(values) <= 84 else ["levels added up"]
    return found


def check(read_text: Reader, make: Callable[[int], ScatteredFile], seeds: range) -> None:
    assert not {seed: found for seed in seeds if (found := faults(read_text, make(seed)))}


def check_words(read_text: Reader, seeds: range) -> None:
    wrong = {}
    for seed in seeds:
        text, level = at_set_hours(seed)
        said = finding(read_text(text), "closed_periods").what
        if said.split()[0] != ("Measured" if level else "Open"):
            wrong[seed] = said
    assert not wrong


def test_days_without_a_row_of_a_ledger_are_zero(read_text: Reader) -> None:
    check(read_text, ledger, range(18))


def test_days_without_a_measurement_are_missing(read_text: Reader) -> None:
    check(read_text, measurements, range(18))


def test_what_is_measured_is_not_open(read_text: Reader) -> None:
    check_words(read_text, range(15))


@pytest.mark.slow
def test_many_days_without_a_row(read_text: Reader) -> None:
    check(read_text, ledger, range(18, 436))
    check(read_text, measurements, range(18, 436))
    check_words(read_text, range(15, 330))
