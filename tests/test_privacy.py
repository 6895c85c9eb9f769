"""Nothing leaves the computer."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

FORECAST = """
import os, time
import numpy as np
from almanac.forecasting import forecast
from almanac.core.jobs import run
from tests.builders import seasonal, series_set
run(forecast(series_set(seasonal(40)), 3))
time.sleep(1)
files = [f"/proc/self/fd/{fd}" for fd in os.listdir("/proc/self/fd")]
print(sum(os.readlink(f).startswith("socket:") for f in files if os.path.islink(f)))
"""


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="looks at open files as Linux lists them")
def test_a_forecast_opens_no_connection_and_writes_no_identifier(tmp_path: Path) -> None:
    places = {name: str(tmp_path) for name in ("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_DATA_HOME")}
    environment = {k: v for k, v in os.environ.items() if k not in ("CI", "ORT_DISABLE_TELEMETRY")} | places
    command = [sys.executable, "-c", FORECAST]
    root = Path(__file__).resolve().parents[1]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment, cwd=root)
    assert done.stdout.strip() == "0"
    assert list(tmp_path.rglob("*")) == []
