"""Lists of events."""

from __future__ import annotations

from datetime import date

import pytest

from almanac.core.entered.events import Event, EventKind, Span
from almanac.core.entered.lists import ListFaults
from almanac.core.problems import ProblemError
from almanac.tables.entered_lists import events_of_json, events_of_rows

HEAD = ["Event", "Kind", "From", "To", "Series"]


def test_spans_of_one_name_are_one_event() -> None:
    rows = [
        HEAD,
        ["Summer sale", "sale", "2024-07-01", "2024-07-14", ""],
        ["Renovation", "closure", "2024-03-04", "", "North; South"],
        ["Summer sale", "Promotion", "01.07.2025", "14.07.2025"],
        ["", "", "", "", ""],
    ]
    assert events_of_rows(rows, "e.csv").entries == (
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
    price, fair = events_of_json(text, "e.json").entries
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
    found = events_of_rows(rows, "e.csv")
    assert found.faults is not None
    whys = {fault.row: fault.why for fault in found.faults.rows}
    assert whys.keys() == {3, 4, 5, 6}
    for row, part in {3: "“fun”", 4: "“soon”", 5: "the event has no name", 6: "it ends before"}.items():
        assert part in whys[row]
    assert [event.name for event in found.entries] == ["Sale"]


LANGUAGES = {
    "German": (("Ereignis", "Art", "Von", "Bis", "Jährlich"), "Aktion", "geschlossen", "einmalig", "ja"),
    "French": (("Événement", "Type", "Du", "Au", "Tous les ans"), "soldes", "fermé", "ponctuel", "oui"),
    "Spanish": (("Evento", "Tipo", "Desde", "Hasta", "Cada año"), "oferta", "cerrado", "puntual", "sí"),
    "Italian": (("Evento", "Tipo", "Dal", "Al", "Ogni anno"), "saldi", "chiuso", "una tantum", "sì"),
    "Portuguese": (("Evento", "Tipo", "De", "Até", "Anual"), "promoção", "fechado", "pontual", "sim"),
    "Dutch": (("Gebeurtenis", "Soort", "Van", "Tot", "Jaarlijks"), "aanbieding", "gesloten", "eenmalig", "ja"),
    "Polish": (("Wydarzenie", "Rodzaj", "Od", "Do", "Co rok"), "promocja", "zamknięte", "jednorazowe", "tak"),
    "Swedish": (("Händelse", "Typ", "Från", "Till", "Varje år"), "kampanj", "stängt", "engångs", "ja"),
    "English": (("Name", "Type", "Start date", "End date", "Every year"), "promotion", "Closed", "one-off", "x"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_and_kinds_in_nine_languages(language: str) -> None:
    heading, *kinds, yes = LANGUAGES[language]
    rows = [(f"Event {k}", kind, "24.12.2025", "26.12.2025", yes) for k, kind in enumerate(kinds)]
    found = events_of_rows([heading, *rows], "e.csv")
    assert found.faults == ListFaults("e.csv", ())
    span = Span(date(2025, 12, 24), date(2025, 12, 26))
    wanted = (EventKind.SALE, EventKind.CLOSURE, EventKind.ONE_OFF)
    assert found.entries == tuple(Event(f"Event {k}", kind, (span,), yearly=True) for k, kind in enumerate(wanted))


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
