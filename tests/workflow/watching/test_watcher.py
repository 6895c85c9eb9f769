"""A saved file is noticed once, whole, and however it is saved."""

from __future__ import annotations

import io
import os
import threading
import zipfile
from pathlib import Path
from time import monotonic, process_time, sleep

import pytest

from almanac.workflow.watching.watcher import CLOCK_STEP, LONG_QUIET, PAUSE, QUIET, Watcher

OLD, NEW = b"month,sales\n2025-01,10\n", b"month,sales\n2025-01,10\n2025-02,12\n"


class Clock:
    """Time that passes only when a test says so; looks as often as the program does."""

    def __init__(self, watcher: Watcher) -> None:
        self.watcher, self.now = watcher, 0.0

    def noticed(self, seconds: float) -> int:
        """How many new contents are noticed in so many seconds."""
        count, end = 0, self.now + seconds
        while self.now < end:
            count += self.watcher.look(self.now)
            self.now += PAUSE
        return count


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "sales.csv"
    file.write_bytes(OLD)
    return file


@pytest.fixture
def clock(path: Path) -> Clock:
    found = Clock(Watcher(path))
    assert found.noticed(10) == 0  # what is there at first is nothing new
    return found


def workbook(text: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", text * 400)
    return buffer.getvalue()


def save_by_renaming(path: Path, content: bytes) -> None:
    """As Excel and LibreOffice do."""
    fresh = path.with_name("A1B2C3D4.tmp")
    fresh.write_bytes(content)
    fresh.replace(path)


def test_a_file_that_takes_the_place_of_the_old_one_is_noticed_once(path: Path, clock: Clock) -> None:
    save_by_renaming(path, NEW)
    assert clock.noticed(1.5) == 1
    assert clock.noticed(60) == 0


def test_a_file_known_from_before_is_noticed_when_it_changed_while_nothing_watched(path: Path) -> None:
    from hashlib import sha256

    assert Clock(Watcher(path, sha256(OLD).hexdigest())).noticed(10) == 0
    assert Clock(Watcher(path, sha256(NEW).hexdigest())).noticed(10) == 1


def test_a_file_that_is_emptied_and_slowly_written_is_noticed_only_whole(path: Path, clock: Clock) -> None:
    path.write_bytes(b"")
    assert clock.noticed(5) == 0
    for end in range(0, len(NEW) - 1, 7):
        path.write_bytes(NEW[:end])
        assert clock.noticed(2 * PAUSE) == 0
    path.write_bytes(NEW)
    assert clock.noticed(3) == 1


def test_a_workbook_of_which_only_a_part_is_written_is_not_noticed(path: Path) -> None:
    book = path.with_suffix(".xlsx")
    book.write_bytes(workbook("<row/>"))
    clock = Clock(Watcher(book))
    clock.noticed(10)
    whole = workbook("<row r='2'/>")
    book.write_bytes(whole[: len(whole) // 2])
    assert clock.noticed(30) == 0
    book.write_bytes(whole)
    assert clock.noticed(3) == 1


@pytest.mark.parametrize("lock", ["~$sales.csv", "~$les.csv", ".~lock.sales.csv#"])
def test_a_file_that_is_open_elsewhere_is_read_after_a_longer_pause(path: Path, clock: Clock, lock: str) -> None:
    path.with_name(lock).write_bytes(b"someone")
    save_by_renaming(path, NEW)
    assert clock.noticed(LONG_QUIET - 0.1) == 0
    assert clock.noticed(2 * PAUSE) == 1  # although it is still open: people save and go on
    path.with_name(lock).unlink()
    assert clock.noticed(30) == 0


def test_a_file_that_is_gone_for_a_while_is_noticed_when_it_returns_changed(path: Path, clock: Clock) -> None:
    path.unlink()
    assert clock.noticed(30) == 0
    path.write_bytes(OLD)
    assert clock.noticed(10) == 0
    path.unlink()
    assert clock.noticed(5) == 0
    path.write_bytes(NEW)
    assert clock.noticed(3) == 1


def test_a_drive_that_is_gone_is_waited_for(path: Path, clock: Clock) -> None:
    folder = path.parent
    away = folder.with_name(folder.name + "-away")
    folder.rename(away)
    assert clock.noticed(30) == 0
    away.rename(folder)
    save_by_renaming(path, NEW)
    assert clock.noticed(3) == 1


def test_touching_a_file_or_saving_it_unchanged_is_no_news(path: Path, clock: Clock) -> None:
    os.utime(path)
    assert clock.noticed(10) == 0
    save_by_renaming(path, OLD)
    assert clock.noticed(10) == 0


def test_a_second_save_within_one_tick_of_a_coarse_clock_is_noticed(path: Path, clock: Clock) -> None:
    path.write_bytes(NEW)
    os.utime(path, ns=(10**18, 10**18))
    assert clock.noticed(1.5) == 1
    path.write_bytes(NEW.replace(b"12", b"13"))  # as large as before
    os.utime(path, ns=(10**18, 10**18))
    assert clock.noticed(CLOCK_STEP + 2 * PAUSE) == 1


def test_a_file_that_another_program_locks_is_waited_for(
    path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError("used by another process")  # as Windows says while Excel has it open

    save_by_renaming(path, NEW)
    with monkeypatch.context() as locked:
        locked.setattr(Path, "open", refuse)
        assert clock.noticed(30) == 0
    assert clock.noticed(1) == 1


def test_a_large_broken_file_is_not_read_again_all_the_time(path: Path, clock: Clock) -> None:
    path.write_bytes(workbook("<row/>")[:-30])
    reads, read = [], clock.watcher._content
    clock.watcher._content = lambda: reads.append(1) or read()  # type: ignore[method-assign, func-returns-value]
    assert clock.noticed(600) == 0
    assert len(reads) < 20


def test_looking_takes_next_to_no_processor_time(clock: Clock) -> None:
    looks = 1000
    start = process_time()
    assert clock.noticed(looks * PAUSE) == 0
    assert process_time() - start < 0.001 * looks * PAUSE


def test_saves_are_noticed_as_they_happen(path: Path) -> None:
    stop, saved, seen = threading.Event(), [], []

    def watch() -> None:
        for changed in Watcher(path).changes(stop):
            seen.append((monotonic(), changed.read_bytes()))
            stop.set()

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        sleep(2 * PAUSE + QUIET)
        saved.append(monotonic())
        save_by_renaming(path, NEW)
        thread.join(5)
    finally:
        stop.set()
        thread.join()
    assert [content for _, content in seen] == [NEW]
    assert seen[0][0] - saved[0] < 1.5
