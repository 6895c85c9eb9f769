"""What a person reads about events."""

from __future__ import annotations

from almanac.core.entered.events import EventEffect, EventKind
from almanac.wording.events import effect_sentence, effect_size, event_notes, events_line, events_used

EASTER = EventEffect("Easter week", EventKind.HOLIDAY, 0, 0.34, 0.2, 0.5, seen=3, certainty=0.99, to_come=1)
UNCLEAR = EventEffect("Labor Day", EventKind.HOLIDAY, 0, 0.01, -0.02, 0.04, seen=3, certainty=0.2)
NEW = EventEffect("Fair", EventKind.SALE, 0, to_come=1)
SHUT = EventEffect("Renovation", EventKind.CLOSURE, 0, seen=1, left_out=14)


def test_an_effect_is_said_with_how_often_and_between_what() -> None:
    assert effect_sentence(EASTER) == "Easter week: +34%, seen 3 times, between +20% and +50%."
    assert effect_sentence(UNCLEAR) == "Labor Day: no clear effect, seen 3 times."
    assert effect_sentence(NEW) == "Fair: not seen before, so the forecast does not change."
    assert effect_sentence(SHUT) == "Renovation: 14 values left out of what is learned."


def test_days_around_and_losses() -> None:
    before = EventEffect("Easter Monday", EventKind.HOLIDAY, -1, -0.051, -0.08, -0.02, seen=1, certainty=0.9)
    assert effect_sentence(before) == "Before Easter Monday: −5%, seen once, between −8% and −2%."
    shifted = EventEffect("Sale", EventKind.SALE, 0, 2.0, 1.5, 2.5, seen=4, certainty=1.0, relative=False)
    assert effect_size(shifted) == "+2.0 times the usual change"


def test_notes_say_what_was_left_out_and_only_clear_effects() -> None:
    notes = event_notes((SHUT, EASTER, UNCLEAR, NEW))
    assert [note.code for note in notes] == ["events_left_out", "event_effect"]
    assert notes[0].what == "14 values during “Renovation” are left out of what is learned."
    assert notes[1].fix == "The forecast carries it."
    assert event_notes(()) == ()
    assert (events_used((EASTER, SHUT)), events_used(())) == ("Easter week, Renovation", "None.")


def test_a_line_says_which_events_a_forecast_knows_of() -> None:
    assert events_line(()) == ""
    assert events_line((EASTER,)) == "Knows of 1 event: Easter week."
    said = events_line((SHUT, EASTER, UNCLEAR, NEW))
    assert said.startswith("Knows of 4 events: Renovation, Easter week, Labor Day and 1 more. 14 values")
    assert said.endswith(" are left out of what is learned.")


def test_a_closure_to_come_says_that_nothing_is_forecast() -> None:
    for kind in (EventKind.CLOSURE, EventKind.STOCK_OUT):
        said = effect_sentence(EventEffect("Gone", kind, 0, left_out=0, to_come=2))
        assert said.endswith("Nothing is forecast while it lasts.")
    assert "Nothing is forecast" not in effect_sentence(EventEffect("Odd", EventKind.ONE_OFF, 0, left_out=1, to_come=2))
