"""What the parts of a session need to know of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from almanac.core.series import Forecast
    from almanac.workflow.ordering.make_orders import Orders
    from almanac.workflow.results import ForecastResult


class Work(Protocol):
    """The forecast that is shown; ``current_series``: the position in it of the series that is shown."""

    result: ForecastResult | None
    current_series: int

    @property
    def inputs(self) -> tuple[Path, ...]:
        """The files that the forecast was made from, which are never written to."""
        ...

    def take_orders(self, plan: Forecast, orders: Orders) -> bool:
        """Keep orders with the forecast that they were asked for; whether it is still the one that is shown."""
        ...
