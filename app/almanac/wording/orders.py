"""Orders in words: "Order today: Bread 48 (4 packs of 12), Milk 30."."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from almanac.core.calendar.frequency import Frequency
from almanac.core.problems import Problem
from almanac.core.text import agree, did_you_mean, shortened, some
from almanac.wording.formatter import PLAIN, Formatter
from almanac.wording.phrases import decimals_for, percent

NO_NAME = "(no name)"
MAX_NAMES, MAX_SUGGESTIONS = 5, 3
MAX_DECIMALS = 3  # of an amount that is ordered
MAX_TODAY, MAX_TODAY_LETTERS = 8, 200  # products and letters of the sentence; each has a line or a row as well
MAX_NAME_LETTERS = 40  # of a product in it


@dataclass(frozen=True)
class OrderFigures:
    """What is said of one product. ``packs``: 0 where it comes in no packs; ``runs_out``: a period in words, empty
    when the stock lasts; ``chance``: that it has run out by then, or by the end of the ``ahead`` that is forecast.
    """

    name: str
    amount: float
    packs: int
    pack: float
    reached: float
    runs_out: str
    chance: float
    ahead: str


def amount_text(amount: float, formatter: Formatter = PLAIN) -> str:
    """An amount with the decimals that it has, if these are few: "48", "1,250.5"."""
    few = next((decimals for decimals in range(MAX_DECIMALS + 1) if round(amount, decimals) == amount), None)
    suitable = min(decimals_for(np.array([amount])), MAX_DECIMALS)
    return formatter.number(amount, suitable if few is None else few)


def order_text(figures: OrderFigures, formatter: Formatter = PLAIN) -> str:
    """How much to order: "48 (4 packs of 12)"; "nothing"."""
    if figures.amount == 0:
        return "nothing"
    amount = amount_text(figures.amount, formatter)
    if figures.pack in (0, 1):
        return amount
    return f"{amount} ({formatter.plural(figures.packs, 'pack')} of {amount_text(figures.pack, formatter)})"


def run_out_text(figures: OrderFigures, formatter: Formatter = PLAIN) -> str:
    """When the stock runs out without an order."""
    if figures.runs_out:
        return f"runs out by {figures.runs_out} ({chance_text(figures.chance, formatter)} likely)"
    return f"lasts the next {figures.ahead} ({chance_text(figures.chance, formatter)} likely to run out)"


def chance_text(chance: float, formatter: Formatter = PLAIN) -> str:
    """A chance in percent; next to nothing and next to certain are not rounded to 0 and 100."""
    if chance < 0.005:
        return f"under {formatter.percent(0.01)}"
    return f"over {formatter.percent(0.99)}" if chance > 0.995 else formatter.percent(chance)


def product_sentence(figures: OrderFigures, formatter: Formatter = PLAIN) -> str:
    """One product: "Bread: order 48 (4 packs of 12), enough with 96% certainty; without an order it runs out …"."""
    reached = chance_text(figures.reached, formatter)
    without = f"without an order it {run_out_text(figures, formatter)}"
    return f"{figures.name}: order {order_text(figures, formatter)}, enough with {reached} certainty; {without}."


def today_sentence(figures: Sequence[OrderFigures], formatter: Formatter = PLAIN) -> str:
    """The list to order today: "Order today: Bread 48 (4 packs of 12), Milk 30."."""
    ordered = [one for one in figures if one.amount > 0]
    wanted = [f"{shortened(one.name, MAX_NAME_LETTERS)} {order_text(one, formatter)}" for one in ordered]
    if not wanted:
        return "Nothing to order today."
    lengths = np.cumsum([len(words) for words in wanted[:MAX_TODAY]])
    return f"Order today: {some(wanted, max(int((lengths <= MAX_TODAY_LETTERS).sum()), 1))}."


def certainty_words(certainty: float) -> str:
    """0.95 as "runs out at most once in 20 times"."""
    return f"runs out at most once in {1 / (1 - certainty):.0f} times"


def practice_sentence(wanted: float, held: float, checks: int, enough: bool, formatter: Formatter = PLAIN) -> str:
    """How often such orders would have been enough in the past."""
    if not enough or not np.isfinite(held):
        return "Your past is too short to check how often such orders would have been enough."
    times = f"{formatter.percent(wanted)} wanted; {formatter.plural(checks, 'practice order')}"
    return f"In your past, such orders would have been enough {formatter.percent(held)} of the time ({times})."


def unknown_products(rows: Mapping[str, int], count: int, known: Sequence[str]) -> Problem:
    """Entries whose name is that of no series, with names that are near."""
    near = [did_you_mean(name, known, "") for name in list(rows)[:MAX_SUGGESTIONS] if name != NO_NAME]
    offers = " ".join(f"“{name}”: {offer}" for name, offer in zip(rows, near, strict=False) if offer)
    return Problem(
        "no_such_product",
        f"{some(list(rows), MAX_NAMES)} of your stock list {agree(count, 'is', 'are')} not in the forecast.",
        "Names must be the same in both; capitals and blanks do not matter.",
        offers or f"The forecast has {some(known, MAX_NAMES)}.",
        count=count,
        rows=tuple(rows.values()),
    )


def listed_twice(names: Sequence[str], rows: Sequence[int]) -> Problem:
    """Products that have several rows in the list."""
    different = list(dict.fromkeys(names))
    return Problem(
        "product_listed_twice",
        f"{some(different, MAX_NAMES)} {agree(len(different), 'is', 'are')} left out: listed more than once.",
        f"Rows {some([f'{row:,}' for row in rows], 6)} may be parts of one stock, or one of them out of date.",
        "Leave one row for each product.",
        count=len(different),
        rows=tuple(rows),
    )


def not_in_list(names: Sequence[str]) -> Problem:
    """Series without an entry."""
    count = len(names)
    return Problem(
        "not_in_stock_list",
        f"{some(names, MAX_NAMES)} {agree(count, 'has', 'have')} no order: not in the stock list.",
        "Nothing is known of their stock." if count > 1 else "Nothing is known of its stock.",
        "Add a row to the list for what you order.",
        count=count,
    )


def too_far_ahead(needed: Mapping[str, int], frequency: Frequency, horizon: int) -> Problem:
    """Products whose next order but one arrives after the end of the forecast."""
    names, most = list(needed), max(needed.values())
    ahead = frequency.duration(most)
    return _no_order(
        "lead_time_beyond_forecast",
        names,
        "the forecast is too short",
        f"Stock must last until the order after this one arrives, up to {ahead} from now; "
        f"the forecast ends after {frequency.duration(horizon)}.",
        f"Forecast at least {ahead} ahead.",
    )


def _level(names: list[str]) -> Problem:
    return Problem(
        "cannot_order_a_level",
        f"{some(names, MAX_NAMES)} cannot be ordered.",
        "Prices, temperatures and other levels are not used up.",
        "Nothing, unless they are amounts; then say so under Check My Data.",
        count=len(names),
    )


def _over(names: list[str]) -> Problem:
    return _no_order(
        "product_is_over",
        names,
        "nothing recent is known",
        "The values end more than a whole forecast before those of other products.",
        "Add the latest values to your file if it is still sold.",
    )


def _no_forecast(names: list[str]) -> Problem:
    return _no_order(
        "product_without_forecast",
        names,
        "there is no forecast",
        "The history is too short.",
        "Add earlier values to your file.",
    )


def _no_order(code: str, names: list[str], because: str, why: str, fix: str) -> Problem:
    """Products without an order, ``because`` in a few words."""
    what = f"{some(names, MAX_NAMES)} {agree(len(names), 'has', 'have')} no order: {because}."
    return Problem(code, what, why, fix, count=len(names))


# Why a product is left out, each with what is said of all that are.
LEFT_OUT: Mapping[str, Callable[[list[str]], Problem]] = {
    "level": _level,
    "over": _over,
    "no_forecast": _no_forecast,
}


def no_unit(names: Sequence[str], frequency: Frequency) -> Problem:
    """Products whose lead time is a number of nobody knows what."""
    return Problem(
        "no_unit_of_time",
        f"{some(names, MAX_NAMES)} {agree(len(names), 'has', 'have')} no order: days, weeks or months?",
        f"The list does not say in what it counts lead times, and the data is {frequency.name}."
        if frequency.dated
        else "The data has no dates, so that lead times must be numbers of rows.",
        "Say it in the heading, such as “Lead time (days)”, or in the cells, such as “2 weeks”."
        if frequency.dated
        else "Give lead times as numbers of rows, without a unit.",
        count=len(names),
    )


def defaults_note(certainty: float | None, review: bool, frequency: Frequency) -> Problem:
    """What was taken where the list says nothing; ``certainty`` None where it always says it."""
    taken = [] if certainty is None else [f"a certainty of {percent(certainty)} ({certainty_words(certainty)})"]
    taken += [f"that you can order every {frequency.period}"] if review else []
    return Problem(
        "order_defaults",
        f"Taken where your list says nothing: {' and '.join(taken)}.",
        "Stock is taken as counted before the first period of the forecast.",
        "Add columns such as Certainty and Order every to your list to change it.",
    )


def adjusted_note(names: list[str]) -> Problem:
    """The orders of these products rest on a forecast that the person adjusted."""
    return Problem(
        "orders_of_adjusted",
        f"Orders of {some(names, MAX_NAMES)} use the forecast as you adjusted it.",
        "How much to keep for certainty is moved with your adjustment, not checked.",
        "Remove the adjustment if the order is to follow the forecast.",
        count=len(names),
    )


def rounded_note(converted: Mapping[str, int], frequency: Frequency) -> Problem:
    """Lead times, as the list has them, that were converted into whole periods."""
    shown = [f"{length} as {frequency.duration(steps)}" for length, steps in converted.items()]
    return Problem(
        "lead_time_rounded_up",
        f"Lead times are counted in whole periods, rounded up: {some(shown, MAX_NAMES)}.",
        f"The data is {frequency.name}.",
        "Nothing, unless a delivery takes longer.",
        count=len(converted),
    )


def owed_note(names: Sequence[str]) -> Problem:
    """Stock below 0 is taken as owed to customers."""
    return Problem(
        "stock_below_zero",
        f"{some(names, MAX_NAMES)} {agree(len(names), 'has', 'have')} a stock below 0.",
        "It is taken as owed to customers, and ordered as well.",
        "Correct the stock in your list if nothing is owed.",
        count=len(names),
    )
