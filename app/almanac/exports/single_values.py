"""What a workbook shows of single values: how much of a forecast rests on one, and the forecast without odd ones."""

from __future__ import annotations

from dataclasses import dataclass

from almanac.core.arrays import Floats, Integers


@dataclass(frozen=True)
class SeriesValues:
    """One series: ``forecast`` and ``robust``, the mean of all steps as forecast and without the values at
    ``set_aside`` (period numbers), which are far from all others; ``robust_effect``: the difference as a share.

    ``share``: how much of the forecast goes with one value, at most. The values that change it most, largest first:
    int64 [C] ``periods``, float64 [C] ``values``; ``largest`` [C] and ``mean`` [C]: by how much each changes one step,
    and all of them, as shares.
    """

    name: str
    forecast: float
    robust: float
    robust_effect: float
    set_aside: Integers
    share: float
    periods: Integers
    values: Floats
    largest: Floats
    mean: Floats


@dataclass(frozen=True)
class SingleValues:
    """The ``series`` that were examined, of ``total``; ``latest``: how many of their values, at most."""

    series: tuple[SeriesValues, ...]
    total: int
    latest: int
