"""The classes that the history is made of: nothing else is made when it is read.

A class that is renamed keeps its old name here as another key, so that what is kept stays readable.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from almanac.core import measure, problems, series
from almanac.core.calendar import clock, fiscal, frequency, open_periods
from almanac.core.entered import events
from almanac.evaluation.probability import sample_paths
from almanac.evaluation.report import accuracy, coverage, pit, report, slices, verdicts
from almanac.history import class_name
from almanac.tables import reading
from almanac.totals import checks, grouping
from almanac.wording import phrases
from almanac.workflow.forecasts import event_use
from almanac.workflow.totalling import hierarchy

_CLASSES: tuple[type[Any], ...] = (
    accuracy.AccuracyMetrics,
    accuracy.TypicalMiss,
    checks.SumChecks,
    clock.Clock,
    coverage.Answer,
    coverage.CoverageBand,
    event_use.EventChoice,
    events.Event,
    events.EventColumn,
    events.EventEffect,
    events.EventKind,
    events.EventSpread,
    events.Span,
    fiscal.FiscalYear,
    frequency.Frequency,
    frequency.Unit,
    grouping.Grouping,
    grouping.Level,
    hierarchy.Hierarchy,
    measure.Measure,
    open_periods.OpenPeriods,
    phrases.RangeSupport,
    pit.PitHistogram,
    pit.PitPattern,
    problems.Choice,
    problems.Finding,
    problems.Problem,
    reading.Preview,
    reading.Question,
    reading.ReadFile,
    reading.Reading,
    reading.ReadingOptions,
    reading.SheetInfo,
    report.BacktestReport,
    sample_paths.StepCorrelation,
    series.Forecast,
    series.HorizonSums,
    series.SeriesSet,
    slices.Slice,
    slices.SliceKind,
    verdicts.BaselineComparison,
    verdicts.DominantMiss,
    verdicts.Question,
    verdicts.RangeCheck,
    verdicts.Reason,
    verdicts.Verdict,
)
CLASSES: Mapping[str, type[Any]] = {class_name(one): one for one in _CLASSES}
