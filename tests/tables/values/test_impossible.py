"""A number that no amount can be, and digits that are several numbers, are noticed with their row and left out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.tables.conftest import finding

from almanac.core.jobs import run
from almanac.core.problems import ProblemError
from almanac.tables import ReadingOptions, read
from almanac.tables.values.numbers import MAX_MAGNITUDE, read_number, votes

IMPOSSIBLE = ("1e100", "1e160", "-3e250", "1e308", "9" * 101, "1e400", "1 2 3", "12 34", "1 2 3,5", "1'2'3")


def lines(odd: str, months: int) -> list[str]:
    """Months of one series, or of many, with one odd cell in line 21."""
    stamps = [f"{1900 + n // 12 % 120}-{n % 12 + 1:02d}-01" for n in range(months)]
    made = [f"{stamp};{100 + n % 7};shop {n // 1440}" for n, stamp in enumerate(stamps)]
    made[19] = made[19].replace(";100;", f";{odd};").replace(";105;", f";{odd};")
    return ["Date;Sales;Shop", *made]


@pytest.mark.parametrize("odd", IMPOSSIBLE)
def test_it_is_noticed_with_its_row(odd: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("\n".join(lines(odd, 48)))
    file = run(read(path))
    is_number = read_number(odd, ".") is not None
    found = finding(file, "numbers_too_large" if is_number else "text_among_numbers")
    assert (found.rows, odd[:9] in found.what) == ((21,), True)
    assert np.isnan(file.series.values[19])


def test_so_it_is_in_a_large_file(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("\n".join(lines("1e160", 200_000)))
    assert path.stat().st_size > 4 << 20
    file = run(read(path))
    assert finding(file, "numbers_too_large").rows == (21,)
    assert np.nanmax(np.abs(file.series.values)) < MAX_MAGNITUDE


@pytest.mark.parametrize("word", ["1e160", "closed"])
def test_why_no_number_is_left_is_true(word: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    numbers = ["5" if n > 40 else word for n in range(48)]
    path.write_text(
        "\n".join(["Date;Sales", *(f"{1990 + n // 12}-{n % 12 + 1:02d};{v}" for n, v in enumerate(numbers))])
    )
    with pytest.raises(ProblemError) as caught:
        run(read(path, ReadingOptions(values=("Sales",), missing=(5.0,))))
    assert ("too large" in caught.value.problem.why) == (word == "1e160")


@pytest.mark.parametrize(
    ("text", "value"),
    [("1 234", 1234), ("1 234 567", 1234567), ("12,34,567", 1234567), ("1'234.5", 1234.5)],
)
def test_digits_in_groups_are_one_number(text: str, value: float) -> None:
    assert read_number(text, ".") == value


def test_several_numbers_in_a_cell_are_no_evidence_for_a_convention() -> None:
    assert votes(["1 2 3", "4 5 6,7"]) == votes([])
