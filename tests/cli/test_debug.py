"""``--debug``: a log that a person can hand on without looking through it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from almanac.cli.main import main
from almanac.core.jobs import Progress
from almanac.core.system import logs

NAMES = ("Quittenbrot", "Rhabarberkuchen", "Schwarzwurzel")
VALUES = [48151.62 + 3.07 * k for k in range(48)]


@pytest.fixture
def harvest(tmp_path: Path) -> Path:
    folder = tmp_path / "Haselnusshof"
    folder.mkdir()
    rows = [f"{2015 + t // 12}-{t % 12 + 1:02}-01,{v:.2f},{2 * v:.2f}" for t, v in enumerate(VALUES)]
    path = folder / f"{NAMES[2]}.csv"
    path.write_text("\n".join([f"Monat,{NAMES[0]},{NAMES[1]}", *rows]), encoding="utf-8")
    return path


def assert_nothing_of_the_person(said: str, path: Path) -> None:
    secrets = [*NAMES, "Monat", "Haselnusshof", str(path.parents[1]), *(f"{v:.2f}" for v in VALUES), "48151", "2015-"]
    assert [secret for secret in secrets if secret in said] == []


def test_a_forecast_writes_its_steps_and_nothing_of_the_file(
    harvest: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["--debug", "forecast", str(harvest), "--output", str(tmp_path / "o.xlsx"), "--value", NAMES[0]]
    assert main([*command, "--horizon", "3"]) == 0
    place = logs.folder() / "command-line.log"
    assert str(place) in capsys.readouterr().err
    said = place.read_text(encoding="utf-8")
    assert "forecast: done in" in said
    assert "step " in said
    assert "onnxruntime 1." in said
    assert_nothing_of_the_person(said, harvest)


def test_a_fault_while_forecasting_leaves_nothing_of_the_file(
    harvest: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> Iterator[Progress]:
        yield Progress(0, 1, f"Saving {NAMES[0]}")
        try:
            raise OSError(28, "No space", str(harvest))
        except OSError as error:
            raise ValueError(f"{NAMES[1]} is {VALUES[0]} in {harvest}") from error

    monkeypatch.setattr("almanac.workflow.forecasts.make_forecast.export", broken)
    assert main(["forecast", str(harvest), "--output", str(tmp_path / "o.csv"), "--horizon", "3", "--debug"]) == 3
    assert "fault in Almanac" in capsys.readouterr().err
    said = (logs.folder() / "command-line.log").read_text(encoding="utf-8")
    assert "ValueError" in said
    assert "broken\ncaused by OSError 28" in said
    assert_nothing_of_the_person(said, harvest)


def test_a_problem_leaves_only_its_code(harvest: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(harvest), "--json", "--debug", "--date", NAMES[2]]) == 1
    code = json.loads(capsys.readouterr().err.splitlines()[-1])["problem"]["code"]
    said = (logs.folder() / "command-line.log").read_text(encoding="utf-8")
    assert f"check: problem {code} after" in said
    assert_nothing_of_the_person(said, harvest)


def test_without_debug_no_log_is_written(harvest: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(harvest)]) == 0
    assert "log" not in capsys.readouterr().err
    assert not logs.folder().exists()
