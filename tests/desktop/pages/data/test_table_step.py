"""Check my data: which table of a workbook is used."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from tests.desktop import builders
from tests.desktop.driving import hand_over
from tests.desktop.pages.data.steps import again
from tests.window_fixtures import WindowUnderTest

from almanac.desktop.pages.data.page import DataPage
from almanac.tables import ReadingOptions
from almanac.workflow import reading_options

MESSY = builders.with_sheets(builders.read_file(findings=builders.FINDINGS, questions=(builders.DAY_OR_MONTH,)))


def test_another_table_is_previewed_before_it_is_read(
    still: WindowUnderTest, data: DataPage, asked: list[ReadingOptions]
) -> None:
    lookups: list[Any] = []
    data.lookup_requested.disconnect()
    data.lookup_requested.connect(lambda *request: lookups.append(request))
    hand_over(still, "check", MESSY)
    assert [data.sheets.list.item(k).text() for k in range(3)] == [
        "Sales   –   660 rows, 4 columns",
        "Costs   –   240 rows, 3 columns",
        "Notes   –   no table of numbers found here",
    ]
    again(data, MESSY, reading_options(values=("Sold",), day_first=True))
    data.sheets.list.setCurrentRow(1)
    assert lookups == [("preview", (reading_options(sheet="Costs"),))]
    other = replace(MESSY.preview, columns=("Day", "Rent"), roles=("date", "value"), rows=(("2025-01-01", "900"),))
    data.show_lookup("preview", other)
    assert data.preview.model().headerData(1, Qt.Orientation.Horizontal) == "Rent\nTo forecast"
    assert asked == []
    data.next.click()
    assert asked == [
        reading_options(sheet="Costs", day_first=True)
    ]  # it has other columns, so earlier choices are gone


def test_sheets_that_continue_one_another_can_be_taken_together(still: WindowUnderTest, data: DataPage) -> None:
    file = replace(MESSY, reading=replace(MESSY.reading, sheet="Sales … Costs"))
    hand_over(still, "check", file)
    data.show_step(data.sheets)
    assert data.sheets.list.currentItem().text() == "All together: Sales … Costs"
    assert not data.findings.cards[0].show_rows.isVisibleTo(data.findings)  # of which sheet would they be?
