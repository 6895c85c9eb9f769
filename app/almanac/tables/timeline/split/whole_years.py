"""Rows for whole years or halves of them among months or quarters: Annual, M13, Q05, S01, Jahresdurchschnitt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from almanac.core.arrays import Flags
from almanac.tables.columns.totals import is_total_of_all_or_a_year
from almanac.tables.values.cells import Cell, cell_text
from almanac.tables.values.dates.calendar_names import plain

# Codes of the Bureau of Labor Statistics: M13, Q05 and A01 are averages of a year, S01 to S03 of its halves and of it.
_CODES = r"m13|q0?5|a0?1|s0[123]"
_YEARS = r"""
annual|annually|yearly|year|(?:full|whole|calendar|entire) year|year total|fy|cy|jahr|gesamtjahr|ganzes jahr|
jahres(?:durchschnitt|mittel|mittelwert|summe|wert|ergebnis|schnitt)|annee|annee entiere|annuel|annuelle|anual|ano|
ano completo|anno|annuale|anno intero|jaar|heel jaar|jaar(?:totaal|gemiddelde)|rok|rocznie|caly rok|helar|hela aret|
arsmedel|arssumma|hele aret|koko vuosi|vuosi|cely rok|egesz ev
"""
_MEANS = r"""
(?:annual|yearly) (?:average|avg|mean|total|sum)|(?:moyenne|total|somme) annuelle?|(?:media|promedio|total|suma) anual|
(?:media|totale) annu[ao]le?|(?:media|totale) annua|srednia roczna
"""
_HALVES = r"""
h[12]|hy[12]|(?:1st|2nd|first|second) half(?:[ -]?year)?|half[ -]?(?:year )?[12]|[12]\.? ?(?:halbjahr|hj|hy)|
halbjahr [12]|[12](?:er|e|eme|o|º)? ?(?:semestre|sem\.?)|semestre [12]
"""
_LONGER = re.compile("|".join(part.replace("\n", "") for part in (_CODES, _YEARS, _MEANS, _HALVES)))
_YEAR = re.compile(r"(?:19|20)\d\d")


@lru_cache(maxsize=1 << 12)
def _is_longer(text: str) -> bool:
    return is_total_of_all_or_a_year(text) or _LONGER.fullmatch(plain(text).strip(" .:*()")) is not None


def names_longer_period(cell: Cell) -> bool:
    """Whether a cell in a column of months or quarters says that its row is about the whole year, or half of it."""
    return isinstance(cell, str) and len(cell) <= 30 and _is_longer(cell)


def names_year_or_half(cell: Cell) -> bool:
    """Whether a cell in a column of dates is a year with such a word: "2012 1st half", "Annual 2012"."""
    text = cell_text(cell)
    year = _YEAR.search(text) if len(text) <= 30 else None
    return year is not None and _is_longer(" ".join((text[: year.start()] + text[year.end() :]).split()))


def longer_periods(cells: Sequence[Cell]) -> Flags:
    """Which cells of a column of months or quarters name longer ones: bool [n]."""
    return np.array([names_longer_period(cell) for cell in cells], dtype=bool)
