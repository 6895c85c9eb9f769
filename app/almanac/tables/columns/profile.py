"""What each column holds, before it is decided what it is for."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from almanac.tables.values.calendar_names import month_number, plain
from almanac.tables.values.cells import Column, Table, cell_text
from almanac.tables.values.date_patterns import Grain
from almanac.tables.values.dates import read_clock, read_dates
from almanac.tables.values.numbers import decimal_sign, is_missing_word, looks_like_number, read_cells, votes

_SAMPLE = 2000  # different cells looked at
_DATE_NAMES = re.compile(
    r"date|datum|fecha|data|day|tag|month|monat|mes|mois|mese|maand|week|woche|semana|semaine|settimana|quarter|quartal|"
    r"trimest\w*|kwartaal|period\w*|zeit\w*|time\w*|year|jahr|annee|ano|anno|jaar|when|giorno|jour|dia|dag|buchungstag|"
    r"yearweek|jahrwoche|年|月|日|年月|日付|日期|年月日|月份"
)
_YEAR_NAMES = re.compile(
    r"year|jahr|annee|ano|año|anno|jaar|yr|yyyy|yy|y|fy|fiscal year|calendar year|years|年|年度|年份"
)
_MONTH_NAMES = re.compile(r"month|monat|mois|mes|mese|maand|mon|mm|m|months|month no\.?|month number|月|月份")
_PERIOD_NAMES = re.compile(
    r"(?:fiscal |accounting |financial |posting )?period(?: ?no\.?)?|per\.?|periode|periodo|buchungsperiode|"
    r"(?:school |academic )?term|trimester|semester"
)
_QUARTER_NAMES = re.compile(r"quarter|quartal|trimestre|kwartaal|qtr|q")
_WEEK_NAMES = re.compile(
    r"(?:iso[ _]?)?(?:week|kw|kalenderwoche|woche|semana|semaine|settimana|wk|cw|週|周)"
    r"(?:[ _]?(?:nr|no|number|of year))?\.?"
)
_HOUR_NAMES = re.compile(r"hour(?: ?(?:ending|of day|beginning))?|hours|hr|he|stunde|heure|hora|ora|uur|uhr")
_DAY_NAMES = re.compile(r"day|tag|jour|dia|giorno|dag|dd|d|day ?of ?month|日")


@dataclass(frozen=True)
class Facts:
    """One column: shares are of its filled cells (words for "missing" left aside), from 0 to 1."""

    name: str
    filled: int
    numbers: float
    dates: float  # days, weeks, months, quarters; bare years and plain numbers do not count
    clocks: float
    months: float  # names of months
    years: float
    months_of_year: float  # YYYYMM or YYYYMMDD as plain numbers
    different: int
    whole: bool  # every number is a whole number
    low: float
    high: float

    @property
    def numeric(self) -> bool:
        return self.filled > 0 and self.numbers >= 0.6 and self.dates < 0.6

    @property
    def dated(self) -> bool:
        return self.filled > 0 and self.dates >= 0.6

    @property
    def named_like_date(self) -> bool:
        return any(_DATE_NAMES.fullmatch(word) for word in re.split(r"[\W_]+", plain(self.name)))

    def named(self, kind: str) -> bool:
        """Whether the name is one for "year", "month", "quarter", "week", "day", "hour" or "period"."""
        names = {
            "year": _YEAR_NAMES,
            "month": _MONTH_NAMES,
            "quarter": _QUARTER_NAMES,
            "week": _WEEK_NAMES,
            "day": _DAY_NAMES,
            "hour": _HOUR_NAMES,
            "period": _PERIOD_NAMES,
        }
        return names[kind].fullmatch(plain(self.name).strip().replace("_", " ")) is not None


def unnamed(name: str) -> bool:
    """Whether the column was named after its letter, for want of a name."""
    return re.fullmatch(r"Column [A-Z]{1,3}", name) is not None


def column_facts(name: str, column: Column) -> Facts:
    """The facts of one column."""
    if column.floats is not None:
        known = column.floats[~np.isnan(column.floats)]
        low, high = (float(known.min()), float(known.max())) if len(known) else (0.0, 0.0)
        return Facts(name, len(known), 1.0, 0, 0, 0, 0, 0, min(len(known), 10**6), False, low, high)
    cells = [(c, int(n)) for c, n in zip(column.cells[:_SAMPLE], column.counts[:_SAMPLE], strict=True) if c != ""]
    speaking = [(c, n) for c, n in cells if not is_missing_word(c)]
    total = sum(n for _, n in speaking) or 1
    dates = read_dates([c for c, _ in speaking])
    weights = np.array([n for _, n in speaking], dtype=np.int64)
    plain_number = np.array([looks_like_number(c) for c, _ in speaking], dtype=bool)
    understood = dates.understood
    bare = dates.grains == Grain.YEAR
    compact = np.array([cell_text(c).isdecimal() for c, _ in speaking], dtype=bool)
    exact = understood & ~bare & ~compact
    texts = [c for c, _ in speaking]
    own = votes(texts)
    known = read_cells(texts, decimal_sign(own, own))[0]
    known = known[~np.isnan(known)]
    clock = [read_clock(c) is not None for c, _ in speaking]
    month = [isinstance(c, str) and month_number(c) is not None for c, _ in speaking]
    return Facts(
        name,
        sum(n for _, n in speaking),
        float(weights[plain_number & ~exact].sum() / total),
        float(weights[exact].sum() / total),
        float(weights[np.array(clock, dtype=bool)].sum() / total),
        float(weights[np.array(month, dtype=bool)].sum() / total),
        float(weights[understood & bare].sum() / total),
        float(weights[understood & compact & ~bare].sum() / total),
        len(column.cells) - ("" in column.cells[:_SAMPLE]),
        bool((known == np.floor(known)).all()),
        float(known.min(initial=np.inf)) if len(known) else 0.0,
        float(known.max(initial=-np.inf)) if len(known) else 0.0,
    )


def table_facts(table: Table) -> tuple[Facts, ...]:
    return tuple(column_facts(name, column) for name, column in zip(table.names, table.columns, strict=True))
