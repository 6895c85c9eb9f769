"""Lists of events."""

from __future__ import annotations

from datetime import date

import pytest

from almanac.core.entered.events import Event, EventKind, Span
from almanac.core.problems import ProblemError
from almanac.events import events_of_json, events_of_rows

HEAD = ["Event", "Kind", "From", "To", "Series"]


def test_spans_of_one_name_are_one_event() -> None:
    rows = [
        HEAD,
        ["Summer sale", "sale", "2024-07-01", "2024-07-14", ""],
        ["Renovation", "closure", "2024-03-04", "", "North; South"],
        ["Summer sale", "Promotion", "01.07.2025", "14.07.2025"],
        ["", "", "", "", ""],
    ]
    assert events_of_rows(rows, "e.csv") == (
        Event(
            "Summer sale",
            EventKind.SALE,
            (Span(date(2024, 7, 1), date(2024, 7, 14)), Span(date(2025, 7, 1), date(2025, 7, 14))),
        ),
        Event("Renovation", EventKind.CLOSURE, (Span(date(2024, 3, 4), date(2024, 3, 4)),), ("North", "South")),
    )


def test_a_new_price_lasts_until_further_notice_and_yearly_events_are_marked() -> None:
    text = '[{"event": "New price", "kind": "price change", "from": "2024-05-01"},'
    text += '{"event": "Fair", "kind": "one-off", "from": "2024-09-06", "to": "2024-09-08", "yearly": "yes"}]'
    price, fair = events_of_json(text, "e.json")
    assert price.spans == (Span(date(2024, 5, 1), None),)
    assert (fair.kind, fair.yearly) == (EventKind.ONE_OFF, True)


def test_bad_rows_are_named_with_their_reason() -> None:
    rows = [
        HEAD,
        ["Sale", "sale", "2024-07-01", "", ""],
        ["Party", "fun", "2024-07-01", "", ""],
        ["Sale", "sale", "soon", "", ""],
        ["", "sale", "2024-07-01", "", ""],
        ["Sale", "sale", "2024-07-05", "2024-07-01", ""],
    ]
    with pytest.raises(ProblemError) as caught:
        events_of_rows(rows, "e.csv")
    problem = caught.value.problem
    assert problem.code == "events_not_understood"
    for part in ("4 rows", "row 3: “fun”", "row 4: “soon”", "row 5: the event has no name", "row 6: it ends before"):
        assert part in problem.what + problem.why


@pytest.mark.parametrize(
    ("rows", "code"),
    [([], "no_events"), ([HEAD], "no_events"), ([["Event", "From"], ["a", "2024-01-01"]], "events_without_columns")],
)
def test_lists_without_events_are_refused(rows: list[list[str]], code: str) -> None:
    with pytest.raises(ProblemError) as caught:
        events_of_rows(rows, "e.csv")
    assert caught.value.problem.code == code


@pytest.mark.parametrize("text", ["{", "3", "[3]", '{"event": "a"}'])
def test_other_json_is_refused(text: str) -> None:
    with pytest.raises(ProblemError) as caught:
        events_of_json(text, "e.json")
    assert caught.value.problem.code == "events_not_a_list"
