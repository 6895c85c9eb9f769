"""What a file is made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from almanac.core.arrays import Flags, Integers
from almanac.core.csv_style import FOR_PROGRAMS, CsvStyle
from almanac.core.problems import Problem

if TYPE_CHECKING:
    from almanac.core.entered.events import EventEffect
    from almanac.core.jobs import Job
    from almanac.core.series import Forecast, SeriesSet
    from almanac.exports.overview import Overview
    from almanac.exports.single_values import SingleValues
    from almanac.exports.watched import WatchedContent
    from almanac.wording.phrases import RangeSupport
    from almanac.wording.trust.sections import Section


@dataclass(frozen=True)
class OrderLine:
    """How much to order of one product, and its stock without an order.

    ``runs_out``: the number of the period by whose end it has more likely run out than not, None when it lasts;
    ``chance``: that it has by then, or by the end of the forecast; ``before_arrival``: that it has before an order
    arrives; ``lead``: periods until then; ``expected``: demand until the order after this one arrives; ``reached``: the
    certainty with the order as rounded to packs.
    """

    name: str
    order: float
    packs: int
    pack: float
    on_hand: float
    on_order: float
    lead: int
    expected: float
    certainty: float
    reached: float
    runs_out: int | None
    chance: float
    before_arrival: float


@dataclass(frozen=True)
class AdjustmentLine:
    """A change of the forecast by the person: of ``name``, in ``periods``; the totals ``before`` and ``after`` it."""

    name: str
    periods: str
    change: str
    before: float
    after: float
    note: str
    unit: str


@dataclass(frozen=True)
class AdjustedContent:
    """``forecast``: as the person adjusted it; ``changed`` bool [N, H]: the steps that are; ``lines``: by what;
    ``notes``: the notes for the steps of a series, by its position.
    """

    forecast: Forecast
    changed: Flags
    lines: tuple[AdjustmentLine, ...]
    notes: Callable[[int], dict[int, str]]


@dataclass(frozen=True)
class ExportContent:
    """A forecast and what is known about it; only the workbook shows more than the forecast.

    ``series``: what was forecast, every series of ``forecast`` among them. ``findings``: what was noticed and changed;
    ``about`` and ``record``: how the forecast was made and how the file was read, as label and text; ``checks``: says
    how far the forecast can be trusted, asked only where it is shown. For each series of the forecast, in its order:
    ``range_support``, what its likely range rests on (empty without practice runs), and ``methods``, what it is
    forecast by (empty when the model forecasts all). ``events``: what is known of each event. ``orders``:
    how much to order, what to order today first (empty when it was not asked for). ``overview``: adds up, where totals
    are shown; None for none. ``csv_style``: the separators of a CSV file. ``adjusted``: the
    forecast as the person adjusted it, None where they did not. ``watched``: looks up what became of earlier forecasts
    of the same table, asked only where it is shown. ``single_values``: looks for what rests on single cells, as well;
    None for nothing.
    """

    series: SeriesSet
    forecast: Forecast
    findings: tuple[Problem, ...] = ()
    about: tuple[tuple[str, str], ...] = ()
    record: tuple[tuple[str, str], ...] = ()
    checks: Callable[[], tuple[Section, ...]] = tuple
    range_support: tuple[RangeSupport, ...] = ()
    methods: tuple[str, ...] = ()
    events: tuple[EventEffect, ...] = ()
    orders: tuple[OrderLine, ...] = ()
    overview: Callable[[], Job[Overview]] | None = None
    csv_style: CsvStyle = FOR_PROGRAMS
    adjusted: AdjustedContent | None = None
    watched: Callable[[], WatchedContent | None] = lambda: None
    single_values: Callable[[], Job[SingleValues | None]] | None = None

    @cached_property
    def positions(self) -> Integers:
        """Where each series of the forecast is among ``series``: int64."""
        return self.series.positions(self.forecast.names)

    @cached_property
    def units(self) -> tuple[str, ...]:
        """The unit of each series of the forecast; empty where it is unknown."""
        return tuple(self.series.measure(i).unit for i in self.positions.tolist())
