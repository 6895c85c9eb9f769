"""Names of months, weekdays and parts of dates."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tables.values.dates import cldr

from almanac.tables.values.dates import calendar_words
from almanac.tables.values.dates.calendar_names import (
    MONTHS,
    is_weekday,
    month_number,
    names_clock,
    names_date,
    parts_named,
)
from almanac.tables.values.dates.read_dates import read_dates


def test_the_stored_words_are_those_of_the_cldr() -> None:
    stored = Path(calendar_words.__file__).read_text(encoding="utf-8")
    assert stored == cldr.source(), "run `python -m tests.tables.values.dates.cldr`"


def test_no_word_names_two_months() -> None:
    lines = [line.split() for line in calendar_words.MONTHS.strip().split("\n")]
    assert all(len(line) == 12 for line in lines)
    assert all(MONTHS[name] == n for line in lines for n, name in enumerate(line, start=1) if name != "-")


@pytest.mark.parametrize(
    ("word", "month"),
    [
        ("Mayıs", 5),
        ("MAYIS", 5),
        ("września", 9),
        ("Kasım", 11),
        ("syyskuu", 9),
        ("szept.", 9),
        ("дек.", 12),
        ("led", None),
    ],
)
def test_months_have_names_in_many_languages(word: str, month: int | None) -> None:
    assert month_number(word) == month


@pytest.mark.parametrize(
    "word", ["keskiviikko", "lördag", "niedziela", "čtvrtek", "lørdag", "Çarşamba", "péntek", "joi"]
)
def test_weekdays_have_names_in_many_languages(word: str) -> None:
    assert is_weekday(word)


@pytest.mark.parametrize(
    ("heading", "part"),
    [
        ("MĚSÍC", "month"),
        ("Month No.", "month"),
        ("Sales Month", "month"),
        ("Hour of day", "hour"),
        ("obsHour", "hour"),
        ("Hour (UTC)", "hour"),
        ("Day of Year", "day of year"),
        ("DOY", "day of year"),
        ("Tag im Jahr", "day of year"),
        ("DAY_OF_MONTH", "day"),
        ("ISO Week", "week"),
    ],
)
def test_a_heading_names_one_part_of_a_date(heading: str, part: str) -> None:
    assert parts_named(heading) == {part}


@pytest.mark.parametrize("heading", ["Day of week", "Month/Year", "Q1", "Sales per Month 2024", "Arrivals", ""])
def test_other_headings_name_none(heading: str) -> None:
    assert parts_named(heading) == frozenset()


def test_headings_of_dates_and_times_are_known() -> None:
    assert [names_date(heading) for heading in ("Päivämäärä", "Buchungs-Datum", "Umsatz")] == [True, True, False]
    assert [names_clock(heading) for heading in ("Uhrzeit", "Time (UTC)", "UTC", "Sales")] == [True, True, True, False]


@pytest.mark.parametrize(
    "text",
    [
        "perjantai 5. tammikuuta 2024",
        "poniedziałek, 5 stycznia 2024 r.",
        "2024. január 5., péntek",
        "2024.01.05.",
        "Cuma 5 Ocak 2024",
        "5 янв. 2024 г.",
        "fredag den 5. januar 2024",
        "sexta-feira, 5 de janeiro de 2024",
    ],
)
def test_days_are_read_as_they_are_written_in_many_languages(text: str) -> None:
    assert str(read_dates([text]).day_first[0]) == "2024-01-05T00:00:00"


@pytest.mark.parametrize(
    "text", ["2024Q02", "Q02 2024", "2024:Q2", "II kwartał 2024", "2024. 2. negyedév", "2. čtvrtletí 2024", "2024K2"]
)
def test_quarters_are_read_as_they_are_written_in_many_languages(text: str) -> None:
    assert str(read_dates([text]).day_first[0]) == "2024-04-01T00:00:00"


@pytest.mark.parametrize("text", ["LED 60", "Pro 12", "Route 66", "5 pieces 2024"])
def test_product_names_are_not_dates(text: str) -> None:
    assert str(read_dates([text]).day_first[0]) == "NaT"
