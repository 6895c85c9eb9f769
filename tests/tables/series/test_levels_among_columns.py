"""Levels that the other columns or the title of a table show, and what stays apart next to them."""

from __future__ import annotations

import numpy as np
import pytest
from tests.tables.conftest import Reader, months


def test_parts_of_a_body_are_levels_next_to_its_weight(read_text: Reader) -> None:
    rows = [f"2024-{1 + n // 28:02d}-{1 + n % 28:02d},{80 - n * 0.02:.2f},{16 - n * 0.01:.2f}" for n in range(100)]
    levels = read_text("\n".join(["Date,Weight (kg),Fat mass (kg)", *rows])).series.measures
    assert [measure.kind for measure in levels] == ["level", "level"]
    flows = read_text("\n".join(["Date,Potatoes (kg),Fat (kg)", *rows])).series.measures
    assert all(measure.kind == "flow" for measure in flows)


@pytest.mark.parametrize("newest_first", [False, True])
def test_what_changes_by_the_amounts_is_a_level_whatever_its_name(read_text: Reader, newest_first: bool) -> None:
    amounts = np.random.default_rng(3).integers(-90, 90, 60).tolist()
    rows = [f"2024-{1 + n // 28:02d}-{1 + n % 28:02d},{a},{900 + sum(amounts[: n + 1])}" for n, a in enumerate(amounts)]
    file = read_text("\n".join(["Date,Moved,Thing", *(rows[::-1] if newest_first else rows)]))
    assert [measure.kind for measure in file.series.measures] == ["flow", "level"]


@pytest.mark.parametrize(
    ("names", "apart"),
    [("Distance,Steps,Floors", True), ("Bread,Steps,Floors", False), ("Temp,RH", True), ("Bread,Milk,Temp,RH", False)],
)
def test_next_to_several_things_the_others_are_apart(read_text: Reader, names: str, apart: bool) -> None:
    rows = [
        f"{month}," + ",".join(str(30 + 9 * k + n * (7 + k) * (k + 2) % (11 + k)) for k in range(names.count(",") + 1))
        for n, month in enumerate(months(24))
    ]
    measures = read_text("\n".join([f"Month,{names}", *rows])).series.measures
    counted = [measure.counted for measure in measures]
    assert (len(set(counted)) == len(counted)) is apart


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Head count at month end", "level"),
        ("Population by region", "level"),
        ("Befolkning efter region och år", "level"),
        ("Members' dinners", "flow"),
        ("Population growth by region", "flow"),
        ("Sales by region", "flow"),
    ],
)
def test_a_title_says_that_the_table_is_about_how_many_there_are(read_text: Reader, title: str, kind: str) -> None:
    names = ",".join(months(24))
    rows = [f"{name}," + ",".join(str(size + n) for n in range(24)) for name, size in (("North", 90), ("South", 70))]
    measures = read_text("\n".join([title, "", f"Region,{names}", *rows])).series.measures
    assert {measure.kind for measure in measures} | ({"flow"} if not measures else set()) == {kind}
