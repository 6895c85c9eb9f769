"""Nothing leaves the computer."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

FORECAST = """
import os, time
import psutil
from almanac.forecasting import forecast
from almanac.core.jobs import run
from tests.builders import seasonal, series_set
run(forecast(series_set(seasonal(40)), 3))
time.sleep(1)  # a library that reports to its makers does so in the background
print(len(psutil.Process().net_connections(kind="all")))
folder = "/proc/self/fd"  # Linux lists sockets of every kind there
files = [f"{folder}/{name}" for name in os.listdir(folder)] if os.path.isdir(folder) else []
print(sum(os.readlink(file).startswith("socket:") for file in files if os.path.islink(file)))
"""
FOLDERS = ("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_DATA_HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "TEMP")


def test_a_forecast_opens_no_connection_and_writes_no_identifier(tmp_path: Path) -> None:
    kept = {k: v for k, v in os.environ.items() if k not in ("CI", "ORT_DISABLE_TELEMETRY")}
    environment = kept | dict.fromkeys(FOLDERS, str(tmp_path))
    command = [sys.executable, "-c", FORECAST]
    root = Path(__file__).resolve().parents[1]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment, cwd=root)
    assert done.stdout.split() == ["0", "0"]
    assert list(tmp_path.rglob("*")) == []
