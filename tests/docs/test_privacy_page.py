"""What docs/privacy.md says is kept is all that is kept."""

from __future__ import annotations

import re
from fnmatch import fnmatch
from pathlib import Path

import pytest

from almanac.cli.main import main
from almanac.core.system import paths
from almanac.wording.accountability import kept_files

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")
KEPT = re.findall(r"^\| `([^`]+)` \|", PAGE, re.MULTILINE)


def test_a_forecast_leaves_files_only_where_the_page_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ALMANAC_HISTORY")
    sample = ROOT / "resources" / "samples" / "household.csv"
    assert main(["forecast", str(sample), "--output", str(tmp_path / "out.csv"), "--quiet"]) == 0
    assert main(["models", "use", "quick", "--reason", "to try it"]) == 0
    capsys.readouterr()
    made = [path.relative_to(paths.state()).as_posix() for path in paths.state().rglob("*") if path.is_file()]
    assert any(name.startswith("history/") for name in made)
    assert [name for name in made if not any(fnmatch(name, pattern) for pattern in KEPT)] == []
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["out.csv"]


def test_the_page_and_the_record_of_processing_say_the_same() -> None:
    row = re.compile(r"^\| `([^`]+)` \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
    assert row.findall(PAGE) == [(kind.pattern, kind.holds, kind.period, kind.deletion) for kind in kept_files.KEPT]


def test_every_file_of_settings_in_the_program_is_on_the_page() -> None:
    found: set[str] = set()
    for path in (ROOT / "app" / "almanac").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        found |= set(re.findall(r'(?:FILE = |KeptStore\(|paths\.state\(\) / )"([\w.-]+\.(?:json|ini))"', text))
    found -= {"results.json"}
    assert {"model.json", "corrections.json", "events.json", "window.ini"} <= found
    assert [name for name in sorted(found) if not any(fnmatch(name, pattern) for pattern in KEPT)] == []
