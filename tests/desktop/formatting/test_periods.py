"""Dates as the person writes them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QLocale

from almanac.core.calendar.frequency import DAILY, HOURLY, MONTHLY, QUARTERLY, ROWS, WEEKLY, YEARLY, Frequency
from almanac.desktop.formatting.periods import preposition, when


@pytest.fixture(autouse=True)
def locale_restored() -> Iterator[None]:
    before = QLocale()
    yield
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("language", "frequency", "words"),
    [
        (QLocale.Language.English, MONTHLY, "Mar 2025"),
        (QLocale.Language.German, MONTHLY, "März 2025"),
        (QLocale.Language.English, DAILY, "Fri 14 Mar 2025"),
        (QLocale.Language.Spanish, DAILY, "vie 14 mar 2025"),
        (QLocale.Language.English, YEARLY, "2025"),
        (QLocale.Language.German, QUARTERLY, "2025-Q1"),
    ],
)
def test_a_period_reads_as_the_person_writes_it(language: QLocale.Language, frequency: Frequency, words: str) -> None:
    QLocale.setDefault(QLocale(language))
    number = frequency.numbers(np.array(["2025-03-14"], "datetime64[D]"))[0]
    assert when(frequency, int(number)) == words


def test_hours_carry_their_time_and_rows_their_number() -> None:
    QLocale.setDefault(QLocale(QLocale.Language.German))
    hour = int(HOURLY.numbers(np.array(["2025-03-14T13:00"], "datetime64[s]"))[0])
    assert when(HOURLY, hour) == "14.03.25 13:00"
    assert when(ROWS, 4) == "row 5"


def test_a_sentence_names_a_period_with_the_word_that_belongs_to_it() -> None:
    words = [preposition(frequency) for frequency in (YEARLY, MONTHLY, WEEKLY, DAILY, HOURLY, ROWS)]
    assert words == ["in", "in", "in the week of", "on", "at", "in"]
