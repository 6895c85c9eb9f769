"""Weeks of years are read in every language, and numbers of other things are not taken for weeks."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.tables.conftest import Reader, codes, lines
from tests.tables.kinds.dates.weeks import WeeksFile, numbered_things, short_weeks_file, weeks_file

from almanac.core.problems import ProblemError
from almanac.tables.values.dates.read_dates import read_dates


def faults(read_text: Reader, truth: WeeksFile) -> list[str]:
    series = read_text(truth.text).series
    if (series.frequency.name, len(series)) != ("weekly", 1):
        return [f"{len(series)} series, {series.frequency.name}"]
    first = series.frequency.iso(int(series.first[0]))[:10]
    found = [] if first == truth.first.isoformat() else [f"begins {first}"]
    return found + ([] if series[0].tolist() == list(truth.values) else ["other values"])


def check(read_text: Reader, seeds: range, make: Callable[[int], WeeksFile] = weeks_file) -> None:
    assert not {seed: found for seed in seeds if (found := faults(read_text, make(seed)))}


def test_weeks_are_read_in_every_language(read_text: Reader) -> None:
    check(read_text, range(40))


@pytest.mark.slow
def test_many_weeks_are_read_in_every_language(read_text: Reader) -> None:
    check(read_text, range(40, 1054))


def test_weeks_are_read_with_letters_and_other_spellings(read_text: Reader) -> None:
    check(read_text, range(14), short_weeks_file)


@pytest.mark.slow
def test_many_weeks_are_read_with_letters_and_other_spellings(read_text: Reader) -> None:
    check(read_text, range(14, 614), short_weeks_file)


@pytest.mark.parametrize(
    ("cell", "per_year", "frequency"),
    [("S{n} {y}", 2, "every 6 months"), ("{y}-S{n}", 2, "every 6 months"), ("Sem. {n} {y}", 2, "every 6 months"),
     ("T{n} {y}", 4, "quarterly")],
)  # fmt: skip
def test_letters_count_longer_parts_where_no_number_is_higher(
    read_text: Reader, cell: str, per_year: int, frequency: str
) -> None:
    rows = [f"{cell.format(n=n % per_year + 1, y=2010 + n // per_year)};{100 + n}" for n in range(24)]
    assert read_text("\n".join(["Période;Ventes", *rows]) + "\n").series.frequency.name == frequency


def test_sprints_and_spans_of_weeks_are_no_weeks() -> None:
    sprints = read_dates([f"S{n % 26 + 1} {2022 + n // 26}" for n in range(60)])
    assert not sprints.understood.any()
    assert not read_dates([f"KW {n}/{n + 1}" for n in range(10, 40, 2)]).understood.any()


@pytest.mark.parametrize("seed", range(12))
def test_a_word_for_something_else_and_a_number_give_no_week(read_text: Reader, seed: int) -> None:
    with pytest.raises(ProblemError) as caught:
        read_text(numbered_things(seed).text)
    assert caught.value.problem.code == "no_dates"


@pytest.mark.parametrize("word", ["Uke", "Semaine", "Tydzień", "Hét", "W", "S", "Sem."])
def test_weeks_across_are_read(read_text: Reader, word: str) -> None:
    heading = ";".join(["År", *(f"{word} {n}" for n in range(1, 53))])
    rows = [";".join([str(year), *(str(100 * year + n) for n in range(52))]) for year in (2022, 2023, 2024)]
    series = read_text("\n".join([heading, *rows]) + "\n").series
    assert (series.frequency.name, series.lengths.tolist()) == ("weekly", [156])
    assert series[0].tolist() == [100 * year + n for year in (2022, 2023, 2024) for n in range(52)]


def test_below_week_a_number_and_a_year_are_a_week(read_text: Reader) -> None:
    rows = [f"{n}/2024;{10 * n}" for n in range(5, 11)]
    assert read_text("\n".join(["Vecka;Antal", *rows]) + "\n").series.frequency.name == "weekly"
    assert read_text("\n".join(["Month;Sold", *rows]) + "\n").series.frequency.name == "monthly"


def weeks_of(lengths: dict[int, int], year: str) -> str:
    """Sales by week of years with so many weeks, the years written in this way."""
    weeks = [(year.format(y=y), n + 1) for y, most in lengths.items() for n in range(most)]
    years, numbers = zip(*weeks, strict=True)
    return lines(years, numbers, range(100, 100 + len(weeks)), header="Fiscal Year,Week,Sales")


FISCAL = [{2022: 52, 2023: 53, 2024: 52}, {2023: 53, 2024: 40}, {2016: 52, 2017: 53, 2018: 52, 2019: 52}]


@pytest.mark.parametrize("year", ["FY{y}", "{y}"])
@pytest.mark.parametrize("lengths", FISCAL)
def test_a_53rd_week_of_a_fiscal_year_is_a_separate_week(read_text: Reader, year: str, lengths: dict[int, int]) -> None:
    file = read_text(weeks_of(lengths, year))
    assert file.series[0].tolist() == list(range(100, 100 + sum(lengths.values())))
    assert "counted_weeks" in codes(file)


@pytest.mark.parametrize(
    ("lengths", "name"),
    [
        ({2021: 53, 2022: 53, 2023: 53}, "Year"),  # week 1 begins on 1 January, and week 53 ends on 31 December
        ({2019: 52, 2020: 53, 2021: 52}, "Fiscal Year"),  # as in the calendar
        ({2020: 53, 2021: 52, 2022: 53, 2023: 52}, "Year"),  # one mistake
    ],
)
def test_other_weeks_are_those_of_the_calendar(read_text: Reader, lengths: dict[int, int], name: str) -> None:
    file = read_text(weeks_of(lengths, "{y}").replace("Fiscal Year", name))
    first = min(lengths)
    start = file.series.frequency.iso(int(file.series.first[0]))[:10]
    assert start == {2019: "2018-12-31", 2020: "2019-12-30", 2021: "2021-01-04"}[first]
    assert "counted_weeks" not in codes(file)
