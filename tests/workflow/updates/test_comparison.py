"""A newer file is compared with the one before, from the spreadsheets themselves."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from almanac.core.jobs import run
from almanac.core.problems import ProblemError
from almanac.workflow.updates.comparison import FileComparison, compare_files

MONTHS = [f"{year}-{month:02d}" for year in (2022, 2023, 2024, 2025) for month in range(1, 13)]
STORES = ("North", "South", "West")


def sales(months: list[str], seed: int = 1) -> dict[tuple[str, str], int]:
    rng = random.Random(seed)
    return {(month, store): rng.randint(300, 500) for month in MONTHS for store in STORES if month in months}


def long_file(path: Path, values: dict[tuple[str, str], int], header: str = "Month,Store,Sales") -> Path:
    path.write_text(header + "\n" + "".join(f"{m},{s},{v}\n" for (m, s), v in values.items()))
    return path


@pytest.fixture
def before(tmp_path: Path) -> Path:
    return long_file(tmp_path / "march.csv", sales(MONTHS[:36]))


def compared(before: Path, after: Path) -> FileComparison:
    return run(compare_files(before, after))


def test_a_new_month_with_a_correction(before: Path, tmp_path: Path) -> None:
    values = sales(MONTHS[:37])
    values["2024-03", "South"] = 290
    found = compared(before, long_file(tmp_path / "april.csv", values))
    was = sales(MONTHS)["2024-03", "South"]
    assert found.sentences == (
        "3 new values for 2025-01, in 3 of 3 series.",
        f"1 past value was corrected: 2024-03, South, {was} → 290.",
    )


def test_the_same_file_and_the_same_values_say_so(before: Path, tmp_path: Path) -> None:
    again = compared(before, before)
    assert again.same_file
    assert again.update.same
    shuffled = list(sales(MONTHS[:36]).items())
    random.Random(3).shuffle(shuffled)
    other = compared(before, long_file(tmp_path / "shuffled.csv", dict(shuffled)))
    assert (other.same_file, other.update.same) == (False, True)


def test_silence_when_columns_are_in_another_order_and_some_are_added(before: Path, tmp_path: Path) -> None:
    path = tmp_path / "wider.csv"
    lines = [f"{s},note {i % 7},{v},{m}\n" for i, ((m, s), v) in enumerate(sales(MONTHS[:36]).items())]
    path.write_text("Store,Remark,Sales,Month\n" + "".join(lines))
    assert compared(before, path).update.same


def test_a_file_with_recent_months_only_keeps_the_older_ones(before: Path, tmp_path: Path) -> None:
    found = compared(before, long_file(tmp_path / "recent.csv", sales(MONTHS[30:38])))
    assert int(found.update.kept.sum()) == 90
    assert found.file.series.lengths.tolist() == [38] * 3


def test_three_months_are_enough_to_go_on_from_the_years_before(before: Path, tmp_path: Path) -> None:
    found = compared(before, long_file(tmp_path / "quarter.csv", sales(MONTHS[36:39])))
    assert int(found.update.appended.sum()) == 9
    assert found.file.series.lengths.tolist() == [39] * 3


def test_a_file_with_the_new_month_alone_goes_on_from_the_past(before: Path, tmp_path: Path) -> None:
    found = compared(before, long_file(tmp_path / "april.csv", sales(MONTHS[36:37])))
    assert found.sentences == (
        "3 new values for 2025-01, in 3 of 3 series.",
        "The file begins later than before; 108 older values are kept.",
    )
    assert found.file.series.lengths.tolist() == [37] * 3


def test_a_single_row_goes_on_from_the_past_of_a_single_series(tmp_path: Path) -> None:
    old, new = tmp_path / "old.csv", tmp_path / "new.csv"
    old.write_text("Month,Sales\n" + "".join(f"{m},{90 + i}\n" for i, m in enumerate(MONTHS[:24])))
    new.write_text("Month,Sales\n2024-01,118\n")
    found = compared(old, new)
    assert found.file.series.values[-2:].tolist() == [113.0, 118.0]


@pytest.mark.parametrize(
    ("header", "code"),
    [("Month,Store,Visitors", "update_other_columns"), ("Month,Region,Sales", "update_other_columns")],
)
def test_other_columns_stop(before: Path, tmp_path: Path, header: str, code: str) -> None:
    with pytest.raises(ProblemError) as stop:
        compared(before, long_file(tmp_path / "other.csv", sales(MONTHS[:37]), header))
    assert stop.value.problem.code == code


def test_thousands_stop(before: Path, tmp_path: Path) -> None:
    with pytest.raises(ProblemError, match="1,000 times"):
        compared(before, long_file(tmp_path / "grams.csv", {at: v * 1000 for at, v in sales(MONTHS[:37]).items()}))


def test_a_daily_file_of_a_monthly_table_stops(before: Path, tmp_path: Path) -> None:
    days = {(f"2025-01-{day:02d}", store): 10 + day for day in range(1, 29) for store in STORES}
    with pytest.raises(ProblemError, match="daily"):
        compared(before, long_file(tmp_path / "days.csv", days))


def test_a_wide_table_with_a_new_column_has_a_new_series(tmp_path: Path) -> None:
    rng = random.Random(2)
    rows = [(month, rng.randint(50, 90), rng.randint(50, 90), rng.randint(50, 90)) for month in MONTHS[:25]]
    old, new = tmp_path / "old.csv", tmp_path / "new.csv"
    old.write_text("Month,Bread,Milk\n" + "".join(f"{m},{b},{k}\n" for m, b, k, _ in rows[:-1]))
    new.write_text("Month,Bread,Milk,Eggs\n" + "".join(f"{m},{b},{k},{e}\n" for m, b, k, e in rows))
    found = compared(old, new)
    assert (found.update.new, int(found.update.appended.sum())) == (("Eggs",), 2)


def test_months_across_with_one_more_month(tmp_path: Path) -> None:
    rng = random.Random(4)
    cells = {name: [rng.randint(50, 90) for _ in range(25)] for name in ("Bread", "Milk", "Eggs")}

    def across(months: int) -> Path:
        path = tmp_path / f"{months}.csv"
        lines = [",".join([name, *map(str, values[:months])]) for name, values in cells.items()]
        path.write_text("\n".join([",".join(["Product", *MONTHS[:months]]), *lines]) + "\n")
        return path

    found = compared(across(24), across(25))
    assert found.sentences == ("3 new values for 2024-01, in 3 of 3 series.",)
