"""Rows are counted where each is an event and nothing can be added up, or where the person wants it."""

from __future__ import annotations

import random
from collections.abc import Callable

import numpy as np
import pytest
from tests.tables.conftest import Reader, codes, finding, lines

from almanac.core.problems import Problem

RANDOM = random.Random(4)
COUNTS = [RANDOM.randint(1, 9) for _ in range(60)]
DATES = [f"{day:%Y-%m-%d}" for day in np.arange("2024-01-01", "2024-03-01", dtype="datetime64[D]").tolist()]
VISITS = [(day, f"patient {RANDOM.randint(1, 2000)}") for day, n in zip(DATES, COUNTS, strict=True) for _ in range(n)]
DAYS, PATIENTS = map(list, zip(*VISITS, strict=True))


def test_a_list_of_events_without_an_amount_is_counted_and_almanac_says_so(read_text: Reader) -> None:
    file = read_text(lines(DAYS, PATIENTS, header="Date,Patient"))
    assert file.reading.value_columns == ("Number of rows",)
    assert file.reading.columns == ("Date", "Patient")
    assert file.reading.roles == ("date", "ignored")
    assert file.series[0].tolist() == COUNTS
    assert file.series.measure(0).kind == "flow"
    assert finding(file, "rows_counted").count == len(DAYS)
    assert not codes(file) & {"repeated_dates", "events_by_day"}  # how to combine a 1 with a 1 is no question


@pytest.mark.parametrize(("each_day", "frequency"), [(9, "daily"), (150, "every 15 minutes")])
def test_booked_times_are_counted_by_day_unless_most_periods_have_some(
    read_text: Reader, each_day: int, frequency: str
) -> None:
    moments = [
        f"{day} {minutes // 60:02d}:{minutes % 60:02d}"
        for day in DATES[:20]
        for minutes in sorted(
            RANDOM.randrange(8 * 60, 18 * 60, 15) for _ in range(RANDOM.randint(each_day // 2, each_day))
        )
    ]
    booked = range(len(moments))
    patients = [f"patient {n % 900}" for n in booked]
    file = read_text(lines([f"A{10_000 + n}" for n in booked], moments, patients, header="Appointment ID,Time,Patient"))
    assert file.series.frequency.name == frequency
    assert np.nansum(file.series.values) == len(moments)


def test_numbers_of_orders_are_not_forecast_where_no_two_have_the_same_time(read_text: Reader) -> None:
    moments = [f"{day} {8 + n % 11:02d}:{n * 37 % 60:02d}" for n, day in enumerate(sorted(DAYS))]
    numbers = np.cumsum([1 + (n % 7 == 3) for n in range(len(DAYS))]) + 40_000
    file = read_text(lines(numbers.tolist(), moments, header="Order no,Ordered at"))
    assert file.reading.value_columns == ("Number of rows",)
    assert file.series[0].tolist() == COUNTS


def test_the_count_is_offered_next_to_an_amount_and_can_be_chosen(read_text: Reader) -> None:
    text = lines(DAYS, PATIENTS, [5 + n * 7 % 40 for n in range(len(DAYS))], header="Date,Patient,Amount paid")
    file = read_text(text)
    assert file.reading.value_columns == ("Amount paid",)
    assert file.reading.other_value_columns == ("Number of rows",)
    chosen = read_text(text, values=("Number of rows",))
    assert chosen.series[0].tolist() == COUNTS
    assert chosen.reading.other_value_columns == ("Amount paid",)
    assert "rows_counted" not in codes(chosen)  # the person knows


def test_lines_that_hold_one_text_are_not_counted(read_text: Reader) -> None:
    text = lines(DAYS, PATIENTS, header="Date,Patient") + "2024-03-01,\n"
    assert read_text(text).series[0].tolist() == COUNTS


def test_a_column_of_that_name_in_the_file_is_that_column(read_text: Reader) -> None:
    file = read_text(lines(DATES, COUNTS, header="Date,Number of rows"), values=("Number of rows",))
    assert file.series[0].tolist() == COUNTS


def test_a_register_with_everybody_on_every_day_is_not_counted(stopped: Callable[..., Problem]) -> None:
    days = [day for day in DATES for _ in "abc"]
    marks = ["present" if n % 7 else "absent" for n in range(len(days))]
    assert stopped(lines(days, list("abc") * 60, marks, header="Date,Pupil,Mark")).code == "no_numbers"


def test_one_row_for_each_day_is_not_counted(stopped: Callable[..., Problem]) -> None:
    assert stopped(lines(DATES, ["rain", "sun"] * 30, header="Date,Weather")).code == "no_numbers"


def test_due_dates_are_still_no_history(read_text: Reader) -> None:
    file = read_text(lines(DAYS, PATIENTS, header="Due date,Task"))
    assert {"rows_counted", "no_history"} <= codes(file)


@pytest.mark.parametrize("cancelled", [0, 1, 40])
def test_the_rows_that_are_counted_and_those_left_out_add_up(read_text: Reader, cancelled: int) -> None:
    states = ["cancelled"] * cancelled + ["delivered"] * (len(DAYS) - cancelled)
    RANDOM.shuffle(states)
    file = read_text(lines(DAYS, PATIENTS, states, header="Date,Patient,Status"))
    counted = finding(file, "rows_counted")
    assert counted.count == len(DAYS) - cancelled == np.nansum(file.series[0])
    if cancelled:
        left_out = f"; {cancelled} {'is' if cancelled == 1 else 'are'} left out."
        said = f"{counted.count} of the {len(DAYS)} rows of the list are counted{left_out}"
        assert counted.what == said
        assert finding(file, "cancelled_rows").count == cancelled
    else:
        assert counted.what == f"The {len(DAYS)} rows of the list are counted."
