"""Every page as an image: ``python -m tests.screenshots FOLDER`` (light, dark; 100% and 200%)."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from almanac import places
from almanac.desktop import style
from almanac.desktop.window import CRASHED, MainWindow
from almanac.jobs import Progress

SAMPLE = places.resources() / "samples" / "corner-shop.csv"
PATIENCE_S = 60


def wait(done: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_S
    while not done():
        if time.monotonic() > until:
            raise TimeoutError("the page did not come")
        QApplication.processEvents()
        time.sleep(0.01)


def scheme_pages(application: QApplication, folder: Path, scheme: Qt.ColorScheme, suffix: str) -> None:
    style.apply(application, scheme)
    window = MainWindow()
    window.resize(1180, 780)
    window.show()

    def take(name: str) -> None:
        for _ in range(5):
            QApplication.processEvents()
        window.grab().save(str(folder / f"{name}-{suffix}.png"))

    take("1-start-empty")
    window.start.tell(CRASHED)
    take("2-start-problem")
    window.start.tell()
    window.open(SAMPLE)
    wait(lambda: window.file is not None and not window.link.busy)
    take("3-data")
    window.data.tell(CRASHED)
    take("4-data-problem")
    window.data.tell()
    window.progress.begin("Getting ready")
    window.progress.advance(Progress(412, 3000, "412 of 3,000 series"))
    window.progress.show()
    take("5-data-busy")
    window.progress.end()
    window.make_forecast()
    wait(lambda: window.outcome is not None and not window.link.busy)
    take("6-forecast")
    window.forecast.as_table.click()
    take("7-forecast-table")
    window._go("Export")
    take("8-export")
    window.export.show_saved(Path("Documents") / "corner-shop forecast.xlsx")
    take("9-export-done")
    window.close()


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if "QT_SCALE_FACTOR" not in os.environ:
        for scale in ("1", "2"):
            environment = os.environ | {"QT_SCALE_FACTOR": scale, "ALMANAC_STATE": str(folder / "state")}
            subprocess.run([sys.executable, "-m", "tests.screenshots", str(folder)], env=environment, check=True)
        return
    percent = 100 * int(os.environ["QT_SCALE_FACTOR"])
    application = QApplication([])
    style.load_fonts()
    for scheme, name in ((Qt.ColorScheme.Light, "light"), (Qt.ColorScheme.Dark, "dark")):
        scheme_pages(application, folder, scheme, f"{name}-{percent}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
