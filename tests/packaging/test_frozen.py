"""The packaged program, as on a person's computer: without a checkout, a virtual environment or settings."""

from __future__ import annotations

import csv
import json
import os
import pickle
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from tests.screen import Screen, display

from almanac import __version__
from almanac.forecasting.gpu.messages import NotOpened, Open, Opened
from almanac.worker.messages import JobFailed, JobFinished, JobProgress, Message, StartJob, encode, read_message
from almanac.workflow import ForecastOptions
from almanac.workflow.results import ForecastResult

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ.get("ALMANAC_PROGRAM", ROOT / "dist" / "almanac" / "almanac"))  # or an installed one
SAMPLE = ROOT / "resources" / "samples" / "corner-shop.csv"
PATIENCE_S = 40.0

pytestmark = [
    pytest.mark.frozen,
    pytest.mark.skipif(not PROGRAM.exists(), reason=f"{PROGRAM} does not exist: `make package` makes it"),
]


@pytest.fixture
def clean(tmp_path: Path) -> dict[str, str]:
    """The environment of somebody who has just installed the program."""
    home = tmp_path / "home"
    home.mkdir()
    return {"HOME": str(home), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}


def almanac(clean: dict[str, str], *arguments: object) -> subprocess.CompletedProcess[str]:
    words = [str(a) for a in (PROGRAM, *arguments)]
    return subprocess.run(words, env=clean, cwd=clean["HOME"], capture_output=True, text=True, timeout=60, check=False)


def until(condition: Callable[[], object], what: str) -> None:
    end = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < end, f"waited {PATIENCE_S:.0f} s for: {what}"
        time.sleep(0.1)


def test_it_says_its_version(clean: dict[str, str]) -> None:
    assert almanac(clean, "--version").stdout == f"almanac {__version__}\n"


@pytest.mark.parametrize("suffix", [".csv", ".parquet", ".xlsx"])
def test_a_sample_becomes_a_forecast(clean: dict[str, str], tmp_path: Path, suffix: str) -> None:
    output = tmp_path / f"forecast{suffix}"
    done = almanac(clean, "forecast", SAMPLE, "--horizon", 3, "--output", output, "--quiet")
    assert (done.returncode, done.stderr) == (0, "")
    assert output.stat().st_size > 0
    if suffix == ".csv":
        with output.open(encoding="utf-8-sig") as lines:
            rows = list(csv.DictReader(lines))
        assert {row["step"] for row in rows} == {"1", "2", "3"}
        assert all(float(r["q0.1"]) <= float(r["forecast"]) <= float(r["q0.9"]) for r in rows)


@pytest.mark.parametrize("sample", ["clinic.xlsx", "household.csv", "student-lab.csv"])
def test_every_sample_that_ships_can_be_read(clean: dict[str, str], sample: str) -> None:
    (shipped,) = PROGRAM.resolve().parent.rglob(f"samples/{sample}")
    assert almanac(clean, "check", shipped, "--json").returncode == 0


def test_a_problem_is_printed_and_leaves_no_file(clean: dict[str, str], tmp_path: Path) -> None:
    output = tmp_path / "out.csv"
    done = almanac(clean, "forecast", tmp_path / "nowhere.csv", "--output", output)
    assert done.returncode == 1
    assert "nowhere.csv" in done.stderr
    assert "Traceback" not in done.stderr
    assert not output.exists()


def test_wrong_usage_has_its_own_code(clean: dict[str, str]) -> None:
    assert almanac(clean, "prophesy").returncode == 2


def test_the_bundled_models_are_unchanged(clean: dict[str, str]) -> None:
    done = almanac(clean, "models", "verify")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()
    assert all(line.endswith(": signed, unchanged, and right on this computer") for line in done.stdout.splitlines())


def test_it_backtests_and_says_what_it_cannot_try(clean: dict[str, str]) -> None:
    (shipped,) = PROGRAM.resolve().parent.rglob("samples/household.csv")
    done = almanac(clean, "backtest", shipped, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    assert found["mase"] < found["mase_seasonal_naive"]
    theta = almanac(clean, "backtest", shipped, "--compare-with", "theta")
    assert (theta.returncode, theta.stderr) == (0, "")
    assert "Continuing trend and season: misses " in theta.stdout
    ets = almanac(clean, "backtest", shipped, "--compare-with", "ets")
    assert ets.returncode == 1
    assert "statsmodels" in ets.stderr
    assert "Traceback" not in ets.stderr


def test_nothing_for_developers_or_networks_is_included() -> None:
    unwanted = re.compile(
        r"torch|matplotlib|pytest|pyarrow|tkinter|libssl\.so|Qt6Network|models/training|\.py$", re.IGNORECASE
    )
    files = [str(f.relative_to(PROGRAM.resolve().parent)) for f in PROGRAM.resolve().parent.rglob("*") if f.is_file()]
    assert [name for name in files if unwanted.search(name)] == []
    assert "licenses/LGPL-3.txt" in files


def test_libraries_are_looked_for_in_the_program_alone_and_are_not_programs() -> None:
    libraries = [f for f in PROGRAM.resolve().parent.rglob("*.so*") if f.is_file() and not f.is_symlink()]
    said = subprocess.run(["readelf", "-d", *libraries], capture_output=True, text=True, check=False).stdout
    places = {place for found in re.findall(r"R(?:UN)?PATH\).*\[(.*)\]", said) for place in found.split(":")}
    assert places
    assert [place for place in places if not place.startswith("$ORIGIN")] == []
    assert [f.name for f in libraries if os.access(f, os.X_OK) and f.stat().st_mode & 0o111] == []


def test_the_self_test_finds_everything_in_order(clean: dict[str, str]) -> None:
    done = almanac(clean, "--self-test")
    assert (done.returncode, "NOT" in done.stdout) == (0, False), done.stdout
    assert "read as they are: .xls .xlsb .ods" in done.stdout
    assert clean["HOME"] not in done.stdout


def test_the_worker_answers_over_its_pipes(clean: dict[str, str], tmp_path: Path) -> None:
    with subprocess.Popen([PROGRAM, "--worker"], env=clean, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as worker:
        assert worker.stdin is not None
        assert worker.stdout is not None

        def ask(name: str, *arguments: object) -> Message | None:
            worker.stdin.write(encode(StartJob(name, arguments)))  # type: ignore[union-attr]
            worker.stdin.flush()  # type: ignore[union-attr]
            while isinstance(message := read_message(worker.stdout), JobProgress):  # type: ignore[arg-type]
                pass
            return message

        assert isinstance(ask("check", tmp_path / "nowhere.csv", None), JobFailed)
        read = ask("check", SAMPLE, None)
        assert isinstance(read, JobFinished)
        forecast = ask("forecast", read.result, ForecastOptions(horizon=4))
        assert isinstance(forecast, JobFinished)
        assert isinstance(forecast.result, ForecastResult)
        assert forecast.result.forecast.horizon == 4
        worker.stdin.close()
        assert worker.wait(timeout=20) == 0


def test_the_process_for_the_graphics_card_answers_and_has_the_plugin(clean: dict[str, str]) -> None:
    """Whether it finds a card depends on the computer; that the plugin is there does not."""
    folder = PROGRAM.resolve().parent
    assert len([*folder.rglob("onnxruntime_ep_webgpu/*onnxruntime_providers_webgpu.*")]) == 1
    (model,) = folder.rglob("models/quick/1.0.0/model.onnx")
    command = [PROGRAM, "--graphics-card"]
    with subprocess.Popen(command, env=clean, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as card:
        assert card.stdin is not None
        assert card.stdout is not None
        pickle.dump(Open(model.read_bytes(), "WebGpuExecutionProvider"), card.stdin)
        card.stdin.flush()
        assert isinstance(pickle.load(card.stdout), Opened | NotOpened)
        card.stdin.close()
        assert card.wait(timeout=20) == 0


def test_who_asks_for_a_graphics_card_gets_a_forecast_with_or_without_one(
    clean: dict[str, str], tmp_path: Path
) -> None:
    output = tmp_path / "forecast.csv"
    done = almanac(clean, "forecast", SAMPLE, "--output", output, "--device", "gpu")
    assert done.returncode == 0
    assert output.exists()


@pytest.fixture
def screen(clean: dict[str, str]) -> Iterator[Screen]:
    with display(clean) as made:
        yield made


class Running:
    """The program with its window open."""

    def __init__(self, screen: Screen, *arguments: str) -> None:
        self.process = subprocess.Popen([PROGRAM, *arguments], env=screen.environment, stderr=subprocess.PIPE)

    def workers(self) -> list[int]:
        children = psutil.Process(self.process.pid).children()
        running = [child for child in children if child.status() != psutil.STATUS_ZOMBIE]
        return [child.pid for child in running if child.cmdline()[-1:] == ["--worker"]]

    def ended(self) -> int:
        """Wait for its end and return its exit code; nothing may have been printed."""
        assert self.process.stderr is not None
        code = self.process.wait(timeout=20)
        assert self.process.stderr.read().decode() == ""
        return code


@pytest.fixture
def start(screen: Screen) -> Iterator[Callable[..., Running]]:
    started: list[Running] = []

    def launch(*arguments: str) -> Running:
        started.append(Running(screen, *arguments))
        return started[-1]

    yield launch
    for running in started:
        running.process.kill()
        running.process.wait(timeout=10)
        assert running.process.stderr is not None
        running.process.stderr.close()


def test_the_window_opens_with_a_worker_and_takes_it_along(screen: Screen, start: Callable[..., Running]) -> None:
    running = start()
    until(lambda: screen.window("^Almanac$"), "the window")
    until(running.workers, "its worker")
    (worker,) = running.workers()
    time.sleep(2)
    assert running.process.poll() is None
    screen.close(screen.window("^Almanac$"))
    assert running.ended() == 0
    assert not Path(f"/proc/{worker}").exists()


def test_a_second_start_opens_its_file_in_the_first_window(screen: Screen, start: Callable[..., Running]) -> None:
    running = start()
    until(lambda: screen.window("^Almanac$"), "the window")
    second = start(str(SAMPLE))
    assert second.ended() == 0
    until(lambda: screen.window("^corner-shop.csv – Almanac$"), "the file in the first window")
    time.sleep(2)  # until everything is loaded
    screen.close(screen.window("^corner-shop.csv – Almanac$"))
    assert running.ended() == 0


def test_the_end_of_a_session_ends_it(start: Callable[..., Running]) -> None:
    running = start()
    until(running.workers, "the worker")
    (worker,) = running.workers()
    time.sleep(2)
    running.process.terminate()
    assert running.ended() == 0
    assert not Path(f"/proc/{worker}").exists()


def test_a_worker_that_dies_is_replaced(screen: Screen, start: Callable[..., Running]) -> None:
    running = start()
    until(running.workers, "the worker")
    (first,) = running.workers()
    time.sleep(2)
    os.kill(first, signal.SIGKILL)
    until(lambda: running.workers() not in ([], [first]), "another worker")
    assert screen.window("^Almanac$")
    screen.close(screen.window("^Almanac$"))
    assert running.ended() == 0


@pytest.mark.parametrize("form", ["--open={}", "{}"], ids=["option", "file manager"])
def test_a_file_goes_in_and_a_workbook_comes_out(
    screen: Screen, start: Callable[..., Running], tmp_path: Path, form: str
) -> None:
    opened = tmp_path / "opened"
    stand_in = tmp_path / "bin" / "xdg-open"  # for the person's file manager
    stand_in.parent.mkdir()
    stand_in.write_text(f'#!/bin/sh\necho "$1 [$LD_LIBRARY_PATH]" > {opened}.new && mv {opened}.new {opened}\n')
    stand_in.chmod(0o755)
    screen.environment["PATH"] = f"{stand_in.parent}:{screen.environment['PATH']}"
    running = start(form.format(SAMPLE))
    until(lambda: screen.window("^corner-shop.csv – Almanac$"), "the file to be read")
    window = screen.window("^corner-shop.csv – Almanac$")
    time.sleep(0.5)
    for key in ("alt+n", "alt+u"):  # what was noticed, then the summary: use this data
        screen.press(window, key)
        time.sleep(0.5)

    def dialog() -> str:
        screen.press(window, "ctrl+s")  # does nothing until the forecast is there
        time.sleep(0.5)
        return screen.window("^Save")

    until(dialog, "the forecast, and the dialog that saves it")
    target = tmp_path / "out.xlsx"
    screen.do("windowfocus", "--sync", screen.window("^Save"))
    screen.do("key", "ctrl+a")
    screen.do("type", str(target))
    screen.do("key", "Return")
    until(target.exists, "the workbook")
    until(lambda: not screen.window("^Save"), "the dialog to close")

    def folder_opened() -> bool:
        screen.press(window, "alt+f")  # Show in Folder, as soon as it is shown
        time.sleep(0.5)
        return opened.exists()

    until(folder_opened, "the folder to be opened")
    assert opened.read_text() == f"file://{tmp_path} []\n", "other programs must not load our libraries"
    screen.close(window)
    assert running.ended() == 0
