"""Of two dates in each row one is used, which is said, and the other can be chosen."""

from __future__ import annotations

from datetime import date, timedelta

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


@pytest.mark.parametrize("name", ["YYYYMMDD", "BUDAT"])
@pytest.mark.parametrize("before", ["", "260,", "A,"])
def test_days_in_eight_digits_are_dates_in_any_column(read_text: Reader, name: str, before: str) -> None:
    days = [f"{date(2023, 1, 1) + timedelta(n):%Y%m%d}" for n in range(40)]
    heading = f"{'Key,' if before else ''}{name},Sold"
    file = read_text("\n".join([heading, *(f"{before}{day},{n * 7 % 23}" for n, day in enumerate(days))]))
    assert (file.reading.date_column, file.series.frequency.name) == (name, "daily")
    assert name not in file.series.names


def test_days_in_eight_digits_next_to_another_date_are_not_forecast(read_text: Reader) -> None:
    days = [date(2023, 1, 1) + timedelta(n) for n in range(40)]
    rows = [f"{day + timedelta(2):%Y%m%d},{day},{n * 7 % 23}" for n, day in enumerate(days)]
    file = read_text("\n".join(["Zuordnung,Buchungsdatum,Betrag", *rows]))
    assert (file.reading.date_column, file.series.names) == ("Buchungsdatum", ("Betrag",))


def test_a_month_in_six_digits_is_a_date_by_the_name_of_its_form(read_text: Reader) -> None:
    rows = [f"{shop},{2022 + n // 12}{n % 12 + 1:02d},{n + 5}" for shop in "AB" for n in range(24)]
    assert read_text("\n".join(["Store,YYYYMM,Sales", *rows])).series.frequency.name == "monthly"
