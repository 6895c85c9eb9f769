"""Days, hours and months in which a file never has a value are closed; what is missing by chance is not."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
import pytest
from tests.tables.calendars.closed import ClosedFile, closed_file
from tests.tables.conftest import Reader, codes

from almanac.core.series import SeriesSet
from almanac.tables import ReadFile


def moments_of(series: SeriesSet, i: int) -> list[datetime]:
    numbers = series.first[i] + np.arange(series.lengths[i])
    return series.frequency.dates(numbers).astype("datetime64[s]").tolist()


def said_about_gaps(file: ReadFile) -> int:
    return sum(found.count for found in file.findings if found.code == "gaps")


def faults(file: ReadFile, truth: ClosedFile) -> list[str]:
    series = file.series
    if series.frequency.name not in truth.frequencies or set(series.names) != set(truth.values):
        return [f"{series.frequency.name}, {series.names}"]
    found = []
    for i, name in enumerate(series.names):
        read = {w: v for w, v in zip(moments_of(series, i), series[i].tolist(), strict=True) if v == v}
        if read != truth.values[name]:
            found.append(f"values of {name}")
        last = int(series.last[i])
        ahead = last + np.arange(1, int(timedelta(366) / truth.step) + 1)
        wanted = [truth.is_open[name](when) for when in series.frequency.dates(ahead).tolist()]
        if (~series.closed(i, ahead)).tolist() != wanted:
            found.append(f"open periods of {name}")
    found += sorted(codes(file) & {"irregular_dates", "dates_not_understood"})
    if said_about_gaps(file) != truth.absent:
        found.append(f"{said_about_gaps(file)} gaps, not {truth.absent}")
    return found


def check(read_text: Reader, seeds: range) -> None:
    wrong = {seed: found for seed in seeds if (found := faults(read_text(closed_file(seed).text), closed_file(seed)))}
    assert not wrong


def test_closed_periods_are_distinguished_from_chance(read_text: Reader) -> None:
    check(read_text, range(20))


@pytest.mark.slow
def test_closed_periods_are_distinguished_from_chance_in_many_files(read_text: Reader) -> None:
    check(read_text, range(20, 440))
