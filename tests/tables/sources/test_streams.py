"""What is no file, or does not stay the same while it is read: it is refused or read again, never read in part."""

from __future__ import annotations

import hashlib
import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import xlsxwriter
from tests.tables.conftest import lines, months

from almanac.core.jobs import Progress, run
from almanac.core.problems import Problem, ProblemError
from almanac.tables import ReadFile, excerpt, preview, read, sheets, text_of
from almanac.tables.layout import load
from almanac.tables.sources import delimited
from almanac.tables.sources.files import FileFormat, identify_file

OPENERS: dict[str, Callable[[Path], object]] = {
    "read": lambda path: run(read(path)),
    "preview": preview,
    "sheets": sheets,
    "excerpt": lambda path: run(excerpt(path, None, (1,))),
    "record": text_of,
}


def refused(path: Path, opener: str, monkeypatch: pytest.MonkeyPatch) -> Problem:
    """The Problem for a path that must not even be opened: opening some of these waits for ever."""
    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", None)
        with pytest.raises(ProblemError) as stop:
            OPENERS[opener](path)
    return stop.value.problem


@pytest.fixture(params=["pipe", "link to a pipe", "socket", "device"])
def stream(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """A path of something that is neither a file nor a folder."""
    if os.name == "nt":
        pytest.skip("this system has no such paths")
    path = tmp_path / "stream.csv"
    with socket.socket(socket.AF_UNIX) as server:
        if request.param == "device":
            path = Path(os.devnull)
        elif request.param == "socket":
            server.bind(os.path.relpath(path))  # a short name: a long one does not fit
        elif request.param == "pipe":
            os.mkfifo(path)
        else:
            os.mkfifo(tmp_path / "pipe")
            path.symlink_to("pipe")
        yield path


@pytest.mark.parametrize("opener", OPENERS)
def test_a_stream_is_refused_before_it_is_opened(stream: Path, opener: str, monkeypatch: pytest.MonkeyPatch) -> None:
    problem = refused(stream, opener, monkeypatch)
    assert problem.code == "not_a_regular_file"
    assert "Save it as a file first" in problem.fix


@pytest.mark.parametrize("opener", OPENERS)
def test_a_folder_is_still_called_a_folder(tmp_path: Path, opener: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert refused(tmp_path, opener, monkeypatch).code == "is_a_folder"


def text_of_values(first: int, rows: int) -> bytes:
    return lines(months(rows), range(first, first + rows), header="Month,Sales").encode()


def workbook_of_values(first: int, rows: int, path: Path) -> bytes:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for n, (month, value) in enumerate(
            zip(["Month", *months(rows)], ["Sales", *range(first, first + rows)], strict=True)
        ):
            sheet.write_row(n, 0, (month, value))
    return path.read_bytes()


def write_into(path: Path, content: bytes) -> None:
    """As a program does that is still saving."""
    path.write_bytes(content)


def replace_by(path: Path, content: bytes) -> None:
    """As a program does that synchronises a folder."""
    fresh = path.with_name("fresh")
    fresh.write_bytes(content)
    fresh.replace(path)


def retarget(path: Path, content: bytes) -> None:
    """As a link to the latest file does."""
    target = path.with_name(f"target-{len(list(path.parent.iterdir()))}")
    target.write_bytes(content)
    path.unlink()
    path.symlink_to(target)


CHANGES = (write_into, replace_by, retarget)


def read_with(path: Path, at: str, change: Callable[[int], None], most: int) -> ReadFile:
    """Read a file that is changed when the reading says ``at``, at most so many times."""
    times = 0

    def on_progress(progress: Progress) -> None:
        nonlocal times
        if progress.message.startswith(at) and times < most:
            times += 1
            change(times)

    return run(read(path), on_progress)


@pytest.fixture(params=["text", "large text", "workbook"])
def versions(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Contents of one file as it changes: the n-th has the values from 100 * n on, in as many rows more."""
    if request.param == "large text":
        monkeypatch.setattr(delimited, "MAX_WHOLE_BYTES", 200)
    if request.param == "workbook":
        return [workbook_of_values(100 * n, 40 + n, tmp_path / f"{n}.xlsx") for n in range(3)]
    return [text_of_values(100 * n, 40 + n) for n in range(3)]


@pytest.mark.parametrize("change", CHANGES)
def test_a_file_that_changed_is_read_again(
    tmp_path: Path, versions: list[bytes], change: Callable[[Path, bytes], None]
) -> None:
    path = tmp_path / "table"
    path.write_bytes(versions[0])
    file = read_with(path, "Opening", lambda n: change(path, versions[n]), most=1)
    assert file.series.values.tolist() == list(range(100, 141))
    assert file.reading.sha256 == hashlib.sha256(versions[1]).hexdigest()


@pytest.mark.parametrize("change", CHANGES)
def test_a_file_that_changes_again_is_a_problem(
    tmp_path: Path, versions: list[bytes], change: Callable[[Path, bytes], None]
) -> None:
    path = tmp_path / "table"
    path.write_bytes(versions[0])
    with pytest.raises(ProblemError) as stop:
        read_with(path, "Opening", lambda n: change(path, versions[n]), most=2)
    assert stop.value.problem.code == "file_keeps_changing"


def test_what_was_half_written_at_first_is_no_problem(
    tmp_path: Path, versions: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "table"
    path.write_bytes(versions[1][: len(versions[1]) // 2])

    def identify_too_early(path: Path) -> FileFormat:
        try:
            return identify_file(path)
        finally:
            if path.read_bytes() != versions[1]:
                path.write_bytes(versions[1])

    monkeypatch.setattr(load, "identify_file", identify_too_early)
    assert len(run(read(path)).series.values) == 41


def test_the_fingerprint_is_that_of_what_was_read(tmp_path: Path, versions: list[bytes]) -> None:
    """A change after the last row was read belongs to the next reading."""
    path = tmp_path / "table"
    path.write_bytes(versions[0])
    file = read_with(path, "Understanding", lambda n: write_into(path, versions[n]), most=1)
    assert file.series.values.tolist() == list(range(40))
    assert file.reading.sha256 == hashlib.sha256(versions[0]).hexdigest()


def test_a_file_that_is_only_looked_at_is_read_once(tmp_path: Path, versions: list[bytes]) -> None:
    path = tmp_path / "table"
    path.write_bytes(versions[0])
    openings: list[int] = []
    read_with(path, "Opening", openings.append, most=9)
    assert len(openings) == 1


def test_the_steps_of_a_reading_are_seen_once(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(text_of_values(0, 40))
    seen: list[object] = []
    changed: list[int] = []

    def on_progress(progress: Progress) -> None:
        if progress.message.startswith("Opening") and not changed:
            changed.append(path.write_bytes(text_of_values(0, 41)))

    run(read(path, observe=seen.append), on_progress)
    assert sum(type(one).__name__ == "FileFormat" for one in seen) == 1
