"""Levels that stand next to flows, or whose only sign is above the table, and near misses."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from tests.tables.conftest import Reader, codes, lines

DAYS = [date(2024, 1, 1) + timedelta(n) for n in range(40)]


def kinds(read_text: Reader, header: str, first_lines: str = "") -> dict[str, str]:
    """What each of the columns of counts of this ``header`` is, flow or level."""
    columns = [np.random.default_rng(k).integers(20, 90, 40).tolist() for k in range(header.count(",") + 1)]
    series = read_text(first_lines + lines(DAYS, *columns, header=f"Date,{header}")).series
    return {name: series.measure(i).kind for i, name in enumerate(series.names)}


@pytest.mark.parametrize("header", ["Opening MRR,New,Churned,Closing MRR", "Opening members,Joined,Closing members",
    "Anfang Verträge,Neu,Ende Verträge", "Starting seats,Added,Ending seats"])  # fmt: skip
def test_what_there_was_at_both_ends_of_a_period_is_a_level(read_text: Reader, header: str) -> None:
    found = kinds(read_text, header)
    names = header.split(",")
    assert [found[names[0]], found[names[-1]]] == ["level", "level"]
    assert all(found[name] == "flow" for name in names[1:-1])


@pytest.mark.parametrize("header", ["Opening night sales,Matinee,Closing night sales", "Opening orders,Closing visits",
    "Opening sales,Other sales", "Spare parts,Front end parts"])  # fmt: skip
def test_openings_without_their_other_end_and_shows_are_flows(read_text: Reader, header: str) -> None:
    assert set(kinds(read_text, header).values()) == {"flow"}


def test_entries_exits_and_the_most_that_were_there_are_not_added(read_text: Reader) -> None:
    header = "North Entries,North Exits,North Max occupied,South Entries,South Exits,South Max occupied"
    assert [name for name, kind in kinds(read_text, header).items() if kind == "level"] == [
        "North Max occupied",
        "South Max occupied",
    ]
    columns = [np.random.default_rng(k).integers(20, 90, 40).tolist() for k in range(2)]
    for names, found in (("P1 Einfahrten,P1 Ausfahrten", True), ("Prize Entries,Emergency Exits", False)):
        assert ("opposite_sides" in codes(read_text(lines(DAYS, *columns, header=f"Date,{names}")))) == found


@pytest.mark.parametrize("header", ["Max Müller,Anna Berg", "Maximum sellers,Others", "Peak tickets,Off-peak tickets"])
def test_other_names_with_such_words_are_flows(read_text: Reader, header: str) -> None:
    assert set(kinds(read_text, header).values()) == {"flow"}


@pytest.mark.parametrize(("above", "kind"), [
    ("2019 = 100", "level"), ("Index: 2015=100", "level"), ("Base 2020 = 100", "level"),
    ("Prices of 2019", "flow"), ("Room 2019 = 100 beds", "flow"), ("2019 = 1000", "flow"),
])  # fmt: skip
def test_the_base_of_an_index_above_the_table_says_that_it_is_a_level(read_text: Reader, above: str, kind: str) -> None:
    assert kinds(read_text, "Value", f"Statistics of trade,\n{above},\n\n") == {"Value": kind}
