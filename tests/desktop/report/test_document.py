"""The printable report: one page, made in a thread, saved by the worker."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QLocale, QSizeF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from tests.builders import forecast_of, seasonal, series_set
from tests.desktop import builders
from tests.desktop.driving import FORBIDDEN, forecast, idle, shown_text
from tests.eventloop import MAX_PAUSE_S, Heartbeat, best_of_three
from tests.window_fixtures import FEW_DRAWS

from almanac import workflow
from almanac.core.calendar.frequency import DAILY, MONTHLY
from almanac.core.entered.adjustments import Adjustment, AdjustmentKind
from almanac.core.jobs import run
from almanac.desktop.charts.report import SIZE, fan_picture
from almanac.desktop.formatting import numbers
from almanac.desktop.formatting.periods import when
from almanac.desktop.report.document import pages, pdf
from almanac.desktop.report.maker import ReportMaker
from almanac.desktop.report.scope import EVERYTHING, ReportScope, groups_of
from almanac.desktop.shell.station import StationKey
from almanac.desktop.theme.tokens import LIGHT
from almanac.desktop.window import MainWindow
from almanac.wording.methods.names import SEASONAL_NAIVE, THETA
from almanac.workflow.adjusting.apply import with_adjustments
from almanac.workflow.results import ForecastResult
from almanac.workflow.totalling.overview import overview

A4, LETTER = QSizeF(504, 751), QSizeF(521, 701)  # less margins of 16 mm, in points


@pytest.fixture(autouse=True)
def quick_totals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("almanac.totals.paths.MAX_DRAWS", FEW_DRAWS)


@pytest.fixture(scope="module")
def result() -> ForecastResult:
    return run(workflow.forecast(builders.read_file(10, points=90)))


@pytest.fixture(scope="module")
def long_result() -> ForecastResult:
    """Thirty series with long names."""
    file = builders.read_file(30, points=60)
    names = tuple(f"{name} in the shop at the far end of the long road <by> & the river" for name in file.series.names)
    long = replace(file, series=replace(file.series, names=names))
    return run(workflow.forecast(long, workflow.ForecastOptions(horizon=24, calibrate=False)))


def about(result: ForecastResult, scope: ReportScope = EVERYTHING) -> bytes:
    """The report as a PDF."""
    return pdf(result, run(overview(result)), scope)


def page_count(result: ForecastResult, size: QSizeF, scope: ReportScope = EVERYTHING) -> int:
    return pages(result, run(overview(result)), scope, size).pageCount()


def plain(path: Path) -> str:
    """Return the text of a PDF."""
    if shutil.which("pdftotext") is None:
        pytest.skip("not installed here: pdftotext")
    done = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True)
    return " ".join(done.stdout.split())


@pytest.mark.usefixtures("qapp")
def test_the_page_says_what_comes_next_how_far_to_trust_it_and_how_it_was_made(
    result: ForecastResult, tmp_path: Path
) -> None:
    (tmp_path / "r.pdf").write_bytes(about(result, ReportScope(series=2)))
    said = plain(tmp_path / "r.pdf")
    assert "Next 12 months: about" in said
    assert "Bread, Jul 2026: about" in said
    assert re.search(r"Likely between \d+ and \d+ \(80%\), wider than needed on your past", said)
    assert "Is it better than repeating the last season?" in said
    assert "Are the ranges honest?" in said
    assert "Each series is typically off by" in said
    assert result.forecast.model in said
    assert result.forecast.checksum in said
    assert not any(word in said.lower() for word in FORBIDDEN)


@pytest.mark.usefixtures("qapp")
def test_a_report_about_everything_has_totals_first_and_the_whole_horizon(
    result: ForecastResult, tmp_path: Path
) -> None:
    (tmp_path / "r.pdf").write_bytes(about(result))
    said = plain(tmp_path / "r.pdf")
    whole = run(overview(result)).tables[0].lines[0]
    assert f"Next 12 months: about {numbers.number(whole.point, whole.decimals)}" in said
    order = [said.index(words) for words in ("By month", "2026-07", "2027-06", "Each series", "How far you can trust")]
    assert order == sorted(order)
    assert all(f" {name} " in said for name in result.forecast.names)


@pytest.mark.usefixtures("qapp")
def test_series_that_do_not_fit_on_the_page_are_counted(long_result: ForecastResult, tmp_path: Path) -> None:
    (tmp_path / "r.pdf").write_bytes(about(long_result))
    found = re.search(r"(\d+) more series are in the workbook", plain(tmp_path / "r.pdf"))
    assert found is not None
    assert 15 < int(found[1]) < 30


@pytest.mark.usefixtures("qapp")
def test_every_step_of_a_series_is_in_its_report(long_result: ForecastResult, tmp_path: Path) -> None:
    (tmp_path / "r.pdf").write_bytes(about(long_result, ReportScope(series=0)))
    said = plain(tmp_path / "r.pdf")
    for k in range(24):
        assert when(MONTHLY, int(long_result.forecast.first[0]) + k) in said


@pytest.mark.usefixtures("qapp")
def test_days_are_weeks_in_a_report_about_everything_and_it_says_so(tmp_path: Path) -> None:
    series = series_set(*(seasonal(400, 7, seed=k) for k in range(3)), frequency=DAILY)
    made = replace(builders.result(builders.read_file(3)), forecast=forecast_of(series, 28))
    made = replace(made, file=replace(made.file, series=series), baselines={}, hierarchy=None)
    (tmp_path / "r.pdf").write_bytes(about(made))
    said = plain(tmp_path / "r.pdf")
    assert re.search(r"28 days as [45] weeks; single days are in the workbook", said)


@pytest.mark.usefixtures("qapp")
def test_a_report_about_a_group_is_about_its_series_alone(tmp_path: Path) -> None:
    source = tmp_path / "stores.csv"
    rows = [
        f"{2022 + m // 12}-{m % 12 + 1:02},{store},{product},{10 * (m % 12) + 100}"
        for store in ("North", "South")
        for product in ("Bread", "Milk")
        for m in range(48)
    ]
    source.write_text("\n".join(["Month,Store,Product,Sales", *rows]), encoding="utf-8")
    made = run(workflow.forecast(run(workflow.check(source, None)), workflow.ForecastOptions(calibrate=False)))
    assert groups_of(made.file.series) == [
        ("Store", "North"),
        ("Store", "South"),
        ("Product", "Bread"),
        ("Product", "Milk"),
    ]
    (tmp_path / "r.pdf").write_bytes(about(made, ReportScope(group=("Store", "North"))))
    said = plain(tmp_path / "r.pdf")
    assert "Store: North" in said
    assert "By month" in said
    assert "North · Milk" in said
    assert "South" not in said


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("size", [A4, LETTER], ids=["A4", "Letter"])
def test_it_is_one_page_however_much_there_is_to_say(size: QSizeF, long_result: ForecastResult) -> None:
    assert page_count(long_result, size) == 1
    assert page_count(long_result, size, ReportScope(series=29)) <= 2


@pytest.mark.usefixtures("qapp")
def test_the_page_says_which_series_are_not_forecast_by_the_model(result: ForecastResult, tmp_path: Path) -> None:
    first, second, *_ = result.forecast.names
    some = replace(result, baselines={first: SEASONAL_NAIVE, second: THETA})
    (tmp_path / "r.pdf").write_bytes(about(some))
    by = f"1 by repeating the last season ({first}), 1 by continuing trend and season ({second})"
    assert f"Not by the model: {by}" in plain(tmp_path / "r.pdf")
    every = replace(result, baselines=dict.fromkeys(result.forecast.names, THETA))
    assert page_count(every, A4) == 1


@pytest.mark.usefixtures("qapp")
def test_without_practice_runs_the_page_says_so(tmp_path: Path) -> None:
    made = run(workflow.forecast(builders.read_file(1), workflow.ForecastOptions(calibrate=False)))
    (tmp_path / "r.pdf").write_bytes(about(made))
    assert "Uncorrected, as you asked." in plain(tmp_path / "r.pdf")


@pytest.mark.usefixtures("qapp")
def test_numbers_on_the_page_are_written_as_the_person_writes_them(result: ForecastResult, tmp_path: Path) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale("de_DE"))
    try:
        (tmp_path / "r.pdf").write_bytes(about(result, ReportScope(series=0)))
    finally:
        QLocale.setDefault(before)
    assert "Juli 2026" in plain(tmp_path / "r.pdf")


def test_making_it_does_not_hold_up_the_window(result: ForecastResult, qtbot: QtBot) -> None:
    maker, found = ReportMaker(), run(overview(result))

    def longest_pause() -> float:
        with Heartbeat() as heart, qtbot.waitSignal(maker.finished, timeout=20_000):
            maker.make(result, found, EVERYTHING)
        maker.wait()
        return heart.pauses[0]

    pauses = best_of_three(longest_pause)
    assert min(pauses) < MAX_PAUSE_S, pauses


def test_it_is_saved_from_the_window(
    window: MainWindow, qtbot: QtBot, sales: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forecast(window, qtbot, sales)
    target = tmp_path / "page.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))  # the system's own dialog
    window.go_to(StationKey.EXPORT)
    qtbot.mouseClick(window.export.save_buttons[".pdf"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Saved as page.pdf" in window.export.saved.text(), timeout=20_000)
    idle(window, qtbot)
    assert target.read_bytes().startswith(b"%PDF")
    assert window.session.unsaved  # the forecast itself is not saved by it


def test_where_it_cannot_be_saved_the_page_says_why_and_the_older_one_stays(
    window: MainWindow, qtbot: QtBot, sales: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forecast(window, qtbot, sales)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "no such" / "page.pdf"), ""))
    window.go_to(StationKey.EXPORT)
    qtbot.mouseClick(window.export.save_buttons[".pdf"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "could not be saved" in shown_text(window), timeout=20_000)


def test_the_chart_of_everything_is_that_of_the_total(result: ForecastResult) -> None:
    found = run(overview(result))
    assert found.whole is not None
    series, made = found.whole.series, found.whole.forecast
    assert made.mean[0] == pytest.approx(result.forecast.mean.sum(axis=0), rel=1e-9)
    assert series[0] == pytest.approx(np.sum(list(result.file.series), axis=0))
    tall = QSizeF(A4.width(), 2 * A4.height())  # with room for everything
    said = pages(result, found, EVERYTHING, tall).toPlainText()
    assert "Everything together" in said
    assert "The largest:" not in said
    assert "The largest:" in pages(result, replace(found, whole=None), EVERYTHING, tall).toPlainText()


def test_an_adjusted_total_has_both_lines_and_the_note(result: ForecastResult) -> None:
    label = result.forecast.frequency.iso
    first = int(result.forecast.first[0])
    ends = label(first), label(first + 2)
    fair = Adjustment("", *ends, AdjustmentKind.SCALE, 1.5, "Street fair")
    adjusted = with_adjustments(result, (fair,))
    found = run(overview(adjusted))
    assert found.whole is not None
    assert found.whole.unadjusted is not None
    assert found.whole.forecast.mean[0, 0] == pytest.approx(1.5 * found.whole.unadjusted[0])
    tall = QSizeF(A4.width(), 2 * A4.height())
    for scope in (EVERYTHING, ReportScope(series=2)):
        said = pages(adjusted, found, scope, tall).toPlainText()
        assert "times 1.5 (Street fair)" in said
        assert "The dashed line is the forecast before that." in said
        assert "Street fair" not in pages(result, run(overview(result)), scope, tall).toPlainText()


def test_the_second_line_is_drawn(result: ForecastResult) -> None:
    series, forecast = result.file.series, result.forecast
    position = series.names.index(forecast.names[0])
    plain = fan_picture(series, position, forecast, 0)
    both = fan_picture(series, position, forecast, 0, 0.8 * forecast.median[0])
    look = QColor(LIGHT.look).rgb()
    counts = [
        sum(one.pixel(x, y) == look for x in range(0, SIZE[0], 2) for y in range(SIZE[1])) for one in (plain, both)
    ]
    assert counts[0] == 0
    assert counts[1] > 50
