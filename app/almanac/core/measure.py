"""What the numbers of a series measure: a flow that adds up over time, or a level that does not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

MeasureKind = Literal["flow", "level"]


@dataclass(frozen=True)
class Measure:
    """``kind``: a "flow" (sales, visitors, kWh used) is added when periods are joined; a "level" (temperature, price,
    stock, rate, balance) is averaged. ``unit``: as the file writes it, such as "°C" or "kWh"; empty when unknown.
    ``counted``: what no sum may join with anything else, otherwise empty: "money" or "number" where a file has columns
    of both; the name of a line, such as "Profit", where some lines are worked out from others.

    Economics calls these flow and stock variables (United Nations, System of National Accounts 2008, section 3.4).
    """

    kind: MeasureKind = "flow"
    unit: str = ""
    counted: str = ""


VALUE_COLUMN = "Column"  # the key of a file with several columns of numbers
FLOW = Measure()
