"""Of two dates in each row one is used, which is said, and the other can be chosen."""

from __future__ import annotations

import numpy as np
import pytest
from tests.tables.conftest import Reader, codes, finding
from tests.tables.kinds.dates.two_dates import TwoDates, two_dates

from almanac.tables import ReadFile


def by_month(file: ReadFile) -> dict[str, float]:
    series = file.series
    numbers = series.first[0] + np.arange(series.lengths[0])
    months = series.frequency.dates(numbers).astype("datetime64[M]").astype(str).tolist()
    pairs = zip(months, series[0].tolist(), strict=True)
    return {month: value for month, value in pairs if value == value and value != 0}


def same(found: dict[str, float], wanted: dict[str, float]) -> bool:
    return found.keys() == wanted.keys() and all(np.isclose(found[month], wanted[month]) for month in wanted)


def faults(read_text: Reader, truth: TwoDates) -> list[str]:
    keep = (("partial_last_period", "keep"),)
    file = read_text(truth.text, frequency="monthly", repairs=keep)
    found = [] if file.reading.date_column == truth.names[0] else [file.reading.date_column]
    found += [] if same(by_month(file), truth.totals[0]) else ["other values"]
    if ("date_column" in codes(file)) != truth.other:
        return [*found, "said" if not truth.other else "not said"]
    if truth.other:
        said = finding(file, "date_column")
        assert [choice.label for choice in said.choices] == list(truth.names)
        chosen = read_text(truth.text, frequency="monthly", repairs=keep, **dict(said.choices[1].sets))
        again = finding(chosen, "date_column")
        found += [] if same(by_month(chosen), truth.totals[1]) else ["other values of the other date"]
        found += [] if again.choices[again.chosen].label == truth.names[1] else ["not chosen"]
    return found


def check(read_text: Reader, seeds: range) -> None:
    assert not {seed: found for seed in seeds if (found := faults(read_text, two_dates(seed)))}


def test_the_other_date_is_offered(read_text: Reader) -> None:
    check(read_text, range(6))


@pytest.mark.slow
def test_the_other_date_is_offered_in_many_files(read_text: Reader) -> None:
    check(read_text, range(6, 318))
