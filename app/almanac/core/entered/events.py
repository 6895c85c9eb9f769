"""Events: what happened, or will happen, that the course of a series alone does not show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import MINYEAR, date, timedelta
from enum import StrEnum
from typing import Any

from almanac.core.arrays import Floats, Integers


class EventKind(StrEnum):
    """What an event is; the values are what files and options say."""

    HOLIDAY = "holiday"
    SALE = "sale"
    PRICE_CHANGE = "price_change"
    CLOSURE = "closure"
    STOCK_OUT = "stock_out"
    ONE_OFF = "one_off"
    EXCEPTIONAL = "exceptional"


# Kinds whose effect is measured and carried into the forecast, and kinds that a model must not learn from.
MEASURED_KINDS = (EventKind.HOLIDAY, EventKind.SALE, EventKind.PRICE_CHANGE)
LEFT_OUT_KINDS = (EventKind.CLOSURE, EventKind.STOCK_OUT, EventKind.ONE_OFF, EventKind.EXCEPTIONAL)
NOTHING_KINDS = (EventKind.CLOSURE, EventKind.STOCK_OUT)  # during which nothing is forecast
LIKELY_EFFECT = 0.5  # probability of an effect from which on it is said


@dataclass(frozen=True)
class Span:
    """The days from ``first`` to ``last``, both included; ``last`` is None for an event without an end."""

    first: date
    last: date | None

    def __post_init__(self) -> None:
        if self.last is not None and self.last < self.first:
            raise ValueError("a span ends before it begins")


@dataclass(frozen=True)
class Event:
    """An event of one name: when it is, and which series it concerns.

    ``series``: names of series, or values of a column that splits them (a store, a group); empty for all. ``yearly``:
    whether it comes on the same days every year; ``rows``: of the list that it was read from.
    """

    name: str
    kind: EventKind
    spans: tuple[Span, ...]
    series: tuple[str, ...] = ()
    yearly: bool = False
    rows: tuple[int, ...] = field(default=(), compare=False)

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON types, without the rows; ``of_dict`` is the inverse."""
        spans = [[span.first.isoformat(), span.last.isoformat() if span.last else None] for span in self.spans]
        plain = {"name": self.name, "kind": self.kind.value, "spans": spans, "series": list(self.series)}
        return plain | {"yearly": self.yearly}

    @classmethod
    def of_dict(cls, plain: Mapping[str, Any]) -> Event:
        """Raises ``KeyError``, ``TypeError`` or ``ValueError`` for what is no event."""
        spans = (
            Span(date.fromisoformat(first), date.fromisoformat(last) if last else None)
            for first, last in plain["spans"]
        )
        series, kind = tuple(map(str, plain["series"])), EventKind(plain["kind"])
        return cls(str(plain["name"]), kind, tuple(spans), series, bool(plain["yearly"]))

    def days(self, first: date, last: date) -> Iterator[tuple[date, date]]:
        """The first and the last day of each span; of yearly ones in every year between two days."""
        for span in self.spans:
            if not self.yearly:
                yield span.first, last if span.last is None else span.last
                continue
            length = timedelta(0) if span.last is None else span.last - span.first
            for year in range(max(first.year - 1, MINYEAR), last.year + 1):
                begin = _in_year(span.first, year)
                yield begin, begin + length


def _in_year(day: date, year: int) -> date:
    """The same day in another year; 29 February becomes the 28th."""
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


@dataclass(frozen=True, eq=False)
class EventColumn:
    """A column of a file that says when an event is, such as a column of promotions, the days to come included.

    ``series``, ``periods`` int64 [M]: the position of a series and the number of a period with the event, sorted, each
    pair once; ``shares`` float64 [M]: the share of the rows of that period that have it. ``last``: the last period that
    the column says anything about.
    """

    name: str
    kind: EventKind
    series: Integers
    periods: Integers
    shares: Floats
    last: int


@dataclass(frozen=True)
class EventEffect:
    """What an event does, as measured on practice forecasts, over all series that it concerns.

    ``offset``: 0 for the event itself, -1 for the time before it, 1 for the day after. ``size``: how much more (less,
    below 0) as a share of what is usual then, or in units of the usual change where ``relative`` is False; ``low`` and
    ``high``: the range that holds it with a probability of 80%; ``seen``: how often it happened; ``certainty``: the
    probability that there is an effect at all. ``dates``: when it begins, past and to come, as labels of periods;
    ``to_come``: how many of these are in the forecast. ``left_out``: how many values are left out because of it.
    """

    name: str
    kind: EventKind
    offset: int
    size: float = 0.0
    low: float = 0.0
    high: float = 0.0
    seen: int = 0
    certainty: float = 0.0
    relative: bool = True
    dates: tuple[str, ...] = ()
    to_come: int = 0
    left_out: int = 0

    def to_dict(self) -> dict[str, Any]:
        """The effect as plain JSON types."""
        plain = {key: getattr(self, key) for key in ("name", "offset", "seen", "relative", "to_come", "left_out")}
        figures = {key: round(float(getattr(self, key)), 6) for key in ("size", "low", "high", "certainty")}
        return {**plain, **figures, "kind": self.kind.value, "dates": list(self.dates)}

    @property
    def is_measured(self) -> bool:
        """Whether there is an effect: more likely than none, and with a range that is all above or all below 0."""
        return self.seen > 0 and self.certainty >= LIKELY_EFFECT and self.low * self.high > 0


@dataclass(frozen=True, eq=False)
class EventSpread:
    """How uncertain the effect of one occurrence to come of an event is: all series that it concerns are moved at once.

    ``series``, ``steps`` int64 [M]: the position of a series in the forecast, and a step; ``spread`` float64 [M]: the
    standard deviation there, in the unit of the series.
    """

    series: Integers
    steps: Integers
    spread: Floats
