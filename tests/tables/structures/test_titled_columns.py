"""Columns without a name, below lines that say what their series are called."""

from __future__ import annotations

import pytest
from tests.tables.conftest import Reader, months

MONTHS = months(24, "{y}-{m:02d}")


@pytest.mark.parametrize("label", ["Title", "Libellé", "Titel:", "Título"])
@pytest.mark.parametrize("last", ["Période", "Important notes"])
def test_a_column_is_called_as_its_title_says(read_text: Reader, label: str, last: str) -> None:
    rows = [f'"{month}";"{100 + n * 7 % 12}"' for n, month in enumerate(MONTHS)]
    lines = [f'"{label}";"Business climate"', '"ID";"001565530"', '"Updated";"24/10/2024 08:45"', f'"{last}";""']
    assert read_text("\n".join([*lines, *rows]) + "\n").series.names == ("Business climate",)


def test_each_column_has_its_own_title(read_text: Reader) -> None:
    rows = [f"{month},{100 + n * 7 % 12},{50 + n * 5 % 8}" for n, month in enumerate(MONTHS)]
    text = "\n".join(["Title,Prices,Wages", "CDID,L522,K11", "Notes,,", *rows]) + "\n"
    assert read_text(text).series.names == ("Prices", "Wages")
