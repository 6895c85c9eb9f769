"""What a program that was killed has left is removed at the next start, and nothing else is."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from almanac.core.system import paths
from almanac.core.system.setting_files import write_setting
from almanac.core.system.unfinished import sweep, temporary_file, temporary_folder

WRITER = """
import sys
from pathlib import Path
from almanac.core.system.unfinished import temporary_file
with temporary_file(Path(sys.argv[1])) as path:
    path.write_text("half")
    print(path, flush=True)
    input()
"""


def test_a_temporary_file_is_gone_after_the_block(tmp_path: Path) -> None:
    with temporary_file(tmp_path / "a.csv") as path:
        assert path.parent == tmp_path
    assert list(tmp_path.iterdir()) == []
    assert list((paths.state() / "unfinished").iterdir()) == []


def test_what_a_killed_program_left_is_removed_and_what_is_being_written_stays(tmp_path: Path) -> None:
    words = [sys.executable, "-c", WRITER, str(tmp_path / "a.csv")]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        left = Path(writer.stdout.readline().strip())
        sweep()
        assert left.read_text() == "half"
        writer.send_signal(signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)
    assert left.exists()
    sweep()
    assert list(tmp_path.iterdir()) == []
    assert list((paths.state() / "unfinished").iterdir()) == []


def save_file(folder: Path) -> None:
    with temporary_file(folder / "a.csv") as path:
        path.replace(folder / "a.csv")


def save_setting(folder: Path) -> None:
    write_setting(folder / "a.csv", [1])


def use_folder(_: Path) -> None:
    with temporary_folder() as path:
        (path / "part").write_text("half")


def killed_at(step: int, save: Callable[[Path], None], folder: Path) -> bool:
    """Whether a program that saves was killed before so many things that it asks of the system."""
    child = os.fork()
    if child == 0:
        steps = itertools.count()
        sys.addaudithook(lambda *_: os._exit(1) if next(steps) == step else None)
        save(folder)
        os._exit(0)
    return os.waitpid(child, 0)[1] != 0


@pytest.mark.skipif(sys.platform == "win32", reason="there is no fork")
@pytest.mark.parametrize("save", [save_file, save_setting, use_folder])
def test_a_kill_at_any_step_leaves_nothing_that_is_not_removed(
    save: Callable[[Path], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    step = 0
    while killed_at(step, save, tmp_path):
        sweep()
        assert {path.name for path in tmp_path.iterdir()} <= {"a.csv"}, step
        assert list((paths.state() / "unfinished").glob("*")) == []
        step += 1
    assert step > 6


@pytest.mark.parametrize("name", ["letter.docx", ".hidden"])
def test_a_note_about_another_file_removes_nothing(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("mine")
    notes = paths.state() / "unfinished"
    notes.mkdir(parents=True)
    (notes / "1-x.note").write_text(str(tmp_path / name))
    sweep()
    assert (tmp_path / name).read_text() == "mine"


def test_where_nothing_can_be_noted_files_are_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("ALMANAC_STATE", str(tmp_path / "file"))
    sweep()
    with temporary_file(tmp_path / "a.csv") as path:
        path.write_text("x")
