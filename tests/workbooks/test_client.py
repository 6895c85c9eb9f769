"""A workbook is taken apart in a separate process, and whatever ends that process is a Problem here."""

from __future__ import annotations

import io
import os
import signal
import struct
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter
from tests.workbooks.bomb_parts import Part, ods, old_cell, old_sheets, repeated, xls

from almanac.core.problems import ProblemError
from almanac.core.system import own_process
from almanac.tables.sources.workbook import open_workbook
from almanac.workbooks import client, serve
from almanac.workbooks.client import Bounds, WorkbookProcess, end_idle, usual_bounds
from almanac.workbooks.messages import RefusedError

ROWS = 30_000


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("book") / "a.xlsx"
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as made:
        sheet = made.add_worksheet("Data")
        for n in range(ROWS):
            sheet.write_row(n, 0, (n, f"text {n}"))
        made.add_worksheet("Empty")
    return path


@pytest.fixture(autouse=True)
def no_idle_process(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(client, "KEEPS_IDLE", True)  # on Windows, too, where it can be kept as well
    end_idle()
    yield
    end_idle()


def test_cells_come_whole_or_as_a_beginning(book: Path) -> None:
    with open_workbook(book) as found:
        assert found.names == found.visible == ["Data", "Empty"]
        head = found.grid("Data", 5)
        assert (head.rows, head.complete) == ([[float(n), f"text {n}"] for n in range(5)], False)
        whole = found.grid("Data")
        assert len(whole.rows) == ROWS
        assert (whole.rows[-1], whole.complete) == ([ROWS - 1.0, f"text {ROWS - 1}"], True)
        assert found.grid("Empty").rows == []
        assert (found.size("Data"), found.size("Empty")) == ((ROWS, 2), (0, 0))


def test_two_cells_far_apart_are_not_millions_of_blank_ones(tmp_path: Path) -> None:
    path = tmp_path / "far.xls"
    xls(path, old_sheets(1, old_cell(0, 0) + old_cell(1, 2) + old_cell(65_535, 255)))
    with open_workbook(path) as found:
        rows = found.grid(found.names[0]).rows
    assert len(rows) == 65_536
    assert (rows[0][0], rows[1][2], rows[-1][255]) == (1.5, 1.5, 1.5)
    assert sum(map(len, rows)) < 1_000_000  # of 16 million places
    assert not any(cell != "" for row in rows[2:-1] for cell in row)


def test_texts_that_formulas_give_are_read_from_an_old_workbook(tmp_path: Path) -> None:
    """Their records hold no row and no column."""
    text = struct.pack("<HHHB", 0x207, 14, 11, 0) + b"Delivered A"
    formula = struct.pack("<HHHHHQHIH", 0x006, 22, 0, 1, 0, 0xFFFF << 48, 0, 0, 0)
    xls(tmp_path / "a.xls", old_sheets(1, old_cell(0, 0) + formula + text))
    with open_workbook(tmp_path / "a.xls") as found:
        assert found.grid(found.names[0]).rows == [[1.5, "Delivered A"]]


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
@pytest.mark.parametrize("name", ["a.xlsx", "a.xlsm", "a.xlsb", "a.ods", "a.XLS", "a"])
def test_a_workbook_is_read_by_its_content_whatever_its_name_says(kind: str, name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    if kind == "xlsx":
        with xlsxwriter.Workbook(path) as book:
            book.add_worksheet().write_number(0, 0, 7.5)
    elif kind == "ods":
        ods(path, Part(repeated(b"", b"")))
    else:
        xls(path, old_sheets(1, old_cell(0, 0)))
    with open_workbook(path) as opened:
        (sheet,) = opened.names
        assert opened.size(sheet) == (1, 1)


def test_a_small_workbook_is_taken_apart_again_only_when_it_was_changed(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    for n, cells in enumerate((old_cell(0, 0), old_cell(0, 0), old_cell(1, 2), old_cell(0, 0))):
        if n != 1:
            xls(path, old_sheets(1, cells))  # as large and, for the file system, as old as the one before
            os.utime(path, (1, 1))
        with open_workbook(path) as found:
            assert found.size(found.names[0]) == (1, 1)
            assert len(found.grid(found.names[0]).rows) == (2 if n == 2 else 1)
    assert len(client._IDLE) == 1


def test_a_workbook_that_is_the_same_is_not_taken_apart_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [tmp_path / name for name in ("a.xls", "b.xls")]
    measured: list[Path] = []
    monkeypatch.setattr(serve, "limit_this_process", lambda *_: None)
    monkeypatch.setattr(serve, "refuse_oversized", measured.append)
    one = serve.OneWorkbook(io.BytesIO())
    for path in paths:
        xls(path, old_sheets(1, old_cell(0, 0)))
    for path in (paths[0], paths[0], paths[1], paths[1]):
        one.open(str(path), 0, 0)
    assert measured == paths


@pytest.mark.parametrize(("content", "refused"), [(b"x", True), (b"\0", False), (b"\xff", False)], ids=repr)
def test_a_part_may_be_a_large_picture_but_no_endless_text(
    book: Path, tmp_path: Path, content: bytes, refused: bool
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(book.read_bytes())
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.bmp", content * (17 << 20))
    if refused:
        with pytest.raises(ProblemError) as stop, open_workbook(path):
            pass
        assert stop.value.problem.code == "too_large"
    else:
        with open_workbook(path) as found:
            assert found.size("Data") == (ROWS, 2)


def test_the_process_is_used_again_after_a_small_workbook(book: Path) -> None:
    for _ in range(2):
        with open_workbook(book) as found:
            assert found.size("Data") == (ROWS, 2)
    (kept,) = client._IDLE
    process = WorkbookProcess(book)
    assert process._process is kept
    with pytest.raises(RefusedError):
        process.rows("No such sheet")
    process.close()
    assert [kept] == client._IDLE


def test_where_an_open_file_cannot_be_replaced_no_process_waits_with_one(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "KEEPS_IDLE", False)
    with open_workbook(book) as found:
        assert found.grid("Data")
    assert client._IDLE == []


def test_an_idle_process_that_was_ended_is_replaced(book: Path) -> None:
    with open_workbook(book):
        pass
    (kept,) = client._IDLE
    kept.kill()
    kept.wait()
    with open_workbook(book) as found:
        assert found.names == ["Data", "Empty"]


def test_a_process_that_is_stopped_half_way_is_not_used_again(book: Path) -> None:
    with open_workbook(book) as found:
        found._process._send("rows", "Data", None)
    assert client._IDLE == []


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited as Linux does")
def test_a_workbook_that_needs_more_memory_than_there_is_for_it_is_refused(book: Path) -> None:
    with pytest.raises(RefusedError) as stop:
        WorkbookProcess(book, Bounds(1 << 20, 5))
    assert stop.value.reason == "too_large"


def _end_while_it_reads(book: Path, end: signal.Signals) -> None:
    with open_workbook(book) as found:
        os.kill(found._process._process.pid, end)
        found.grid("Data")


@pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX")
@pytest.mark.parametrize(
    ("end", "code", "words"),
    [
        ("SIGABRT", "too_large", "MB of memory"),
        ("SIGKILL", "too_large", "MB of memory"),
        ("SIGXCPU", "too_large", "seconds"),
        ("SIGSEGV", "damaged_workbook", "damaged"),
    ],
)
def test_the_end_of_the_process_is_a_problem(book: Path, end: str, code: str, words: str) -> None:
    """``end``: the name of a signal, of which Windows lacks most."""
    with pytest.raises(ProblemError) as stop:
        _end_while_it_reads(book, getattr(signal, end))
    assert stop.value.problem.code == code
    assert words in str(stop.value.problem)


BUSY = """
import sys
from almanac.core.system.bounds import limit_this_process
limit_this_process(1 << 30, 1)
while True: pass
"""


@pytest.mark.slow
def test_the_system_ends_a_process_whose_time_is_up() -> None:
    with own_process.start([sys.executable, "-c", BUSY]) as process:
        code = process.wait(60)
    assert {code} == client._TIME_IS_UP


def test_nonsense_from_the_process_is_a_damaged_workbook(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    talk = [sys.executable, "-c", "print('nonsense', flush=True); input()"]
    monkeypatch.setattr(own_process, "command", lambda _: talk)
    with pytest.raises(ProblemError) as stop, open_workbook(book):
        pass
    assert stop.value.problem.code == "damaged_workbook"


def test_a_file_that_disappears_is_missing(tmp_path: Path) -> None:
    with pytest.raises(ProblemError) as stop, open_workbook(tmp_path / "a.xlsx"):
        pass
    assert stop.value.problem.code == "file_missing"


def test_bounds_grow_with_the_file_up_to_a_limit() -> None:
    assert usual_bounds(0).seconds < usual_bounds(5 << 20).seconds < usual_bounds(1 << 40).seconds <= 20
    assert usual_bounds(1 << 40).memory <= 1280 << 20
