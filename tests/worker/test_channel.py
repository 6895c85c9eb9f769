"""The channel between window and worker: what comes through, and how each end notices that the other is gone."""

from __future__ import annotations

import os
import pickle
import struct
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from almanac.worker.messages import JobFailed, MessageBuffer, StartJob, encode, read_message
from almanac.worker.serve import REFUSED

PATIENCE_S = 20.0
WORKER = [sys.executable, "-m", "almanac", "--worker"]
PARENT = """
import subprocess, sys
worker = subprocess.Popen([sys.executable, "-m", "almanac", "--worker"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
worker.stdin.write(bytes.fromhex(sys.argv[1]))
worker.stdin.flush()
print(worker.pid, flush=True)
worker.stdout.read(1) if sys.argv[1] else None  # the job has begun
print("ready", flush=True)
sys.stdin.read()
"""


def until(is_so: Callable[[], object], what: str) -> None:
    end = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < end, f"timed out waiting for: {what}"
        time.sleep(0.05)


def wide_file(path: Path) -> Path:
    """A file that takes the worker seconds to read."""
    heading = ";".join(["day", *(f"product {n}" for n in range(4000))])
    rows = [";".join([f"2024-{m:02d}-{d:02d}", *["7,5"] * 4000]) for m in range(1, 7) for d in range(1, 28)]
    path.write_text("\n".join([heading, *rows]), encoding="utf-8")
    return path


@pytest.mark.parametrize("busy", [False, True], ids=["idle", "at work"])
def test_a_worker_ends_when_its_window_is_killed(tmp_path: Path, busy: bool) -> None:
    job = encode(StartJob("check", (wide_file(tmp_path / "wide.csv"), None))) if busy else b""
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", PARENT, job.hex()], stdin=pipe, stdout=pipe, text=True) as window:
        assert window.stdout is not None
        worker = psutil.Process(int(window.stdout.readline()))
        assert window.stdout.readline() == "ready\n"
        window.kill()
    until(lambda: not worker.is_running() or worker.status() == psutil.STATUS_ZOMBIE, "the end of the worker")


@pytest.mark.skipif(sys.platform == "win32", reason="a shell closes the handle here")
def test_a_program_without_stderr_has_a_worker_all_the_same(tmp_path: Path) -> None:
    command = ["/bin/sh", "-c", 'exec "$@" 2>&-', "sh", *WORKER]
    question = encode(StartJob("check", (tmp_path / "nowhere.csv", None)))
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as worker:
        assert worker.stdin is not None
        assert worker.stdout is not None
        worker.stdin.write(question)
        worker.stdin.flush()
        assert isinstance(read_message(worker.stdout), JobFailed)  # type: ignore[arg-type]
        worker.stdin.close()
        assert worker.wait(PATIENCE_S) == 0


class Command:
    """What a stranger would send: read, it runs a program."""

    def __reduce__(self) -> tuple[object, ...]:
        return os.system, ("exit 1",)


class Door:
    """The same through a module of ours."""

    def __reduce__(self) -> tuple[object, ...]:
        return pickle.loads, (b"",)


@pytest.mark.parametrize("content", [Command(), [1, {"a": Command()}], Door(), open, Path.open], ids=str)
def test_a_message_that_names_anything_unknown_is_refused(content: object) -> None:
    body = pickle.dumps(content)
    with pytest.raises(pickle.UnpicklingError):
        MessageBuffer().feed(struct.pack(">Q", len(body)) + body)


def test_a_worker_that_gets_an_unknown_message_ends() -> None:
    body = pickle.dumps(Command())
    done = subprocess.run(
        WORKER, input=struct.pack(">Q", len(body)) + body, stdout=subprocess.PIPE, timeout=PATIENCE_S, check=False
    )
    assert (done.returncode, done.stdout) == (REFUSED, b"")


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "cp437"])
def test_what_is_printed_is_utf_8_whatever_the_code_page(encoding: str) -> None:
    environment = os.environ | {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    script = (
        "import sys; from almanac.core.system.pipes import use_utf8; use_utf8(); print('✓ größer', sys.stdout.encoding)"
    )
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, check=True)
    assert done.stdout.decode("utf-8").split() == ["✓", "größer", "utf-8"]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")
def test_a_single_file_opens_the_window_and_without_a_display_a_sentence_says_so(tmp_path: Path) -> None:
    environment = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    command = [sys.executable, "-m", "almanac", "sales.csv"]
    done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("There is no display here")
