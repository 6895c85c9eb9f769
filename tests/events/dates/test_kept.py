"""Events that are kept for files of one shape."""

from __future__ import annotations

from datetime import date

import pytest

from almanac.core.entered.events import Event, EventKind, Span
from almanac.core.system import paths
from almanac.events import KeptEvents, keep_events, kept_events

SALE = Event("Sale", EventKind.SALE, (Span(date(2024, 7, 1), date(2024, 7, 9)),), ("North",))
PRICE = Event("New price", EventKind.PRICE_CHANGE, (Span(date(2024, 7, 1), None),), yearly=False)


def test_events_come_back_for_the_same_shape_only() -> None:
    keep_events("a", KeptEvents((SALE, PRICE), "DE-BY"))
    assert kept_events("a") == KeptEvents((SALE, PRICE), "DE-BY")
    assert kept_events("b") == KeptEvents()


def test_none_are_kept_after_the_last_is_removed() -> None:
    keep_events("a", KeptEvents((SALE,)))
    keep_events("a", KeptEvents())
    assert kept_events("a") == KeptEvents()


@pytest.mark.parametrize("text", ["{", "[]", '{"a": 3}', '{"a": {"events": [{"name": "x"}]}}', '{"a": {"events": 3}}'])
def test_what_cannot_be_read_is_as_if_nothing_was_kept(text: str) -> None:
    paths.state().mkdir(parents=True, exist_ok=True)
    (paths.state() / "events.json").write_text(text)
    assert kept_events("a") == KeptEvents()
    keep_events("a", KeptEvents((SALE,)))
    assert kept_events("a") == KeptEvents((SALE,))
