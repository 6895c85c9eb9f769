"""A "#" in front of every name, or of the line of names, is no part of them; in front of some it means a number."""

from __future__ import annotations

from itertools import product

import pytest
from tests.tables.conftest import Reader, months

MARKED = (
    "#Data operacji;#Opis;#Kwota",
    "# Date;# Text;# Sold",
    "#Date;Text;Sold",
    "# Datum;Text;Sold",
    "#date;#text;#a;",
)
KEPT = ("Date;Text;# Orders", "#;Text;# Orders", "# Orders;Text;# Sold;Date")
ABOVE = ("", "Bank;\n\n#Okres:;\n01.01.2024;30.09.2024;\n\n")


def _file(header: str, above: str) -> str:
    order = header.split(";").index("Date") if header.endswith("Date") else 0
    rows = []
    for n, month in enumerate(months(30)):
        cells = [month, "shop" if n % 3 else "cash", f"{1000 + n * 37 % 91},5"]
        rows.append(";".join(cells if order == 0 else [f"{n * 7 % 31}", *cells[1:], month]))
    return above + "\n".join([header, *rows]) + "\n"


@pytest.mark.parametrize(("header", "above"), list(product(MARKED, ABOVE))[::3])
def test_a_hash_in_front_of_names_is_left_out(read_text: Reader, header: str, above: str) -> None:
    reading = read_text(_file(header, above)).reading
    names = [name.strip("# ") for name in header.split(";")]
    assert (reading.date_column, *reading.value_columns) == (names[0], names[2])


@pytest.mark.parametrize("header", KEPT)
def test_a_hash_in_front_of_some_names_is_a_number_of_things(read_text: Reader, header: str) -> None:
    reading = read_text(_file(header, "")).reading
    assert all(name in header.split(";") for name in reading.value_columns)
    assert any(name.startswith("# ") for name in reading.value_columns)
