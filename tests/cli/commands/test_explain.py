"""``almanac explain`` as a contract: output and exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from almanac.cli.main import main


@pytest.fixture
def sales(tmp_path: Path) -> Path:
    path = tmp_path / "sales.csv"
    path.write_text("month\tsales\n" + "".join(f"2024-{m:02d}\t{m * 10}\n" for m in range(1, 13)))
    return path


def test_each_step_is_printed_with_its_evidence(sales: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", str(sales)]) == 0
    printed = capsys.readouterr().out
    assert "delimiter: '\\t'\n    " in printed
    assert "dates: month\n    found: a column of dates\n" in printed
    assert "frequency: monthly\n" in printed


def test_json_has_every_step(sales: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", str(sales), "--json", "--frequency", "quarterly"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["file"] == "sales.csv"
    assert all(set(step) == {"name", "decision", "evidence"} for step in found["steps"])
    assert {"encoding", "delimiter", "header", "dates", "frequency", "findings"} < {s["name"] for s in found["steps"]}
    assert next(s["decision"] for s in found["steps"] if s["name"] == "frequency") == "quarterly"


@pytest.mark.parametrize("as_json", [False, True])
def test_a_problem_comes_after_the_steps_until_then(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], as_json: bool
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("word,value\na,1\nb,2\nc,3\n")
    assert main(["explain", str(path), *(["--json"] if as_json else [])]) == 1
    out, err = capsys.readouterr()
    if as_json:
        assert [step["name"] for step in json.loads(out)["steps"]][-2:] == ["columns", "problem"]
        assert json.loads(err)["problem"]["code"] == "no_dates"
    else:
        assert out.startswith("file: text\n")
        assert "columns: 2 columns\n" in out
        assert err.startswith("No dates were found in a.csv.\n")
