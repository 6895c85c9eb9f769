"""The doors of the program that get bytes from strangers, each as a function that fails when something is wrong.

A door takes any bytes. Besides "no fault and no hang" it holds what must be true of every input: two readers for one
thing give the same answer, what is a number is finite, no row disappears.
"""

from __future__ import annotations

import io
import math
import struct
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import numpy as np
from tests.tables.accounted import read_and_account

from almanac.core.jobs import run
from almanac.core.problems import ProblemError
from almanac.tables import ReadFile, read
from almanac.tables.layout import large_text
from almanac.tables.sources import delimited
from almanac.tables.sources.delimiters import find_delimiter
from almanac.tables.sources.quotes import read_rows
from almanac.tables.values.cells import CellKind, clean_cell
from almanac.tables.values.dates.read_dates import looks_like_date, read_dates
from almanac.tables.values.numbers import MAX_MAGNITUDE, looks_like_number, read_cells, read_number
from almanac.tables.values.texts import Texts
from almanac.workbooks.biff import measure_xls, measure_xlsb_part
from almanac.workbooks.hidden_parts import hidden_parts
from almanac.workbooks.limits import refuse_oversized
from almanac.workbooks.messages import RefusedError

MAX_TEXT, MAX_FILE = 4_000, 20_000  # bytes: longer inputs find little more, and slower
_DAMAGED_RECORDS = (IndexError, ValueError, EOFError, OverflowError, struct.error)  # which say "damaged" to a person


def number(data: bytes) -> None:
    """A cell as a number, by the reader of one cell and by that of a whole column."""
    cell = clean_cell(data[:MAX_TEXT].decode("utf-8", "replace"))
    assert isinstance(cell, str)
    found = [read_number(cell, decimal) for decimal in ".,"]
    assert all(value is None or not math.isnan(value) for value in found)
    if not looks_like_number(cell):
        assert found == [None, None], "a cell that is no number was read as one"
    packed = cell.encode()
    texts = Texts(packed, np.array([len(packed)], dtype=np.int64))
    for decimal in ".,":
        (one,), (kind,) = read_cells([cell], decimal)
        (other,), (other_kind,) = read_cells(texts, decimal)
        assert kind == other_kind, "two readers of numbers differ"
        assert one == other or (math.isnan(one) and math.isnan(other)), "two readers of numbers differ"
        assert kind != CellKind.NUMBER or abs(one) < MAX_MAGNITUDE


def date(data: bytes) -> None:
    """Cells as dates, as Python texts and packed as those of a large file."""
    cells = [str(clean_cell(cell)) for cell in data[:MAX_TEXT].decode("utf-8", "replace").split("\n")]
    found = read_dates(cells)
    for cell in cells:
        looks_like_date(cell)
    parts = [cell.encode() for cell in cells]
    packed = Texts(b"".join(parts), np.cumsum([len(part) for part in parts], dtype=np.int64))
    again = read_dates(packed)
    for one, other in ((found.day_first, again.day_first), (found.month_first, again.month_first)):
        assert (np.isnat(one) == np.isnat(other)).all(), "two readers of dates differ"
        assert (one[~np.isnat(one)] == other[~np.isnat(other)]).all(), "two readers of dates differ"


def delimiter(data: bytes) -> None:
    """What sets the cells of a text apart, and the rows that this gives."""
    text = data[:MAX_FILE].decode("utf-8", "replace")
    choice = find_delimiter(text)
    rows = read_rows(choice.prepared(text), choice.sign)
    assert len(rows.rows) <= text.count("\n") + text.count("\r") + 1


def text(data: bytes) -> None:
    """A text file, at once and block by block: the same reading, and no row that nothing speaks of."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file.csv"
        path.write_bytes(data[:MAX_FILE])
        try:
            _, lost = read_and_account(path)
        except ProblemError:
            return
        assert not lost, f"rows {lost[:5]} are lost"
        _read_in_blocks(path)


def _read_in_blocks(path: Path) -> ReadFile | None:
    """The same file as one that is too large to read at once; None where it is refused."""
    with (
        mock.patch.object(delimited, "MAX_WHOLE_BYTES", 1_000),
        mock.patch.object(large_text, "BLOCK_BYTES", 700),
    ):
        try:
            return run(read(path))
        except ProblemError:
            return None


def workbook(data: bytes) -> None:
    """What is looked at before a workbook is taken apart: its parts as XML, and the records of older formats."""
    data = data[:MAX_FILE]
    kind, body = data[:1], data[1:]
    for measured in (measure_xls, measure_xlsb_part):
        try:
            measured(body)
        except _DAMAGED_RECORDS:
            continue
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        path.write_bytes(body if kind == b"\0" else _archive(body))
        try:
            refuse_oversized(path)
        except RefusedError:
            return
        hidden_parts(path, "Sheet1")


def _archive(body: bytes) -> bytes:
    """A workbook whose sheet, shared texts and list of sheets are parts of ``body``, set apart by a byte of zero."""
    sheet, shared, book, *_ = [*body.split(b"\0"), b"", b""]
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
        archive.writestr(
            "xl/workbook.xml", book or b'<workbook><sheets><sheet name="Sheet1" r:id="a"/></sheets></workbook>'
        )
        archive.writestr("xl/_rels/workbook.xml.rels", b'<Relationship Id="a" Target="worksheets/sheet1.xml"/>')
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        archive.writestr("xl/sharedStrings.xml", shared)
        archive.writestr("content.xml", sheet)
    return made.getvalue()


DOORS: dict[str, Callable[[bytes], None]] = {door.__name__: door for door in (number, date, delimiter, text, workbook)}
