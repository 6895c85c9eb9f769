"""Every sentence of a finding is true: for each frequency, for one thing or several, and after each choice."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from tests.tables.conftest import Reader, codes, finding, lines

from almanac.core.problems import Finding
from almanac.tables import ReadFile

COUNT = 60
UNITS = re.compile(r"\b(years?|quarters?|months?|weeks?|(?<!business )days?|business days?|hours?|minutes?)\b")
NUMBER = re.compile(r"\b1 (?!business|series)\w+s\b|\{|\b\d+ \w+[^s\d\W] (are|were|have)\b")  # "1 rows", "2 row have"
COMBINED = {"sum": "added together", "mean": "averaged", "last": "reduced to the last one"}


def stepped(start: datetime, step: timedelta) -> list[datetime]:
    return [start + n * step for n in range(COUNT)]


def monthly(months: int) -> list[datetime]:
    return [datetime(1960 + n * months // 12, n * months % 12 + 1, 1) for n in range(COUNT)]


def business_days() -> list[datetime]:
    days = [datetime(2024, 1, 1) + timedelta(n) for n in range(2 * COUNT)]
    return [day for day in days if day.weekday() < 5][:COUNT]


START = datetime(2024, 1, 1)
# The words for periods that sentences about a file of this frequency may have.
FREQUENCIES: dict[str, tuple[list[datetime], str]] = {
    "every 15 minutes": (stepped(START, timedelta(minutes=15)), "minute"),
    "hourly": (stepped(START, timedelta(hours=1)), "hour"),
    "daily": (stepped(START, timedelta(1)), "day"),
    "business-daily": (business_days(), "business day"),
    "weekly": (stepped(START, timedelta(7)), "week"),
    "monthly": (monthly(1), "month"),
    "quarterly": (monthly(3), "quarter"),
    "yearly": (monthly(12), "year"),
}
VALUES = [round(200 + 30 * (n % 7) / 7 + n * 11 % 5 + n / 100, 2) for n in range(COUNT)]
Columns = tuple[list[Any], list[Any]]


def gap(stamps: list[Any], count: int) -> Columns:
    left = [n for n in range(COUNT) if n not in range(20, 20 + count)]
    return [stamps[n] for n in left], [VALUES[n] for n in left]


def repeated(stamps: list[Any], count: int) -> Columns:
    return [*stamps, *stamps[10 : 10 + count]], [*VALUES, *(v + 5 for v in VALUES[10 : 10 + count])]


def copied(stamps: list[Any], count: int) -> Columns:
    return [*stamps, *stamps[10 : 10 + count]], [*VALUES, *VALUES[10 : 10 + count]]


def many_rows(stamps: list[Any], count: int) -> Columns:
    return [*stamps, *stamps[: 9 * count]], [*VALUES, *VALUES[: 9 * count]]


def blank(stamps: list[Any], count: int) -> Columns:
    return stamps, ["" if 20 <= n < 20 + count else v for n, v in enumerate(VALUES)]


def words(stamps: list[Any], count: int) -> Columns:
    return stamps, ["closed" if 20 <= n < 20 + count else v for n, v in enumerate(VALUES)]


def odd(stamps: list[Any], count: int) -> Columns:
    return stamps, [9000 if n in (20, 40)[:count] else v for n, v in enumerate(VALUES)]


def jump(stamps: list[Any], count: int) -> Columns:
    return stamps, [v * 1000 if n in (20, 40)[:count] else v for n, v in enumerate(VALUES)]


def no_date(stamps: list[Any], count: int) -> Columns:
    return ["soon" if 20 <= n < 20 + count else s for n, s in enumerate(stamps)], VALUES


def unfinished(stamps: list[Any], count: int) -> Columns:
    return stamps, [*VALUES[:-1], 9 / count]


MESSES = {
    "gaps": gap,
    "repeated_dates": repeated,
    "duplicate_rows": copied,
    "many": many_rows,
    "missing_values": blank,
    "text_among_numbers": words,
    "outliers": odd,
    "unit_jump": jump,
    "dates_not_understood": no_date,
    "partial_last_period": unfinished,
}


def text_of(frequency: str, mess: str, count: int) -> str:
    form = "%Y-%m-%d %H:%M" if "minute" in frequency or frequency == "hourly" else "%Y-%m-%d"
    stamps, values = MESSES[mess]([stamp.strftime(form) for stamp in FREQUENCIES[frequency][0]], count)
    rows = sorted(zip(stamps, values, strict=True), key=lambda row: row[0] if row[0] != "soon" else "")
    return lines([row[0] for row in rows], [row[1] for row in rows], header="When,Sold")


def sentences(found: Finding) -> list[str]:
    return [found.what, found.why, found.fix, *(choice.effect for choice in found.choices)]


def what_is_untrue(file: ReadFile, found: Finding, unit: str) -> list[str]:
    """The sentences that speak of another period, or of several things where there is one."""
    untrue = []
    for sentence in sentences(found):
        units = {word.removesuffix("s") for word in UNITS.findall(sentence)}
        if units - {unit}:
            untrue.append(f"{found.code} of {file.series.frequency.name} data: {sentence}")
        if found.count == 1 and re.search(r"\b(They|them|These cells|these lines)\b", sentence):
            untrue.append(f"{found.code} of one thing: {sentence}")
        if NUMBER.search(sentence):
            untrue.append(f"{found.code}: {sentence}")
    return untrue


def some_of(messes: list[str], frequency: str) -> list[str]:
    """A third of the messes, others for the next frequency, so that each is in several frequencies."""
    return messes[list(FREQUENCIES).index(frequency) % 3 :: 3]


@pytest.mark.parametrize("every", [False, pytest.param(True, marks=pytest.mark.slow)], ids=["some messes", "all"])
@pytest.mark.parametrize("frequency", FREQUENCIES)
def test_sentences_are_about_this_frequency_before_and_after_each_choice(
    read_text: Reader, frequency: str, every: bool
) -> None:
    untrue: list[str] = []
    unit = FREQUENCIES[frequency][1]
    for mess in MESSES if every else some_of(list(MESSES), frequency):
        for count in (1, 2, 3, 5) if every else (1, 2):
            text = text_of(frequency, mess, count)
            file = read_text(text)
            assert file.series.frequency.name == frequency
            if count == 1:
                assert codes(file) & {mess, "repeated_dates", "outliers"}, f"nothing is found: {mess}"
            for found in file.findings:
                untrue += what_is_untrue(file, found, unit)
                for choice in found.choices:
                    again = read_text(text, **dict(choice.sets))
                    for other in again.findings:
                        untrue += what_is_untrue(again, other, unit)
                        untrue += what_is_not_chosen(other)
    assert not set(untrue)


def what_is_not_chosen(found: Finding) -> list[str]:
    """Sentences that say another treatment is in use than the one that is."""
    sets = dict(found.choices[found.chosen].sets) if found.choices else {}
    used = sets.get("repeated")
    said = {name for name, words in COMBINED.items() if words in f"{found.what} {found.why}"}
    return [f"{found.code}: {found.what} {found.why}"] if used and said - {used} else []


def test_rows_in_the_order_of_the_file_have_no_dates_to_speak_of(read_text: Reader) -> None:
    file = read_text(lines([4000 if n == 20 else v for n, v in enumerate(VALUES)], header="Sold"))
    assert finding(file, "no_dates_row_order").what == "The file has no dates; its rows are taken in order."
    chosen = read_text(text_of("daily", "missing_values", 1), date="row order")
    assert finding(chosen, "no_dates_row_order").what == "The rows are taken in order, as you chose."
    for one in (file, chosen):
        for found in one.findings:
            assert not UNITS.search(" ".join(sentences(found)))


def test_both_rows_of_a_pair_are_shown(read_text: Reader) -> None:
    for mess in ("duplicate_rows", "repeated_dates"):
        found = finding(read_text(text_of("daily", mess, 2)), mess)
        assert found.count == 2
        assert found.rows == (12, 13, 14, 15)


def test_rows_that_differ_in_another_column_or_time_are_no_copies(read_text: Reader) -> None:
    days = [date(2024, 1, 1) + timedelta(n) for n in range(COUNT)]
    twice = [*days, days[5]]
    sold = [*VALUES, VALUES[5]]
    orders = [f"A{n * 7}" for n in range(len(twice))]
    assert "duplicate_rows" not in codes(read_text(lines(twice, orders, sold, header="Day,Order,Sold")))
    numbers = range(1, len(twice) + 1)
    assert "duplicate_rows" in codes(read_text(lines(numbers, twice, sold, header="Nr,Day,Sold")))
    months = [stamp.date() for stamp in monthly(1)]
    later = [*months, months[5] + timedelta(9)]
    assert "duplicate_rows" not in codes(read_text(lines(later, sold, header="Day,Sold")))


def test_a_total_that_was_left_out_is_not_said_to_be_empty(read_text: Reader) -> None:
    days = [date(2024, 1, 1) + timedelta(n) for n in range(COUNT)]
    parts = {"North": VALUES, "South": [v * 2 for v in VALUES]}
    parts["Total"] = [a + b for a, b in zip(*parts.values(), strict=True)]
    rows = [(day, name, values[n]) for n, day in enumerate(days) for name, values in parts.items()]
    file = read_text(lines(*map(list, zip(*rows, strict=True)), header="Day,Shop,Sold"))
    assert "totals_among_parts" in codes(file)
    assert "empty_series" not in codes(file)


def test_how_many_days_have_several_rows_is_counted(read_text: Reader) -> None:
    found = finding(read_text(text_of("daily", "many", 1)), "repeated_dates")
    assert found.what == "9 days have more than one row; the values were added together."


def test_columns_of_whole_years_among_months_are_said_to_be_such(read_text: Reader) -> None:
    months = [f"{stamp:%b %Y}" for stamp in monthly(1)[:24]]
    header = ",".join(["Shop", *months[:12], "FY 1960", *months[12:], "FY 1961"])
    rows = [",".join(["AB"[n], *map(str, range(n, n + 12)), "99", *map(str, range(12)), "98"]) for n in range(2)]
    file = read_text("\n".join([header, *rows]) + "\n")
    said = finding(file, "longer_periods").what
    assert said == "2 columns are about longer periods than others: FY 1960, FY 1961."
    assert "dates_not_understood" not in codes(file)


def test_filled_cells_are_not_said_to_be_empty(read_text: Reader) -> None:
    text = text_of("daily", "missing_values", 1)
    assert finding(read_text(text), "missing_values").fix == "Nothing was filled in."
    filled = finding(read_text(text, gaps="interpolate"), "missing_values")
    assert filled.fix == "All that is missing was filled with values in between, as you chose."
