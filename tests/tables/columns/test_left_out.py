"""What is left out of a table is named truly: totals with all their rows, averages, cells of two numbers."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

import pytest
from tests.tables.conftest import Reader, codes, finding, lines, months

from almanac.tables import ReadFile

QUARTERS = [[90.0, 70.0, 36.0, 93.0], [96.0, 42.0, 60.0, 51.0], [77.0, 81.0, 30.0, 64.0]]


@pytest.mark.parametrize("average", [False, True])
@pytest.mark.parametrize("first", [False, True])
def test_rows_of_years_are_called_what_they_are(read_text: Reader, average: bool, first: bool) -> None:
    rows = []
    for n, values in enumerate(QUARTERS):
        year = [(f"{2020 + n}", f"{sum(values) / (4 if average else 1):.1f}")]
        quarters = [(f"{2020 + n} Q{k + 1}", f"{value}") for k, value in enumerate(values)]
        rows += year + quarters if first else quarters + year
    file = read_text(lines(*map(list, zip(*rows, strict=True)), header="Period,Sales"))
    kind = "of averages" if average else "with figures for whole years or other longer periods"
    assert finding(file, "totals_left_out").what == f"3 rows {kind} were left out."
    assert file.series[0].tolist() == [value for values in QUARTERS for value in values]


def test_totals_of_every_stacked_table_are_named(read_text: Reader) -> None:
    text, expected, line = "", [], 0
    for name in ("Sales", "Visits"):
        text += f"Month,{name}\n"
        line += 1
        for year in (2022, 2023):
            text += "".join(f"{year}-{n + 1:02d},{n + 5}\n" for n in range(12)) + "Total,126\n"
            line += 13
            expected.append(line)
        text += "\n"
        line += 1
    file = read_text(text)
    assert file.series.names == ("Sales", "Visits")
    assert finding(file, "totals_left_out").rows == tuple(expected)


def test_a_product_that_begins_with_total_is_no_total(read_text: Reader) -> None:
    names = ["Soap", "Total Care Cream", "Colgate Total"] * 24
    days = [month for month in months(24) for _ in range(3)]
    file = read_text(lines(days, names, [n * 7 % 23 + 5 for n in range(72)], header="Month,Product,Sold"))
    assert file.series.names == ("Soap", "Total Care Cream", "Colgate Total")


def test_a_total_of_all_below_subtotals_is_left_out(read_text: Reader) -> None:
    parts = {name: [n * step % 23 + 5 for n in range(24)] for name, step in (("A", 7), ("B", 5), ("C", 9), ("D", 4))}
    first, last = ([a + b for a, b in zip(parts[x], parts[y], strict=True)] for x, y in ("AB", "CD"))
    whole = [a + b for a, b in zip(first, last, strict=True)]
    for total in (whole, [n * 3 % 17 + 40 for n in range(24)]):  # the second one is called a total and is none
        rows = {"A": parts["A"], "B": parts["B"], "Total Operations": first, "C": parts["C"], "D": parts["D"]}
        rows |= {"Total Support": last, "Total Company": total}
        text = "\n".join(",".join(map(str, (name, *values))) for name, values in rows.items())
        file = read_text(f"Department,{','.join(months(24))}\n{text}\n")
        assert ("Total Company" in file.series.names) == (total is not whole)


@pytest.mark.parametrize("cell", ["{}/28", "{} of 28", "{}-40", "{} / 28", "1{}/80"])
def test_a_column_of_two_numbers_in_a_cell_is_named(read_text: Reader, stopped: Reader, cell: str) -> None:
    pairs = [cell.format(14 + n * 5 % 13) for n in range(30)]
    days = [f"2025-03-{n + 1:02d}" for n in range(30)]
    file = read_text(lines(days, pairs, range(3, 33), header="Date,Present,Absent"))
    found = finding(file, "number_pairs")
    assert file.series.names == ("Absent",)
    assert (found.column, found.count, pairs[0] in found.what) == ("Present", 30, True)
    problem = stopped(lines(days, pairs, header="Date,Present"))
    assert (problem.code, pairs[0] in problem.why) == ("no_numbers", True)


def test_dates_times_and_numbers_of_things_are_no_pairs(read_text: Reader) -> None:
    days = [f"2025-03-{n + 1:02d}" for n in range(30)]
    codes_of = [f"12/{40 + n}" for n in range(30)]
    file = read_text(lines(days, codes_of, ["10:30"] * 30, range(3, 33), header="Date,Order no,Opened,Sold"))
    assert "number_pairs" not in codes(file)


def test_numbers_that_are_not_forecast_are_named(read_text: Reader) -> None:
    days = months(36)
    numbered = read_text(lines(days, range(7000, 7036), [n * 7 % 23 for n in range(36)], header="Month,Receipt,Sold"))
    found = finding(numbered, "columns_not_used")
    assert (found.column, found.what) == ("Receipt", "“Receipt” is not forecast.")
    assert "columns_not_used" not in codes(read_text(lines(days, [n * 7 % 23 for n in range(36)], header="Month,Sold")))
    heading = [f"{month} 2023" for month in ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug")]
    rows = [f"{1000 + n},{name},{n + 1},2,3,4,5,6,7,8,{n + 36},9" for n, name in enumerate(("Ada", "Ben", "Cy"))]
    text = "\n".join([",".join(["Staff no", "Name", *heading, "Total 2023", "Mar 2023"]), *rows]) + "\n"
    across = [one for one in read_text(text).findings if one.code == "columns_not_used"]
    assert {one.column: one.why.split()[0] for one in across} == {
        "Staff no": "Time",
        "Total 2023": "It",
        "Mar 2023 (2)": "Another",
    }


def test_notes_below_a_table_across_do_not_split_it(read_text: Reader) -> None:
    text = "Item,Jan 2024,Feb 2024,Mar 2024\nA,1,2,3\nB,4,5,6\nA,7,8,9\nSum,,,\nnote: B closed,,,\n"
    assert read_text(text).reading.series_columns == ("Item",)


def extra_columns(rng: random.Random, count: int) -> dict[str, list[str]]:
    """Columns of numbers and durations, of which few measure something."""
    clocks = [f"{rng.randrange(3):02d}:{rng.randrange(60):02d}:{rng.randrange(60):02d}" for _ in range(count)]
    pool = {
        rng.choice(("Time", "Ø Bearbeitungszeit", "Avg Pace", "Lap")): clocks,
        rng.choice(("Handling", "Wait", "Zeit je Anruf")): [clock[3:] for clock in clocks],
        rng.choice(("af", "Flag", "Storno")): [str(rng.choice((0, 0, 1))) for _ in range(count)],
        rng.choice(("Werk", "Store no", "Kostenstelle")): ["1000"] * count,
        rng.choice(("Receipt", "Beleg Nr", "Row")): [str(7000 + n) for n in range(count)],
        rng.choice(("BwA", "Kz", "Code")): [rng.choice(("101", "601", "602")) for _ in range(count)],
        rng.choice(("Price", "Preis")): [f"{rng.uniform(2, 9):.2f}" for _ in range(count)],
        rng.choice(("x1", "Gewicht", "kWh")): [f"{rng.uniform(20, 90):.1f}" for _ in range(count)],
        rng.choice(("Share %", "Quote")): [f"{rng.uniform(0, 1):.3f}" for _ in range(count)],
        rng.choice(("Year", "Jahr")): ["2023"] * count,
        rng.choice(("Lat", "Latitude")): [f"{52 + rng.random():.5f}" for _ in range(count)],
        "Sparse": [str(rng.randrange(90)) if rng.random() < 0.3 else "" for _ in range(count)],
    }
    return {name: pool[name] for name in rng.sample(list(pool), rng.randint(2, 7))}


def unmentioned(read_text: Reader, seed: int) -> list[str]:
    """Columns of a generated table that are in no series, not offered, and in no finding."""
    rng = random.Random(f"columns {seed}")
    count = rng.randint(40, 90)
    several, step = rng.choice(((1, 1), (1, 30), (3, 1))), rng.choice((0, 7000))
    dates = [
        datetime(2023, 1, 5) + timedelta(n // several[0] * several[1], n * step % 80_000 if several[0] > 1 else 0)
        for n in range(count)
    ]
    columns = {"Sold": [str(rng.randint(3, 90)) for _ in range(count)]} | extra_columns(rng, count)
    if several[0] > 1:
        columns["Item"] = [rng.choice(("Tea", "Milk")) for _ in range(count)]
    names = rng.sample(list(columns), len(columns))
    file = read_text(lines(dates, *(columns[name] for name in names), header=",".join(["Date", *names])))
    said = " ".join(f"{one.what} {one.why} {one.fix} {one.column}" for one in file.findings)
    return [name for name in names if name not in {"Item"} | known_of(file) and f"“{name}”" not in said]


def known_of(file: ReadFile) -> set[str]:
    reading = file.reading
    return {*reading.value_columns, *reading.other_value_columns, *reading.series_columns, *file.series.names}


@pytest.mark.parametrize("seed", range(3, 8))
def test_every_column_of_numbers_is_forecast_offered_or_named(read_text: Reader, seed: int) -> None:
    assert not unmentioned(read_text, seed)


@pytest.mark.slow
def test_every_column_of_many_tables_is_forecast_offered_or_named(read_text: Reader) -> None:
    assert not {seed: names for seed in range(320) if (names := unmentioned(read_text, seed))}


def test_amounts_that_cannot_be_read_and_columns_without_a_value_are_named(read_text: Reader) -> None:
    days = months(36)
    taken = [f'"@@ {n * 700 % 9000 + 1000:,}"' for n in range(36)]
    names = "Month,Sold,Taken,Rate,Note,Article"
    rows = lines(days, range(36), taken, ["n/a"] * 36, ["x"] * 36, [f"AB-{n + 10}" for n in range(36)], header=names)
    file = read_text(rows)
    assert file.series.names == ("Sold",)
    assert (finding(file, "amounts_not_read").column, finding(file, "columns_not_used").column) == ("Taken", "Rate")
