"""Short marks that say on which side an amount is: "2307.00 Cr", "1.200,00 S", "DR 12.50"."""

from __future__ import annotations

import re

from almanac.tables.values.cells import Cell
from almanac.tables.values.numbers import looks_like_number

# Each pair: of money out, and of money in.
_PAIRS = "dr cr, db cr, dt ct, d c, s h, d k, debit credit, soll haben, debet kredit, af bij, - +"
MARKS = tuple((frozenset({out}), frozenset({into})) for out, into in (pair.split() for pair in _PAIRS.split(", ")))
_ALL = frozenset().union(*(side for pair in MARKS for side in pair))
_MARKED = re.compile(
    r"(?:(?P<before>[a-z]{1,6})\.?\s*+)?(?P<amount>[^a-z]++)(?:(?P<after>[a-z]{1,6})\.?)?", re.IGNORECASE
)


def split_mark(cell: Cell) -> tuple[str, str] | None:
    """A marked amount as number and mark, each as it is written; None for any other cell."""
    match = _MARKED.fullmatch(cell) if isinstance(cell, str) else None
    if match is None or (match["before"] is None) == (match["after"] is None):
        return None
    amount, mark = match["amount"].strip(), match["before"] or match["after"]
    return (amount, mark) if mark.lower() in _ALL and looks_like_number(amount) else None
