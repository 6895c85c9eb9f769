"""What the process that reads a workbook is asked, what it answers, and how cells travel.

Questions are lines of JSON. Answers are pickles that may hold nothing but plain values and dates.
"""

from __future__ import annotations

import datetime
import json
import pickle
from array import array
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO, Literal, cast

Cell = str | float | int | bool | datetime.datetime | datetime.date | datetime.time | datetime.timedelta
Reason = Literal["damaged", "password", "too_large", "too_many_cells", "too_slow", "system"]
PackedColumn = bytes | tuple[list[Cell], bytes] | tuple[Cell, ...]

_DATES = {"date", "datetime", "time", "timedelta"}
_CODED: tuple[set[type], ...] = ({str}, {datetime.datetime}, {datetime.date})  # of columns whose cells repeat
MAX_ROWS_AT_ONCE = 1 << 13
_MAX_CELLS_AT_ONCE = 1 << 16  # so that no piece takes much memory; the codes of cells are below


class RefusedError(Exception):
    """The workbook is not read. ``reason``: why, for programs; ``detail``: in a sentence, or the number of an error."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail


class _Reader(pickle.Unpickler):
    """Reads plain values and dates. Raises ``pickle.UnpicklingError`` for everything else."""

    def find_class(self, module: str, name: str) -> Any:
        if module == "datetime" and name in _DATES:
            return getattr(datetime, name)
        raise pickle.UnpicklingError(f"{module}.{name} is no cell")


def ask(stream: BinaryIO, question: Sequence[object]) -> None:
    """Send one question: its name, and what it is about."""
    stream.write(json.dumps(question).encode() + b"\n")
    stream.flush()


def answer(stream: BinaryIO, *values: object) -> int:
    """Send one answer: its name, and what it holds. Returns how many bytes that took."""
    return stream.write(pickle.dumps(values, protocol=5))


def read_answer(stream: BinaryIO) -> tuple[Any, ...]:
    """The next answer. Raises EOFError at the end, ``pickle.UnpicklingError`` for what is none."""
    found = _Reader(stream).load()
    if not isinstance(found, tuple) or not found:
        raise pickle.UnpicklingError("no answer")
    return found


def rows_at_once(width: int) -> int:
    """How many rows of so many cells travel together."""
    return max(min(MAX_ROWS_AT_ONCE, _MAX_CELLS_AT_ONCE // max(width, 1)), 1)


def filled_width(row: Sequence[Cell]) -> int:
    """How many cells a row has up to the last one that is not blank."""
    width = len(row)
    if not width or row[-1] != "":
        return width
    if row.count("") == width:  # much quicker than looking at each
        return 0
    return next(n for n in range(width, 0, -1) if row[n - 1] != "")


def pack(rows: Sequence[Sequence[Cell]]) -> list[PackedColumn]:
    """Rows of the same width as columns: numbers as bytes, texts and dates each once. A fifth of the time of cells."""
    return [_packed(column) for column in zip(*rows, strict=True)]


def unpack(columns: list[PackedColumn]) -> list[list[Cell]]:
    """The rows again."""
    return list(map(list, zip(*map(_unpacked, columns), strict=True)))


def _packed(column: tuple[Cell, ...]) -> PackedColumn:
    kinds = set(map(type, column))
    if kinds == {float}:
        return array("d", cast(tuple[float, ...], column)).tobytes()
    if kinds in _CODED:
        codes = {cell: code for code, cell in enumerate(dict.fromkeys(column))}
        numbers: Iterator[int] = map(codes.__getitem__, column)
        return list(codes), array("H", numbers).tobytes()
    return column


def _unpacked(column: PackedColumn) -> Sequence[Cell]:
    if isinstance(column, bytes):
        return array("d", column).tolist()
    cells, codes = column[0], column[-1]
    if isinstance(cells, list) and isinstance(codes, bytes):
        return list(map(cells.__getitem__, array("H", codes)))
    return cast(tuple[Cell, ...], column)
