"""Numbers and sentences as the person writes them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale
from tests.desktop import builders

from almanac.core.calendar.frequency import WEEKLY
from almanac.desktop.formatting import numbers
from almanac.wording import phrases


@pytest.fixture(autouse=True)
def german_locale() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.German))
    yield
    QLocale.setDefault(before)


def test_the_shared_sentences_have_the_numbers_and_dates_of_the_person() -> None:
    forecast = builders.result(builders.read_file(1)).forecast
    forecast.quantiles[:] *= 100
    plain = [f"{round(forecast.quantile(level)[0, 0], -2):,.0f}" for level in (0.5, 0.1, 0.9)]
    german = [text.replace(",", ".") for text in plain]
    for module, period, (about, low, high) in ((phrases, "2026-07", plain), (numbers, "Juli 2026", german)):
        assert module.next_step(forecast, 0) == f"Apples, {period}: about {about}."
        assert module.how_sure(forecast, 0) == f"80% likely to be between {low} and {high}."


def test_counts_and_shares() -> None:
    assert numbers.plural(1, "row") == "1 row"
    assert numbers.plural(1234, "series", "series") == "1.234 series"
    assert [numbers.signed(value, 0) for value in (12.3, -3.0, -0.2)] == ["+12", "−3", "0"]
    assert [numbers.likely(share) for share in (0.001, 0.634, 0.999)] == [
        "less than 1 in 100",
        "63 in 100",
        "more than 99 in 100",
    ]
    assert numbers.period(WEEKLY, 2900).startswith("week of Mo")
