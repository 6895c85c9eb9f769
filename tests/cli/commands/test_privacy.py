"""``almanac privacy``: what the record says is kept is what the program has written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from almanac.cli.main import main
from almanac.core.system import paths
from almanac.wording.accountability.kept_files import KEPT, OTHER

SAMPLE = Path(__file__).resolve().parents[3] / "resources" / "samples" / "household.csv"


def test_the_record_counts_every_file_that_the_program_wrote(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ALMANAC_HISTORY")
    assert main(["forecast", str(SAMPLE), "--output", str(tmp_path / "out.csv"), "--quiet"]) == 0
    assert main(["models", "use", "quick", "--reason", "to try it"]) == 0
    (paths.state() / "strange.txt").write_text("not of Almanac")
    capsys.readouterr()
    assert main(["privacy", "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    there = [path for path in paths.state().rglob("*") if path.is_file()]
    assert sum(kind["files"] for kind in record["kept"]) == len(there)
    assert sum(kind["bytes"] for kind in record["kept"]) == sum(path.stat().st_size for path in there)
    kinds = {kind["pattern"] for kind in record["kept"]}
    assert {"history/*", "model.json", OTHER.pattern} <= kinds <= {kind.pattern for kind in (*KEPT, OTHER)}
    assert "household" not in json.dumps(record)


def test_the_record_in_words_answers_every_letter_of_article_30(capsys: pytest.CaptureFixture[str]) -> None:
    (paths.state() / "logs").mkdir(parents=True, exist_ok=True)
    (paths.state() / "logs" / "window.log").write_text("x" * 2048)
    assert main(["privacy"]) == 0
    record = capsys.readouterr().out
    for asked in ("Controller", "Purpose", "Persons", "Categories", "Recipients", "Transfers", "erasure", "Measures"):
        assert asked in record
    assert "* `logs/*`: times, steps and faults" in record
    assert "2 KB" in record


def test_with_nothing_kept_the_record_says_so(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ALMANAC_STATE", str(tmp_path / "none"))
    assert main(["privacy"]) == 0
    assert "\nNothing.\n" in capsys.readouterr().out
