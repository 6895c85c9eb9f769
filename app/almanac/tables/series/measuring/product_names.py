"""Names of products with a word for a level in them: index cards, balance bikes, stock pots, temperature probes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from almanac.tables.columns.column_words import LEVELS, Meaning, meaning_of, words_of
from almanac.tables.layout.units import unit_in_name

# Plural nouns behind a word for a level that leave it one: "Temperature anomalies", "Stock levels".
_NO_PRODUCT_WORDS = """
    points levels values degrees figures numbers results changes differences anomalies losses gains extremes deviations
    days weeks months quarters years hours minutes times euros dollars pounds percents shares bonds funds futures
    options customers members accounts stores shops sites stations sensors zones regions countries markets sheets
    stocks prices rates indices indexes series statistics measures trends goods articles less across inches gas plus
"""
_NO_PRODUCTS = frozenset(_NO_PRODUCT_WORDS.split())
_PRODUCT_LEVELS = LEVELS - {Meaning.SHARE}
_MIN_WORDS, _MIN_OTHERS, _MIN_SHARE = 2, 2, 0.5  # of the name; names next to it that are no measures; by judgement


@lru_cache(maxsize=1 << 12)
def may_be_product(name: str) -> bool:
    """Whether a name has a word for a level before a noun in the plural that is no measure: "Pressure cookers"."""
    words = words_of(name).split()
    if len(words) < _MIN_WORDS or meaning_of(name) not in _PRODUCT_LEVELS or unit_in_name(name):
        return False
    last = words[-1]
    plural = len(last) > len("ps") and last.endswith("s") and not last.endswith(("ss", "us", "is"))
    means = {meaning_of(last), meaning_of(last[:-1])} - {None, Meaning.CALENDAR}  # a "tag" is a day in German
    return plural and last not in _NO_PRODUCTS and not means and meaning_of(" ".join(words[:-1])) in _PRODUCT_LEVELS


def is_product_among(name: str, names: Sequence[str]) -> bool:
    """Whether a name is that of a product next to others, most of which are no measures either.

    "Stock shoes" next to "Shoes" is the stock of them.
    """
    if not may_be_product(name):
        return False
    words = words_of(name)
    others = [other for other in names if other != name]
    products = sum(meaning_of(other) is None or may_be_product(other) for other in others)
    plain = (words_of(other) for other in others if meaning_of(other) is None)
    of_another = any(words.endswith(f" {other}") for other in plain if other)
    return not of_another and products >= max(_MIN_OTHERS, _MIN_SHARE * len(others))
