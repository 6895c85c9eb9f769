"""Check my data: how dates are read, and how often values come."""

from __future__ import annotations

from tests.desktop import builders
from tests.desktop.driving import hand_over, shown_text
from tests.desktop.pages.data.steps import again
from tests.window_fixtures import WindowUnderTest

from almanac.desktop.pages.data.page import DataPage
from almanac.tables import ReadingOptions
from almanac.workflow import reading_options


def test_both_readings_of_a_date_are_offered(
    still: WindowUnderTest, data: DataPage, asked: list[ReadingOptions]
) -> None:
    hand_over(still, "check", builders.read_file(questions=(builders.DAY_OR_MONTH,)))
    assert data.dates.sentence.text() == "We read 03/04/2025 as 3 April 2025. Is that right?"
    assert [b.text() for b in data.dates.answers.buttons] == ["3 April 2025", "4 March 2025"]
    data.dates.answers.buttons[1].click()
    assert asked == []
    data.next.click()
    assert asked == [reading_options(day_first=False)]


def test_an_answer_can_be_changed_later(still: WindowUnderTest, data: DataPage, asked: list[ReadingOptions]) -> None:
    hand_over(still, "check", builders.read_file(questions=(builders.DAY_OR_MONTH,)))
    data.dates.answers.buttons[1].click()
    data.next.click()
    again(data, builders.read_file(), asked[-1])
    assert data.current is data.summary
    data.back.click()
    assert [b.isChecked() for b in data.dates.answers.buttons] == [False, True]
    assert data.dates.sentence.text() == "You chose to read 03/04/2025 as 4 March 2025."


def test_another_frequency_says_what_will_happen(
    still: WindowUnderTest, data: DataPage, asked: list[ReadingOptions]
) -> None:
    hand_over(still, "check", builders.read_file())
    data.show_step(data.dates)
    data.dates.frequency.setCurrentText("quarterly")
    data.dates.frequency.activated.emit(data.dates.frequency.currentIndex())
    assert "When you press Next, your values will be combined into quarterly values." in shown_text(still)
    data.next.click()
    assert asked == [reading_options(frequency="quarterly")]
