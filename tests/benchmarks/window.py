"""Time to the first window, and from a drop to the first forecast."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import pandas as pd
from tests.builders import seasonal

FIRST_PAINT = """
import time; began = time.perf_counter()
from PySide6.QtWidgets import QApplication
from almanac.desktop.theme import style
from almanac.desktop.window import MainWindow
a = QApplication([]); style.load_fonts(); style.apply(a)
w = MainWindow(); w.show(); a.processEvents()
print(time.perf_counter() - began); w.session.unsaved = False; w.close()
"""
DROP = """
import sys, time; from pathlib import Path
from PySide6.QtWidgets import QApplication
from almanac.desktop.theme import style
from almanac.desktop.shell.station import StationKey
from almanac.desktop.window import MainWindow
a = QApplication([]); style.load_fonts(); style.apply(a)
w = MainWindow(); w.show()
for _ in range(20): a.processEvents(); time.sleep(0.01)
began = time.perf_counter(); w.session.open_file(Path(sys.argv[1]))
while w.session.file is None or w.session.worker.busy: a.processEvents(); time.sleep(0.002)
w.page(StationKey.DATA).use.click()
while w.session.result is None or w.session.worker.busy: a.processEvents(); time.sleep(0.002)
print(time.perf_counter() - began); w.session.unsaved = False; w.close()
"""

PAUSES = """
import sys, time; from pathlib import Path
from PySide6.QtWidgets import QApplication
from tests.eventloop import Heartbeat
from almanac.desktop.theme import style
from almanac.desktop.shell.station import StationKey
from almanac.desktop.window import MainWindow
a = QApplication([]); style.load_fonts(); style.apply(a)
w = MainWindow(); w.show()
def spin(done):
    until = time.perf_counter() + 60
    while not done() and time.perf_counter() < until: a.processEvents(); time.sleep(0.001)
with Heartbeat() as heart:
    w.session.open_file(Path(sys.argv[1])); spin(lambda: w.session.file is not None and not w.session.worker.busy)
    w.page(StationKey.DATA).use.click(); spin(lambda: w.session.result is not None and not w.session.worker.busy)
w.session.unsaved = False; w.close()
print(heart.pauses[int(sys.argv[2])])
"""


def _median(code: str, *arguments: str) -> float:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", code, *arguments]
    runs = [subprocess.run(command, capture_output=True, text=True, check=True, env=environment) for _ in range(5)]
    return statistics.median(float(run.stdout.split()[-1]) for run in runs)


def rows() -> list[tuple[str, str]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "one.csv"
        months = pd.date_range("2015-01-01", periods=120, freq="MS").strftime("%Y-%m-%d")
        pd.DataFrame({"month": months, "sales": seasonal(120).round(2)}).to_csv(path, index=False)
        return [
            ("first window, process to paint (offscreen)", f"{_median(FIRST_PAINT):.2f} s"),
            ("drop to first forecast, one series", f"{_median(DROP, str(path)):.2f} s"),
            ("longest pause of the window", f"{_median(PAUSES, str(path), '0') * 1000:.0f} ms"),
            ("next longest pause of the window", f"{_median(PAUSES, str(path), '1') * 1000:.0f} ms"),
        ]
