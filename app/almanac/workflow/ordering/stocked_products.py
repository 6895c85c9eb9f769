"""The products of a stock list as series of a forecast, with their terms in units and steps of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from almanac.core.calendar.frequency import Frequency
from almanac.core.problems import Problem
from almanac.core.series import SeriesSet
from almanac.wording import orders as wording
from almanac.wording.entered_lists import held_back as held_back_note
from almanac.workflow.results import ForecastResult
from almanac.workflow.totalling.aligned_parts import AlignedParts

if TYPE_CHECKING:
    from almanac.orders import StockTerms
    from almanac.tables import Duration, StockEntry, StockList
    from almanac.workflow.ordering.held_back import HeldBack

DEFAULT_CERTAINTY = 0.95  # a convention: runs out at most once in 20 times
_SEPARATOR = "\0"


@dataclass(frozen=True)
class StockedProduct:
    """A product of the list: ``part`` is its position among the aligned series, ``row`` its line in the list.

    ``whole``: whether it is sold in whole numbers; ``rare``: whether it is sold in few periods.
    """

    name: str
    row: int
    part: int
    whole: bool
    rare: bool
    terms: StockTerms


@dataclass(frozen=True)
class StockedProducts:
    """The products that can be planned, in the order of the list, and what a person should know of the others."""

    products: tuple[StockedProduct, ...]
    problems: tuple[Problem, ...]

    def without(self, held_back: HeldBack) -> StockedProducts:
        """Without products whose adjustment cannot be used; that is said of them first."""
        names = [product.name for product in self.products if product.name in held_back.names]
        if not held_back.faults.rows:
            return self
        kept = tuple(product for product in self.products if product.name not in held_back.names)
        return StockedProducts(kept, (held_back_note(names, held_back.faults), *self.problems))


def stocked_products(result: ForecastResult, parts: AlignedParts, stock: StockList) -> StockedProducts:
    """Find the series of each entry, and turn lengths of time into steps. Nothing is guessed: what is not clear is
    left out and said.
    """
    series = result.file.series
    placed, problems = place_entries(series, stock)
    position = {name: k for k, name in enumerate(parts.series.names)}
    left_out: dict[str, list[str]] = {}
    unclear: list[str] = []
    too_far: dict[str, int] = {}
    planned: list[tuple[StockEntry, StockedProduct]] = []
    for entry, i in placed:
        name = series.names[i]
        k = position.get(name, -1)
        if (why := _why_not(parts, k)) is not None:
            left_out.setdefault(why, []).append(name)
            continue
        row = int(parts.rows[k])
        whole = result.forecast.decimals is not None and int(result.forecast.decimals[row]) == 0
        terms = _terms(entry, parts.series.frequency, whole)
        if terms is None:
            unclear.append(name)
        elif terms.protection > parts.horizon:
            too_far[name] = terms.protection
        else:
            planned.append((entry, StockedProduct(name, entry.row, k, whole, result.forecast.is_rare(row), terms)))
    frequency = parts.series.frequency
    problems += [wording.LEFT_OUT[why](names) for why, names in left_out.items()]
    if unclear:
        problems.append(wording.no_unit(unclear, frequency))
    if too_far:
        problems.append(wording.too_far_ahead(too_far, frequency, parts.horizon))
    if without := _not_in_list(series, stock, set(position)):
        problems.append(wording.not_in_list(without))
    products = tuple(product for _, product in planned)
    return StockedProducts(products, (*stock.problems, *problems, *_notes(planned, frequency)))


def _not_in_list(series: SeriesSet, stock: StockList, forecast: set[str]) -> list[str]:
    """The series with a forecast that no row of the list names."""
    listed = {_label(names) for names in (*(entry.names for entry in stock.entries), *stock.unread)}
    if _is_single(series, stock):
        return []
    labels = zip(series.names, _labels(series, stock), strict=True)
    return [name for name, label in labels if name in forecast and label not in listed]


def _is_single(series: SeriesSet, stock: StockList) -> bool:
    """Whether the list is one row without a name, and the forecast one series."""
    return len(series) == len(stock.entries) == 1 and not any(stock.entries[0].names)


def place_entries(series: SeriesSet, stock: StockList) -> tuple[list[tuple[StockEntry, int]], list[Problem]]:
    """Each entry with the position of its series, and what is said of entries that have none or share one."""
    labels = _labels(series, stock)
    known = Counter(labels)
    at = {label: i for i, label in enumerate(labels)}
    found, unknown = [], []
    for entry in stock.entries:
        label = _label(entry.names)
        if _is_single(series, stock):
            found.append((entry, 0))
        elif known[label] == 1:
            found.append((entry, at[label]))
        else:
            unknown.append(entry)
    taken = Counter(i for _, i in found)
    twice = [(entry, i) for entry, i in found if taken[i] > 1]
    problems = []
    if unknown:
        names = {" · ".join(entry.names) or wording.NO_NAME: entry.row for entry in unknown}
        problems.append(wording.unknown_products(names, len(unknown), series.names))
    if twice:
        problems.append(wording.listed_twice([series.names[i] for _, i in twice], [entry.row for entry, _ in twice]))
    return [(entry, i) for entry, i in found if taken[i] == 1], problems


def _labels(series: SeriesSet, stock: StockList) -> list[str]:
    """How the list would call each series."""
    return [_label(key) for key in series.keys] if stock.by_keys else [_label((name,)) for name in series.names]


def _label(names: Sequence[str]) -> str:
    """A name as it is compared with others: without differences of case and blanks."""
    return _SEPARATOR.join(" ".join(name.split()).casefold() for name in names)


def _why_not(parts: AlignedParts, k: int) -> str | None:
    """Why series ``k`` has no order, -1 for one without a forecast; None when it may have one."""
    if k < 0:
        return "no_forecast"
    if parts.averaged[k]:
        return "level"
    return None if parts.active[k] else "over"


def _terms(entry: StockEntry, frequency: Frequency, whole: bool) -> StockTerms | None:
    """The terms in steps; None when it is not clear in what the list counts time."""
    from almanac import orders

    def steps(length: Duration) -> int | None:
        return orders.whole_periods(length.count, length.unit, frequency)

    lead = None if entry.lead is None else steps(entry.lead)
    review = 1 if entry.review is None else steps(entry.review)
    if lead is None or review is None:
        return None
    return orders.StockTerms(
        on_hand=entry.on_hand,
        on_order=entry.on_order or 0.0,
        lead=lead,
        protection=lead + max(review, 1),
        pack=entry.pack or float(whole),
        certainty=entry.certainty or DEFAULT_CERTAINTY,
    )


def _notes(planned: Sequence[tuple[StockEntry, StockedProduct]], frequency: Frequency) -> list[Problem]:
    """What was taken where the list says nothing, and what was rounded."""
    from almanac import orders

    notes = []
    no_certainty = any(entry.certainty is None for entry, _ in planned)
    no_review = any(entry.review is None for entry, _ in planned)
    if no_certainty or no_review:
        notes.append(wording.defaults_note(DEFAULT_CERTAINTY if no_certainty else None, no_review, frequency))
    converted = {
        str(entry.lead): product.terms.lead
        for entry, product in planned
        if entry.lead is not None and orders.is_rounded(entry.lead.count, entry.lead.unit, frequency)
    }
    if converted:
        notes.append(wording.rounded_note(converted, frequency))
    owed = [product.name for _, product in planned if product.terms.on_hand < 0]
    if owed:
        notes.append(wording.owed_note(owed))
    return notes
