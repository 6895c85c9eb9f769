"""The order of names and the search."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QLocale

from almanac.desktop.pages.forecast.listing.list_order import SORTS, ListOrder

NAMES = ("Zebra", "Milch", "Äpfel", "Product 10", "Product 2", "apfelsaft")
ORDER = ListOrder(NAMES, np.array([5.0, 4, 3, 2, 1, np.nan]), np.array([np.nan, 0.1, -0.2, 0.3, 0, 0]), np.arange(6.0))


@pytest.mark.parametrize("locale", ["en_US", "de_DE", "C"])
def test_names_are_in_the_order_of_a_dictionary(locale: str) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale(locale))
    try:
        order = ListOrder(NAMES, ORDER.size, ORDER.growth, ORDER.doubt)
        listed = [NAMES[i] for i in order.positions("", 0)]
    finally:
        QLocale.setDefault(before)
    assert listed == ["Äpfel", "apfelsaft", "Milch", "Product 2", "Product 10", "Zebra"]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("Size", ["Zebra", "Milch", "Äpfel", "Product 10", "Product 2", "apfelsaft"]),
        ("Growth", ["Product 10", "Milch", "apfelsaft", "Product 2", "Äpfel", "Zebra"]),
        ("Least Sure", ["apfelsaft", "Product 2", "Product 10", "Äpfel", "Milch", "Zebra"]),
    ],
)
def test_the_largest_comes_first_and_what_is_not_known_last(sort: str, expected: list[str]) -> None:
    assert [NAMES[i] for i in ORDER.positions("", SORTS.index(sort))] == expected


def test_search_finds_all_words_in_any_order() -> None:
    order = ListOrder(("North · Rye bread", "South · Bread", "North · Milk"), *(np.zeros(3) for _ in range(3)))
    assert order.positions("bread north", 0) == [0]
    assert sorted(order.positions("  BREAD ", 0)) == [0, 1]
    assert order.positions("bread milk", 0) == []
