"""Export: a card for every format."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from tests.window_fixtures import WindowUnderTest

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
