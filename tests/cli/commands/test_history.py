"""What ``almanac history`` saves never takes the place of another file."""

from __future__ import annotations

from pathlib import Path

import pytest

from almanac.cli.main import main


@pytest.fixture(autouse=True)
def kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALMANAC_HISTORY", "on")


@pytest.mark.parametrize("action", ["backup", "export"])
@pytest.mark.parametrize(
    "content", [b"Month,Sold\n2024-01,3\n", b"", b"SQLite format 3\0" + bytes(100), b'{"number": 1}']
)
def test_a_file_of_another_kind_is_never_replaced(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], action: str, content: bytes
) -> None:
    mine = tmp_path / "sales.csv"
    mine.write_bytes(content)
    assert main(["history", action, str(mine)]) == 1
    assert "another file of this name is there" in capsys.readouterr().err
    assert mine.read_bytes() == content


@pytest.mark.parametrize("action", ["backup", "export"])
def test_an_earlier_one_is_replaced(tmp_path: Path, action: str) -> None:
    saved = tmp_path / "saved"
    assert main(["history", "keep", "everything"]) == 0
    for _ in range(2):
        assert main(["history", action, str(saved)]) == 0
    assert saved.stat().st_size > 0


def test_a_backup_that_is_not_there_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["history", "restore", str(tmp_path / "nofile")]) == 1
    assert "“nofile” was not found." in capsys.readouterr().err
