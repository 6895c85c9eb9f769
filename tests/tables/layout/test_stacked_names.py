"""Several lines of names, none of which tells the columns apart: devices, their numbers, what they measure, units."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from tests.tables.conftest import Reader

DAYS = [date(2024, 1, 1) + timedelta(n) for n in range(60)]
MEASURES = [
    ("Total yield", "Day yield"),
    ("Zählerstand", "Tagesertrag"),
    ("Power", "Energy"),
    ("Water flow", "Water volume"),
]
CORNERS = ("dd.MM.yyyy", "Date")


@pytest.mark.parametrize("measured", [0, *(pytest.param(n, marks=pytest.mark.slow) for n in range(1, len(MEASURES)))])
@pytest.mark.parametrize("lines_above", [("device", "number", "measure"), ("number", "measure", "kind")])
@pytest.mark.parametrize("corner", CORNERS)
def test_devices_and_measures_name_the_columns(
    read_text: Reader, measured: int, lines_above: tuple[str, ...], corner: str
) -> None:
    rng = random.Random(measured)
    serials, measures = ["2001234567", "2007654321"], MEASURES[measured]
    stack = {
        "device": ["STP 8000TL-20", "STP 8000TL-20", "SB 3000TL-21", "SB 3000TL-21"],
        "number": [serial for serial in serials for _ in measures],
        "measure": list(measures) * 2,
        "kind": ["Counter", "Analog"] * 2,
    }
    top = ["Version CSV1|Tool SE|Delimiter semicolon", ""]
    heads = [";".join(["", *stack[line]]) for line in lines_above]
    rows = [[f"{rng.uniform(1, 90):.3f}".replace(".", ",") for _ in range(4)] for _ in DAYS]
    data = [";".join([f"{day:%d.%m.%Y}", *row]) for day, row in zip(DAYS, rows, strict=True)]
    file = read_text("\n".join([*top, *heads, ";".join([corner, "kWh", "kWh", "kWh", "kWh"]), *data]) + "\n")
    first = lines_above[0]
    told = [f"{above} {measure}" for above, measure in zip(stack[first], stack["measure"], strict=True)]
    assert list(file.reading.value_columns) == told
    assert [file.series.measure(i).unit for i in range(4)] == ["kWh"] * 4
    assert [len(file.series[i]) for i in range(4)] == [len(DAYS)] * 4
    assert file.series[0].tolist() == [float(row[0].replace(",", ".")) for row in rows]
    assert not {"totals_left_out", "dates_not_understood", "repeated_names"} & {f.code for f in file.findings}
