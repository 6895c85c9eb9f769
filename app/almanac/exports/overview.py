"""The totals that a workbook begins with: everything, its groups, and their weeks or months, next to last year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import nan

from almanac.core.arrays import Floats
from almanac.core.series import Forecast, SeriesSet
from almanac.wording.phrases import RangeSupport
from almanac.wording.totals import TotalFigures


@dataclass(frozen=True)
class TotalLine:
    """One total with its likely range and last year; NaN where something is not known.

    ``title``: what it is the total of; ``unit`` and ``decimals``: how its amounts are written;
    ``forecast``: what it was before the person adjusted it; ``averaged``: whether it is an average.
    """

    title: str
    point: float
    low: float
    high: float
    last_year: float
    growth: float
    support: RangeSupport = RangeSupport.CHECKED
    unit: str = ""
    decimals: int = 0
    forecast: float = nan
    averaged: bool = False

    @property
    def figures(self) -> TotalFigures:
        """The same, to put into words."""
        known = self.point, self.low, self.high, self.last_year, self.growth
        return TotalFigures(*known, self.decimals, self.forecast, self.averaged)


@dataclass(frozen=True)
class TotalTable:
    """Totals below one another: ``title`` is a heading such as "Next 28 days" or "By week"; ``left_out``: how many
    more there are.
    """

    title: str
    lines: tuple[TotalLine, ...]
    left_out: int = 0


@dataclass(frozen=True)
class TotalGrid:
    """Groups below one another and spans of time next to each other: ``rows`` has a line for each of ``spans``.

    ``keys``: the column and the value of each group; ``left_out``: how many groups more there are.
    """

    title: str
    keys: tuple[tuple[str, str], ...]
    spans: tuple[str, ...]
    rows: tuple[tuple[TotalLine, ...], ...]
    left_out: int = 0


@dataclass(frozen=True)
class WholeSeries:
    """The total of everything as one ``series`` with its ``forecast``; ``unadjusted`` float64 [H]: each step before the
    person adjusted it, None where they did not.
    """

    series: SeriesSet
    forecast: Forecast
    unadjusted: Floats | None = None


@dataclass(frozen=True)
class Overview:
    """What the sheet Summary begins with.

    ``span``: the whole horizon in words; ``sentences``: the answer and what a person should know about totals, the last
    of it ``notes``;
    ``tables``: totals by group and by time; ``grid``: both at once, None without groups; ``series``: the total of each
    series over the horizon, by its name;
    ``whole``: the total of everything as one series with its forecast, None where amounts differ in kind or there are
    very many.
    """

    span: str
    sentences: tuple[str, ...] = ()
    tables: tuple[TotalTable, ...] = ()
    grid: TotalGrid | None = None
    series: Mapping[str, TotalLine] = field(default_factory=dict)
    whole: WholeSeries | None = None
    notes: tuple[str, ...] = ()
