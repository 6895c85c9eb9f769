"""Export: a card for every format."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog
from tests.desktop import builders
from tests.desktop.driving import hand_over
from tests.window_fixtures import WindowUnderTest

from almanac.core.csv_style import FOR_PROGRAMS, WITH_COMMA
from almanac.desktop.report.scope import EVERYTHING
from almanac.workflow.save_result import output_formats


def test_every_format_can_be_saved_and_so_can_the_report(still: WindowUnderTest) -> None:
    suffixes = [kind.suffix for kind in output_formats()]
    assert list(still.export.save_buttons) == [suffixes[0], ".pdf", *suffixes[1:]]
    assert still.export.save_buttons[".xlsx"].text() == "Save &Excel Workbook…"


@pytest.mark.parametrize(("chosen", "saved"), [("out.csv", "out.csv"), ("OUT.CSV", "OUT.CSV"), ("out.1", "out.1.csv")])
def test_the_suffix_is_added_where_it_is_missing(
    still: WindowUnderTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chosen: str, saved: str
) -> None:
    paths: list[Path] = []
    still.export.path_chosen.connect(paths.append)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / chosen), ""))
    still.export.save_buttons[".csv"].click()
    assert paths == [tmp_path / saved]


def test_csv_for_this_computer_is_offered_where_it_writes_a_comma(still: WindowUnderTest) -> None:
    page = still.export
    assert page.local_csv.isHidden() == (QLocale().decimalPoint() == ".")
    page.local_csv.setChecked(True)
    assert still.session.saving.csv_style == WITH_COMMA
    page.local_csv.setChecked(False)
    assert still.session.saving.csv_style == FOR_PROGRAMS


def test_what_was_saved_can_be_opened_and_shown(
    still: WindowUnderTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(Path(url.toLocalFile())) or True)
    for name, words in (("a.xlsx", "&Open Workbook"), ("a.pdf", "&Open Report"), ("a.csv", "&Open File")):
        still.export.show_saved(tmp_path / name)
        assert still.export.open.text() == words
        still.export.open.click()
    still.export.folder.click()
    assert opened == [*(tmp_path / name for name in ("a.xlsx", "a.pdf", "a.csv")), tmp_path]


def test_it_says_when_no_program_opens_the_file(
    still: WindowUnderTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: False)
    still.export.show_saved(tmp_path / "a.parquet")
    still.export.open.click()
    assert still.export.saved.text() == "No program on this computer opens a.parquet. It is saved."


def test_a_report_can_be_about_everything_or_the_series_that_is_shown(still: WindowUnderTest) -> None:
    file = builders.read_file(3)
    hand_over(still, "check", file)
    hand_over(still, "forecast", builders.result(file))
    offered = [still.export.report_about.itemText(k) for k in range(still.export.report_about.count())]
    assert offered == ["About everything", "About the series shown under Forecast"]
    assert still.session.saving.report_scope == EVERYTHING
    still.export.report_about.setCurrentIndex(1)
    still.export.report_about.activated.emit(1)
    assert still.session.saving.report_scope is None


def test_a_single_series_has_only_its_own_report(still: WindowUnderTest) -> None:
    file = builders.read_file(1)
    hand_over(still, "check", file)
    hand_over(still, "forecast", builders.result(file))
    assert still.export.report_about.count() == 1
    assert still.session.saving.report_scope is None
