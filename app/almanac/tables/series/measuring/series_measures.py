"""One column of values for several things, each of which is a flow or a level: a row for temperature, one for rain."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from almanac.core.measure import Measure
from almanac.tables.columns.column_words import is_any_value, meaning_of
from almanac.tables.layout.units import is_units_label, unit_in_name
from almanac.tables.reading_plan import ReadingPlan
from almanac.tables.series.measuring.column_measures import ColumnMeasure, judge, says_there_are, stays_near
from almanac.tables.series.measuring.product_names import is_product_among
from almanac.tables.series.measuring.sure_levels import is_sure_level_name
from almanac.tables.values.cells import Column, cell_text
from almanac.tables.values.dates.calendar_names import plain

# What a column is called that says what was measured.
_WHAT = re.compile(
    r"\b(?:parameters?|params?|indicators?|variables?|measures?|measurements?|metrics?|elements?|series|kpis?|sensors?|"
    r"channels?|attributes?|statistics?|statistic label|datatype|data type|observed property|messgro\w+|kenngro\w+|"
    r"kennzahl\w*|merkmal\w*|gro(?:ss|ß)e|parametre|indicateur|grandeur|indicador|magnitud|parametro|indicatore|"
    r"grandezza|grootheid|variabele|wskaznik|zmienna|variabel|matvarde|storhet|parametr)\b"
)
# Both chosen by judgement.
_MAX_THINGS = 200  # different things in such a column
_MIN_KNOWN = 0.6  # share of them whose name says whether they are flows or levels, in a column called anything else


@dataclass(frozen=True)
class SeriesMeasures:
    """``position``: which of the columns that split the rows says what is measured; ``by_text``: by its cells."""

    position: int
    by_text: Mapping[str, ColumnMeasure]


def series_measures(plan: ReadingPlan, column: int) -> SeriesMeasures | None:
    """What each series measures where some are levels and the value column does not say it; None elsewhere."""
    name = plan.table.names[column]
    if meaning_of(name) is not None and not is_any_value(name):
        return None
    for position, i in enumerate(plan.roles.series):
        cells = plan.table.columns[i]
        if cells.has_numbers or len(cells.cells) > _MAX_THINGS:
            continue
        texts = [cell_text(cell) for cell in cells.cells]
        units = _units(plan, cells)
        what = _WHAT.search(plain(plan.table.names[i])) is not None or len(set(units.values())) > 1
        meanings = [None if not what and is_product_among(text, texts) else meaning_of(text) for text in texts]
        known = sum(meaning is not None for meaning in meanings) / max(len(texts), 1)
        if not what and known < _MIN_KNOWN:  # shops and products: only what no shop is called is a level
            meanings = [
                meaning if is_sure_level_name(text) else None for text, meaning in zip(texts, meanings, strict=True)
            ]
        found = {
            text: judge(text, units.get(text) or unit_in_name(text), meaning, "as its name says")
            for text, meaning in zip(texts, meanings, strict=True)
        }
        found |= {text: _there(text) for text in texts if says_there_are(text) and _stay_near(plan, column, i, text)}
        if any(measure.reason for measure in found.values()):
            return SeriesMeasures(position, found)
    return None


def _stay_near(plan: ReadingPlan, column: int, labels: int, text: str) -> bool:
    """Whether the numbers of the rows with this text go on near the last ones."""
    cells = plan.table.columns[labels]
    code = [cell_text(cell) for cell in cells.cells].index(text)
    return stays_near(plan, column, cells.codes == code)


def _there(text: str) -> ColumnMeasure:
    return ColumnMeasure(Measure("level", unit_in_name(text)), True, f"“{text}” is a level: it changes little.")


def _units(plan: ReadingPlan, things: Column) -> dict[str, str]:
    """The unit of each thing, where a column of units has the same one in all its rows."""
    for name, column in zip(plan.table.names, plan.table.columns, strict=True):
        if not is_units_label(name) or column.has_numbers or len(column.cells) > _MAX_THINGS:
            continue
        pairs = things.codes.astype(np.int64) * len(column.cells) + column.codes
        present = np.flatnonzero(np.bincount(pairs, minlength=len(things.cells) * len(column.cells)))
        thing, unit = np.divmod(present, len(column.cells))
        if len(np.unique(thing)) == len(thing):
            texts = zip(thing.tolist(), unit.tolist(), strict=True)
            return {cell_text(things.cells[t]): cell_text(column.cells[u]) for t, u in texts}
    return {}
