"""Every page as an image: ``python -m tests.screenshots FOLDER`` (light and dark; 100% and 200%)."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable
from functools import cache
from pathlib import Path

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QApplication
from tests.desktop import builders

from almanac import workflow
from almanac.core.jobs import Progress, run
from almanac.core.problems import Problem
from almanac.desktop.shell import problems
from almanac.desktop.theme import style
from almanac.desktop.window import MainWindow
from almanac.tables import ReadFile
from almanac.workflow.results import ForecastResult

SIZE = (1180, 780)
SMALLEST = (1024, 700)
SCHEMES = ((Qt.ColorScheme.Light, "light"), (Qt.ColorScheme.Dark, "dark"))
UNREADABLE = Problem(
    "no_numbers",
    "There are no numbers to forecast in “holiday plans.xlsx”.",
    "Almanac looked at 3 columns and 41 rows, and found only words.",
    "Open another file, or choose another sheet of this one.",
)


def pages(folder: Path, suffix: str, size: tuple[int, int]) -> None:
    window = MainWindow()
    window.link.open = lambda: None  # type: ignore[method-assign] # pictures need no worker
    window.resize(*size)
    window.show()
    window.make_pages()

    def take(name: str) -> None:
        for _ in range(8):
            QApplication.processEvents()
        window.grab().save(str(folder / f"{name}-{suffix}.png"))

    take("1-start")
    window.start.tell(UNREADABLE)
    take("2-start-problem")
    window.start.tell()
    file = builders.read_file(findings=builders.FINDINGS, questions=(builders.DAY_OR_MONTH,))
    data = window.data

    def read(shown: ReadFile) -> None:
        window.errands.running, window._asked = "check", (Path("corner-shop.csv"), None)
        window._on_finished(shown)

    read(builders.read_file())
    take("3-data")
    data.back.click()
    take("3-data-dates-plain")
    data.tell(problems.CRASHED)
    take("3-data-problem")
    read(builders.with_sheets(file))
    data.sheets.list.setFocus()
    take("4-check-1-table")
    data.next.click()
    data.columns.what.fill(data.file.reading.columns, ("Remark",))
    data.columns.what.changed.emit(("Remark",))
    take("4-check-2-what-is-what")
    data.columns.fill()
    data.columns.unstage("values")
    data.next.click()
    take("4-check-3-dates")
    data.next.click()
    take("4-check-4-findings")
    data.findings.cards[0].show_rows.click()
    data.show_looked_up("excerpt", builders.ROWS)
    data.findings.cards[1].choices.buttons[1].click()
    take("4-check-5-findings-rows")
    data.findings.cards[1].choices.buttons[0].click()
    data.next.click()
    take("4-check-6-summary")
    window.errands.running = "forecast"
    window._on_finished(builders.result(file))
    window.forecast.list.setCurrentIndex(window.forecast.list.model().index(2, 0))
    take("6-forecast")
    window.forecast.as_table.click()
    take("7-forecast-table")
    window.forecast.as_table.click()
    window.progress.begin("Getting ready")
    window.progress.advance(Progress(412, 3000, "412 of 3,000 products"))
    window.progress._appear()
    take("8-forecast-busy")
    window._settle()
    window.errands.running = "forecast"
    window._on_finished(builders.result(builders.read_file(1), stopped_early=False))
    take("9-forecast-single")
    read(builders.read_file(points=120))
    trust(window, take)
    window._go("Export")
    take("10-export")
    window.export.show_saved(Path("Documents") / "corner-shop forecast.xlsx")
    take("11-export-done")
    window.export.saves[".parquet"].setFocus()
    take("12-export-focus")
    window.unsaved = False
    window.close()


def trust(window: MainWindow, take: Callable[[str], None]) -> None:
    """The views of Trust, with what the real models answer."""
    assert window.file is not None
    window.errands.running = "forecast"
    window._on_finished(run(workflow.forecast(window.file, workflow.ForecastOptions(horizon=12))))
    page = window.trust
    page.looked.disconnect()
    page.looked.connect(lambda name, arguments: page.show_answer(run(getattr(workflow, name)(*arguments))))
    window._go("Trust")
    for name in ("evidence", "chances", "why", "models"):
        page.tabs.setCurrentIndex(page.views.index(getattr(page, name)))
        take(f"13-trust-{name}")
        if name == "evidence":
            page._areas[0].ensureWidgetVisible(page.evidence.fell, 0, 0)
            take("13-trust-evidence-tenths")
    page.models.compare.click()
    take("13-trust-models-compared")
    for name, result in other_states():
        window.errands.running = "check"
        window._on_finished(result.file)
        window.errands.running = "forecast"
        window._on_finished(result)
        window._go("Trust")
        page.tabs.setCurrentIndex(page.views.index(page.evidence))
        take(f"14-evidence-{name}")
        page.tabs.setCurrentIndex(page.views.index(page.chances))
        page.show_series(len(result.forecast.names) - 1)
        take(f"14-chances-{name}")
        window._go("Forecast")
        window.forecast.list.setCurrentIndex(window.forecast.list.model().index(len(result.forecast.names) - 1, 0))
        take(f"14-forecast-{name}")


@cache
def other_states() -> tuple[tuple[str, ForecastResult], ...]:
    """What Trust shows where it has little to show, or something else to say."""
    options = workflow.ForecastOptions(horizon=6)
    few = run(workflow.forecast(builders.read_file(2, points=5), options))
    plain = run(workflow.forecast(builders.repeating(), options))
    mixed = run(workflow.forecast(builders.mixed(), options))
    return ("few", few), ("none", builders.result(builders.read_file())), ("plain", plain), ("mixed", mixed)


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if "ALMANAC_PICTURES" not in os.environ:
        with tempfile.TemporaryDirectory() as state:
            for scale in ("1", "2"):
                changes = {"QT_SCALE_FACTOR": scale, "ALMANAC_STATE": state, "ALMANAC_PICTURES": "1"}
                command = [sys.executable, "-m", "tests.screenshots", str(folder)]
                subprocess.run(command, env=os.environ | changes, check=True)
        return
    warnings.simplefilter("error")
    percent = round(100 * float(os.environ["QT_SCALE_FACTOR"]))
    QLocale.setDefault(QLocale("en_GB"))
    application = QApplication([])
    style.load_fonts()
    for scheme, name in SCHEMES:
        style.apply(application, scheme)
        pages(folder, f"{name}-{percent}", SIZE)
    if percent == 100:
        style.apply(application, Qt.ColorScheme.Light)
        pages(folder, "small-100", SMALLEST)
        for scheme, name in SCHEMES:
            style.apply(application, scheme, strong=True)
            pages(folder, f"{name}-strong-100", SIZE)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
