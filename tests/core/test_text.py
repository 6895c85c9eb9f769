"""Counts with their noun, lists of names, and names that are nearly the same."""

import pytest

from almanac.core.text import agree, did_you_mean, normalise, plural, shortened, some


@pytest.mark.parametrize(
    ("count", "one", "many", "text"),
    [
        (0, "row", "", "0 rows"),
        (1, "row", "", "1 row"),
        (1200, "row", "", "1,200 rows"),
        (1, "series", "series", "1 series"),
        (2, "series", "series", "2 series"),
    ],
)
def test_a_count_carries_its_noun(count: int, one: str, many: str, text: str) -> None:
    assert plural(count, one, many) == text


def test_a_verb_agrees_with_its_count() -> None:
    assert [agree(count, "is", "are") for count in (0, 1, 2)] == ["are", "is", "are"]


def test_a_long_list_of_names_is_cut_short() -> None:
    assert some(["Milk", "Bread", "Eggs"]) == "Milk, Bread, Eggs"
    assert some(["Milk", "Bread", "Eggs", *"abcdefghi"]) == "Milk, Bread, Eggs and 9 more"
    assert some(["Milk", "Bread"], most=1) == "Milk and 1 more"


def test_names_are_compared_without_case_and_outer_spaces() -> None:
    assert normalise("  Net Sales ") == normalise("net sales")


def test_the_closest_name_is_suggested() -> None:
    assert did_you_mean("slaes", ["Date", "Sales"], "Choose one.") == "Did you mean “Sales”?"
    assert did_you_mean("zzz", ["Date", "Sales"], "Choose one.") == "Choose one."
    assert did_you_mean("zzz", [], "Choose one.") == "Choose one."


@pytest.mark.parametrize("most", range(3, 12))
def test_a_long_text_keeps_both_ends(most: int) -> None:
    text = "abcdefghij"
    short = shortened(text, most)
    assert len(short) == min(most, len(text))
    assert short == text or (short[0] == "a" and short[-1] == "j" and "…" in short)
