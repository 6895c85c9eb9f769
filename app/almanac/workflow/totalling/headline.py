"""Use case: the answer for the whole: the total of everything, and which series stand out."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from almanac.core.arrays import Flags, Floats
from almanac.core.distribution.levels import LIKELY_HIGH, LIKELY_LOW
from almanac.core.jobs import Job, Progress
from almanac.core.series import quantile_at
from almanac.workflow.results import ForecastResult
from almanac.workflow.totalling.aligned_parts import AlignedParts, align
from almanac.workflow.totalling.make_totals import Totals, add_up, averaged_groups, points

MIN_SIZE = 0.1  # of the average series, to stand out: a tiny one doubles without anyone noticing; by judgement
MIN_GROWTH = 0.005  # what is not rounded to nothing


@dataclass(frozen=True)
class HeadlineFigures:
    """The whole, and each of N series in the order of the forecast.

    ``whole``: the totals of everything over the horizon. Of each series over the horizon float64 [N], NaN where not
    known: ``expected``, ``last_year``, ``doubt`` (the width of the likely range of that as a share of it). The series
    that stand out, by their positions, -1 for none: ``most_growth``, ``most_fall``, ``least_sure``.
    ``has_share`` bool [N]: whether a change can be said in percent; where none can, ``change`` and ``width`` are.
    """

    whole: Totals
    expected: Floats
    last_year: Floats
    doubt: Floats
    has_share: Flags
    most_growth: int = -1
    most_fall: int = -1
    least_sure: int = -1

    @property
    def change(self) -> Floats:
        """By how much each series is more than last year, in its unit: float64 [N]; NaN if that is unknown."""
        return self.expected - self.last_year

    @property
    def width(self) -> Floats:
        """The width of each likely range, in the unit of the series: float64 [N]."""
        return self.doubt * np.abs(self.expected)

    @property
    def growth(self) -> Floats:
        """The share by which each series is more than last year: float64 [N]; NaN if that is unknown, 0 or no share."""
        positive = (self.last_year > 0) & self.has_share
        found = np.full(len(self.expected), np.nan)
        found[positive] = self.expected[positive] / self.last_year[positive] - 1
        return found


def headline(result: ForecastResult) -> Job[HeadlineFigures]:
    """Add up everything, and compare each series with last year."""
    yield Progress(0, 0, "Adding up")
    return headline_of(result)


def whole_of(result: ForecastResult) -> Totals:
    """The totals of everything over the horizon, alone."""
    return _whole(result, align(result.plan, result.file.series))


def _whole(result: ForecastResult, parts: AlignedParts) -> Totals:
    from almanac import totals as engine

    everyone = np.arange(len(parts.series))
    grouping = engine.grouping_of(parts.series.keys, parts.series.key_columns, (), parts.kinds, everyone)
    return add_up(result, parts, grouping, (engine.SpanKind.HORIZON,))[0]


def headline_of(result: ForecastResult) -> HeadlineFigures:
    """The same at once."""
    from almanac import totals as engine

    parts = align(result.plan, result.file.series)
    whole, everyone = _whole(result, parts), np.arange(len(parts.series))
    single = engine.Grouping((engine.Level((), everyone, ((),) * len(everyone), parts.kinds),))
    averaged = averaged_groups(parts, single)
    expected = points(parts, single, whole.spans, averaged)[:, 0]
    past = engine.past_sums(parts.series, single, [span.last_year for span in whole.spans], averaged)[:, 0]
    doubt = _doubt(result, parts)
    back = np.argsort(parts.rows)
    found = HeadlineFigures(whole, expected[back], past[back], doubt[back], parts.series.has_share[back])
    comparable = len({parts.series.measure(i) for i in range(len(back))}) == 1
    return _with_standouts(found, _large_enough(expected, parts.kinds)[back], comparable)


def _doubt(result: ForecastResult, parts: AlignedParts) -> Floats:
    """The width of the likely range of each total as a share of it: float64 [N], NaN if that is 0.

    Its variance follows from the ranges of the steps and how these depend on one another. Where most steps are 0 their
    ranges say little: the range of the sum is known from how often there was anything at all.
    """
    from almanac import evaluation

    low, high = (quantile_at(parts.quantiles, parts.levels, level) for level in (LIKELY_LOW, LIKELY_HIGH))
    spread = (high - low) * parts.has_value
    dependence = (result.step_correlation or evaluation.step_correlation(None, parts.horizon)).correlation
    width = np.sqrt(((spread @ dependence) * spread).sum(axis=1))
    size = np.abs((parts.means * parts.has_value).sum(axis=1))
    sums = result.plan.sums
    if sums is not None:
        rare = np.isfinite(sums.expected[parts.rows])
        width = np.where(rare, (sums.high - sums.low)[parts.rows], width)
    shares: Floats = np.divide(width, size, out=np.full(len(size), np.nan), where=size > 0)
    return shares


def _large_enough(expected: Floats, kinds: tuple[str, ...]) -> Flags:
    """Which series are not tiny next to the others that are added up with them: bool [N]."""
    codes = np.unique(np.array(kinds), return_inverse=True)[1]
    size = np.nan_to_num(np.abs(expected))
    mean = np.bincount(codes, size) / np.bincount(codes)
    return size >= MIN_SIZE * mean[codes]


def _with_standouts(found: HeadlineFigures, large: Flags, comparable: bool) -> HeadlineFigures:
    """Name what stands out, by shares; where nothing has a share by amounts, if these are ``comparable``: of one unit.

    ``large`` bool [N]: what is not tiny next to the others.
    """
    if len(large) < 2:
        return found
    if found.has_share.any():
        growth, doubt, least, among = found.growth, found.doubt, MIN_GROWTH, large & found.has_share
    elif comparable:
        growth, doubt, least, among = found.change, found.width, 0.0, np.ones(len(large), bool)
    else:
        return found
    growth = np.where(among, growth, np.nan)
    return replace(
        found,
        most_growth=_largest(growth, least),
        most_fall=_largest(-growth, least),
        least_sure=_largest(np.where(among, doubt, np.nan), 0.0),
    )


def _largest(values: Floats, least: float) -> int:
    """Where the largest value above ``least`` is; -1 if there is none."""
    known = np.where(np.isfinite(values) & (values > least), values, -np.inf)
    return int(known.argmax()) if np.isfinite(known).any() else -1
