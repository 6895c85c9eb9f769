"""How the workbook prints, as LibreOffice lays it out."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from tests.builders import forecast_of, seasonal, series_set

from almanac.core.calendar.frequency import DAILY
from almanac.core.jobs import run
from almanac.core.problems import Problem
from almanac.exports import ExportContent, write

MAX_PAGES = 20  # of twelve products, 28 days ahead; once 97


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook of twelve products, one with a name that is longer than a page is wide."""
    names = (*(f"Product {n}" for n in range(11)), "One with a long name " * 12)
    series = series_set(*(seasonal(800, 7, seed=k) * 10**k for k in range(12)), names=names, frequency=DAILY)
    problem = Problem("gaps", "Gaps.", "Rows are missing.", "Fill them in.", 4000, tuple(range(4000)))
    about = (("File", "R&D sales.csv"),)
    content = ExportContent(series, forecast_of(series, 28), (problem,), about, about)
    target = tmp_path_factory.mktemp("pages") / "out.xlsx"
    run(write(target, content, ()))
    return target


def test_each_sheet_is_one_page_wide_with_its_heads_on_every_page(path: Path) -> None:
    for sheet in openpyxl.load_workbook(path).worksheets:
        if sheet.sheet_state == "visible" and sheet.title != "Charts":
            assert sheet.page_setup.fitToWidth in (None, 1)
            assert sheet.page_setup.fitToHeight == 0
            assert sheet.sheet_properties.pageSetUpPr.fitToPage
            assert sheet.oddFooter.left.text == "R&&D sales.csv"
            if sheet.title in ("Summary", "Plan", "Forecast", "What Was Changed"):
                assert sheet.print_title_rows


def test_charts_are_not_split_between_pages(path: Path) -> None:
    sheet = openpyxl.load_workbook(path)["Charts"]
    breaks = [one.id for one in sheet.row_breaks.brk]
    charts = [(chart.anchor._from.row, chart.anchor.to.row) for chart in sheet._charts]
    assert len(charts) == 12
    assert not [at for at in breaks for top, bottom in charts if top < at <= bottom]


def test_long_lists_of_rows_are_cut_short(path: Path) -> None:
    assert openpyxl.load_workbook(path)["What Was Changed"]["E2"].value.endswith("11 and 3,988 more")


def test_the_numbers_behind_the_charts_are_out_of_the_way(path: Path) -> None:
    assert openpyxl.load_workbook(path)["Chart Data"].sheet_state == "hidden"


@pytest.mark.slow  # that each sheet is as wide as a page, and where pages end, is checked in every run
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed here")
def test_twelve_products_print_on_few_pages(path: Path, tmp_path: Path) -> None:
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=110)
    pages = (tmp_path / "out.pdf").read_bytes().count(b"/Type/Page\n") or _pages(tmp_path / "out.pdf")
    assert 6 <= pages <= MAX_PAGES


def _pages(path: Path) -> int:
    found = [int(part.split(b"/", 1)[0].split(b">", 1)[0]) for part in path.read_bytes().split(b"/Count ")[1:]]
    return int(np.max(found))
