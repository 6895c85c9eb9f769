"""Totals: groups of series added up over a span of time, with ranges, in agreement with their parts.

Everything here takes arrays; ``workflow`` has the series, the forecast and the backtests that they come from.
"""

from almanac.totals.aggregation import aggregate
from almanac.totals.checks import (
    SumChecks,
    checks_of_sums,
)
from almanac.totals.dependence import MAX_SHARED, ErrorScores, SeriesCorrelation, series_correlation
from almanac.totals.grouping import NO_GROUP, Grouping, Level, group_level, grouping_of
from almanac.totals.past import past_sums
from almanac.totals.paths import PathModel, SharedShare, alone_distributions, sum_distributions
from almanac.totals.reconciliation import ErrorCovariance, error_covariance, reconcile
from almanac.totals.spans import Span, SpanKind, can_divide, chosen_span, plan_spans

__all__ = [
    "MAX_SHARED",
    "NO_GROUP",
    "ErrorCovariance",
    "ErrorScores",
    "Grouping",
    "Level",
    "PathModel",
    "SeriesCorrelation",
    "SharedShare",
    "Span",
    "SpanKind",
    "SumChecks",
    "aggregate",
    "alone_distributions",
    "can_divide",
    "checks_of_sums",
    "chosen_span",
    "error_covariance",
    "group_level",
    "grouping_of",
    "past_sums",
    "plan_spans",
    "reconcile",
    "series_correlation",
    "sum_distributions",
]
