"""Small groupings for tests."""

from __future__ import annotations

import numpy as np

from almanac.core.arrays import Floats
from almanac.totals import Grouping, grouping_of


def crossed(stores: int = 2, products: int = 3, by: tuple[str, ...] = ("Store", "Product")) -> Grouping:
    """Every store sells every product."""
    keys = [(f"store {s}", f"product {p}") for s in range(stores) for p in range(products)]
    return grouping_of(keys, ("Store", "Product"), by, [""] * len(keys), np.arange(len(keys)))


def nested() -> Grouping:
    """Five products in two departments."""
    keys = [("food", "bread"), ("food", "milk"), ("food", "eggs"), ("other", "soap"), ("other", "pens")]
    return grouping_of(keys, ("Department", "Product"), ("Department", "Product"), [""] * 5, np.arange(5))


def matrix(grouping: Grouping) -> Floats:
    """The summing matrix [G, N], written out from the members of the groups."""
    made = np.zeros((len(grouping), len(grouping.levels[0].codes)))
    for g, members in enumerate(grouping.members):
        made[g, members] = 1
    return made
