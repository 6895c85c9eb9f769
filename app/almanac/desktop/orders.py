"""How much to order, as the window uses it: jobs in the worker, and the signals that bring their results."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from almanac.desktop.worker_client.job_queue import JobKind, JobQueue, JobRequest

if TYPE_CHECKING:
    from almanac.desktop.shell.work import Work
    from almanac.workflow.ordering.make_orders import Orders
    from almanac.workflow.use_cases import UseCaseName


class OrderJobs(QObject):
    """Reads stock lists, and finds and saves orders.

    ``listed`` carries a ListedStock, ``found`` Orders, ``refused`` a Problem, ``saved`` a path.
    """

    listed = Signal(object)
    found = Signal(object)
    refused = Signal(object)
    saved = Signal(object)

    def __init__(self, work: Work, jobs: JobQueue, start: Callable[[JobRequest], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._work, self._jobs, self._start = work, jobs, start

    def read_stock(self, source: Path | tuple[tuple[str, ...], ...]) -> None:
        """Read a stock list from a file, or from cells that were pasted."""
        if self._work.result is not None:
            known = self._work.result.without_practice
            self._look_up("stock_list", "Reading the stock list", (known, source), self.listed.emit)

    def find(self, rows: tuple[tuple[str | float, ...], ...]) -> None:
        """How much to order by these rows of a stock list, the first of them headings."""
        if self._work.result is None:
            return
        from almanac.workflow.ordering.order_backtest import for_orders

        plan = self._work.result.plan

        def on_finished(orders: Orders) -> None:
            if self._work.take_orders(plan, orders):
                self.found.emit(orders)

        known = for_orders(self._work.result, [str(row[0]) for row in rows])
        self._look_up("orders", "Adding up demand", (known, rows), on_finished)

    def save(self, path: Path) -> None:
        """Save the orders as a table."""
        result = self._work.result
        if result is not None and result.orders is not None:
            arguments = result.orders, path, self._work.inputs
            self._start(JobRequest("save_orders", f"Saving {path.name}", arguments, on_finished=self.saved.emit))

    def _look_up(
        self, name: UseCaseName, message: str, arguments: tuple[Any, ...], on_finished: Callable[[Any], object]
    ) -> None:
        refused, kind = self.refused.emit, JobKind.FORECAST_LOOKUP
        self._jobs.enqueue(JobRequest(name, message, arguments, kind, on_finished=on_finished, on_failed=refused))
