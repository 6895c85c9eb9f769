"""What a workbook shows of earlier forecasts of the same table: what happened, and what changed."""

from __future__ import annotations

from dataclasses import dataclass

from almanac.core.arrays import Floats, Integers


@dataclass(frozen=True)
class ArrivedValues:
    """C periods that were forecast and have a value now, by series, then by period.

    int64 [C]: ``series``, positions in ``names``; ``period``; ``made``, the first period of the forecast, the latest
    before each. Float64 [C]: ``forecast``, ``low`` and ``high``, the likely range, and ``actual``.
    """

    names: tuple[str, ...]
    series: Integers
    period: Integers
    made: Integers
    forecast: Floats
    low: Floats
    high: Floats
    actual: Floats


@dataclass(frozen=True)
class ChangeLine:
    """A pattern change in words: ``kind``, what it is, how often that happens by chance, and what can be done."""

    kind: str
    series: str
    change: str
    chance: str
    proposed: str


@dataclass(frozen=True)
class WatchedContent:
    """``arrived``: None where nothing has; ``said``: how forecasts did, a sentence each; ``changes`` need a look."""

    arrived: ArrivedValues | None
    said: tuple[str, ...] = ()
    changes: tuple[ChangeLine, ...] = ()
