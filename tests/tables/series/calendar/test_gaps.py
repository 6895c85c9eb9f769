"""Periods without a row: closed, nothing, or not known."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from tests.tables.conftest import Reader, codes, finding, lines

from almanac.tables import ReadFile, describe

DAYS = [date(2025, 1, 1) + timedelta(n) for n in range(60)]


def two_closed(absent: tuple[int, ...] = (20, 21)) -> str:
    """Sales of every day but Sundays, without a few others."""
    days = [day for n, day in enumerate(DAYS) if day.weekday() < 6 and n not in absent]
    return lines(days, range(100, 100 + len(days)), header="Date,Sales")


def sundays(file: ReadFile) -> list[float]:
    return [value for value, day in zip(file.series[0].tolist(), DAYS, strict=True) if day.weekday() == 6]


def test_in_a_file_of_too_many_periods_no_closed_ones_are_looked_for(
    read_text: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("almanac.tables.series.calendar.closed_periods.MAX_SPAN", len(DAYS) - 1)
    assert "closed_periods" not in codes(read_text(two_closed()))


def test_closed_days_are_said_once_and_other_gaps_as_well(read_text: Reader) -> None:
    file = read_text(two_closed())
    assert finding(file, "closed_periods").what == "Closed on Sundays."
    assert finding(file, "gaps").count == 2
    assert np.isnan(sundays(file)).all()
    assert describe(file)["open_periods"][0]["words"] == "closed on Sundays"


def test_filling_gaps_leaves_closed_days_as_they_are(read_text: Reader) -> None:
    zero, between = (read_text(two_closed(), gaps=gaps) for gaps in ("zero", "interpolate"))
    assert (zero.series[0] == 0).sum() == 2
    np.testing.assert_allclose(between.series[0][20:22], [116 + 1 / 3, 116 + 2 / 3])
    assert between.series.without_repairs[0][20:22].tolist() != between.series[0][20:22].tolist()
    assert np.isnan(sundays(zero)).all()
    assert np.isnan(sundays(between)).all()


def test_a_person_can_say_that_nothing_is_closed(read_text: Reader) -> None:
    missing, zero = (read_text(two_closed(), repairs=(("closed_periods", how),)) for how in ("missing", "zero"))
    assert not missing.series.open_periods
    assert not zero.series.open_periods
    assert np.isnan(sundays(missing)).all()
    assert set(sundays(zero)) == {0.0}
    assert "closed_periods" in codes(missing) & codes(zero)


def test_a_straight_line_never_crosses_into_the_next_series(read_text: Reader) -> None:
    rows = [f"{day},{name},{n + 1000 * k}" for n, day in enumerate(DAYS) for k, name in enumerate("AB") if n != 30]
    file = read_text("Date,Shop,Sales\n" + "\n".join(rows), gaps="interpolate")
    assert [file.series[i][30] for i in range(2)] == [30.0, 1030.0]


def by_group(rows: list[tuple[date, str, int]]) -> str:
    return "\n".join(["Date,Group,Pupils", *(f"{day},{group},{value}" for day, group, value in rows)])


@pytest.mark.parametrize(("other", "days"), [({20, 21}, 2), ({21, 22}, 3), (set(), 2), ({40, 41, 42}, 5)])
def test_days_that_several_series_miss_count_once(read_text: Reader, other: set[int], days: int) -> None:
    missing = {"A": {20, 21}, "B": other, "C": {20}}
    rows = [(day, g, 50 + n % 5) for n, day in enumerate(DAYS) for g, absent in missing.items() if n not in absent]
    found = finding(read_text(by_group(rows)), "gaps")
    assert f"for {days} days" in found.what
    assert found.count == 3 + len(other)


def test_days_on_which_several_series_have_more_rows_count_once(read_text: Reader) -> None:
    rows = [(day, g, 50 + n % 5 + k) for n, day in enumerate(DAYS) for g in "AB" for k in range(1 + (n % 3 == 0))]
    found = finding(read_text(by_group(rows), series=("Group",)), "repeated_dates")
    assert found.what.startswith("20 days have more than one row")
