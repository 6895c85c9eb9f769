"""What is typed wrong, or cannot be done here, is refused in words, with the exit code that says so."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from almanac.cli.main import main


@pytest.fixture
def sales(tmp_path: Path) -> Path:
    path = tmp_path / "sales.csv"
    path.write_text("month,sales\n" + "\n".join(f"{2019 + n // 12}-{n % 12 + 1:02}-01,{n % 7}" for n in range(40)))
    return path


@pytest.mark.parametrize(
    ("repair", "said"),
    [
        ("foo=bar", "Those are "),
        ("outlier=missing", "Did you mean outliers?"),
        ("outliers=burn", "The ways are keep"),
        ("outliers:sales=burn", "The ways are keep"),
    ],
)
def test_an_unknown_finding_or_treatment_is_refused(
    sales: Path, capsys: pytest.CaptureFixture[str], repair: str, said: str
) -> None:
    assert main(["check", str(sales), "--repair", repair]) == 1
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("command", ["forecast", "backtest"])
@pytest.mark.parametrize("horizon", ["0", "-3", "two", "1.5"])
def test_a_horizon_is_a_whole_number_from_1(
    sales: Path, capsys: pytest.CaptureFixture[str], command: str, horizon: str
) -> None:
    output = ["--output", str(sales.with_name("o.csv"))] if command == "forecast" else []
    with pytest.raises(SystemExit) as stop:
        main([command, str(sales), f"--horizon={horizon}", *output])
    assert stop.value.code == 2
    assert f"“{horizon}” is not a whole number from 1" in capsys.readouterr().err


def test_a_number_for_missing_values_is_a_number(sales: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["check", str(sales), "--missing", "none"])
    assert "“none” is not a number such as -200" in capsys.readouterr().err


def test_a_comparison_keeps_to_the_windows_asked_for(sales: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["backtest", str(sales), "--horizon", "3", "--windows", "2", "--compare-with", "theta", "--json"]
    assert main(command) == 0
    assert capsys.readouterr().out.count('"windows": 2') == 4  # of the report and of three methods


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("buffered", ["", "1"], ids=["buffered", "at once"])
def test_output_to_a_full_disk_is_a_problem(sales: Path, buffered: str) -> None:
    command = [sys.executable, "-m", "almanac", "check", str(sales)]
    environment = os.environ | {"PYTHONUNBUFFERED": buffered}
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, env=environment, check=False)
    assert done.returncode == 1
    assert "The disk is full." in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have a display")
def test_without_a_display_the_window_is_refused_in_words() -> None:
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {name: value for name, value in os.environ.items() if name not in screens}
    command = [sys.executable, "-m", "almanac"]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 1
    assert "There is no display here" in done.stderr
    assert "almanac --help" in done.stderr
