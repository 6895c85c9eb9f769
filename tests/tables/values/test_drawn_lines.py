"""Cells that only draw a line are no text to quote."""

from __future__ import annotations

import pytest
from tests.tables.conftest import Reader, finding

from almanac.tables.values.drawn_lines import draws_line

LINES = ["-----", "# -----", "#-----", "=====", "___", "|----:", ":---", "; ====", "// ---"]


@pytest.mark.parametrize("text", LINES)
def test_a_line_is_known_and_not_quoted(read_text: Reader, text: str) -> None:
    assert draws_line(text)
    rows = [f"2024-01-{day:02d},{text if day == 9 else 100 + day}" for day in range(1, 29)]
    said = finding(read_text("\n".join(["Date,Sales", *rows])), "text_among_numbers").what
    assert said == "“Sales” holds text in 1 cell, such as a line of dashes."


@pytest.mark.parametrize("text", LINES)
def test_a_line_below_the_heading_is_not_the_heading(read_text: Reader, text: str) -> None:
    rows = [f"2024-01-{day:02d},{100 + day}" for day in range(1, 29)]
    file = read_text("\n".join(["Date,Sales", f"{text},-----", *rows]))
    assert (file.reading.date_column, file.reading.value_columns) == ("Date", ("Sales",))


@pytest.mark.parametrize("text", ["--", "-", "n/a", "closed", "-5", "#1", "# see below", "--- closed ---"])
def test_anything_else_is_text(text: str) -> None:
    assert not draws_line(text)
