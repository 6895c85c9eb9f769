"""Reads damaged files by the thousand: each must be read or refused with a Problem, within five seconds of the
processor and 2 GB.

``python -m tests.tables.fuzz --count 100000`` (or ``make fuzz``); a file that is not goes to build/fuzz, with what
happened beside it, and ``--start N --count 1`` makes it again.
"""

from __future__ import annotations

import argparse
import json
import os
import select
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.tables.mutants import mutant

from almanac.core.jobs import run
from almanac.core.problems import ProblemError
from almanac.tables import describe, preview, read, sheets
from almanac.tables.layout.excerpt import excerpt

KEPT = Path("build/fuzz")
SECONDS, PATIENCE = 5, 20  # of the processor, and on the clock
MEMORY = 2 << 30


def look(path: Path) -> str:
    """Goes through every door. Returns the code of the Problem, or "read"; anything else is raised."""
    said = "read"
    for door in (_understand, preview, sheets):
        began, worked = time.perf_counter(), sum(os.times()[:4])
        try:
            door(path)
        except ProblemError as stop:
            said = stop.problem.code
        worked = sum(os.times()[:4]) - worked  # of the processor: other programs hardly change it
        took = time.perf_counter() - began
        if worked > SECONDS or took > PATIENCE:
            raise TimeoutError(f"{door.__name__} took {took:.1f} seconds, {worked:.1f} of the processor")
    return said


def _understand(path: Path) -> None:
    file = run(read(path))
    json.dumps(describe(file))
    found = next((found for found in file.findings if found.rows), None)
    if found is not None:
        run(excerpt(path, found.sheet, found.rows[:5]))


def serve() -> None:
    """Answers each path on the input with what was said, or with a traceback."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for line in sys.stdin:
        try:
            answer = (look(Path(line.rstrip("\n"))), "")
        except BaseException:  # noqa: BLE001 - exactly what is looked for
            answer = ("", traceback.format_exc())
        print(json.dumps(answer), flush=True)


class Reader:
    """A process that reads files, started again when it dies or hangs."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None

    def look(self, path: Path) -> tuple[str, str]:
        """What was said of the file and, when it is a fault, a description of it."""
        patience = 3 * PATIENCE  # one for each door
        if self._process is None:
            command = [sys.executable, "-m", "tests.tables.fuzz", "--serve"]
            pipe = subprocess.PIPE
            self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True)
            patience += 30  # the first answer waits for the libraries
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{path}\n")
        self._process.stdin.flush()
        ready, _, _ = select.select([self._process.stdout], [], [], patience)
        answer = self._process.stdout.readline() if ready else ""
        if answer:
            code, fault = json.loads(answer)
            return code, fault
        self.stop()
        return "", "the process ended" if ready else f"no answer within {patience} seconds"

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


@contextmanager
def reader() -> Iterator[Reader]:
    made = Reader()
    try:
        yield made
    finally:
        made.stop()


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--start", type=int, default=0)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--serve", action="store_true", help="answer paths on the input")
    asked = parser.parse_args()
    if asked.serve:
        serve()
        return 0
    said: Counter[str] = Counter()
    faults, slowest, began = 0, 0.0, time.perf_counter()
    with tempfile.TemporaryDirectory() as folder, reader() as process:
        for number in range(asked.start, asked.start + asked.count):
            made = mutant(number)
            path = Path(folder) / made.name
            path.write_bytes(made.content)
            before = time.perf_counter()
            code, fault = process.look(path)
            slowest = max(slowest, time.perf_counter() - before)
            if not fault:
                said[code] += 1
                continue
            faults += 1
            KEPT.mkdir(parents=True, exist_ok=True)
            (KEPT / f"{number}-{made.name}").write_bytes(made.content)
            (KEPT / f"{number}.txt").write_text(f"{made.seed}\n{fault}", encoding="utf-8")
            print(f"{number} ({made.seed}): {fault.strip().splitlines()[-1]}", flush=True)
    print(f"{asked.count:,} files in {time.perf_counter() - began:.0f} s, the slowest {slowest:.1f} s; {faults} faults")
    print(", ".join(f"{code} {count:,}" for code, count in said.most_common()))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
