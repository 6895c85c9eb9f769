"""Pictures of every page: ``python -m tests.screenshots FOLDER`` (light and dark, at 100% and 200%)."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

from PySide6.QtCore import QLocale, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from tests.desktop import builders
from tests.desktop.driving import answer_early, answer_lookups, hand_over, stop_lookups
from tests.window_fixtures import WindowUnderTest

from almanac import workflow
from almanac.core.jobs import Progress, run
from almanac.core.problems import Problem
from almanac.core.triggers import TriggerSettings
from almanac.desktop.pages.trust.page import TrustPage
from almanac.desktop.pages.trust.view import View
from almanac.desktop.pages.watch.page import WatchPage
from almanac.desktop.report import document
from almanac.desktop.report.scope import ReportScope
from almanac.desktop.shell import problems
from almanac.desktop.shell.station import StationKey
from almanac.desktop.theme import style
from almanac.wording.phrases import RangeSupport
from almanac.wording.trust.backtest_notes import CHECK_UNDER_WAY
from almanac.worker.messages import JobFinished
from almanac.workflow.results import ForecastResult
from almanac.workflow.totalling.overview import overview
from almanac.workflow.updates.alerts import OpenAlert

SIZE = (1180, 780)
SMALLEST = (1024, 700)
A4 = QSizeF(504, 751)  # less margins of 16 mm, in points
SCHEMES = ((Qt.ColorScheme.Light, "light"), (Qt.ColorScheme.Dark, "dark"))
UNREADABLE = Problem(
    "no_numbers",
    "There are no numbers to forecast in “holiday plans.xlsx”.",
    "Almanac looked at 3 columns and 41 rows, and found only words.",
    "Open another file, or choose another sheet of this one.",
)


VIEWS: tuple[tuple[str, Callable[[TrustPage], View]], ...] = (
    ("evidence", lambda page: page.evidence),
    ("chances", lambda page: page.probabilities),
    ("why", lambda page: page.explanation),
    ("models", lambda page: page.models),
)


class Camera:
    """A window, and pictures of it in a folder."""

    def __init__(self, folder: Path, suffix: str, size: tuple[int, int]) -> None:
        self._folder, self._suffix = folder, suffix
        self.window = WindowUnderTest()
        self.window.session.worker.launch = lambda: None  # type: ignore[method-assign] # pictures need no worker
        self.window.resize(*size)
        self.window.show()
        self.window.make_pages()

    def take(self, name: str, widget: QWidget | None = None) -> None:
        """Take a picture of the window, or of a dialog of it."""
        for _ in range(8):
            QApplication.processEvents()
        (widget or self.window).grab().save(str(self._folder / f"{name}-{self._suffix}.png"))

    def close(self) -> None:
        self.window.session.unsaved = False
        self.window.close()


def pages(folder: Path, suffix: str, size: tuple[int, int]) -> None:
    camera = Camera(folder, suffix, size)
    start(camera)
    data(camera)
    forecast(camera)
    hand_over(camera.window, "check", builders.read_file(points=120))
    trust(camera)
    watch(camera)
    export(camera)
    camera.close()


def start(camera: Camera) -> None:
    camera.take("1-start")
    camera.window.session.history.listed.emit(builders.RECENT_WORK)
    camera.take("1-start-recent")
    camera.window.session.history.deleted.emit("Clinic")
    camera.take("1-start-deleted")
    camera.window.start.show_problems(UNREADABLE)
    camera.take("2-start-problem")
    camera.window.start.show_problems()


def data(camera: Camera) -> None:
    """Every step of Data, with and without questions."""
    window, page, take = camera.window, camera.window.data, camera.take
    hand_over(window, "check", builders.read_file())
    take("3-data")
    page.back.click()
    take("3-data-dates-plain")
    page.show_problems(problems.WORKER_DIED)
    take("3-data-problem")
    file = builders.read_file(findings=builders.FINDINGS, questions=(builders.DAY_OR_MONTH,))
    hand_over(window, "check", builders.with_sheets(file))
    page.sheets.list.setFocus()
    take("4-check-1-table")
    page.next.click()
    page.columns.values.fill(page.file.reading.columns, ("Remark",))
    page.columns.values.changed.emit(("Remark",))
    take("4-check-2-columns")
    page.columns.fill()
    page.columns.unstage("values")
    page.next.click()
    take("4-check-3-dates")
    page.next.click()
    take("4-check-4-findings")
    page.findings.cards[0].show_rows.click()
    window.session.worker.receive(JobFinished(builders.ROWS))
    page.findings.cards[1].choices.buttons[1].click()
    take("4-check-5-findings-rows")
    page.findings.cards[1].choices.buttons[0].click()
    page.next.click()
    take("4-check-6-summary")


def forecast(camera: Camera) -> None:
    window, page, take = camera.window, camera.window.forecast, camera.take
    hand_over(window, "forecast", builders.result(builders.read_file(findings=builders.FINDINGS)))
    answer_lookups(window)
    page.select(2)
    answer_lookups(window)
    take("6-forecast")
    page.select(-1)
    answer_lookups(window)
    page.detail.history.click()
    take("6-forecast-everything")
    page.detail.history.click()
    page.search.setText("tea")
    page.side.arrange()
    take("6-forecast-nothing-found")
    page.search.clear()
    page.select(2)
    page.as_table.click()
    take("7-forecast-table")
    page.as_table.click()
    page.events.click()
    take("7-forecast-events", page.events.dialog)
    if page.events.dialog is not None:
        page.events.dialog.reject()
    adjusting(camera)
    window.progress.begin("Getting ready")
    window.progress.advance(Progress(412, 3000, "412 of 3,000 products"))
    window.progress._appear()
    take("8-forecast-busy")
    window.session.job_ended.emit()
    orders(camera)
    hand_over(window, "forecast", builders.result(builders.read_file(1)))
    answer_lookups(window)
    take("9-forecast-single")
    checking(camera)


def adjusting(camera: Camera) -> None:
    """The dialog for adjustments, and the page after it."""
    window, page = camera.window, camera.window.forecast
    page.adjust.click()
    assert page.adjust.dialog is not None
    page.adjust.dialog.entry.amount.setText("2,900")
    page.adjust.dialog.entry.note.setText("Street fair in August")
    camera.take("7-forecast-adjust", page.adjust.dialog)
    page.adjust.dialog.use.click()
    answer_lookups(window)
    camera.take("7-forecast-adjusted")


def orders(camera: Camera) -> None:
    """The page Orders before and after a stock list was pasted."""
    window = camera.window
    window.go_to(StationKey.ORDERS)
    camera.take("9-orders-empty")
    names = window.session.result.forecast.names  # type: ignore[union-attr]
    rows = [(name, str(40 * k), "12", "1 month", "6") for k, name in enumerate(names)]
    window.session.orders.read_stock((("Product", "Stock", "On order", "Lead time", "Pack size"), *rows))
    answer_lookups(window)
    page = window.page(StationKey.ORDERS)
    page._request()  # at once, not after a moment
    answer_lookups(window)
    camera.take("9-orders")
    window.go_to(StationKey.FORECAST)
    answer_lookups(window)


def checking(camera: Camera) -> None:
    """A forecast whose ranges are being checked, and one whose check was stopped."""
    window, take = camera.window, camera.take
    done = builders.result(builders.read_file())
    early = replace(done, without_checks=RangeSupport.UNDER_WAY, range_note=CHECK_UNDER_WAY)
    window.session.make_forecast()
    answer_early(window, early)
    window.progress.advance(Progress(120, 700, "Checking on your past: 120 of 700 practice runs"))
    window.progress._appear()
    take("9-forecast-checking")
    for key in (StationKey.TRUST, StationKey.EXPORT):
        window.go_to(key)
        take(f"9-{key}-checking")
    window.session.saving.save(Path("corner-shop forecast.xlsx"))
    take("9-export-checking-asked")
    window.session.worker.receive(JobFinished(early.stopped_checking))
    stop_lookups(window)
    window.session.worker.receive(JobFinished(Path("corner-shop forecast.xlsx")))  # saved now
    window.go_to(StationKey.FORECAST)
    take("9-forecast-stopped-checking")


def trust(camera: Camera) -> None:
    """The views of Trust, with what the real models answer."""
    window, page, take = camera.window, camera.window.trust, camera.take
    assert window.session.file is not None
    result = run(workflow.forecast(window.session.file, workflow.ForecastOptions(horizon=12)))
    hand_over(window, "forecast", result)
    page.lookup_requested.disconnect()
    page.lookup_requested.connect(lambda name, arguments: page.show_lookup(run(getattr(workflow, name)(*arguments))))
    window.go_to(StationKey.TRUST)
    for name, view in VIEWS:
        page.tabs.setCurrentIndex(page.views.index(view(page)))
        take(f"13-trust-{name}")
        if name == "evidence":
            page._areas[0].ensureWidgetVisible(page.evidence.pit, 0, 0)
            take("13-trust-evidence-tenths")
    page.models.compare.click()
    take("13-trust-models-compared")
    for name, result in other_states():
        hand_over(window, "check", result.file)
        hand_over(window, "forecast", result)
        window.go_to(StationKey.TRUST)
        page.tabs.setCurrentIndex(page.views.index(page.evidence))
        take(f"14-evidence-{name}")
        page.tabs.setCurrentIndex(page.views.index(page.probabilities))
        page.show_series(len(result.forecast.names) - 1)
        take(f"14-chances-{name}")
        window.go_to(StationKey.FORECAST)
        series = window.forecast.list
        series.setCurrentIndex(series.model().index(len(result.forecast.names) - 1, 0))
        take(f"14-forecast-{name}")


def watch(camera: Camera) -> None:
    """Watch with nothing, with new data to look at, and with what came of them."""
    window, take = camera.window, camera.take
    hand_over(window, "check", builders.read_file())
    hand_over(window, "forecast", builders.result(window.session.file))
    page = window.page(StationKey.WATCH)
    assert isinstance(page, WatchPage)
    window.show_page(page)
    take("15-watch-empty")
    proposal, accepted = builders.new_data()
    page.show_proposal(proposal)
    take("15-watch-new-data")
    page.show_accepted(accepted)
    window.session.worker.receive(JobFinished(tuple(OpenAlert(str(k), one) for k, one in enumerate(accepted.alerts))))
    take("15-watch-what-changed")
    scores, found = builders.earlier_months()
    page.show_scores(scores)
    page.show_outcome(found)
    take("15-watch-what-happened")
    area = page.outcome.parentWidget().parentWidget()
    assert isinstance(area, QScrollArea)
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    take("15-watch-over-time")
    watch_dialogs(camera, page, found.forecast.names[0])


def watch_dialogs(camera: Camera, page: WatchPage, name: str) -> None:
    """What is asked and chosen at Watch, also with long names."""
    one, event = builders.explained(f"{name} from the shop at the far end of the long road by the river")
    page.show_alerts([one])
    area = page.outcome.parentWidget().parentWidget()
    assert isinstance(area, QScrollArea)
    area.verticalScrollBar().setValue(0)
    camera.take("15-watch-sold-out-asked")
    page.ask_when_sold_out(*builders.explained(name))
    camera.take("15-watch-sold-out", page.events)
    page.show_settings(TriggerSettings())
    camera.take("15-watch-when-to-warn", page.dialog)
    page.show_runs(builders.RUNS)
    assert page.runs is not None
    camera.take("15-watch-earlier-forecasts", page.runs)
    page.runs.show_comparison(builders.run_comparison(name, *event.series, "Soup"))
    camera.take("15-watch-compared", page.runs)
    page.runs.deletion_wanted.disconnect()
    page.runs.delete.click()
    camera.take("15-watch-deleted", page.runs)
    for dialog in (page.events, page.dialog, page.runs):
        assert dialog is not None
        dialog.reject()


def export(camera: Camera) -> None:
    window, take = camera.window, camera.take
    window.go_to(StationKey.EXPORT)
    take("10-export")
    window.export.show_saved(Path("Documents") / "corner-shop forecast.xlsx")
    take("11-export-done")
    window.export.save_buttons[".parquet"].setFocus()
    take("12-export-focus")


def report(folder: Path) -> None:
    """The printable report, as a PDF and as a picture of its page."""
    result = run(workflow.forecast(builders.read_file(10, points=90)))
    totals, scope = run(overview(result)), ReportScope(series=2)
    (folder / "20-report.pdf").write_bytes(document.pdf(result, totals, scope))
    size = A4.toSize()
    picture = QImage(size * 2, QImage.Format.Format_RGB32)
    picture.fill(QColor("white"))
    painter = QPainter(picture)
    painter.scale(2, 2)
    document.pages(result, totals, scope, A4).drawContents(painter)
    painter.end()
    picture.save(str(folder / "20-report.png"))


@cache
def other_states() -> tuple[tuple[str, ForecastResult], ...]:
    """Forecasts about which Trust has little to show, or something else to say."""
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
        report(folder)
        pages(folder, "small-100", SMALLEST)
        for scheme, name in SCHEMES:
            style.apply(application, scheme, strong=True)
            pages(folder, f"{name}-strong-100", SIZE)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
