"""The sheet Events."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from tests.builders import forecast_of, seasonal, series_set

from almanac.core.entered.events import EventEffect, EventKind
from almanac.core.jobs import run
from almanac.exports import ExportContent, write


def test_each_event_has_a_row_with_its_effect_as_a_number(tmp_path: Path) -> None:
    series = series_set(seasonal(40))
    events = (
        EventEffect("Sale", EventKind.SALE, 0, 0.34, 0.2, 0.5, 3, 0.99, dates=("2023-04", "2023-08"), to_come=1),
        EventEffect("Labor Day", EventKind.HOLIDAY, -1, 0.01, -0.1, 0.1, 3, 0.2),
        EventEffect("=1+1", EventKind.CLOSURE, 0, seen=1, left_out=14),
    )
    path = tmp_path / "out.xlsx"
    run(write(path, ExportContent(series, forecast_of(series), events=events), ()))
    rows = list(openpyxl.load_workbook(path)["Events"].iter_rows(values_only=True))
    assert rows[0][:3] == ("Event", "Kind", "Effect")
    assert rows[1] == ("Sale", "Sale or promotion", 0.34, 0.2, 0.5, 3, 1, 0, "2023-04, 2023-08")
    assert rows[2][:6] == ("Before Labor Day", "Public holiday", "no clear effect", None, None, 3)
    assert rows[3][:8] == ("=1+1", "Closed", "left out", None, None, 1, 0, 14)
