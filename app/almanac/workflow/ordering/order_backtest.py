"""Demand in the backtest next to its sample paths: how wide it must be taken to be, and whether orders were enough."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers
from almanac.core.distribution.means import mean_of
from almanac.workflow.ordering.stocked_products import StockedProduct
from almanac.workflow.results import ForecastResult

if TYPE_CHECKING:
    from almanac.evaluation import BacktestRuns
    from almanac.orders import Widths

MAX_WINDOWS = 2_000  # more take seconds and change little
PATHS = 500


@dataclass(frozen=True)
class OrderBacktest:
    """``wanted``: the certainty that was asked for, on average; ``held``: the share of ``checks`` practice orders that
    would have lasted until the next one arrived; ``independent``: how many of them without overlap in time, ``enough``:
    whether these are enough to tell.
    """

    wanted: float
    held: float
    checks: int
    independent: int
    enough: bool

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON types."""
        return asdict(self)


@dataclass(frozen=True)
class PastDemand:
    """W windows of the backtest, of K products of a stock list: ``product`` and ``cutoff`` int64 [W].

    ``errors`` float64 [W, H]: demand up to each step less what was expected, in standard deviations of its paths; NaN
    if unknown. Until the next order would have arrived: ``actual`` float64 [W], ``expected`` [W], and by the paths as
    they are ``margins`` [W], what the wanted certainty adds to that, and ``spreads`` [W], their standard deviation.
    """

    products: tuple[StockedProduct, ...]
    product: Integers
    cutoff: Integers
    errors: Floats
    actual: Floats
    expected: Floats
    margins: Floats
    spreads: Floats

    @property
    def horizon(self) -> int:
        """H, the number of steps."""
        return int(self.errors.shape[1])

    def widths(self, known: Flags | None = None) -> Widths:
        """See ``orders.product_widths``: [K, H]; by the windows ``known`` [W] only, if given."""
        from almanac import orders

        at = slice(None) if known is None else known
        cutoff = self.cutoff[at]
        stretches = 0.0
        if len(cutoff):
            stretches = min(1 + (cutoff.max() - cutoff.min()) / self.horizon, len(np.unique(cutoff)))
        return orders.product_widths(self.errors[at], self.product[at], len(self.products), float(stretches))

    @property
    def summary(self) -> OrderBacktest | None:
        """How often orders were enough, each with the width that was known at the time; None if nothing is known."""
        from almanac import evaluation

        usable = np.flatnonzero(np.isfinite(self.actual))
        if len(usable) == 0:
            return None
        step = np.array([product.terms.protection - 1 for product in self.products])[self.product]
        level = self.expected.copy()
        for now in np.unique(self.cutoff):
            at = self.cutoff == now
            widths = self.widths(self.cutoff + self.horizon <= now)[self.product[at], step[at]]
            level[at] += widths.widened(self.margins[at], self.spreads[at])
        whole = np.array([product.whole for product in self.products])[self.product]
        level = np.maximum(np.where(whole, np.rint(level), level), 0.0)
        lasted = (self.actual <= level + 1e-9)[usable]
        certainty = np.array([product.terms.certainty for product in self.products])[self.product[usable]]
        independent = _without_overlap(self.product[usable], self.cutoff[usable], step[usable] + 1)
        enough = bool(evaluation.enough_checks(float(independent), float(certainty.mean())))
        return OrderBacktest(float(certainty.mean()), float(lasted.mean()), len(usable), independent, enough)


def for_orders(result: ForecastResult, names: Collection[str]) -> ForecastResult:
    """The result with only what orders of these products need: it is handed to another process for each request."""
    runs = result.backtest_runs
    if runs is not None:
        wanted = set(names)
        known = np.flatnonzero(np.array([name in wanted for name in runs.names])[runs.series])
        runs = runs.select(_some(known)) if len(known) else None
    return replace(result, hierarchy=None, backtest=None, orders=None, backtest_runs=runs)


def _some(windows: Integers) -> Integers:
    """At most ``MAX_WINDOWS`` of the windows, evenly."""
    if len(windows) <= MAX_WINDOWS:
        return windows
    return windows[np.linspace(0, len(windows) - 1, MAX_WINDOWS).astype(np.int64)]


def past_demand(result: ForecastResult, products: Sequence[StockedProduct]) -> PastDemand | None:
    """Demand of these products in the backtest; None without one, or where only rare sellers are ordered.

    What rarely sells is left out: the quantiles of its single steps do not add up.
    """
    from almanac import evaluation

    if result.backtest_runs is None or result.step_correlation is None:
        return None
    runs = evaluation.closed_as_nothing(result.file.series, result.backtest_runs)[1]
    product_of = {product.name: k for k, product in enumerate(products) if not product.rare}
    number = np.array([product_of.get(name, -1) for name in runs.names])
    known = np.flatnonzero(number[runs.series] >= 0)
    if len(known) == 0:
        return None
    runs = runs.select(_some(known))
    return _add_up(result, runs, number[runs.series], tuple(products))


def _add_up(
    result: ForecastResult, runs: BacktestRuns, of: Integers, products: tuple[StockedProduct, ...]
) -> PastDemand:
    """``of`` int64 [W]: the product of each window."""
    from almanac import evaluation

    assert result.step_correlation is not None
    positions = evaluation.draw_positions(runs.levels, result.step_correlation, PATHS)
    terms = [products[k].terms for k in of]
    steps, certainty = np.array([one.protection for one in terms]), np.array([one.certainty for one in terms])
    sums, expected, actual = np.zeros((len(runs), PATHS)), np.zeros(len(runs)), np.zeros(len(runs))
    errors = np.full((len(runs), runs.horizon), np.nan)
    margins, spreads, expected_then, actual_then = (np.full(len(runs), np.nan) for _ in range(4))
    for h in range(runs.horizon):
        sums += positions.amounts(runs.quantiles[:, h], h)
        expected = expected + mean_of(runs.quantiles[:, h], runs.levels)
        actual = actual + runs.actuals[:, h]
        width = sums.std(axis=1)
        np.divide(actual - expected, width, out=errors[:, h], where=width > 0)
        now = np.flatnonzero(steps == h + 1)
        for c in np.unique(certainty[now]):
            at = now[certainty[now] == c]
            margins[at] = np.quantile(sums[at], c, axis=1) - sums[at].mean(axis=1)
        spreads[now], expected_then[now], actual_then[now] = width[now], expected[now], actual[now]
    return PastDemand(products, of, runs.cutoff, errors, actual_then, expected_then, margins, spreads)


def _without_overlap(product: Integers, cutoff: Integers, steps: Integers) -> int:
    """How many windows have no step in common with an earlier one of the same product that counts."""
    count, ends = 0, dict[int, int]()
    for i, start, length in zip(product.tolist(), cutoff.tolist(), steps.tolist(), strict=True):
        if start >= ends.get(i, start):
            count, ends[i] = count + 1, start + length
    return count
