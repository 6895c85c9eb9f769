"""The process that takes workbooks apart, through calamine, within limits of the operating system.

It starts in a few hundredths of a second because it loads neither numpy nor the rest of Almanac.
"""

from __future__ import annotations

import json
import os
import signal
import zipfile
from collections.abc import Callable, Generator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NoReturn

from almanac.core.system.bounds import limit_this_process
from almanac.core.system.pipes import take_over_pipes
from almanac.workbooks.hidden_parts import hidden_parts
from almanac.workbooks.limits import MAX_SHEET_CELLS, refuse_oversized
from almanac.workbooks.messages import Cell, RefusedError, answer, filled_width, pack, rows_at_once

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

MAX_BYTES_KEPT = 1 << 20  # of a workbook after which this process is used again; chosen by judgement
ARGUMENT = "--read-workbook"  # of the program, when it is to be this process
MAX_SHEETS = 5_000  # looking at each takes milliseconds; chosen by judgement
MAX_CELLS_HANDED_OVER = 3 * MAX_SHEET_CELLS  # of all answers together: a sheet is asked for its beginning, then whole
MAX_BYTES_HANDED_OVER = 512 << 20  # of all answers; 12 million different texts of 20 characters are 300 MB
MAX_NAME_CHARACTERS = 1_000_000  # of all sheets together; Excel allows 31 for each
_MAIN_PARTS = {  # of each kind of workbook; an old one is no archive
    ".xlsx": "xl/workbook.xml",
    ".xlsm": "xl/workbook.xml",
    ".xlsb": "xl/workbook.bin",
    ".ods": "content.xml",
    ".xls": "",
}
OUT_OF_MEMORY = "There was not enough memory to take it apart."


class OneWorkbook:
    """The workbook that this process has open, the last one it was asked for. The sheet that was read last is kept.

    A small one is not taken apart again as long as it holds the same bytes: it is often looked at several times in a
    row, and one with a cell far away takes a second each time.
    """

    def __init__(self, outgoing: BinaryIO) -> None:
        self._outgoing = outgoing
        self._path = Path()
        self._content: bytes | None = None
        self._names: tuple[list[str], list[str]] = [], []
        self._workbook: CalamineWorkbook | None = None
        self._last: CalamineSheet | None = None
        self._handed_over = self._bytes = 0

    def open(self, path: str, memory: int, seconds: int) -> None:
        """Answer with the names of all sheets, and of those that are not hidden."""
        limit_this_process(memory, seconds)
        self._handed_over = self._bytes = 0
        asked = Path(path)
        content = asked.read_bytes() if asked.stat().st_size <= MAX_BYTES_KEPT else None
        if content is None or content != self._content or asked != self._path:
            self._path, self._content, self._workbook, self._last = asked, None, None, None
            self._names = self._take_apart(path)
            self._content = content
        answer(self._outgoing, "open", *self._names)

    def _take_apart(self, path: str) -> tuple[list[str], list[str]]:
        """Open the workbook. Returns the names of all sheets, and of those that are not hidden."""
        import python_calamine as calamine

        refuse_oversized(self._path)
        try:
            with _reader_errors_as_refusals():
                self._workbook = _opened(path)
        except calamine.PasswordError as cause:
            raise RefusedError("password") from cause
        names = self._workbook.sheet_names
        if len(names) > MAX_SHEETS:
            raise RefusedError("too_large", f"It has {len(names):,} sheets.")
        if sum(map(len, names)) > MAX_NAME_CHARACTERS:
            raise RefusedError("too_large", "The names of its sheets are far too long.")
        visible = [m.name for m in self._workbook.sheets_metadata if str(m.visible).endswith(".Visible")]
        return names, visible or names

    def rows(self, name: str, most: int | None) -> None:
        """Answer with the cells of a sheet, or its first ``most`` rows, in pieces, then with its height."""
        sheet = self._sheet(name)
        height, width = (n + 1 for n in sheet.end) if sheet.end is not None else (0, 0)
        if height * width > MAX_SHEET_CELLS:
            raise RefusedError("too_large", f"One of its sheets reaches to row {height:,} and column {width:,}.")
        self._handed_over += width * (height if most is None else min(height, most))
        if self._handed_over > MAX_CELLS_HANDED_OVER:
            raise RefusedError("too_large", f"Its sheets have {self._handed_over:,} cells together.")
        with _reader_errors_as_refusals():
            rows = sheet.iter_rows() if most is None else islice(sheet.iter_rows(), most)
            while piece := list(islice(rows, rows_at_once(width))):
                self._bytes += self._hand_over(piece)
                if self._bytes > MAX_BYTES_HANDED_OVER:
                    raise RefusedError("too_large", f"Its cells take more than {MAX_BYTES_HANDED_OVER >> 20} MB.")
        answer(self._outgoing, "end", height)

    def _hand_over(self, rows: list[list[Cell]]) -> int:
        """Answer with some rows of a sheet, without what is blank to the right of all of them. Returns the bytes.

        A sheet with two cells far apart is millions of blank ones, which would each be looked at.
        """
        width = max(map(filled_width, rows))
        if not width:
            return answer(self._outgoing, "blank", len(rows))
        return answer(self._outgoing, "rows", pack([row[:width] for row in rows]))

    def size(self, name: str) -> None:
        """Answer with the rows and columns of a sheet, from its first used line to its last."""
        sheet = self._sheet(name)
        answer(self._outgoing, "size", sheet.height, sheet.width)

    def hidden(self, name: str) -> None:
        """Answer with the numbers of the hidden rows and the indices of the hidden columns."""
        self._last = None  # its cells would add to the unpacked part
        answer(self._outgoing, "hidden", *hidden_parts(self._path, name))

    def _sheet(self, name: str) -> CalamineSheet:
        if self._last is None or self._last.name != name:
            self._last = None  # its cells may be as much as there is memory
            with _reader_errors_as_refusals():
                self._last = self._workbook.get_sheet_by_name(name)  # pyrefly: ignore[missing-attribute]
        return self._last


def _opened(path: str) -> CalamineWorkbook:
    """The workbook, by its content where its name is one of another kind: calamine goes by the name if it knows it."""
    import python_calamine as calamine

    if not _is_misnamed(path):
        return calamine.CalamineWorkbook.from_path(path)
    with Path(path).open("rb") as file:
        return calamine.CalamineWorkbook.from_filelike(file)


def _is_misnamed(path: str) -> bool:
    """Whether a workbook of one kind is called as another is, such as an .xlsx that was renamed to .ods or .xls."""
    part = _MAIN_PARTS.get(Path(path).suffix.lower())
    if part is None:
        return False
    if not zipfile.is_zipfile(path):
        return part != ""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return False
    return part not in names and not names.isdisjoint(_MAIN_PARTS.values())


@contextmanager
def _reader_errors_as_refusals() -> Generator[None]:
    """Turns errors of calamine about a damaged workbook into a RefusedError, also when it panics."""
    import python_calamine as calamine

    try:
        yield
    except calamine.PasswordError:
        raise
    except calamine.CalamineError as cause:
        raise RefusedError("damaged") from cause
    except BaseException as cause:
        # A panic in Rust raises a class that is no Exception and cannot be imported.
        if type(cause).__name__ == "PanicException":
            raise RefusedError("damaged") from cause
        raise


def main() -> NoReturn:
    """Answer questions about one workbook after the other until the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches both processes; the other one ends this one
    incoming, outgoing = take_over_pipes()
    one = OneWorkbook(outgoing)
    answers: dict[str, Callable[..., None]] = {
        "open": one.open,
        "rows": one.rows,
        "size": one.size,
        "hidden": one.hidden,
    }
    for line in incoming:
        name, *arguments = json.loads(line)
        try:
            _answer(answers[name], arguments, outgoing)
            outgoing.flush()
        except OSError:  # whoever asked is gone
            break
    os._exit(0)


def _answer(question: Callable[..., None], arguments: list[Any], outgoing: BinaryIO) -> None:
    try:
        question(*arguments)
    except RefusedError as refusal:
        answer(outgoing, "refused", refusal.reason, refusal.detail)
    except MemoryError:
        answer(outgoing, "refused", "too_large", OUT_OF_MEMORY)
    except BrokenPipeError:
        raise
    except OSError as error:  # calamine's own have no number: the file ends too early
        reason = "damaged" if error.errno is None else "system"
        answer(outgoing, "refused", reason, str(error.errno))
