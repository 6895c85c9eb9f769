"""One holder at a time, and none after it has ended. The other holder is a real process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from almanac.core.system.locks import hold, try_to_hold

HOLD = """
import os, sys
from almanac.core.system.locks import try_to_hold
descriptor = os.open(sys.argv[1], os.O_RDWR)
print(try_to_hold(descriptor), flush=True)
sys.stdin.read()
"""


def test_what_another_process_holds_is_free_as_soon_as_that_is_killed(tmp_path: Path) -> None:
    file = tmp_path / "lock"
    file.write_text("content")
    other = subprocess.Popen([sys.executable, "-c", HOLD, file], stdin=-1, stdout=-1, text=True)
    descriptor = os.open(file, os.O_RDWR)
    with other:
        assert other.stdout is not None
        assert other.stdout.readline() == "True\n"
        assert not try_to_hold(descriptor)
        assert os.read(descriptor, 7) == b"content", "it can be read by others"
        other.kill()
    hold(descriptor)
    again = os.open(file, os.O_RDWR)
    assert not try_to_hold(again), "not twice within one process either"
    os.close(descriptor)
    assert try_to_hold(again)
    os.close(again)
