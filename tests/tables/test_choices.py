"""What a person can choose about a finding, what each choice does, and how it is undone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from tests.tables.conftest import Reader, codes, finding, lines, months, same

from almanac.core.problems import ProblemError
from almanac.tables import Finding, ReadFile, ReadingOptions

DAYS = [date(2025, 1, 1) + timedelta(n) for n in range(60)]


def chosen(found: Finding) -> str:
    return found.choices[found.chosen].label


def with_choice(found: Finding, words: str) -> dict[str, Any]:
    """The options that this choice sets."""
    return next(dict(choice.sets) for choice in found.choices if choice.label == words)


def ledger() -> str:
    """Two amounts of money out a day, one of money in a week."""
    rows = [(day, "Food", "(10.50)") for day in DAYS] + [(day, "Food", "(2.00)") for day in DAYS]
    rows += [(day, "Wage", "1,200.00") for day in DAYS[3::7]]
    return "Date,Category,Amount\n" + "\n".join(f'{d},{c},"{a}"' for d, c, a in sorted(rows))


def test_a_ledger_proposes_the_side_with_more_rows_and_asks(read_text: Reader) -> None:
    file = read_text(ledger())
    assert same(file.series.values, [12.5] * 60)
    (question,) = file.reading.questions
    assert question.code == "signs_mixed"
    found = finding(file, "signs_mixed")
    assert chosen(found) == "Only money out"
    assert found.changed == len(DAYS[3::7])


@pytest.mark.parametrize(("words", "total"), [("Only money in", 9 * 1200), ("Both together", 9 * 1200 - 60 * 12.5)])
def test_the_other_sides_of_a_ledger_can_be_chosen(read_text: Reader, words: str, total: float) -> None:
    first = read_text(ledger())
    file = read_text(ledger(), **with_choice(finding(first, "signs_mixed"), words))
    assert np.nansum(file.series.values) == pytest.approx(total)
    assert file.reading.questions == ()


def test_gains_and_losses_are_not_a_ledger(read_text: Reader) -> None:
    file = read_text(lines(DAYS, [(-1) ** n * n for n in range(60)], header="Date,Profit"))
    assert "signs_mixed" not in codes(file)
    assert file.series.values[1] == -1


@pytest.mark.parametrize("sentinel", [-200, -9.99, 999, -1, -99])
def test_a_number_that_means_missing_is_proposed_and_counts_as_missing_once_accepted(
    read_text: Reader, sentinel: float
) -> None:
    text = lines(DAYS, [sentinel if n % 7 == 3 else 20 + 3 * (n % 9) for n in range(60)], header="Date,Level")
    first = read_text(text)
    found = finding(first, "sentinel_values")
    assert chosen(found) == "Keep it"
    assert first.series.values[3] == sentinel
    assert found.rows[0] == 5
    file = read_text(text, **with_choice(found, "It means missing"))
    assert np.isnan(file.series.values[3])
    again = finding(file, "sentinel_values")
    assert (chosen(again), again.changed) == ("It means missing", found.count)
    assert read_text(text, **with_choice(again, "Keep it")).series.values[3] == sentinel


@pytest.mark.parametrize("sentinel", [-999, -9999, 9999, -99.9, 99999])
def test_many_nines_far_away_count_as_missing_until_they_are_kept(read_text: Reader, sentinel: float) -> None:
    text = lines(DAYS, [sentinel if n % 7 == 3 else 20 + 3 * (n % 9) for n in range(60)], header="Date,Level")
    first = read_text(text)
    found = finding(first, "sentinels_left_out")
    assert (chosen(found), found.count, found.rows[0]) == ("It means missing", 9, 5)
    assert np.isnan(first.series.values[3])
    assert not {"sentinel_values", "missing_values"} & codes(first)
    kept = read_text(text, **with_choice(found, "Keep it"))
    assert kept.series.values[3] == sentinel
    assert "sentinel_values" not in codes(kept)


def test_nines_in_a_list_of_amounts_are_kept(read_text: Reader) -> None:
    amounts = [-999 if n % 9 == 4 else 20 + 3 * (n % 9) for n in range(120)]
    file = read_text(lines([day for day in DAYS for _ in "ab"], amounts, header="Date,Amount"))
    assert "sentinels_left_out" not in codes(file)


def test_ordinary_extremes_are_not_sentinels(read_text: Reader) -> None:
    file = read_text(lines(DAYS, [n % 10 for n in range(60)], [90 + n % 10 for n in range(60)], header="Date,A,B"))
    assert "sentinel_values" not in codes(file)


def regions(total: str = "Total") -> str:
    rows = [
        f"{d},{name},{value}"
        for n, d in enumerate(months(24))
        for name, value in (("North", n + 1), ("South", 2 * n), (total, 3 * n + 1))
    ]
    return "Date,Region,Sales\n" + "\n".join(rows)


def test_a_total_among_the_series_is_left_out_and_can_be_kept(read_text: Reader) -> None:
    file = read_text(regions())
    assert file.series.names == ("North", "South")
    found = finding(file, "totals_among_parts")
    assert found.rows[:2] == (4, 7)
    kept = read_text(regions(), **with_choice(found, "Keep the total"))
    assert kept.series.names == ("North", "South", "Total")
    assert finding(kept, "totals_among_parts").changed == 0


def test_a_series_called_total_that_adds_up_nothing_stays(read_text: Reader) -> None:
    rows = [
        f"{d},{name},{(n + 3 * k) * 7 % 13}"
        for n, d in enumerate(months(24))
        for k, name in enumerate(("North", "South", "Total"))
    ]
    assert read_text("Date,Region,Sales\n" + "\n".join(rows)).series.names == ("North", "South", "Total")


def test_a_number_with_two_readings_is_asked_about(read_text: Reader) -> None:
    text = lines(months(24), [f"2.{146 + n}" for n in range(24)], header="Date;Sales", delimiter=";")
    file = read_text(text)
    (question,) = file.reading.questions
    assert question.text == "We read 2.146 in “Sales” as 2 thousand 146. Is that right?"
    assert "point_or_comma" in codes(file)
    assert file.series.values[0] == 2146  # semicolons stand between the cells where the comma is the decimal sign
    other = read_text(text, **dict(question.choices[1].sets))
    assert other.series.values[0] == 2.146
    assert other.reading.questions == ()


@pytest.mark.parametrize(
    ("cell", "delimiter", "value"),
    [
        ("2.146", ";", 2146),
        ("2,146", ";", 2.146),
        ("€ 2.146", ";", 2146),
        ("€ 2.146", ",", 2146),
        ("€ 2.146", "\t", 2146),
        ("$2,146", "\t", 2146),
        ("2,146 zł", "\t", 2146),
        ("2.146", ",", 2.146),
        ("2.146", "\t", 2.146),
        ("2,146", "\t", 2146),
    ],
)
def test_what_separates_the_cells_and_money_say_what_three_digits_mean(
    read_text: Reader, cell: str, delimiter: str, value: float
) -> None:
    cells = [cell.replace("146", str(146 + n)) for n in range(24)]
    file = read_text(lines(months(24), cells, header=f"Date{delimiter}Sales", delimiter=delimiter))
    assert file.series.values[0] == value
    assert [question.code for question in file.reading.questions] == ["point_or_comma"]


def test_small_whole_numbers_show_that_the_point_groups_thousands(read_text: Reader) -> None:
    cells = ["985", "2.146", "2.200", "912", "3.100", "871"] * 4
    file = read_text(lines(months(24), cells, header="Date;Sales", delimiter=";"))
    assert file.series.values[1] == 2146
    assert file.reading.questions == ()


def test_the_row_before_a_gap_is_reported(read_text: Reader) -> None:
    text = lines([*months(10)[:4], *months(10)[6:]], [1, 2, 3, 4, 7, 8, 9, 10], header="Date,Sales")
    assert finding(read_text(text), "gaps").rows == (5,)


def test_copies_can_be_kept(read_text: Reader) -> None:
    text = lines([*months(30), months(30)[3]], [*range(1, 31), 4], header="Date,Sales")
    file = read_text(text, **with_choice(finding(read_text(text), "duplicate_rows"), "Keep all"))
    assert file.series.values[3] == 8


def test_rows_after_today_can_be_left_out(read_text: Reader) -> None:
    days = [date.today() + timedelta(n) for n in range(-40, 10)]
    text = lines(days, range(50), header="Date,Sales")
    found = finding(read_text(text), "future_dates")
    file = read_text(text, **with_choice(found, "Leave them out"))
    assert len(file.series[0]) == 50 - found.count


def test_a_treatment_that_does_not_exist_is_refused(read_text: Reader) -> None:
    text = lines([*months(30), months(30)[3]], [*range(1, 31), 4], header="Date,Sales")
    with pytest.raises(ProblemError) as caught:
        read_text(text, repairs=(("duplicate_rows", "burn"),))
    assert caught.value.problem.code == "no_such_treatment"


def test_choices_add_up_and_one_column_can_be_treated_differently() -> None:
    options = ReadingOptions().with_values(repairs=(("outliers", "keep"),))
    options = options.with_values(repairs=(("outliers:Sales", "missing"),))
    assert options.repair("outliers", "Visits") == "keep"
    assert options.repair("outliers", "Sales") == "missing"
    assert options.repair("gaps") is None


def test_rows_of_joined_sheets_are_reported_with_their_sheet(read_sheets: Any) -> None:
    parts = {str(year): [("Month", "Sales"), *((f"{year}-{m:02d}", m) for m in range(1, 13))] for year in (2023, 2024)}
    parts["2024"][5] = ("2024-05", "closed")
    file: ReadFile = read_sheets(parts)
    found = finding(file, "text_among_numbers")
    assert (found.sheet, found.rows) == ("2024", (6,))
