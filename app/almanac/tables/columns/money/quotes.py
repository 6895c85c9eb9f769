"""Prices of shares in columns that are called by their tickers alone: AAPL, MSFT, BRK.B."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from almanac.core.arrays import Floats, Timestamps
from almanac.tables.columns.targets import sample
from almanac.tables.values.cells import Table
from almanac.tables.values.dates.read_dates import SECONDS_PER_DAY

_TICKER = re.compile(r"\^?[A-Z]{1,5}\d{0,3}(?:[.:=-][A-Z]{1,3})?")
# All chosen by judgement.
_MIN_TICKERS, _MIN_VALUES = 2, 20
_MAX_DAYS = 4  # between two dates: what shops take on each is no walk
_MAX_STEP = 0.05  # median step, of the value before
_MIN_RELATED = -0.35  # correlation of a step with the one before: -0.5 for values around a mean, 0 for a random walk
_MIN_FRACTIONS = 0.5  # share of values with decimals
_MAX_COLUMNS = 12  # looked at; the others are of the same kind


def are_quotes(table: Table, columns: Sequence[int], moments: Timestamps) -> bool:
    """Whether all columns are called like tickers and hold what goes on from each value to the next."""
    if len(columns) < _MIN_TICKERS or not all(_TICKER.fullmatch(table.names[i]) for i in columns):
        return False
    if len(moments) < _MIN_VALUES or np.median(np.diff(moments.astype(np.int64))) > _MAX_DAYS * SECONDS_PER_DAY:
        return False
    return all(_walks(sample(table.columns[i])) for i in columns[:_MAX_COLUMNS])


def _walks(values: Floats) -> bool:
    known = values[~np.isnan(values)]
    if len(known) < _MIN_VALUES or (known <= 0).any() or (known % 1 != 0).mean() < _MIN_FRACTIONS:
        return False
    steps = np.diff(np.log(known))
    if np.median(np.abs(steps)) > _MAX_STEP or not steps.any():
        return False
    return bool(np.corrcoef(steps[1:], steps[:-1])[0, 1] > _MIN_RELATED)
