"""``almanac forecast`` never replaces a file that it reads, whatever the options say."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.builders import seasonal

from almanac.cli.main import main
from almanac.core.jobs import run
from almanac.core.problems import ProblemError
from almanac.workflow import ForecastFiles, ForecastOptions, forecast_file


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a spreadsheet, its record, and links to both; the current folder."""
    months = [f"{2019 + n // 12}-{n % 12 + 1:02}-01" for n in range(60)]
    rows = [f"{month},{value:.2f}" for month, value in zip(months, seasonal(60), strict=True)]
    (tmp_path / "sales.csv").write_text("\n".join(["month,sales", *rows]), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["forecast", "sales.csv", "--output", "first.csv", "--save-record", "r.json", *QUICK]) == 0
    Path("first.csv").unlink()
    os.link("sales.csv", "hard.csv")
    Path("soft.csv").symlink_to("sales.csv")
    os.link("r.json", "hard-r.csv")
    return tmp_path


QUICK = ["--quiet", "--no-calibration", "--horizon", "3"]
COMMANDS = {
    "output onto the file": "sales.csv --output sales.csv",
    "output onto a hard link": "sales.csv --output hard.csv",
    "output onto a symbolic link": "sales.csv --output soft.csv",
    "a link onto its file": "soft.csv --output sales.csv",
    "another spelling": "sales.csv --output ./../{name}/sales.csv",
    "record onto the file": "sales.csv --output out.csv --save-record sales.csv",
    "record onto a link": "sales.csv --output out.csv --save-record hard.csv",
    "record onto the record": "sales.csv --output out.csv --record r.json --save-record r.json",
    "record onto a link to the record": "sales.csv --output out.csv --record r.json --save-record hard-r.csv",
    "output onto the record": "sales.csv --output hard-r.csv --record r.json",
}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("case", COMMANDS)
def test_an_input_stays_as_it_was(
    folder: Path, case: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(folder)
    monkeypatch.setattr("almanac.workflow.forecasts.make_forecast.check", None)  # refused before any work
    monkeypatch.setattr("almanac.workflow.forecasts.make_forecast.check_by_record", None)
    assert main(["forecast", *COMMANDS[case].format(name=folder.name).split(), *QUICK]) == 1
    said = capsys.readouterr().err
    assert "it is the file that Almanac reads" in said
    assert "Save under another name" in said
    assert contents(folder) == before


def test_the_record_does_not_replace_the_forecast(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = contents(folder)
    assert main(["forecast", "sales.csv", "--output", "out.csv", "--save-record", "./out.csv", *QUICK]) == 1
    assert "cannot both be saved" in capsys.readouterr().err
    assert contents(folder) == before


@pytest.mark.usefixtures("folder")
def test_a_record_that_cannot_be_saved_is_a_problem(capsys: pytest.CaptureFixture[str]) -> None:
    command = ["forecast", "sales.csv", "--output", "out.csv", "--save-record", "no such folder/r.json", *QUICK]
    assert main(command) == 1
    assert "There is no folder" in capsys.readouterr().err
    assert not Path("out.csv").exists()


CANNOT_BE_SAVED = {
    "a record in no folder": ("--output out.csv --save-record nofolder/r.json", "no_such_folder"),
    "an output in no folder": ("--output nofolder/out.csv", "no_such_folder"),
    "an output of another kind": ("--output out.pdf", "unknown_format"),
    "an output without an ending": ("--output out", "unknown_format"),
    "a record onto a folder": ("--output out.csv --save-record taken", "is_a_folder"),
}


@pytest.mark.parametrize("case", CANNOT_BE_SAVED)
def test_what_cannot_be_saved_is_refused_before_any_work(
    folder: Path, case: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "taken").mkdir()
    before = sorted(path.name for path in folder.iterdir())
    monkeypatch.setattr("almanac.workflow.forecasts.make_forecast.check", None)
    targets, code = CANNOT_BE_SAVED[case]
    with pytest.raises(ProblemError) as stop:
        run(forecast_file(files_of(targets), None, ForecastOptions()))
    assert stop.value.problem.code == code
    assert main(["forecast", "sales.csv", *targets.split(), *QUICK]) == 1
    assert stop.value.problem.what in capsys.readouterr().err
    assert sorted(path.name for path in folder.iterdir()) == before


def files_of(targets: str) -> ForecastFiles:
    words = targets.split()
    return ForecastFiles(Path("sales.csv"), Path(words[1]), None, Path(words[3]) if len(words) > 2 else None)
