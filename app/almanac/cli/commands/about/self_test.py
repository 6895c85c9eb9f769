"""``almanac --self-test``: does what Almanac needs work on this computer? It says nothing about the person."""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from almanac import __version__
from almanac.cli.command import DONE, PROBLEM, Command, no_arguments
from almanac.core.jobs import run
from almanac.core.problems import ProblemError
from almanac.core.system import logs, own_process, paths

MIN_FREE_MB = 200  # a workbook of thousands of series and a log; chosen by judgement
MAX_SECONDS_FOR_A_PROCESS = 120.0  # a slow computer under a virus scanner; chosen by judgement
MAX_REMOVAL_S = 5.0  # until a file that a scanner of viruses or an ending process still reads is given up; by judgement
SAMPLE = "corner-shop.csv"
OTHER_WORKBOOKS = (".xls", ".xlsb", ".ods")
ADVICE = "If a folder or the disk is named, see to that; otherwise install Almanac again."
PROBE = (("Café", "Tea"), 5861.0)  # names and sum of the table in resources/probes


class _NotWorking(Exception):  # noqa: N818 - a finding of a check
    """A part does not work; the text says what, without names or paths of the person."""


@dataclass(frozen=True)
class Check:
    """One check: what it is about, and the function that makes it.

    The function gets an empty folder, returns what it found in a few words, and raises an exception when the part does
    not work.
    """

    title: str
    make: Callable[[Path], str]


def _models(_: Path) -> str:
    from almanac import workflow

    found = run(workflow.verify_models())
    faults = [f"{model.title}: {model.fault}" for model in found if model.fault]
    if faults or not found:
        raise _NotWorking("; ".join(faults) or "none was found")
    return f"{len(found)} unchanged, and right on this processor"


def _graphics_card(folder: Path) -> str:
    from almanac import workflow

    read = run(workflow.check(_sample(), None))
    options = workflow.ForecastOptions(horizon=3, device="gpu", calibrate=False)
    result = run(workflow.forecast(read, options))
    run(workflow.export(result, folder / "card.csv", ()))
    return f"asked for a graphics card, forecast on: {result.forecast.device}"


def _formats(folder: Path) -> str:
    """Write each format that can be saved, and read it again."""
    import fastparquet

    from almanac import workflow
    from almanac.workbooks.client import end_idle

    read = run(workflow.check(_sample(), None))
    result = run(workflow.forecast(read, workflow.ForecastOptions(horizon=3, calibrate=False)))
    for suffix in (".xlsx", ".csv"):
        path = folder / f"forecast{suffix}"
        run(workflow.export(result, path, ()))
        run(workflow.preview(path))
    end_idle()  # the process that reads workbooks still has the last one open, and Windows removes no such file
    path = folder / "forecast.parquet"
    run(workflow.export(result, path, ()))
    if fastparquet.ParquetFile(path).count() == 0:  # Almanac writes Parquet, but does not read it
        raise _NotWorking("the Parquet file is empty")
    return "written and read: .xlsx .csv .parquet"


def _other_workbooks(_: Path) -> str:
    """Read the same table, of which every number is known, in each kind of workbook that Almanac does not write."""
    from almanac import workflow

    for suffix in OTHER_WORKBOOKS:
        read = run(workflow.check(paths.resources() / "probes" / f"table{suffix}", None))
        if read.series is None or (read.series.names, float(read.series.values.sum())) != PROBE:
            raise _NotWorking(f"{suffix} is not read as it is")
    return f"read as they are: {' '.join(OTHER_WORKBOOKS)}"


def _samples(_: Path) -> str:
    from almanac import workflow

    samples = [f for f in sorted((paths.resources() / "samples").iterdir()) if f.suffix in (".csv", ".xlsx")]
    for path in samples:
        run(workflow.check(path, None))
    return f"{len(samples)} read"


def _worker(_: Path) -> str:
    """Start the background process, ask it, and see that it ends with its pipe and when it is killed."""
    from almanac.worker.messages import JobFailed, StartJob, encode, read_message

    command = own_process.command("--worker")
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        late = threading.Timer(MAX_SECONDS_FOR_A_PROCESS, process.kill)
        late.start()
        with suppress(OSError):  # it ended at once: there is no answer then
            process.stdin.write(encode(StartJob("check", (Path("no such file"), None))))  # pyrefly: ignore[missing-attribute]
            process.stdin.flush()  # pyrefly: ignore[missing-attribute]
        answer = read_message(process.stdout)  # pyrefly: ignore[bad-argument-type]
        with suppress(OSError):
            process.stdin.close()  # pyrefly: ignore[missing-attribute]
        code = process.wait()
        late.cancel()
    if code or not isinstance(answer, JobFailed):
        raise _NotWorking(f"it ended with {code} and answered {type(answer).__name__}")
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        process.kill()
        process.wait(MAX_SECONDS_FOR_A_PROCESS)
    return "answers, ends in order, and can be ended"


def _window(_: Path) -> str:
    """Open the window where nobody sees it."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    began = time.perf_counter()
    done = subprocess.run(
        own_process.command("--try-window"),
        env=environment,
        capture_output=True,
        timeout=MAX_SECONDS_FOR_A_PROCESS,
        check=False,
    )
    if done.returncode:
        raise _NotWorking(f"it ended with {done.returncode}")
    return f"opens and closes, {time.perf_counter() - began:.1f} s in all"


def _folders(folder: Path) -> str:
    """Write to the folder for settings, and look for free space."""
    state = paths.state()
    probe = state / "self-test"
    try:
        state.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise _NotWorking(f"nothing can be written into the folder for settings ({error.strerror})") from error
    free = [shutil.disk_usage(place).free / 1e6 for place in (state, folder)]
    if min(free) < MIN_FREE_MB:
        raise _NotWorking(f"only {min(free):,.0f} MB are free, and {MIN_FREE_MB} are needed")
    return f"settings can be written, {min(free) / 1000:,.0f} GB free"


CHECKS = (
    Check("Folders and disk", _folders),
    Check("Models", _models),
    Check("Samples", _samples),
    Check("Kinds of files", _formats),
    Check("Other workbooks", _other_workbooks),
    Check("Graphics card", _graphics_card),
    Check("Background process", _worker),
    Check("Window", _window),
)


def make_checks(checks: tuple[Check, ...] = CHECKS) -> int:
    """Make each check, print a line for it, and return the exit code."""
    print(f"Almanac {__version__}, Python {platform.python_version()}")
    print(f"{platform.system()} {platform.release()} {platform.machine()}, {os.cpu_count()} processors")
    failed = 0
    for check in checks:
        with _temporary_folder() as folder:
            try:
                line = f"ok   {check.title}: {check.make(folder)}"
            except _NotWorking as found:
                line = f"NOT  {check.title}: {found}"
            except ProblemError as error:  # its sentences may name a folder of the person
                line = f"NOT  {check.title}: {error.problem.code}"
            except Exception as error:  # noqa: BLE001 - whatever does not work is what we look for
                line = f"NOT  {check.title}: {logs.describe(error)}"
        failed += line.startswith("NOT")
        print(line, flush=True)
    print("Everything works." if not failed else f"{failed} of {len(checks)} parts do not work. {ADVICE}")
    return PROBLEM if failed else DONE


@contextmanager
def _temporary_folder() -> Generator[Path]:
    """A folder that is gone afterwards; on Windows once nobody reads in it, such as a process that ends just now."""
    folder = Path(tempfile.mkdtemp(prefix="almanac-"))
    try:
        yield folder
    finally:
        end = time.monotonic() + MAX_REMOVAL_S
        while folder.exists() and time.monotonic() < end:
            shutil.rmtree(folder, ignore_errors=True)
            if folder.exists():
                time.sleep(0.1)


def _sample() -> Path:
    return paths.resources() / "samples" / SAMPLE


def _run(_: argparse.Namespace) -> int:
    return make_checks()


SELF_TEST = Command(_run, no_arguments)
