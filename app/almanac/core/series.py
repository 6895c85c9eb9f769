"""SeriesSet and Forecast: the two data structures that every package shares.

Many series of different lengths are stored end to end in one array, so that a million of them need no Python objects
and every package can work on all of them at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers
from almanac.core.calendar.frequency import Frequency
from almanac.core.calendar.open_periods import OpenPeriods
from almanac.core.distribution.levels import LIKELY_HIGH, LIKELY_LOW
from almanac.core.distribution.means import mean_of
from almanac.core.measure import FLOW, Measure
from almanac.core.problems import Finding, Problem

# Of each series: ten times what a model reads. More changes nothing but the time and memory: 120 practice runs of a
# million minutes would look at 120 million. Chosen by judgement.
MAX_RECENT_POINTS = 20_000


@dataclass(frozen=True)
class SeriesSet:
    """N series of one frequency, each evenly spaced from its own first period, NaN where a value is missing.

    ``values``: float64 [points], series end to end; ``offsets``: int64 [N + 1], series i is
    ``values[offsets[i]:offsets[i + 1]]``; ``first``: int64 [N], the period number of each first point.
    ``names``: N unique display names; ``keys``: N tuples of group values, one for each of ``key_columns`` (empty
    when the file holds a single series). ``findings`` lists everything that was noticed or changed on the way here.
    ``raw_values``: float64 [points], the values before gaps were filled and odd values repaired (repairs may depend on
    later data); None when nothing was changed. ``measures``: what each series measures, N of them; empty when all are
    flows without a unit. ``open_periods``: when each is open, N of them; empty when all always are. Values of closed
    periods are missing.
    """

    names: tuple[str, ...]
    values: Floats
    offsets: Integers
    first: Integers
    frequency: Frequency
    key_columns: tuple[str, ...] = ()
    keys: tuple[tuple[str, ...], ...] = ()
    findings: tuple[Finding, ...] = field(default=(), compare=False)
    raw_values: Floats | None = field(default=None, compare=False)
    measures: tuple[Measure, ...] = ()
    open_periods: tuple[OpenPeriods, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        n = len(self.names)
        if self.offsets.shape != (n + 1,) or self.first.shape != (n,) or self.offsets[0] != 0:
            raise ValueError("offsets must be [N + 1] from 0, first must be [N]")
        if self.raw_values is not None and self.raw_values.shape != self.values.shape:
            raise ValueError("raw_values must be like values")
        if self.offsets[-1] != len(self.values) or (np.diff(self.offsets) < 1).any():
            raise ValueError("offsets must cover values, with at least one point a series")
        if len(set(self.names)) != n:
            raise ValueError("names must be unique")
        if len(self.measures) not in (0, n):
            raise ValueError("measures must be one for each series, or none")
        if len(self.open_periods) not in (0, n):
            raise ValueError("open_periods must be one for each series, or none")

    def __len__(self) -> int:
        return len(self.names)

    def __iter__(self) -> Iterator[Floats]:
        return (self[i] for i in range(len(self)))

    def __getitem__(self, i: int) -> Floats:
        """Values of series i, float64 [points of i]: a view, not a copy."""
        return self.values[self.offsets[i] : self.offsets[i + 1]]

    def latest(self, rows: Integers, length: int) -> Floats:
        """The last ``length`` points of each series at ``rows``: float64 [rows, length], right-aligned.

        NaN where there is no point or no value.
        """
        at = self.offsets[rows + 1][:, None] + np.arange(-length, 0)
        inside = at >= self.offsets[rows][:, None]
        return np.where(inside, self.values[np.where(inside, at, 0)], np.nan)

    def select(self, i: int) -> SeriesSet:
        """Series i alone."""
        one = slice(i, i + 1)
        return SeriesSet(
            names=self.names[one],
            values=self[i],
            offsets=np.array([0, len(self[i])], np.int64),
            first=self.first[one],
            frequency=self.frequency,
            key_columns=self.key_columns,
            keys=self.keys[one],
            measures=self.measures[one],
            open_periods=self.open_periods[one],
        )

    def take(self, rows: Integers) -> SeriesSet:
        """The series at these positions, in this order, without the findings."""
        at = rows.tolist()
        if at == list(range(len(self))):
            return replace(self, findings=())
        ends = self.offsets.tolist()
        own = [slice(ends[i], ends[i + 1]) for i in at]
        return SeriesSet(
            names=tuple(self.names[i] for i in at),
            values=_points(self.values, own),
            offsets=np.concatenate([[0], np.cumsum(self.lengths[rows])]).astype(np.int64),
            first=self.first[rows],
            frequency=self.frequency,
            key_columns=self.key_columns,
            keys=tuple(self.keys[i] for i in at) if self.keys else (),
            raw_values=None if self.raw_values is None else _points(self.raw_values, own),
            measures=tuple(self.measures[i] for i in at) if self.measures else (),
            open_periods=tuple(self.open_periods[i] for i in at) if self.open_periods else (),
        )

    def recent(self, most: int) -> SeriesSet:
        """The same series with at most their last ``most`` points, without the findings."""
        if (self.lengths <= most).all():
            return self
        kept = np.minimum(self.lengths, most)
        own = [slice(end - count, end) for end, count in zip(self.offsets[1:].tolist(), kept.tolist(), strict=True)]
        return replace(
            self,
            values=_points(self.values, own),
            offsets=np.concatenate([[0], np.cumsum(kept)]).astype(np.int64),
            first=self.first + self.lengths - kept,
            findings=(),
            raw_values=None if self.raw_values is None else _points(self.raw_values, own),
        )

    @cached_property
    def recent_part(self) -> SeriesSet:
        """What a forecast and its practice runs look at: the last ``MAX_RECENT_POINTS`` points of each series."""
        return self.recent(MAX_RECENT_POINTS)

    def measure(self, i: int) -> Measure:
        """What series i measures."""
        return self.measures[i] if self.measures else FLOW

    def closed(self, i: int, numbers: Integers) -> Flags:
        """Whether series i is closed in these periods: bool of the shape of ``numbers``."""
        if not self.open_periods:
            return np.zeros(np.shape(numbers), dtype=bool)
        return ~self.open_periods[i].is_open(self.frequency, numbers)

    @cached_property
    def closed_points(self) -> Flags:
        """Which points are in closed periods: bool [points]."""
        closed = np.zeros(len(self.values), dtype=bool)
        kinds = {one.key: one for one in self.open_periods if not one.always}
        for key, one in kinds.items():
            members = np.array([other.key == key for other in self.open_periods])
            at = np.flatnonzero(np.repeat(members, self.lengths))
            numbers = at + np.repeat((self.first - self.offsets[:-1])[members], self.lengths[members])
            closed[at] = ~one.is_open(self.frequency, numbers)
        return closed

    @cached_property
    def lengths(self) -> Integers:
        """Points of each series, gaps included: int64 [N]."""
        return np.diff(self.offsets)

    @cached_property
    def lower_bound(self) -> Floats:
        """0 for a series that was never below 0, -inf for any other: float64 [N]; see ``lower_bound_of``."""
        return lower_bound_of(np.fmin.reduceat(self.values, self.offsets[:-1]))

    @cached_property
    def has_share(self) -> Flags:
        """Whether a change of a series can be said in percent: bool [N]; not of levels, nor of what was below 0."""
        flows = np.array([self.measure(i).kind == "flow" for i in range(len(self))], bool)
        found: Flags = flows & np.isfinite(self.lower_bound)
        return found

    def positions(self, names: Sequence[str]) -> Integers:
        """Where the series with these names are: int64, one position per name. Raises ``KeyError`` for other names."""
        return positions(self.names, names)

    @property
    def without_repairs(self) -> SeriesSet:
        """The series as they were read: no value depends on later data."""
        return self if self.raw_values is None else replace(self, values=self.raw_values, raw_values=None)

    @property
    def last(self) -> Integers:
        """Period number of each series' last point: int64 [N]."""
        return self.first + self.lengths - 1


def _points(values: Floats, parts: Sequence[slice]) -> Floats:
    """The values of these parts, one after the other: float64 [sum of their lengths]."""
    return np.concatenate([values[part] for part in parts]) if parts else np.empty(0)


@dataclass(frozen=True)
class HorizonSums:
    """What the steps of N series add up to: float64 [N] each, NaN for series whose single steps say enough.

    ``expected``: the mean of the sum; ``low``, ``high``: the ends of its likely range; ``none``: the probability that
    nothing happens in any step.
    """

    expected: Floats
    low: Floats
    high: Floats
    none: Floats

    def select(self, i: int) -> HorizonSums:
        """Those of series i alone."""
        one = slice(i, i + 1)
        return HorizonSums(self.expected[one], self.low[one], self.high[one], self.none[one])


@dataclass(frozen=True)
class Forecast:
    """Quantile forecasts of N series, H steps ahead.

    ``quantiles``: float64 [N, H, Q], never decreasing along Q; ``levels``: float64 [Q], ascending within (0, 1), 0.5
    among them; ``requested_levels``: the levels the person asked for (all when empty); ``first``: int64 [N], the period
    number of each first step. ``model`` is "name@version", ``checksum`` its file's SHA-256, ``device`` what it ran on,
    ``notes`` what a person should know about how it was made. ``closed``: bool [N, H], the steps in which a series is
    closed, None when there are none; ``without_value``: bool [N, H], those of them that have no value at all, not even
    0, such as a price on a day without trade. ``means``: float64 [N, H], the expected values; None to take those of the
    quantiles. ``mean_points``: bool [N], the series whose point forecast is the mean and not the median; None when
    there are none. ``donors``: int64 [N], from how many longer series of the file each has learned, 0 where it has not;
    None when none has. ``decimals``: int64 [N], how many decimals the values of each series have in the file, 0 for
    counts; None when that is not known. ``sums``: the sum of all steps of series that are 0 in most of them; None when
    there are none. ``model_reason``: why the model is not the newest version, empty when it is.
    """

    names: tuple[str, ...]
    first: Integers
    frequency: Frequency
    levels: Floats
    quantiles: Floats
    model: str
    checksum: str
    device: str
    notes: tuple[Problem, ...] = ()
    requested_levels: tuple[float, ...] = ()
    closed: Flags | None = None
    without_value: Flags | None = None
    means: Floats | None = None
    mean_points: Flags | None = None
    donors: Integers | None = None
    decimals: Integers | None = None
    sums: HorizonSums | None = None
    model_reason: str = ""

    def select(self, i: int) -> Forecast:
        """Series i alone, without the notes."""
        one = slice(i, i + 1)
        return replace(
            self,
            names=self.names[one],
            first=self.first[one],
            quantiles=self.quantiles[one],
            notes=(),
            closed=None if self.closed is None else self.closed[one],
            without_value=None if self.without_value is None else self.without_value[one],
            means=None if self.means is None else self.means[one],
            mean_points=None if self.mean_points is None else self.mean_points[one],
            donors=None if self.donors is None else self.donors[one],
            decimals=None if self.decimals is None else self.decimals[one],
            sums=None if self.sums is None else self.sums.select(i),
        )

    def is_rare(self, i: int) -> bool:
        """Whether series i is 0 in most steps, so that only their sum says something."""
        return self.sums is not None and bool(np.isfinite(self.sums.expected[i]))

    def has_value(self, i: int) -> Flags:
        """Which steps of series i have a value: bool [H]."""
        return np.ones(self.horizon, dtype=bool) if self.without_value is None else ~self.without_value[i]

    def open_steps(self, i: int) -> Integers:
        """The steps of series i, from 0, in which it is open; all of them when it is closed throughout."""
        opened = np.arange(self.horizon) if self.closed is None else np.flatnonzero(~self.closed[i])
        return opened if len(opened) else np.arange(self.horizon)

    def next_open(self, i: int) -> int:
        """The first step of series i, from 0, in which it is open; 0 when it is closed in all of them."""
        return 0 if self.closed is None else int(self.closed[i].argmin())

    @property
    def requested(self) -> tuple[tuple[float, Floats], ...]:
        """The levels that were requested, each with its quantiles float64 [N, H]."""
        return tuple((level, self.quantile(level)) for level in self.requested_levels or map(float, self.levels))

    @property
    def horizon(self) -> int:
        """Number of steps ahead, H."""
        return int(self.quantiles.shape[1])

    @property
    def median(self) -> Floats:
        """The median: float64 [N, H]."""
        return self.quantile(0.5)

    @property
    def point(self) -> Floats:
        """The one number for each step, float64 [N, H]: the median, or the mean where ``mean_points`` says so."""
        return self.median if self.mean_points is None else np.where(self.mean_points[:, None], self.mean, self.median)

    @property
    def mean(self) -> Floats:
        """The expected value of each step, what sums are made of: float64 [N, H]."""
        return mean_of(self.quantiles, self.levels) if self.means is None else self.means

    @property
    def shown(self) -> tuple[Floats, Floats, Floats]:
        """What a person is shown of each step: the point forecast and both ends of its likely range.

        Each float64 [N, H], NaN where a step has no value. A mean outside the likely range widens it: steps add up.
        """
        point = self.point
        figures = point, np.minimum(self.quantile(LIKELY_LOW), point), np.maximum(self.quantile(LIKELY_HIGH), point)
        if self.without_value is None:
            return figures
        point, low, high = (np.where(self.without_value, np.nan, values) for values in figures)
        return point, low, high

    def quantile(self, level: float) -> Floats:
        """The quantile at ``level``: float64 [N, H]; see ``quantile_at``."""
        return quantile_at(self.quantiles, self.levels, level)


def positions(names: Sequence[str], wanted: Sequence[str]) -> Integers:
    """Position of each wanted name among ``names``: int64, one per wanted name. Raises ``KeyError`` for other names."""
    position = {name: i for i, name in enumerate(names)}
    return np.array([position[name] for name in wanted], np.int64)


def lower_bound_of(smallest: Floats) -> Floats:
    """The lowest value a forecast may have, given the smallest value that is known: float64 of the same shape.

    0 where nothing was below 0, as nobody sells less than nothing; -inf elsewhere and where nothing is known.
    """
    return np.where(smallest >= 0, 0.0, -np.inf)


def quantile_at(quantiles: Floats, levels: Floats, level: float) -> Floats:
    """The quantile at ``level``: [..., Q] → [...], interpolated between neighbouring levels, the outermost beyond."""
    right = int(np.clip(np.searchsorted(levels, level - 1e-9), 0, len(levels) - 1))
    left = max(right - 1, 0)
    if left == right or abs(levels[right] - level) < 1e-9 or level > levels[-1]:
        nearest: Floats = quantiles[..., right]
        return nearest
    share = (level - levels[left]) / (levels[right] - levels[left])
    between: Floats = quantiles[..., left] * (1 - share) + quantiles[..., right] * share
    return between
