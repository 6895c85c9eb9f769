"""In which order names are listed, and which of them a search finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from PySide6.QtCore import QCollator, QLocale, Qt

from almanac.core.arrays import Floats, Integers

SORTS = ("Name", "Size", "Growth", "Least Sure")


@dataclass(frozen=True)
class ListOrder:
    """N names in each order of ``SORTS``; ``size``, ``growth`` and ``doubt`` float64 [N], unknown ones last."""

    names: Sequence[str]
    size: Floats
    growth: Floats
    doubt: Floats

    def with_totals(self, growth: Floats, doubt: Floats) -> ListOrder:
        """The same names by the growth and the doubt of their totals, each where it is known of any."""
        grows, unsure = np.isfinite(growth).any(), np.isfinite(doubt).any()
        return replace(self, growth=growth if grows else self.growth, doubt=doubt if unsure else self.doubt)

    def positions(self, search: str, sort: int) -> list[int]:
        """The positions of the names with every word of ``search``, in the order ``SORTS[sort]``."""
        words = search.casefold().split()
        order: list[int] = self._orders[sort].tolist()
        return [i for i in order if all(word in self._folded[i] for word in words)] if words else order

    @cached_property
    def _folded(self) -> list[str]:
        return [name.casefold() for name in self.names]

    @cached_property
    def _orders(self) -> tuple[Integers, ...]:
        by_name = name_order(self.names)
        return by_name, *(_largest_first(values, by_name) for values in (self.size, self.growth, self.doubt))


def name_order(names: Sequence[str]) -> Integers:
    """The positions of names as a person looks them up: Äpfel before Milch, Product 2 before Product 10."""
    locale = QLocale()
    if locale.language() == QLocale.Language.C:
        locale = QLocale(QLocale.Language.English)  # C sorts by the numbers of the characters
    collator = QCollator(locale)
    collator.setNumericMode(True)
    collator.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    keys = [collator.sortKey(name) for name in names]
    return np.array(sorted(range(len(names)), key=keys.__getitem__), dtype=np.int64)


def _largest_first(values: Floats, by_name: Integers) -> Integers:
    """Positions by descending value, ties by name, what is not known last."""
    ordered = np.where(np.isnan(values), -np.inf, values)[by_name]
    return by_name[np.argsort(-ordered, kind="stable")]
