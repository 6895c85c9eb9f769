"""Whether a value column holds flows or levels: by its unit, its name, or what its numbers do."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from weakref import WeakKeyDictionary

import numpy as np

from almanac.core.arrays import Flags
from almanac.core.measure import Measure
from almanac.tables.columns.column_words import LEVELS, Meaning, is_any_value, is_flow_name, meaning_of, words_of
from almanac.tables.columns.keys.grouping import group_rows
from almanac.tables.columns.money.columns import TwoColumns
from almanac.tables.columns.money.signed_amounts import SignedAmounts
from almanac.tables.columns.money.words import without_form
from almanac.tables.columns.targets import sample
from almanac.tables.columns.words.among_names import may_be_paid
from almanac.tables.layout.units import unit_in_name
from almanac.tables.reading_plan import ReadingPlan
from almanac.tables.series.measuring.among_columns import (
    all_prices,
    are_present_among,
    is_before_or_after_among,
    is_of_body_among,
    is_weather_among,
    may_be_price,
    may_be_takings,
    prices_among,
)
from almanac.tables.series.measuring.product_names import is_product_among, may_be_product
from almanac.tables.series.measuring.ratios import is_ratio_name
from almanac.tables.series.measuring.titles import THERE_ARE, level_in_title, says_how_many
from almanac.tables.values.dates.calendar_names import plain

# Units of what is there at one time; amounts over time have others.
_LEVEL_UNIT_WORDS = """
% ‰ pct percent percentage percentages prozent pourcent pourcentage porcentaje percentuale procent
°c °f degc degf celsius fahrenheit k kelvin hpa kpa mpa pa mbar bar psi mmhg inhg v mv kv a ma
w kw mw gw kwp hz khz mhz rpm ph ppm ppb db dba lx lux kn kt kts mph bft m/s km/h ntu psu
"""
_LEVEL_UNITS = frozenset(_LEVEL_UNIT_WORDS.split())
_INDEX_UNIT = re.compile(r"(?:i|index ?)?(?:(?:19|20)?\d\d) ?= ?100|i(?:19|20)?\d\d\b|(?:index|indice)\b")
_ENERGY = frozenset(["wh", "kwh", "mwh", "gwh", "twh", "kj", "mj", "gj"])
_FLOW_UNITS = _ENERGY | frozenset(["l", "liter", "litre", "litres", "liters", "gal"])  # of what was used or bought
_HOW_MANY_WORDS = """
    number numbers of no count total active current registered paying full part time anzahl aktive nombre de des numero
    di do attivi aktywni liczba aantal antal the end month year occupied housed available belegte belegt verfugbare
    occupes occupati occupate ocupadas ocupados bezette bezet zajete pocet
"""
_HOW_MANY = frozenset(_HOW_MANY_WORDS.split())
_MAX_STEP_OF_THERE = 0.1  # of their size, in the median, from one date to the next; chosen by judgement
_MAX_SMALL_STEP = 0.02  # the same of the weight of one thing and of the pressure of the air; chosen by judgement
_MAX_STEP_OF_RATES = 0.03  # the same of rates of currencies that have no more decimals than amounts; by judgement
_MIN_FINER = 0.3  # share of rates with more than two decimals; chosen by judgement
_ROUNDING = 1e-6
_MIN_PRICES = 2  # different ones that need decimals to be no counts; chosen by judgement
_MAX_MOVED_BY, _MIN_MOVES, _MIN_MOVED = 12, 8, 0.95  # columns, steps, and the share of them that are the amounts
_ROUNDING_OF_AMOUNTS = 0.011
_RATE = "it is a rate of a currency, which changes little"
_MAX_SWING_OF_READINGS = 1.5  # between the ninth and the first tenth of weights of one thing; chosen by judgement
_TIMES = ("day", "d", "tag", "week", "month", "year", "a", "hour")  # what is used in one is a flow: kWh/day


@dataclass(frozen=True)
class ColumnMeasure:
    """What a value column measures; ``last``: its last value stands for a period, as that of a balance does.

    ``reason``: why it is a level, a sentence; nothing for a flow.
    """

    measure: Measure
    last: bool = False
    reason: str = ""


_judged: WeakKeyDictionary[ReadingPlan, dict[int, ColumnMeasure]] = WeakKeyDictionary()


def column_measure(plan: ReadingPlan, column: int) -> ColumnMeasure:
    """Whether the value column is a flow or a level: by its unit, its name, or what its numbers do."""
    judged = _judged.setdefault(plan, {})  # asked for once to join periods, and again for the series
    if column not in judged:
        judged[column] = _measured(plan, column)
    return judged[column]


def _measured(plan: ReadingPlan, column: int) -> ColumnMeasure:
    name, meaning = plan.table.names[column], _meaning(plan, column)
    if meaning not in LEVELS and (moved_by := _moved_by(plan, column)):
        unit, why = unit_of(plan, column), f"it changes by “{moved_by}” from row to row"
        return ColumnMeasure(Measure("level", unit), True, f"“{name}” is a level: {why}.")
    among = _among(plan, column) if meaning not in LEVELS else ""
    if among:
        unit = "" if among == _RATE else unit_of(plan, column)
        return ColumnMeasure(Measure("level", unit), False, f"“{name}” is a level: {among}.")
    if meaning is Meaning.WEIGHT and (_differs_little(plan, column) or stays_near(plan, column, limit=_MAX_SMALL_STEP)):
        return ColumnMeasure(Measure("level", unit_of(plan, column)), False, f"“{name}” is a level: it differs little.")
    how_many = meaning in (None, Meaning.COUNT, Meaning.QUANTITY) and says_there_are(name)
    if meaning is None or is_any_value(name):
        how_many = how_many or says_how_many(words_of(plan.original.title))
    if how_many and stays_near(plan, column):
        return ColumnMeasure(Measure("level", unit_of(plan, column)), True, f"“{name}” is a level: it changes little.")
    by_name = meaning is meaning_of(name)
    why = "as its name says" if by_name else "as the other columns show"
    if meaning is None or (by_name and is_any_value(name)):
        name, meaning, why = _said_elsewhere(plan, name) or (name, meaning, why)
    return judge(name, unit_of(plan, column), meaning, why)


def _said_elsewhere(plan: ReadingPlan, name: str) -> tuple[str, Meaning | None, str] | None:
    """The name and the meaning of a column of any name, as a text in each row or the title says; None for neither."""
    if thing := plan.only_source:
        return name, meaning_of(thing), f"as “{thing}” in each row says"
    if thing := plan.only_indicator:  # goes on as if the column were called that
        return thing, meaning_of(thing), "as its name says"
    title = plan.original.title
    level = level_in_title(title) if plan.crosstab is not None and is_any_value(name) else None
    return None if level is None else (name, level, f"as the title “{title}” says")


def _moved_by(plan: ReadingPlan, column: int) -> str:
    """The name of the column that a balance changes by from row to row; empty where there is none."""
    if plan.roles.series or len(plan.roles.values) > _MAX_MOVED_BY:
        return ""
    others = [i for i in plan.roles.values if i != column]
    balance = sample(plan.table.columns[column])
    for i in others:
        amounts = sample(plan.table.columns[i])
        for steps, moved in ((np.diff(balance), amounts[1:]), (-np.diff(balance), amounts[:-1])):  # or newest first
            known = np.isfinite(steps) & np.isfinite(moved) & (moved != 0)
            exact = np.abs(steps - moved)[known] <= _ROUNDING_OF_AMOUNTS
            if len(exact) >= _MIN_MOVES and exact.mean() >= _MIN_MOVED:
                return plan.table.names[i]
    return ""


def _differs_little(plan: ReadingPlan, column: int) -> bool:
    """Whether the numbers are as alike as the weights of one person; what is sold differs more."""
    values = sample(plan.table.columns[column])
    known = values[np.isfinite(values)]
    if not len(known):
        return False
    low, high = np.quantile(known, (0.1, 0.9))
    return bool(0 < high < _MAX_SWING_OF_READINGS * low)


def says_there_are(name: str) -> bool:
    """Whether a name says how many there are and nothing else: "Active members", not "Members' dinners"."""
    return _are_how_many(words_of(name))


@lru_cache(maxsize=1 << 12)  # those of "Product 1" to "Product 20000" are the same
def _are_how_many(words: str) -> bool:
    rest = without_form(words, THERE_ARE)
    return rest is not None and all(word in _HOW_MANY for word in rest.split())


def stays_near(plan: ReadingPlan, column: int, of: Flags | None = None, limit: float = _MAX_STEP_OF_THERE) -> bool:
    """Whether each series of a column goes on near its last value; ``of``: bool [N], the rows that are looked at."""
    values = sample(plan.table.columns[column])
    groups = group_rows(plan.table, plan.roles.series)[0][: len(values)]
    if of is not None:
        values, groups = values[of[: len(values)]], groups[of[: len(values)]]
    order = np.argsort(groups, kind="stable")
    values, groups = values[order], groups[order]
    steps = np.abs(np.diff(values))[groups[1:] == groups[:-1]]
    steps = steps[np.isfinite(steps)]
    return bool(len(steps) and np.median(steps) <= limit * np.nanmedian(values))


def _among(plan: ReadingPlan, column: int) -> str:
    """Why the other columns show that this one is a level; empty where they do not."""
    name, names = plan.table.names[column], plan.table.names
    if may_be_price(name) and _is_price(plan, column):
        return "it is a price of an exchange, as the other columns show"
    if plan.of_currencies and _are_rates(plan):
        return _RATE
    if plan.of_quotes:
        return "it is a price of an exchange, as the other columns and its steps show"
    if is_weather_among(name, names) and (not may_be_takings(name) or stays_near(plan, column, limit=_MAX_SMALL_STEP)):
        return "it is a reading of a weather station, as the other columns show"
    if is_of_body_among(name, names) and stays_near(plan, column, limit=_MAX_SMALL_STEP):
        return "it is a part of a body, next to its weight"
    return _there_among(name, names)


def _there_among(name: str, names: tuple[str, ...]) -> str:
    """Why the names of the other columns show that this one says how much was there; empty where they do not."""
    if is_before_or_after_among(name, names):
        return "it is what there was at one end of each period, next to what there was at the other"
    return "it is how many were there, next to how many beds there are" if are_present_among(name, names) else ""


def _is_price(plan: ReadingPlan, column: int) -> bool:
    """Whether the column, called by a word for a price, is one: others show it, or else its numbers as well."""
    prices, different = prices_among(plan.table.names)
    if all_prices(different) or plan.table.names[column] not in prices:
        return plan.table.names[column] in prices
    some_more = different > _MIN_PRICES or _decimals(plan, column, 0) > 0
    return some_more and stays_near(plan, column)


def _are_rates(plan: ReadingPlan) -> bool:
    """Whether columns that are called by the codes of currencies hold rates, which go on near the last ones."""
    columns = plan.roles.values
    fine = any(_decimals(plan, i, 2) >= _MIN_FINER for i in columns)
    return all(stays_near(plan, i, limit=_MAX_STEP_OF_THERE if fine else _MAX_STEP_OF_RATES) for i in columns)


def _decimals(plan: ReadingPlan, column: int, more_than: int) -> float:
    """The share of the numbers that have more decimals than that."""
    values = sample(plan.table.columns[column])
    scaled = values[np.isfinite(values)] * 10.0**more_than
    return float((np.abs(scaled - np.round(scaled)) > _ROUNDING).mean()) if len(scaled) else 0.0


def judge(name: str, unit: str, meaning: Meaning | None, reason: str) -> ColumnMeasure:
    """Whether something of this name, unit and meaning is a flow or a level; ``reason``: how the meaning is known."""
    if _is_level_unit(unit):
        return ColumnMeasure(Measure("level", unit), False, f"“{name}” is a level, as its unit {unit} says.")
    if is_ratio_name(name) and meaning not in LEVELS:
        return ColumnMeasure(Measure("level", unit), False, f"“{name}” is a level, as its name says.")
    if meaning not in LEVELS or (meaning is Meaning.STATE and plain(unit) in _ENERGY):
        return _flow(unit)
    last = meaning in (Meaning.STOCK, Meaning.BALANCE, Meaning.COUNTER)
    return ColumnMeasure(Measure("level", unit), last, f"“{name}” is a level, {reason}.")


@cache
def _flow(unit: str) -> ColumnMeasure:
    return ColumnMeasure(Measure("flow", unit))


def says_flow(plan: ReadingPlan, column: int) -> bool:
    """Whether the name or the unit of the value column says that its numbers add up over time."""
    if column_measure(plan, column).measure.kind == "level":
        return False
    return is_flow_name(plan.table.names[column]) or plain(unit_of(plan, column)) in _FLOW_UNITS


def _meaning(plan: ReadingPlan, column: int) -> Meaning | None:
    """What the column holds: a balance of money in and out, what a product shows it to be, or what its name says."""
    money = plan.roles.money
    if isinstance(money, TwoColumns | SignedAmounts) and column == money.balance:
        return Meaning.BALANCE
    found = (candidate.meaning for candidate in plan.roles.candidates if candidate.column == column)
    meaning = next(found, meaning_of(plan.table.names[column]))
    if plan.lists_payments and may_be_paid(plan.table.names[column]):
        return Meaning.AMOUNT
    return None if meaning in LEVELS and names_product(plan, column) else meaning


def names_product(plan: ReadingPlan, column: int) -> bool:
    """Whether a value column counts what is called by a word for a level and more: index cards next to pens."""
    name = plan.table.names[column]
    if not may_be_product(name) or not _are_counts(plan, column):
        return False
    return is_product_among(name, [plan.table.names[i] for i in plan.roles.values])


def _are_counts(plan: ReadingPlan, column: int) -> bool:
    values = sample(plan.table.columns[column])
    known = values[np.isfinite(values)]
    return bool((known >= 0).all() and (known == np.floor(known)).all())


@cache
def _is_level_unit(unit: str) -> bool:
    low = unit.casefold().replace("º", "°").strip(" .")
    per = low.partition("/")[2].strip()
    return (
        low in _LEVEL_UNITS
        or _INDEX_UNIT.match(low) is not None
        or low.startswith("°")
        or (per != "" and per not in _TIMES)
    )


def unit_of(plan: ReadingPlan, column: int) -> str:
    """The unit of a value column as the file writes it; empty when it gives none."""
    own = plan.table.units[column] if plan.table.units else ""
    name = plan.table.names[column]
    if not own and plan.crosstab is not None:
        own = unit_in_name(name)  # the title of the table
    if not own and plan.of_currencies:
        own = name
    return own or plan.unit_everywhere
