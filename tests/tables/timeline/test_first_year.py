"""Days and months without a year begin in the year that a person chooses."""

from __future__ import annotations

from datetime import date, timedelta

from tests.tables.conftest import Reader, finding, lines


def test_the_year_of_days_without_one_can_be_chosen(read_text: Reader) -> None:
    days = [date(2019, 3, 4) + timedelta(n) for n in range(40)]
    text = lines([f"{day:%a} {day.day} {day:%b}" for day in days], range(40), header="Day,Sold")
    file = read_text(text)
    offered = [dict(choice.sets)["first_year"] for choice in finding(file, "months_without_year").choices]
    assert offered[0] == int(str(file.series.frequency.iso(int(file.series.first[0])))[:4])
    assert {2019, 2013} <= set(offered)
    chosen = read_text(text, first_year=2019)
    assert chosen.series.frequency.iso(int(chosen.series.first[0])) == "2019-03-04"
    assert dict(finding(chosen, "months_without_year").choices[0].sets) == {"first_year": 2019}
    bare = lines([f"{day.day}. {day:%b}" for day in days], range(40), header="Day,Sold")
    assert read_text(bare, first_year=2022).series.first[0] == read_text(bare, first_year=2021).series.first[0] + 365


def test_the_number_of_the_first_year_is_the_one_that_is_offered(read_text: Reader) -> None:
    days = [date(2019, 12, 14) + timedelta(n) for n in range(200)]  # over a 29 February
    found = finding(
        read_text(lines([f"{day:%d.%m.}" for day in days], range(200), header="Day,Sold")), "months_without_year"
    )
    (_, first), *_ = (choice.sets[0] for choice in found.choices)
    assert f"The first is year {first}." in found.why


def test_the_year_of_months_without_one_can_be_chosen(read_text: Reader) -> None:
    names = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    text = lines([names[n % 12] for n in range(2, 30)], range(28), header="Month,Sold")
    file = read_text(text)
    assert file.series.frequency.iso(int(file.series.first[0])) == "0001-03-01"
    offered = [dict(choice.sets)["first_year"] for choice in finding(file, "months_without_year").choices]
    today = date.today()
    assert offered[0] == 1
    assert offered[1] == (today.year if today.month >= 6 else today.year - 1) - 2  # it ends in June, two years later
    chosen = read_text(text, first_year=2019)
    assert chosen.series.frequency.iso(int(chosen.series.first[0])) == "2019-03-01"
    assert chosen.series.values.tolist() == file.series.values.tolist()


def test_days_in_digits_get_their_year_from_the_line_above(read_text: Reader, stopped: Reader) -> None:
    days = [date(2023, 11, 20) + timedelta(n) for n in range(60)]
    rows = lines([f"{day:%d%m}" for day in days], range(60), ["Rent"] * 60, header="Belegdatum,Umsatz,Text")
    file = read_text('"EXTF",700,20230701,4,20231101,20240331,"EUR"\n' + rows)
    assert file.series.frequency.iso(int(file.series.first[0])) == "2023-11-20"
    assert len(file.series[0]) == 60
    assert "2023-11-01 to 2024-03-31" in finding(file, "year_above").why
    for above in ("", '"EXTF",700,20230701,4,20240101,20240331,"EUR"\n'):  # no span, or one that not all days are in
        assert "holds days and months without a year" in stopped(above + rows).what  # type: ignore[attr-defined]
