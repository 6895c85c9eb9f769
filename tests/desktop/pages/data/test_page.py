"""Check my data: one question per page, nothing applied before the person goes on, Back always safe."""

from __future__ import annotations

from tests.desktop import builders
from tests.desktop.driving import hand_over, shown_text
from tests.desktop.pages.data.steps import again, choose
from tests.window_fixtures import WindowUnderTest

from almanac.core.alerts import Alert, AlertKind
from almanac.core.problems import Finding
from almanac.desktop.pages.data.page import DataPage
from almanac.desktop.shell.station import StationKey
from almanac.tables import ReadingOptions
from almanac.worker.messages import JobFinished
from almanac.workflow import reading_options

MESSY = builders.with_sheets(builders.read_file(findings=builders.FINDINGS, questions=(builders.DAY_OR_MONTH,)))


def test_a_clean_file_needs_one_press(still: WindowUnderTest, data: DataPage) -> None:
    hand_over(still, "check", builders.read_file())
    assert data.current is data.summary
    assert data.summary.sentence.text() == "Sold, monthly, from Jan 2021 to Jun 2026: 10 series, one for each Product."
    assert still.focusWidget() is data.use
    assert still.sidebar.status(StationKey.DATA) == "Ready"
    assert data.back.isVisible()


def test_series_unlike_what_the_model_learned_from_are_named_before_the_first_forecast(
    still: WindowUnderTest, data: DataPage
) -> None:
    file = builders.read_file()
    hand_over(still, "check", file)
    assert data.likeness.isActive()
    assert data.summary.unlike.isHidden()
    data.likeness.timeout.emit()  # after a moment
    job = still.session.jobs.running
    assert job is not None
    assert (job.name, job.arguments) == ("unlike_training", (file.series,))
    feature = "shorter than anything the model learned from"
    alert = Alert(AlertKind.UNLIKE_TRAINING, "Bread", None, None, feature=feature)
    still.session.worker.receive(JobFinished((alert,)))
    assert data.summary.unlike.text() == (
        "1 of 10 series is unlike what the model learned from, and may be forecast worse: "
        "Bread (shorter than anything the model learned from)."
    )
    hand_over(still, "check", builders.read_file())
    assert data.summary.unlike.isHidden()


def test_a_file_that_leaves_something_open_starts_there(still: WindowUnderTest, data: DataPage) -> None:
    for file, step in (
        (MESSY, data.sheets),
        (builders.read_file(findings=builders.FINDINGS, questions=(builders.DAY_OR_MONTH,)), data.dates),
        (builders.read_file(findings=builders.FINDINGS), data.findings),
    ):
        hand_over(still, "check", file)
        assert data.current is step
        assert still.sidebar.status(StationKey.DATA) == "Needs a look"


def test_a_finding_without_choices_asks_nothing(still: WindowUnderTest, data: DataPage) -> None:
    note = Finding("header_not_first", "The column names are in line 3.", "Titles.", "Nothing to do.", 2, (1, 2))
    hand_over(still, "check", builders.read_file(findings=(note,)))
    assert data.current is data.summary
    assert note.what in shown_text(still)


def test_back_and_next_walk_through_all_pages(still: WindowUnderTest, data: DataPage) -> None:
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


def test_a_page_without_a_choice_is_left_out(still: WindowUnderTest, data: DataPage) -> None:
    hand_over(still, "check", builders.read_file())
    assert data.active_steps == [data.columns, data.dates, data.summary]


def test_a_step_can_be_pressed(still: WindowUnderTest, data: DataPage, asked: list[ReadingOptions]) -> None:
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
    still: WindowUnderTest, data: DataPage, asked: list[ReadingOptions]
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


def test_a_new_file_is_shown_from_its_beginning(still: WindowUnderTest, data: DataPage) -> None:
    hand_over(still, "check", builders.read_file())
    still.resize(900, 600)
    data.preview.verticalScrollBar().setValue(15)
    assert data.preview.verticalScrollBar().value() == 15
    hand_over(still, "check", builders.read_file(findings=builders.FINDINGS))
    assert data.preview.verticalScrollBar().value() == 0
