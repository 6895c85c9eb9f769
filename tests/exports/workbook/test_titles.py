"""A name of a series is text in every chart, whatever a spreadsheet would make of it."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from tests.builders import forecast_of, seasonal, series_set

from almanac.core.jobs import run
from almanac.exports.content import ExportContent
from almanac.exports.write_file import write

DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/"
NAMES = (
    "=cmd|'/C calc'!A0",
    "='\\\\evil\\share\\[x.xlsx]S'!$A$1",
    "Wow!A1 sauce",
    "=S!A1",
    "S!$A$1",
    "=1+1",
    "@SUM(A1)",
    "+1",
    "<b>bold</b> & more",
    "]]>",
    "Line\nbreak",
)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_looks_like_a_reference_is_text(name: str, tmp_path: Path) -> None:
    series = series_set(seasonal(40), names=(name,))
    content = ExportContent(series, forecast_of(series))
    path = run(write(tmp_path / "a.xlsx", content, ()))
    with zipfile.ZipFile(path) as archive:
        charts = [ElementTree.fromstring(archive.read(part)) for part in archive.namelist() if "/charts/chart" in part]
        every = b"".join(archive.read(part) for part in archive.namelist() if part.endswith(".xml"))
    assert charts
    for chart in charts:
        title = chart.find(f".//{DRAWING}chart}}title")
        assert title is not None
        assert "".join(text.text or "" for text in title.iter(f"{DRAWING}main}}t")) == name
        assert title.find(f".//{DRAWING}chart}}f") is None
        used = {formula.text or "" for formula in chart.iter(f"{DRAWING}chart}}f")}
        assert all(text.startswith(("'Chart data'!", "Chart_data!", "Charts!", "'")) for text in used)
        assert not any("evil" in text or "cmd" in text for text in used)
    assert b"externalLink" not in every


def test_control_characters_in_a_name_do_not_break_the_workbook(tmp_path: Path) -> None:
    series = series_set(seasonal(40), names=("A\x1b[31m\x00\ufffe",))
    path = run(write(tmp_path / "a.xlsx", ExportContent(series, forecast_of(series)), ()))
    with zipfile.ZipFile(path) as archive:
        for part in archive.namelist():
            if part.endswith(".xml"):
                ElementTree.fromstring(archive.read(part))
