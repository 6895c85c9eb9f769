"""``almanac --self-test``: what it says when a part works, when one does not, and what it never says."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections import namedtuple
from pathlib import Path

import pytest

from almanac.cli.command import DONE, PROBLEM
from almanac.cli.commands.about import self_test
from almanac.cli.commands.about.self_test import CHECKS, Check, make_checks
from almanac.core.problems import Problem, ProblemError
from almanac.core.system.paths import resources


def check(title: str) -> Check:
    return next(c for c in CHECKS if c.title == title)


def test_parts_that_work_are_said_to_work(capsys: pytest.CaptureFixture[str]) -> None:
    assert make_checks((check("Folders and disk"), check("Kinds of files"))) == DONE
    said = capsys.readouterr().out
    assert said.count("\nok ") == 2
    assert said.endswith("Everything works.\n")


def test_a_part_that_does_not_work_is_named_without_anything_of_the_person(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def secret_file(_: Path) -> str:
        raise PermissionError(13, "Permission denied", "/home/joerg/Müller salary.xlsx")

    def secret_problem(_: Path) -> str:
        raise ProblemError(Problem("not_there", "Müller salary.xlsx is not there.", "Nobody knows.", "Look for it."))

    assert make_checks((Check("One", secret_file), Check("Two", secret_problem))) == PROBLEM
    said = capsys.readouterr().out
    assert "NOT  One: PermissionError" in said
    assert "NOT  Two: not_there" in said
    assert "2 of 2 parts do not work" in said
    assert "ller" not in said


def test_a_full_disk_is_noticed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10**9, 10**9, 5_000_000))
    assert make_checks((check("Folders and disk"),)) == PROBLEM
    assert "only 5 MB are free" in capsys.readouterr().out


def test_a_folder_for_settings_that_cannot_be_made_is_noticed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("ALMANAC_STATE", str(tmp_path / "file" / "state"))
    assert make_checks((check("Folders and disk"),)) == PROBLEM
    assert str(tmp_path) not in capsys.readouterr().out


def test_a_worker_that_does_not_answer_is_noticed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", shutil.which("false") or sys.executable)
    assert make_checks((check("Background process"), check("Window"))) == PROBLEM
    assert "2 of 2 parts" in capsys.readouterr().out


def test_a_workbook_that_is_read_wrong_is_noticed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert make_checks((check("Other workbooks"),)) == DONE
    probes = tmp_path / "probes"
    shutil.copytree(resources() / "probes", probes)
    lines = ["Month;Café;Tea", *(f"{2023 + m // 12}-{m % 12 + 1:02};{m + 9};{m}" for m in range(24))]
    (probes / "table.xls").write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setattr(self_test.paths, "resources", lambda: tmp_path)
    assert make_checks((check("Other workbooks"),)) == PROBLEM
    assert "NOT  Other workbooks" in capsys.readouterr().out


@pytest.mark.slow
def test_the_whole_self_test_passes() -> None:
    done = subprocess.run([sys.executable, "-m", "almanac", "--self-test"], capture_output=True, text=True, check=False)
    assert done.returncode == DONE, done.stdout
    assert done.stdout.count("\nok ") == len(CHECKS)
