"""Of several frequencies in a file the most frequent is read first, and each other one when it is chosen."""

from __future__ import annotations

import numpy as np
import pytest
from tests.tables.calendars.several_frequencies import SeveralFrequencies, several_frequencies_file
from tests.tables.conftest import Reader, codes, finding

from almanac.tables import ReadFile


def faults(file: ReadFile, truth: SeveralFrequencies) -> list[str]:
    """What is wrong with a file as read, for the frequency that was chosen or the first one."""
    if not truth.values:
        return ["says several"] if "several_frequencies" in codes(file) else []
    name, series = file.series.frequency.name, file.series
    if name not in truth.values:
        return [f"{name}, {series.names}"]
    wanted = sorted(map(tuple, truth.values[name].values()))
    found = [] if sorted(tuple(values.tolist()) for values in series) == wanted else [f"values, {series.names}"]
    said = finding(file, "several_frequencies") if "several_frequencies" in codes(file) else None
    if said is None or not all(other in said.what for other in truth.values):
        found.append("not said")
    elif {dict(choice.sets)["frequency"] for choice in said.choices} != set(truth.values):
        found.append("not offered")
    return found


def check(read_text: Reader, seeds: range) -> None:
    wrong = {}
    for seed in seeds:
        truth = several_frequencies_file(seed)
        files = [read_text(truth.text), *(read_text(truth.text, frequency=name) for name in truth.values)]
        chosen = [file.series.frequency.name for file in files[1:]]
        found = [fault for file in files for fault in faults(file, truth)]
        if found or chosen != list(truth.values):
            wrong[seed] = found or chosen
    assert not wrong


def test_each_frequency_is_read_when_it_is_chosen(read_text: Reader) -> None:
    check(read_text, range(30))


@pytest.mark.slow
def test_each_frequency_is_read_when_it_is_chosen_in_many_files(read_text: Reader) -> None:
    check(read_text, range(30, 345))


def test_years_among_the_months_of_the_same_series_are_totals(read_text: Reader) -> None:
    rows = []
    for year in range(2015, 2021):
        months = [(f"{year}-{month:02d}", 10 * year + month) for month in range(1, 13)]
        rows += [*months, (str(year), sum(value for _, value in months))]
    file = read_text("Month,Sales\n" + "\n".join(f"{when},{value}" for when, value in rows))
    assert "several_frequencies" not in codes(file)
    assert "totals_left_out" in codes(file)


def test_the_rows_left_out_are_listed(read_text: Reader) -> None:
    truth = several_frequencies_file(0)
    file = read_text(truth.text)
    kept = sum(np.isfinite(values).sum() for values in file.series)
    assert finding(file, "several_frequencies").count == truth.text.count("\n") - 1 - kept
