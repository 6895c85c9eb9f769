"""Periodic review with an order-up-to level: Silver, Pyke and Thomas (2017), "Inventory and production management in
supply chains", section 6.9.

At each review as much is ordered as brings stock on hand and on order up to the level S. S must last until the order
after this one arrives: over the lead time and one review period, the protection interval. S is the smallest amount for
which the chance that demand over that interval is no more than S is the wanted certainty (cycle service level).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Floats
from almanac.orders.run_out import run_out_chances

_ROUNDING = 1e-9  # an amount that is this little above a whole one is whole


@dataclass(frozen=True)
class StockTerms:
    """What is known of one product's stock, in units of its demand and in steps of its forecast.

    ``on_hand`` is below 0 for what is owed to customers; ``lead``: steps from an order to its arrival;
    ``protection``: steps until the next order has arrived as well; ``pack``: what orders are a multiple of, 0 for any
    amount; ``certainty``: the wanted chance not to run out before that.
    """

    on_hand: float
    on_order: float
    lead: int
    protection: int
    pack: float
    certainty: float


@dataclass(frozen=True)
class Order:
    """How much to order now. ``level``: the order-up-to level S; ``amount``: a whole number of packs.

    ``reached``: the chance that it lasts with the amount as rounded. ``chances`` float64 [H]: that
    the stock has run out by the end of each step if nothing is ordered.
    """

    level: float
    amount: float
    reached: float
    chances: Floats

    def runs_out(self, chance: float = 0.5) -> int | None:
        """The first step, from 0, by whose end the stock has run out with this chance; None when there is none."""
        late = np.flatnonzero(self.chances >= chance)
        return int(late[0]) if len(late) else None


def plan_order(demand: Floats, terms: StockTerms) -> Order:
    """The order of one product now.

    ``demand`` float64 [P, H]: cumulated along each sample path, H at least ``terms.protection``.
    """
    over_interval = demand[:, terms.protection - 1]
    level = enough(over_interval[None], terms.certainty)[0]
    position = terms.on_hand + terms.on_order
    amount = _rounded_up(max(level - position, 0.0), terms.pack)
    reached = float((over_interval <= position + amount + _ROUNDING).mean())
    chances = run_out_chances(demand, terms.on_hand, terms.on_order, terms.lead)
    return Order(float(level), amount, reached, chances)


def enough(sums: Floats, certainty: float) -> Floats:
    """The smallest amounts that demand does not exceed with this certainty, never below 0: float64 [N].

    ``sums`` float64 [N, P]: demand of N products or stretches of time along P paths.
    """
    level: Floats = np.maximum(np.quantile(sums, certainty, axis=1, method="inverted_cdf"), 0.0)
    return level


def _rounded_up(amount: float, pack: float) -> float:
    if pack <= 0:
        return amount
    return float(np.ceil(amount / pack - _ROUNDING) * pack)
