"""Quarters next to a year that may stand in the first row of each only, in Roman numbers too, with totals of years."""

from __future__ import annotations

from itertools import product

import pytest
from tests.tables.conftest import Reader, lines

from almanac.tables.values.dates.calendar_names import roman_quarter

ROMAN = ("I", "II", "III", "IV")
QUARTERS = {
    "Q": ("Quarter", tuple(f"Q{n}" for n in range(1, 5))),
    "roman": ("Quarter", ROMAN),
    "polish": ("Kwartał", tuple(f"{n} kw." for n in ROMAN)),
    "hungarian": ("Negyedév", tuple(f"{n}. negyedév" for n in ROMAN)),
    "spanish": ("Trimestre", tuple(f"{n} Trim." for n in ROMAN)),
    "numbers": ("Quartal", tuple(map(str, range(1, 5)))),
}
TOTALS = {
    "none": None,
    "with its year": ("", "Total {}"),
    "its year first": ("", "{} Summe"),
    "without its year": ("", "Total"),
    "of a named year": ("{}", "Suma"),
    "below years": ("Total {}", ""),  # only where each row has its year
}
ALL = [  # years in each row; newest first
    case for case in product(QUARTERS, TOTALS, (False, True), (False, True)) if case[1] != "below years" or case[2]
]


@pytest.mark.parametrize("step", [13, pytest.param(1, marks=pytest.mark.slow)])
def test_quarters_below_their_years_are_read(read_text: Reader, step: int) -> None:
    wrong = {}
    for written, total, in_each, newest_first in ALL[::step]:
        name, quarters = QUARTERS[written]
        years: list[str] = []
        parts: list[str] = []
        values: list[int] = []
        for year in sorted(range(2018, 2025), reverse=newest_first):
            order = range(3, -1, -1) if newest_first else range(4)
            own = [100 * (year - 2010) + 7 * n * (year % 3 + 1) for n in order]
            years += [str(year) if in_each or k == 0 else "" for k in range(4)]
            parts += [quarters[n] for n in order]
            values += own
            if (cells := TOTALS[total]) is not None:
                years, parts, values = (
                    [*years, cells[0].format(year)],
                    [*parts, cells[1].format(year)],
                    [*values, sum(own)],
                )
        file = read_text(lines(years, parts, values, header=f"Year,{name},Nights"))
        series = file.series
        found = (series.frequency.iso(int(series.first[0])), series.frequency.iso(int(series.last[0])))
        wanted = [100 * (year - 2010) + 7 * n * (year % 3 + 1) for year in range(2018, 2025) for n in range(4)]
        if found != ("2018-01-01", "2024-10-01") or series[0].tolist() != wanted:
            wrong[written, total, in_each, newest_first] = (found, len(series), file.reading.date_column)
    assert not wrong


@pytest.mark.parametrize("cell", ["V", "I half", "I półrocze", "Ib", "II III", "", "VI", "I 1"])
def test_other_letters_are_no_roman_quarters(cell: str) -> None:
    assert roman_quarter(cell) is None


def test_roman_numbers_of_other_things_are_names(read_text: Reader) -> None:
    years = [2015 + n // 4 for n in range(40)]
    file = read_text(lines(years, [ROMAN[n % 4] for n in range(40)], [*range(40)], header="Year,Class,Pupils"))
    assert file.series.names == ROMAN
