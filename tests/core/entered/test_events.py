"""Events as they are kept."""

from __future__ import annotations

from datetime import date

import pytest

from almanac.core.entered.events import Event, EventKind, Span

FAIR = Event("Fair", EventKind.SALE, (Span(date(2025, 5, 1), date(2025, 5, 3)), Span(date(2026, 5, 7), None)), ("A",))


def test_an_event_comes_back_as_it_was() -> None:
    assert Event.of_dict(FAIR.to_dict()) == FAIR


@pytest.mark.parametrize("fault", [{"kind": "party"}, {"spans": [["yesterday", None]]}, {"series": None}])
def test_what_is_no_event_is_refused(fault: dict[str, object]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        Event.of_dict(FAIR.to_dict() | fault)
