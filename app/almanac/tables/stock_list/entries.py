"""What a stock list says: an entry for each of its rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from almanac.core.problems import Problem

DurationUnit = Literal["", "hour", "day", "business day", "week", "month"]


@dataclass(frozen=True)
class Duration:
    """A length of time as the list writes it; ``unit`` is empty where the list does not say."""

    count: float
    unit: DurationUnit = ""

    def __str__(self) -> str:
        """As a list writes it: "10 days"."""
        count = f"{self.count:g}"
        return f"{count} {self.unit}{'' if count == '1' else 's'}" if self.unit else count


@dataclass(frozen=True)
class StockEntry:
    """One product. ``names``: what it is called, in each column of names; ``row``: its line in the list.

    ``on_hand``: the stock, below 0 for what is owed to customers. None where the list says nothing: ``on_order``, what
    is on its way; ``lead``: from an order to its arrival; ``review``: from one order to the next; ``pack``: what an
    order is a multiple of; ``certainty``: the wanted chance (0 to 1) not to run out.
    """

    names: tuple[str, ...]
    row: int
    on_hand: float
    on_order: float | None = None
    lead: Duration | None = None
    review: Duration | None = None
    pack: float | None = None
    certainty: float | None = None


@dataclass(frozen=True)
class StockList:
    """The entries of a list, and what a person should know about the rest of it.

    ``by_keys``: whether names are given in the columns that the series are split by; ``unread``: the names of rows that
    are left out.
    """

    by_keys: bool
    entries: tuple[StockEntry, ...]
    unread: tuple[tuple[str, ...], ...]
    problems: tuple[Problem, ...]
