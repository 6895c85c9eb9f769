"""Check my data: one question per page, nothing applied before the person goes on, Back always safe."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from tests.desktop import builders
from tests.desktop.driving import drop, hand_over, idle, shown_text

from almanac.core.problems import Finding
from almanac.desktop.pages.data.page import DataPage
from almanac.desktop.shell import problems
from almanac.desktop.shell.station import StationKey
from almanac.desktop.widgets.basic import Button, OneLine
from almanac.desktop.window import MainWindow
from almanac.tables import ReadFile, ReadingOptions
from almanac.worker.messages import JobCancelled
from almanac.workflow import reading_options

MESSY = builders.with_sheets(builders.read_file(findings=builders.FINDINGS, questions=(builders.DAY_OR_MONTH,)))


@pytest.fixture
def data(still: MainWindow) -> DataPage:
    return still.data


@pytest.fixture
def asked(data: DataPage) -> list[ReadingOptions]:
    """Collects the options that the page wants the file read with, instead of reading it."""
    options: list[ReadingOptions] = []
    data.options_chosen.disconnect()
    data.options_chosen.connect(options.append)
    return options


def again(data: DataPage, file: ReadFile, options: ReadingOptions) -> None:
    """Shows the file as read again, with a choice."""
    data.show_file(file, options, opened=False)


def choose(step: Any, card: int, answer: int) -> None:
    step.cards[card].choices.buttons[answer].click()


# Which page comes first.


def test_a_clean_file_needs_one_press(still: MainWindow, data: DataPage) -> None:
    hand_over(still, "check", builders.read_file())
    assert data.current is data.summary
    assert data.summary.sentence.text() == "Sold, monthly, from Jan 2021 to Jun 2026: 10 series, one for each Product."
    assert still.focusWidget() is data.use
    assert still.sidebar.status(StationKey.DATA) == "Ready"
    assert data.back.isVisible()


def test_a_file_that_leaves_something_open_starts_there(still: MainWindow, data: DataPage) -> None:
    for file, step in (
        (MESSY, data.sheets),
        (builders.read_file(findings=builders.FINDINGS, questions=(builders.DAY_OR_MONTH,)), data.dates),
        (builders.read_file(findings=builders.FINDINGS), data.findings),
    ):
        hand_over(still, "check", file)
        assert data.current is step
        assert still.sidebar.status(StationKey.DATA) == "Needs a look"


def test_a_finding_without_choices_asks_nothing(still: MainWindow, data: DataPage) -> None:
    note = Finding("header_not_first", "The column names are in line 3.", "Titles.", "Nothing to do.", 2, (1, 2))
    hand_over(still, "check", builders.read_file(findings=(note,)))
    assert data.current is data.summary
    assert note.what in shown_text(still)


def test_back_and_next_walk_through_all_pages(still: MainWindow, data: DataPage) -> None:
    hand_over(still, "check", MESSY)
    seen = [data.title.text()]
    while data.next.isVisible():
        data.next.click()
        seen.append(data.title.text())
    assert seen == [
        "Which table should Almanac use?",
        "What is in each column?",
        "Are these dates right?",
        "We noticed a few things in your file",
        "Is this what your file says?",
    ]
    assert data.progress.accessibleName() == "Step 5 of 5, Summary"
    while data.back.isVisible():
        data.back.click()
    assert data.current is data.sheets


def test_a_page_without_a_choice_is_left_out(still: MainWindow, data: DataPage) -> None:
    hand_over(still, "check", builders.read_file())
    assert data.active_steps == [data.columns, data.dates, data.summary]


# The table.


def test_another_table_is_previewed_before_it_is_read(
    still: MainWindow, data: DataPage, asked: list[ReadingOptions]
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


def test_sheets_that_continue_one_another_can_be_taken_together(still: MainWindow, data: DataPage) -> None:
    file = replace(MESSY, reading=replace(MESSY.reading, sheet="Sales … Costs"))
    hand_over(still, "check", file)
    data.show_step(data.sheets)
    assert data.sheets.list.currentItem().text() == "All together: Sales … Costs"
    assert not data.findings.cards[0].show_rows.isVisibleTo(data.findings)  # of which sheet would they be?


# Moving about.


def test_a_step_can_be_pressed(still: MainWindow, data: DataPage, asked: list[ReadingOptions]) -> None:
    hand_over(still, "check", MESSY)
    assert [step.text() for step in data.progress.steps] == [
        "Table (1)", "Columns", "Dates (1)", "Findings (1)", "Summary",
    ]  # fmt: skip
    data.progress.steps[4].click()
    assert data.current is data.summary
    data.progress.steps[2].click()
    assert data.current is data.dates
    assert [step.isChecked() for step in data.progress.steps] == [False, False, True, False, False]
    data.progress.steps[2].click()  # it is shown already
    assert data.progress.steps[2].isChecked()
    assert asked == []


def test_a_step_further_on_applies_the_choices_and_one_before_does_not(
    still: MainWindow, data: DataPage, asked: list[ReadingOptions]
) -> None:
    hand_over(still, "check", builders.read_file(findings=builders.FINDINGS))
    data.show_step(data.columns)
    data.columns.values.changed.emit(("Remark",))
    data.progress.steps[3].click()
    assert asked == [reading_options(values=("Remark",))]
    again(data, builders.read_file(findings=builders.FINDINGS), asked[0])
    assert data.current is data.summary
    data.show_step(data.findings)
    choose(data.findings, 0, 1)
    data.progress.steps[0].click()
    assert data.current is data.columns
    assert len(asked) == 1


def test_a_new_file_is_shown_from_its_beginning(still: MainWindow, data: DataPage) -> None:
    hand_over(still, "check", builders.read_file())
    still.resize(900, 600)
    data.preview.verticalScrollBar().setValue(15)
    assert data.preview.verticalScrollBar().value() == 15
    hand_over(still, "check", builders.read_file(findings=builders.FINDINGS))
    assert data.preview.verticalScrollBar().value() == 0


# Columns.


def test_other_columns_of_numbers_are_offered(still: MainWindow, data: DataPage, asked: list[ReadingOptions]) -> None:
    file = builders.read_file()
    others = tuple(f"Price {n}" for n in range(6))
    hand_over(still, "check", replace(file, reading=replace(file.reading, other_value_columns=("Remark", *others))))
    assert "Also possible to forecast: Remark, Price 0" in shown_text(still)
    data.show_step(data.columns)
    offers = data.columns.also_possible.findChildren(Button)
    assert [offer.text() for offer in offers] == ["Remark", "Price 0", "Price 1", "Price 2"]
    assert "and 3 more in the list" in shown_text(still)
    offers[0].click()
    assert data.columns.values.text() == "Remark"
    data.next.click()
    assert asked == [reading_options(values=("Remark",))]


def heads(data: DataPage) -> list[str]:
    model = data.preview.model()
    return [model.headerData(k, Qt.Orientation.Horizontal) for k in range(model.columnCount())]


def test_each_column_shows_its_role(still: MainWindow, data: DataPage) -> None:
    hand_over(still, "check", builders.read_file())
    assert heads(data) == ["Month\nWhen", "Product\nSplit by", "Sold\nTo forecast", "Remark\nNot used"]
    assert data.preview.model().headerData(0, Qt.Orientation.Vertical) == "2"  # the line in the person's file


def test_a_choice_is_painted_at_once_and_applied_on_next(
    still: MainWindow, data: DataPage, asked: list[ReadingOptions]
) -> None:
    hand_over(still, "check", builders.read_file())
    data.show_step(data.columns)
    data.columns.values.changed.emit(("Product", "Remark"))
    assert heads(data) == ["Month\nWhen", "Product\nTo forecast", "Sold\nNot used", "Remark\nTo forecast"]
    assert data.columns.series.text() == "Not split"  # a column has one role
    assert asked == []
    data.next.click()
    data.next.click()  # impatient: still asked for once
    assert asked == [reading_options(values=("Product", "Remark"))]


def test_back_applies_nothing(still: MainWindow, data: DataPage, asked: list[ReadingOptions]) -> None:
    hand_over(still, "check", builders.read_file())
    data.show_step(data.dates)
    data.dates.frequency.setCurrentIndex(1)
    data.dates.frequency.activated.emit(1)
    data.back.click()
    assert asked == []


@pytest.mark.qt_log_ignore("This plugin does not support")  # no screen, no grabbing
def test_columns_are_checked_with_mouse_and_keyboard(still: MainWindow, data: DataPage, qtbot: QtBot) -> None:
    hand_over(still, "check", builders.read_file())
    data.show_step(data.columns)
    choice = data.columns.values
    chosen: list[Any] = []
    choice.changed.connect(chosen.append)
    view = choice._view
    qtbot.keyClick(choice, Qt.Key.Key_Down)
    qtbot.waitUntil(view.isVisible)
    view.setCurrentIndex(view.model().index(3, 0))
    QTest.keyClick(view, Qt.Key.Key_Space)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(view.model().index(2, 0)).center())
    choice.list.close()
    assert chosen == [("Remark",)]


def test_choices_are_kept_while_the_worker_is_busy(still: MainWindow, data: DataPage) -> None:
    hand_over(still, "check", builders.read_file())
    data.show_step(data.columns)
    data.columns.values.changed.emit(("Remark",))
    still.session.make_forecast()
    data.next.click()
    assert problems.STILL_BUSY.what in shown_text(still)
    still.session.worker.receive(JobCancelled())
    asked: list[ReadingOptions] = []
    data.options_chosen.disconnect()
    data.options_chosen.connect(asked.append)
    data.next.click()
    assert asked == [reading_options(values=("Remark",))]


# Dates.


def test_both_readings_of_a_date_are_offered(still: MainWindow, data: DataPage, asked: list[ReadingOptions]) -> None:
    hand_over(still, "check", builders.read_file(questions=(builders.DAY_OR_MONTH,)))
    assert data.dates.sentence.text() == "We read 03/04/2025 as 3 April 2025. Is that right?"
    assert [b.text() for b in data.dates.answers.buttons] == ["3 April 2025", "4 March 2025"]
    data.dates.answers.buttons[1].click()
    assert asked == []
    data.next.click()
    assert asked == [reading_options(day_first=False)]


def test_an_answer_can_be_changed_later(still: MainWindow, data: DataPage, asked: list[ReadingOptions]) -> None:
    hand_over(still, "check", builders.read_file(questions=(builders.DAY_OR_MONTH,)))
    data.dates.answers.buttons[1].click()
    data.next.click()
    again(data, builders.read_file(), asked[-1])
    assert data.current is data.summary
    data.back.click()
    assert [b.isChecked() for b in data.dates.answers.buttons] == [False, True]
    assert data.dates.sentence.text() == "You chose to read 03/04/2025 as 4 March 2025."


def test_another_rhythm_says_what_will_happen(still: MainWindow, data: DataPage, asked: list[ReadingOptions]) -> None:
    hand_over(still, "check", builders.read_file())
    data.show_step(data.dates)
    data.dates.frequency.setCurrentText("quarterly")
    data.dates.frequency.activated.emit(data.dates.frequency.currentIndex())
    assert "When you press Next, your values will be combined into quarterly values." in shown_text(still)
    data.next.click()
    assert asked == [reading_options(frequency="quarterly")]


# Findings.


def test_every_finding_says_how_it_is_treated(still: MainWindow) -> None:
    hand_over(still, "check", builders.read_file(findings=builders.FINDINGS))
    text = shown_text(still)
    for words in ("3 rows are exact duplicates.", "Each of them counts once.", "They stay missing"):
        assert words in text


def test_a_chosen_treatment_is_announced_before_it_is_applied(
    still: MainWindow, data: DataPage, asked: list[ReadingOptions]
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


def test_the_treatment_in_use_is_marked(still: MainWindow, data: DataPage) -> None:
    hand_over(still, "check", builders.read_file(findings=(replace(builders.FINDINGS[1], chosen=2),)))
    assert [b.isChecked() for b in data.findings.cards[0].choices.buttons] == [False, False, True]


def test_an_option_that_decides_for_two_findings_is_marked_in_both(
    still: MainWindow, data: DataPage, asked: list[ReadingOptions]
) -> None:
    gaps = builders.FINDINGS[1]
    hand_over(still, "check", builders.read_file(findings=(gaps, replace(gaps, what="The others have gaps as well."))))
    data.show_step(data.findings)
    choose(data.findings, 0, 1)
    assert data.findings.cards[1].choices.buttons[1].isChecked()
    data.next.click()
    assert asked == [reading_options(gaps="zero")]


def test_day_or_month_is_asked_once(still: MainWindow, data: DataPage) -> None:
    also_found = Finding("day_or_month", "We read 03/04/2025 as 3 April 2025. Is that right?", "", "")
    hand_over(still, "check", builders.read_file(findings=(also_found,), questions=(builders.DAY_OR_MONTH,)))
    assert data.active_steps == [data.columns, data.dates, data.summary]


def test_the_rows_of_a_finding_can_be_seen(still: MainWindow, data: DataPage) -> None:
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


def test_what_needs_an_answer_is_apart_from_what_does_not(still: MainWindow, data: DataPage) -> None:
    note = Finding("header_not_first", "The column names are in line 3.", "Titles.", "Nothing to do.", 2, (1, 2))
    file = builders.read_file(findings=(note, *builders.FINDINGS))
    hand_over(still, "check", file)
    assert data.findings.headings == ["Needs your answer (1)", "For your information (2)"]
    assert [card.finding.code for card in data.findings.cards] == ["duplicate_rows", "gaps", "header_not_first"]
    again(data, file, reading_options(repairs=(("duplicate_rows", "keep"),)))
    assert data.findings.headings == ["You decided (1)", "For your information (2)"]
    assert still.sidebar.status(StationKey.DATA) == "Needs a look"  # until the next job ends
    assert not data.asks


def test_the_summary_says_how_each_finding_is_treated(still: MainWindow, data: DataPage) -> None:
    note = Finding(
        "header_not_first", "The column names are in line 3.", "Titles.", "The lines above were left out.", 2
    )
    gaps = replace(builders.FINDINGS[1], chosen=1)
    hand_over(still, "check", builders.read_file(findings=(builders.FINDINGS[0], gaps, note)))
    data.show_step(data.summary)
    lines = [line.accessibleName() for line in data.summary.findChildren(OneLine)]
    assert lines[:6] == [
        "3 rows are exact duplicates.", "Count once",
        "Soup has no value for 2 months.", "Count as zero",
        "The column names are in line 3.", "The lines above were left out.",
    ]  # fmt: skip


# With a real worker.


def test_a_choice_reads_the_file_again_and_can_be_undone(window: MainWindow, qtbot: QtBot, sales: Path) -> None:
    drop(window, sales)
    idle(window, qtbot)
    window.data.show_step(window.data.columns)
    window.data.columns.values.changed.emit(("milk",))
    window.data.next.click()
    idle(window, qtbot)
    assert window.session.file is not None
    assert window.session.file.series.names == ("milk",)
    assert window.data.current is window.data.dates
    assert window.data.undo.isVisible()
    window.data.undo.click()
    idle(window, qtbot)
    assert window.session.file.series.names == ("bread", "milk")
    assert not window.data.undo.isVisible()
    assert window.data.current is window.data.dates


def test_a_choice_that_cannot_be_read_is_undone(window: MainWindow, qtbot: QtBot, sales: Path) -> None:
    drop(window, sales)
    idle(window, qtbot)
    window.data.show_step(window.data.columns)
    window.data.columns.date.setCurrentText("bread")
    window.data.columns.date.activated.emit(window.data.columns.date.currentIndex())
    window.data.next.click()
    idle(window, qtbot)
    assert window.data.shown_problems  # a column of prices is no calendar
    assert window.data.current is window.data.columns
    assert window.data.columns.date.currentText() == "month"
    assert heads(window.data) == ["month\nWhen", "bread\nTo forecast", "milk\nTo forecast"]
    assert window.session.file is not None


def test_rows_come_from_the_file(window: MainWindow, qtbot: QtBot, sales: Path) -> None:
    lines = sales.read_text().splitlines()
    lines.insert(12, lines[11])
    sales.write_text("\n".join(lines))
    drop(window, sales)
    idle(window, qtbot)
    assert window.data.current is window.data.findings
    window.data.findings.cards[0].show_rows.click()
    idle(window, qtbot)
    model = window.data.findings.table.model()
    assert [model.headerData(k, Qt.Orientation.Vertical) for k in range(2)] == ["12", "13"]  # both rows of the pair
    assert model.index(0, 1).data() == lines[12].split(",")[1]


def test_going_on_while_rows_are_looked_up_loses_nothing(window: MainWindow, qtbot: QtBot, sales: Path) -> None:
    lines = sales.read_text().splitlines()
    sales.write_text("\n".join([*lines, lines[-1]]))
    drop(window, sales)
    idle(window, qtbot)
    window.data.findings.cards[0].show_rows.click()
    choose(window.data.findings, 0, 1)
    window.data.next.click()
    qtbot.waitUntil(lambda: window.data.current is window.data.summary, timeout=20_000)
    idle(window, qtbot)
    assert not window.data.shown_problems
    assert window.data.undo.isVisible()
