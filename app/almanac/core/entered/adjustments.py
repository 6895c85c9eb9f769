"""Adjustments: what a person changes in a forecast because they know more than the past shows."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np

from almanac.core.arrays import Floats
from almanac.core.calendar.frequency import Frequency

END_OF_DAY = "T23:59:59"  # of the last day, in a list that says only days


class AdjustmentKind(StrEnum):
    """What is done to the forecast; the values are what files say."""

    SET = "set"
    SCALE = "scale"
    ADD = "add"


@dataclass(frozen=True)
class Adjustment:
    """A change of the forecast of one series, a group or everything, over one period or several.

    ``name``: of a series, or of a group as totals call it; empty for everything. ``by``: the columns that make the
    group; empty for a series, for everything, and where the name says enough. ``first`` and ``last``: the periods, both
    included, as dates in ISO 8601, with the time for hours and minutes; as row numbers from 1 where there are no dates.
    ``amount``: what the periods and series are in total (on average, for levels such as prices), what they are
    multiplied by, or what is added to them in total. ``note``: why, in the person's words. ``row``: of the list that it
    was read from, 0 for none.
    """

    name: str
    first: str
    last: str
    kind: AdjustmentKind
    amount: float
    note: str = ""
    by: tuple[str, ...] = ()
    row: int = field(default=0, compare=False)

    @property
    def span(self) -> str:
        """Its periods in words: "2026-07-01 to 2026-07-31"."""
        first, last = (end.removesuffix(END_OF_DAY) for end in (self.first, self.last))
        return first if first == last else f"{first} to {last}"

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON types; ``of_dict`` is the inverse."""
        plain = asdict(self) | {"kind": self.kind.value, "by": list(self.by)}
        del plain["row"]
        return plain

    @classmethod
    def of_dict(cls, plain: dict[str, Any]) -> Adjustment:
        """Raises ``KeyError``, ``TypeError`` or ``ValueError`` for what is no adjustment."""
        amount = float(plain["amount"])
        if not np.isfinite(amount):
            raise ValueError("an amount is a number")
        name, first, last = (str(plain[key]) for key in ("name", "first", "last"))
        kind, by = AdjustmentKind(plain["kind"]), tuple(map(str, plain["by"]))
        return cls(name, first, last, kind, amount, str(plain["note"]), by)


def period_text(frequency: Frequency, number: int) -> str:
    """A period as an adjustment names it: its date, with the time for hours and minutes, or its row number from 1."""
    if not frequency.dated:
        return str(number + 1)
    moment = str(frequency.even_dates(np.array([number], dtype=np.int64))[0])
    return moment.removesuffix("T00:00:00")


def adjusted_values(values: Floats, shares: Floats, kind: AdjustmentKind, amount: float) -> Floats:
    """Values of the same shape after an adjustment; ``shares``: which part of each it is about, 0 for none, not all 0.

    Only these parts change. A total and what is added to it are spread over them in proportion to their size, evenly
    where all are 0. The sum of the parts is then ``amount`` (``SET``), or ``amount`` more than before (``ADD``).
    """
    parts = values * shares
    if kind is AdjustmentKind.SCALE:
        scaled: Floats = values + parts * (amount - 1)
        return scaled
    size = np.abs(parts)
    total = float(size.sum())
    weights = size / total if total > 0 else shares / float(shares.sum())
    more = amount if kind is AdjustmentKind.ADD else amount - float(parts.sum())
    spread: Floats = values + more * weights
    return spread
