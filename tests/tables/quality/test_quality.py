"""What is odd about the values: found, told with its rows, kept, and repaired only as chosen."""

from __future__ import annotations

import numpy as np
import pytest
from tests.tables.conftest import Reader, codes, finding, lines, months

from almanac.core.problems import ProblemError
from almanac.tables import ReadFile

QUIET = {
    "outliers", "unit_jump", "level_break", "negatives", "imbalance", "copied_columns", "partial_last_period",
}  # fmt: skip


def steady(count: int = 60, level: float = 200.0, seed: int = 1) -> list[float]:
    """A season and a little noise."""
    noise = np.random.default_rng(seed).normal(0, 5, count)
    return [round(float(v), 2) for v in level + 30 * np.sin(np.arange(count) * np.pi / 6) + noise]


def table(values: list[float], **more: list[float]) -> str:
    header = ",".join(["Month", "Sales", *more])
    return lines(months(len(values)), values, *more.values(), header=header)


def repaired(read_text: Reader, text: str, code: str, words: str) -> ReadFile:
    found = finding(read_text(text), code)
    (choice,) = [choice for choice in found.choices if choice.label == words]
    return read_text(text, **dict(choice.sets))


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("kind", ["season", "trend", "walk", "demand", "growth", "poisson"])
def test_ordinary_series_have_no_findings(read_text: Reader, kind: str, seed: int) -> None:
    rng = np.random.default_rng(seed)
    t = np.arange(96)
    values = {
        "season": 500 + 200 * np.sin(t * np.pi / 6) + rng.normal(0, 20, 96),
        "trend": 100 + 5 * t + rng.normal(0, 10, 96),
        "walk": 1000 + np.cumsum(rng.normal(0, 10, 96)),
        "demand": rng.poisson(0.4, 96) * rng.integers(1, 9, 96),
        "growth": 50 * 1.05**t * rng.lognormal(0, 0.1, 96),
        "poisson": rng.poisson(30, 96),
    }[kind]
    assert not codes(read_text(table([round(float(v), 3) for v in values]))) & QUIET


@pytest.mark.parametrize("wrong", [2140.0, -900.0, 0.0])
def test_a_value_far_from_all_others_is_reported_with_its_row(read_text: Reader, wrong: float) -> None:
    values = steady()
    values[20] = wrong
    file = read_text(table(values))
    code = "unit_jump" if wrong == 2140 else "outliers"
    assert finding(file, code).rows == (22,)
    assert file.series.values[20] == wrong
    again = repaired(read_text, table(values), code, "Count as missing")
    assert np.isnan(again.series.values[20])
    assert finding(again, code).changed == 1


def test_an_outlier_can_be_filled_from_its_neighbours(read_text: Reader) -> None:
    values = steady()
    values[20] = 4000.0
    file = repaired(read_text, table(values), "outliers", "Fill from the neighbours")
    assert file.series.values[20] == pytest.approx((values[19] + values[21]) / 2)


@pytest.mark.parametrize("times", [10, 100, 1000, 0.001])
def test_values_in_another_unit_are_reported_and_can_be_scaled(read_text: Reader, times: float) -> None:
    values = steady()
    wrong = [round(v * times, 6) if 10 <= n < 16 else v for n, v in enumerate(values)]
    found = finding(read_text(table(wrong)), "unit_jump")
    assert (found.count, found.rows) == (6, (12, 13, 14, 15, 16, 17))
    file = repaired(read_text, table(wrong), "unit_jump", "Bring to the usual size")
    assert file.series.values == pytest.approx(values)


def test_a_level_break_is_reported_and_the_past_can_be_left_out(read_text: Reader) -> None:
    values = steady(40, seed=3) + steady(30, level=420.0, seed=4)
    found = finding(read_text(table(values)), "level_break")
    assert (found.count, found.rows) == (1, (42,))
    file = repaired(read_text, table(values), "level_break", "Use only what came after")
    assert file.series.values.tolist() == values[40:]
    assert file.series.frequency.label(int(file.series.first[0])) == "2023-05"


def test_a_count_below_zero_is_reported(read_text: Reader) -> None:
    values: list[float] = [float(n * 7 % 13) for n in range(60)]
    values[5] = -3
    assert finding(read_text(table(values)), "negatives").rows == (7,)
    assert repaired(read_text, table(values), "negatives", "Drop the minus").series.values[5] == 3


def test_temperatures_below_zero_are_not_reported(read_text: Reader) -> None:
    assert "negatives" not in codes(read_text(table([v - 200 for v in steady()])))


@pytest.mark.parametrize("shift", [0, 1, 2, -1])
def test_a_column_that_repeats_another_is_reported(read_text: Reader, shift: int) -> None:
    values = steady()
    copy = np.roll(values, shift).tolist()
    file = read_text(table(values, Planned=copy))
    assert finding(file, "copied_columns").column == "Planned"
    assert len(file.series) == 2
    left = repaired(read_text, table(values, Planned=copy), "copied_columns", "Leave the copies out")
    assert left.series.names == ("Sales",)


def test_a_column_in_another_currency_is_a_copy(read_text: Reader) -> None:
    values = steady()
    assert "copied_columns" in codes(read_text(table(values, Dollars=[v * 1.25 for v in values])))


def test_two_similar_columns_are_not_copies(read_text: Reader) -> None:
    assert "copied_columns" not in codes(read_text(table(steady(), Visits=steady(seed=2))))


def test_a_low_last_month_is_reported_and_can_be_left_out(read_text: Reader) -> None:
    values = [*steady(), 40.0]
    found = finding(read_text(table(values)), "partial_last_period")
    assert found.rows == (62,)
    assert len(repaired(read_text, table(values), "partial_last_period", "Leave it out").series.values) == 60


def test_a_few_series_with_nearly_all_volume_are_reported(read_text: Reader) -> None:
    rows = [f"{d},p{k},{(1000 if k == 3 else 2) + n % 5}" for k in range(20) for n, d in enumerate(months(24))]
    file = read_text("Month,Product,Sold\n" + "\n".join(rows))
    assert "p3" in finding(file, "imbalance").what


def test_series_that_never_change_or_are_too_short_can_be_left_out(read_text: Reader) -> None:
    rows = [f"{d},{name},{value}" for name, count in (("A", 24), ("B", 24), ("C", 4))
            for n, d in enumerate(months(count))
            for value in ((5 if name == "A" else n),)]  # fmt: skip
    text = "Month,Shop,Sold\n" + "\n".join(rows)
    assert len(read_text(text).series) == 3
    assert repaired(read_text, text, "constant_series", "Leave them out").series.names == ("B", "C")
    assert repaired(read_text, text, "too_short", "Leave them out").series.names == ("A", "B")


def test_text_among_numbers_can_count_as_zero(read_text: Reader) -> None:
    cells: list[object] = [*steady()]
    cells[5] = "closed"
    text = lines(months(60), cells, header="Month,Sales")
    assert np.isnan(read_text(text).series.values[5])
    assert repaired(read_text, text, "text_among_numbers", "Count as zero").series.values[5] == 0


def test_repairs_that_leave_nothing_are_refused(read_text: Reader) -> None:
    with pytest.raises(ProblemError) as caught:
        read_text(table([5.0] * 24), repairs=(("constant_series", "leave_out"),))
    assert caught.value.problem.code == "nothing_left"


def test_values_before_repairs_are_kept(read_text: Reader) -> None:
    values = [*steady(9), 9000.0, *steady(13)]
    dates = [m for k, m in enumerate(months(24)) if k != 5]
    text = lines(dates, values, header="Month,Sales")
    untouched = read_text(text).series
    assert untouched.raw_values is None
    series = read_text(text, gaps="interpolate", repairs=(("outliers", "between"),)).series
    assert np.isfinite(series.values).all()
    assert series.values.max() < 500
    np.testing.assert_array_equal(series.without_repairs.values, untouched.values)
    assert np.isnan(series.without_repairs.values).sum() == 1
