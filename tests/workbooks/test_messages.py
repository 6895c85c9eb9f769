"""Cells travel between the processes as they are, and nothing else does."""

from __future__ import annotations

import io
import pickle
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from almanac.workbooks.messages import Cell, answer, filled_width, pack, read_answer, rows_at_once, unpack

NOON = datetime(2024, 1, 1, 12)


@pytest.mark.parametrize(
    "column",
    [
        [1.0, -0.0, 1e308],
        ["a", "", "a"],
        [NOON, NOON, datetime.max],
        [date(2024, 1, 1), date(2024, 1, 1), NOON],
        [True, 1.0, 1],
        ["", 1.0, False],
        [time(12), timedelta(1), "x"],
        [3, 4, 5],
    ],
)
def test_a_column_arrives_as_it_was_sent(column: list[Cell]) -> None:
    stream = io.BytesIO()
    answer(stream, "rows", pack([[cell, "x"] for cell in column]))
    stream.seek(0)
    _, packed = read_answer(stream)
    arrived = [row[0] for row in unpack(packed)]
    assert [(type(cell), str(cell)) for cell in arrived] == [(type(cell), str(cell)) for cell in column]


@pytest.mark.parametrize(
    ("row", "width"),
    [
        ([], 0),
        ([""], 0),
        (["", "", ""], 0),
        ([0.0, "", ""], 1),
        (["", False, ""], 2),
        (["", "", " "], 3),
        ([1.0, ""], 1),
    ],
)
def test_a_row_is_as_wide_as_its_last_filled_cell(row: list[Cell], width: int) -> None:
    assert filled_width(row) == width


def test_the_widest_sheet_travels_in_pieces_of_few_rows() -> None:
    assert rows_at_once(16_384) * 16_384 <= 1 << 16
    assert rows_at_once(1 << 20) == 1
    assert rows_at_once(0) > 0


class _Attack:
    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (self.mark,)


def test_an_answer_that_names_anything_but_a_date_is_refused(tmp_path: Path) -> None:
    stream = io.BytesIO(pickle.dumps(("rows", _Attack(tmp_path / "made"))))
    with pytest.raises(pickle.UnpicklingError):
        read_answer(stream)
    assert not (tmp_path / "made").exists()


@pytest.mark.parametrize("value", [5, (), "rows"])
def test_what_is_no_answer_is_refused(value: object) -> None:
    with pytest.raises(pickle.UnpicklingError):
        read_answer(io.BytesIO(pickle.dumps(value)))
