"""Check my data: what was found in the file, and how it is treated."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QScrollArea
from tests.desktop import builders
from tests.desktop.driving import hand_over, shown_text
from tests.desktop.pages.data.steps import again, choose
from tests.window_fixtures import WindowUnderTest

from almanac.core.problems import Finding
from almanac.desktop.pages.data.page import DataPage
from almanac.desktop.shell.station import StationKey
from almanac.tables import ReadingOptions
from almanac.workflow import reading_options


def test_every_finding_says_how_it_is_treated(still: WindowUnderTest) -> None:
    hand_over(still, "check", builders.read_file(findings=builders.FINDINGS))
    text = shown_text(still)
    for words in ("3 rows are exact duplicates.", "Each of them counts once.", "They stay missing"):
        assert words in text


def test_a_chosen_treatment_is_announced_before_it_is_applied(
    still: WindowUnderTest, data: DataPage, asked: list[ReadingOptions]
) -> None:
    hand_over(still, "check", builders.read_file(findings=builders.FINDINGS))
    choose(data.findings, 1, 1)
    assert "They count as zero" in shown_text(still)
    assert "This is done when you press Next." in shown_text(still)
    choose(data.findings, 1, 0)  # as it was
    assert "This is done when you press Next." not in shown_text(still)
    choose(data.findings, 1, 2)
    choose(data.findings, 0, 1)
    assert asked == []
    data.next.click()
    assert asked == [reading_options(gaps="interpolate", repairs=(("duplicate_rows", "keep"),))]


def test_the_treatment_in_use_is_marked(still: WindowUnderTest, data: DataPage) -> None:
    hand_over(still, "check", builders.read_file(findings=(replace(builders.FINDINGS[1], chosen=2),)))
    assert [b.isChecked() for b in data.findings.cards[0].choices.buttons] == [False, False, True]


def test_an_option_that_decides_for_two_findings_is_marked_in_both(
    still: WindowUnderTest, data: DataPage, asked: list[ReadingOptions]
) -> None:
    gaps = builders.FINDINGS[1]
    hand_over(still, "check", builders.read_file(findings=(gaps, replace(gaps, what="The others have gaps as well."))))
    data.show_step(data.findings)
    choose(data.findings, 0, 1)
    assert data.findings.cards[1].choices.buttons[1].isChecked()
    data.next.click()
    assert asked == [reading_options(gaps="zero")]


def test_day_or_month_is_asked_once(still: WindowUnderTest, data: DataPage) -> None:
    also_found = Finding("day_or_month", "We read 03/04/2025 as 3 April 2025. Is that right?", "", "")
    hand_over(still, "check", builders.read_file(findings=(also_found,), questions=(builders.DAY_OR_MONTH,)))
    assert data.active_steps == [data.columns, data.dates, data.summary]


def test_the_rows_of_a_finding_can_be_seen(still: WindowUnderTest, data: DataPage) -> None:
    lookups: list[Any] = []
    data.lookup_requested.disconnect()
    data.lookup_requested.connect(lambda *request: lookups.append(request))
    hand_over(still, "check", builders.read_file(findings=builders.FINDINGS))
    duplicates, gaps = data.findings.cards
    assert not gaps.show_rows.isVisible()  # a gap has no row
    duplicates.show_rows.click()
    assert lookups == [("excerpt", (None, (4212, 7779, 9003)))]
    data.show_lookup("excerpt", builders.ROWS)
    table = data.findings.table
    assert table.isVisible()
    assert [table.model().headerData(k, Qt.Orientation.Vertical) for k in range(3)] == ["4212", "7779", "9003"]
    assert duplicates.show_rows.text() == "Hide Rows"
    duplicates.show_rows.click()
    assert not table.isVisible()


def test_what_needs_an_answer_is_apart_from_what_does_not(still: WindowUnderTest, data: DataPage) -> None:
    note = Finding("header_not_first", "The column names are in line 3.", "Titles.", "Nothing to do.", 2, (1, 2))
    file = builders.read_file(findings=(note, *builders.FINDINGS))
    hand_over(still, "check", file)
    assert data.findings.headings == ["Needs your answer (1)", "For your information (2)"]
    assert [card.finding.code for card in data.findings.cards] == ["duplicate_rows", "gaps", "header_not_first"]
    again(data, file, reading_options(repairs=(("duplicate_rows", "keep"),)))
    assert data.findings.headings == ["You decided (1)", "For your information (2)"]
    assert still.sidebar.status(StationKey.DATA) == "Needs a look"  # until the next job ends
    assert not data.asks


def test_the_summary_says_how_each_finding_is_treated(still: WindowUnderTest, data: DataPage) -> None:
    note = Finding(
        "header_not_first", "The column names are in line 3.", "Titles.", "The lines above were left out.", 2
    )
    gaps = replace(builders.FINDINGS[1], chosen=1)
    hand_over(still, "check", builders.read_file(findings=(builders.FINDINGS[0], gaps, note)))
    data.show_step(data.summary)
    lines = [line.text() for line in data.summary.findChildren(QScrollArea)[0].findChildren(QLabel) if line.text()]
    assert lines[:6] == [
        "3 rows are exact duplicates.", "Count once",
        "Soup has no value for 2 months.", "Count as zero",
        "The column names are in line 3.", "The lines above were left out.",
    ]  # fmt: skip


def test_long_findings_in_the_summary_are_shown_whole(still: WindowUnderTest, data: DataPage) -> None:
    name = "Anzahl der eindeutig gezählten Besucherinnen und Besucher in allen Häusern"
    notes = [
        Finding("columns_not_used", f"“{name}” and “{name} {n}” are not forecast.", "Why.", "Nothing to do.", 1)
        for n in range(2)
    ]
    hand_over(still, "check", builders.read_file(findings=tuple(notes)))
    data.show_step(data.summary)
    (area,) = data.summary.findChildren(QScrollArea)
    for line in area.findChildren(QLabel):
        assert line.heightForWidth(line.width()) <= line.height() or not line.text()
    shown = [line.text() for line in area.findChildren(QLabel) if name in line.text()]
    assert shown == [note.what for note in notes]
    assert area.horizontalScrollBar().maximum() == 0
