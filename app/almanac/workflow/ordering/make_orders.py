"""Use case: how much to order of each product of a stock list, and when it runs out without an order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from almanac.core.arrays import Floats
from almanac.core.calendar.frequency import Frequency
from almanac.core.jobs import Job, Progress
from almanac.core.problems import Problem, ProblemError
from almanac.wording import orders as wording
from almanac.wording.formatter import PLAIN, Formatter
from almanac.workflow.ordering.order_backtest import OrderBacktest, past_demand
from almanac.workflow.ordering.stocked_products import StockedProduct, place_entries, stocked_products
from almanac.workflow.results import ForecastResult
from almanac.workflow.totalling.aligned_parts import AlignedParts, align

if TYPE_CHECKING:
    from almanac.exports import OrderLine
    from almanac.orders import Order, Widths
    from almanac.tables import StockEntry, StockList
    from almanac.workflow.ordering.held_back import HeldBack

PATHS = 4_000  # a certainty of 95% is then good to one point of 100, 19 times in 20
_PRODUCTS_AT_ONCE = 64  # so that their paths fit into memory
Source = Path | Sequence[Sequence[str | float]]


@dataclass(frozen=True)
class ProductOrder:
    """The order of one product. ``expected``: demand until the order after this one arrives."""

    product: StockedProduct
    order: Order
    expected: float

    @property
    def packs(self) -> int:
        """How many packs; 0 where it comes in none."""
        pack = self.product.terms.pack
        return round(self.order.amount / pack) if pack > 0 else 0

    @property
    def before_arrival(self) -> float:
        """The chance that the stock has run out before an order of today arrives."""
        terms = self.product.terms
        return float(self.order.chances[terms.lead - 1]) if terms.lead > 0 else float(terms.on_hand < 0)


@dataclass(frozen=True)
class Orders:
    """The orders of all products of a list, those to order today first, the most urgent at the top.

    ``first``: the period number of the first step; ``backtest``: how often such orders were enough in the past, None
    without a backtest; ``problems``: what a person should know about the list.
    """

    frequency: Frequency
    first: int
    horizon: int
    products: tuple[ProductOrder, ...]
    backtest: OrderBacktest | None
    problems: tuple[Problem, ...]

    @property
    def today(self) -> tuple[ProductOrder, ...]:
        """What to order today."""
        return tuple(product for product in self.products if product.order.amount > 0)

    def figures(self, k: int, formatter: Formatter = PLAIN) -> wording.OrderFigures:
        """Product ``k`` to put into words."""
        one = self.products[k]
        period = self.run_out_period(k)
        return wording.OrderFigures(
            name=one.product.name,
            amount=one.order.amount,
            packs=one.packs,
            pack=one.product.terms.pack,
            reached=one.order.reached,
            runs_out="" if period is None else formatter.period(self.frequency, period),
            chance=self.run_out_chance(k),
            ahead=self.frequency.duration(self.horizon).removeprefix("1 "),
        )

    def run_out_period(self, k: int) -> int | None:
        """The period by whose end product ``k`` has more likely run out than not; None when it lasts."""
        step = self.products[k].order.runs_out()
        return None if step is None else self.first + step

    def run_out_chance(self, k: int) -> float:
        """The chance that product ``k`` has run out by then, or by the end of the forecast."""
        order = self.products[k].order
        step = order.runs_out()
        return float(order.chances[-1 if step is None else step])

    @property
    def table(self) -> dict[str, list[Any]]:
        """A row for each product, column by column: what is saved to a file. What is not known is None."""
        rows = [self._row(k) for k in range(len(self.products))]
        return {column: [row[column] for row in rows] for column in rows[0]}

    @property
    def lines(self) -> tuple[OrderLine, ...]:
        """The same for the workbook."""
        from almanac import exports

        return tuple(
            exports.OrderLine(
                name=one.product.name,
                order=one.order.amount,
                packs=one.packs,
                on_hand=one.product.terms.on_hand,
                on_order=one.product.terms.on_order,
                pack=one.product.terms.pack,
                lead=one.product.terms.lead,
                expected=one.expected,
                certainty=one.product.terms.certainty,
                reached=one.order.reached,
                runs_out=self.run_out_period(k),
                chance=self.run_out_chance(k),
                before_arrival=one.before_arrival,
            )
            for k, one in enumerate(self.products)
        )

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON types; what is not known is None."""
        return {
            "frequency": self.frequency.name,
            "horizon": self.horizon,
            "from": self.frequency.iso(self.first),
            "order_today": [one.product.name for one in self.today],
            "products": [
                self._row(k) | {"row": one.product.row, "run_out_chances": [float(c) for c in one.order.chances]}
                for k, one in enumerate(self.products)
            ],
            "backtest": None if self.backtest is None else self.backtest.to_dict(),
            "problems": [problem.to_dict() for problem in self.problems],
        }

    def _row(self, k: int) -> dict[str, Any]:
        one = self.products[k]
        terms, period = one.product.terms, self.run_out_period(k)
        return {
            "name": one.product.name,
            "order": one.order.amount,
            "packs": one.packs,
            "pack": terms.pack,
            "on_hand": terms.on_hand,
            "on_order": terms.on_order,
            "lead_time": terms.lead,
            "lasts_for": terms.protection,
            "expected": one.expected,
            "order_up_to": one.order.level,
            "certainty": terms.certainty,
            "reached": one.order.reached,
            "runs_out": None if period is None else self.frequency.iso(period),
            "runs_out_chance": self.run_out_chance(k),
            "out_before_arrival": one.before_arrival,
        }


@dataclass(frozen=True)
class ListedStock:
    """The entries of a stock list by the name of their series, and what is said of the others."""

    entries: dict[str, StockEntry]
    problems: tuple[Problem, ...]


def stock_list(result: ForecastResult, source: Source) -> Job[ListedStock]:
    """Read a stock list, from a file or from rows of cells, to be shown. Raises ``ProblemError`` when it is none."""
    series = result.file.series
    stock = yield from _read(result, source)
    placed, problems = place_entries(series, stock)
    return ListedStock({series.names[i]: entry for entry, i in placed}, (*stock.problems, *problems))


def _read(result: ForecastResult, source: Source) -> Job[StockList]:
    from almanac import tables

    yield Progress(0, 0, "Reading the stock list")
    return tables.read_stock_list(source, result.file.series.key_columns)


def orders(result: ForecastResult, source: Source, held_back: HeldBack | None = None) -> Job[Orders]:
    """How much to order of each product of a stock list, and when it runs out.

    ``held_back``: products without an order, as their adjustment cannot be used. Raises ``ProblemError`` when the list
    cannot be read, or nothing in it can be ordered.
    """
    from almanac.orders import Widths

    stock = yield from _read(result, source)
    parts = align(result.plan, result.file.series)
    found = stocked_products(result, parts, stock)
    if held_back is not None:
        found = found.without(held_back.with_unused(result))
    if not found.products:
        raise ProblemError(found.problems[0])
    past = past_demand(result, found.products)
    widths = Widths.as_they_are(len(found.products), parts.horizon) if past is None else past.widths()
    planned = []
    for batch in _planned(result, parts, found.products, widths):
        planned += batch
        yield Progress(len(planned), len(found.products), "Adding up demand")
    return Orders(
        frequency=parts.series.frequency,
        first=parts.first,
        horizon=parts.horizon,
        products=tuple(sorted(planned, key=_urgency)),
        backtest=None if past is None else past.summary,
        problems=(*found.problems, *_adjusted_notes(result, parts, found.products)),
    )


def _adjusted_notes(
    result: ForecastResult, parts: AlignedParts, products: Sequence[StockedProduct]
) -> tuple[Problem, ...]:
    """Says which orders rest on a forecast that the person adjusted, and how their adjustments were taken."""
    adjusted = result.adjusted
    if adjusted is None:
        return ()
    touched = [one.name for one in products if adjusted.touches(parts.rows[one.part : one.part + 1])]
    return (*((wording.adjusted_note(touched),) if touched else ()), *adjusted.warnings)


def _urgency(one: ProductOrder) -> tuple[bool, float, float, str]:
    return one.order.amount == 0, -one.before_arrival, -float(one.order.chances.sum()), one.product.name


def _planned(
    result: ForecastResult, parts: AlignedParts, products: Sequence[StockedProduct], widths: Widths
) -> Iterator[list[ProductOrder]]:
    """The orders, as many at once as fit into memory; ``widths`` [products, H]: see ``orders.product_widths``."""
    from almanac import evaluation, orders

    correlation = result.step_correlation or evaluation.step_correlation(None, parts.horizon)
    positions = evaluation.draw_positions(parts.levels, correlation, PATHS)
    for start in range(0, len(products), _PRODUCTS_AT_ONCE):
        batch = products[start : start + _PRODUCTS_AT_ONCE]
        quantiles = parts.quantiles[np.array([product.part for product in batch])]
        paths: Floats = np.stack([positions.amounts(quantiles[:, h], h) for h in range(parts.horizon)], axis=2)
        found = []
        for k, (product, own) in enumerate(zip(batch, paths, strict=True), start):
            expected = parts.means[product.part]
            if product.rare:
                past = parts.series.without_repairs[product.part]
                demand = np.cumsum(evaluation.rare_sales(expected, past).paths(PATHS), axis=1)
            else:
                lowest = float(parts.series.lower_bound[product.part])
                demand = orders.cumulated_demand(own, expected, widths[k], lowest, product.whole)
            order = orders.plan_order(demand, product.terms)
            found.append(ProductOrder(product, order, float(expected[: product.terms.protection].sum())))
        yield found
