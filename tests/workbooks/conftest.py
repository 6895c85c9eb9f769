"""What reading a file made to do harm ends with, in a separate process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

SETTINGS = ("ALMANAC_STATE", "TMPDIR")
SERVER = Path(__file__).with_name("reading_server.py")
Bounded = Callable[..., list[str]]


@pytest.fixture(scope="module")
def bounded() -> Iterator[Bounded]:
    """What reading, preview and list of sheets of a file end with, each file in a separate process."""
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, str(SERVER)], stdin=pipe, stdout=pipe, text=True) as server:
        assert server.stdin is not None
        assert server.stdout is not None

        def ask(path: Path, megabytes: int = 2048) -> list[str]:
            print(json.dumps([str(path), *(os.environ[name] for name in SETTINGS)]), file=server.stdin, flush=True)
            answer = json.loads(server.stdout.readline())
            assert isinstance(answer, list), f"the process ended with {answer}"
            *said, peak = answer
            assert peak < megabytes
            assert not [words for words in said if words.startswith("took")]
            return said

        yield ask
        server.stdin.close()
