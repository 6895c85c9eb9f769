"""Public holidays by country and region."""

from __future__ import annotations

from datetime import date

import pytest

from almanac.core.entered.events import Event, EventKind
from almanac.core.problems import ProblemError
from almanac.events import public_holidays


def days(events: tuple[Event, ...], name: str) -> list[date]:
    return [span.first for event in events if event.name == name for span in event.spans]


def test_moving_holidays_are_where_the_church_calendar_puts_them() -> None:
    found = public_holidays("DE", range(2022, 2026))
    assert days(found, "Easter Monday") == [date(2022, 4, 18), date(2023, 4, 10), date(2024, 4, 1), date(2025, 4, 21)]
    assert {event.kind for event in found} == {EventKind.HOLIDAY}


def test_a_region_has_its_own() -> None:
    assert not days(public_holidays("DE", [2024]), "Epiphany")
    assert days(public_holidays("de-by", [2024]), "Epiphany") == [date(2024, 1, 6)]


@pytest.mark.parametrize(
    ("place", "code"), [("ZZ", "country_not_known"), ("DE-QQ", "region_not_known"), ("", "country_not_known")]
)
def test_other_places_are_refused(place: str, code: str) -> None:
    with pytest.raises(ProblemError) as caught:
        public_holidays(place, [2024])
    assert caught.value.problem.code == code
