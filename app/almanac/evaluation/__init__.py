"""How far forecasts can be trusted: practice runs on the past, what they say, and ranges corrected by them.

Nothing here makes forecasts: a forecaster is handed in, and ``workflow`` joins the two.
"""

from almanac.evaluation.backtest.backtest import BacktestRuns, Forecaster, run_backtest
from almanac.evaluation.backtest.comparison import Comparison, compare
from almanac.evaluation.backtest.cutoffs import plan
from almanac.evaluation.calibration.conformal import LEVELS, Calibration, fit
from almanac.evaluation.calibration.online import follow
from almanac.evaluation.calibration.retrospective import helped, replayed
from almanac.evaluation.explain import Explanation, why
from almanac.evaluation.metrics import seasonal_error
from almanac.evaluation.probability.events import ReliabilityCurve, SamplePaths, reliability_curve, sample_paths
from almanac.evaluation.probability.sample_paths import StepCorrelation, step_correlation
from almanac.evaluation.report.pit import PitHistogram
from almanac.evaluation.report.report import BacktestReport, report
from almanac.evaluation.selection import Best, best

__all__ = [
    "LEVELS",
    "BacktestReport",
    "BacktestRuns",
    "Best",
    "Calibration",
    "Comparison",
    "Explanation",
    "Forecaster",
    "PitHistogram",
    "ReliabilityCurve",
    "SamplePaths",
    "StepCorrelation",
    "best",
    "compare",
    "fit",
    "follow",
    "helped",
    "plan",
    "reliability_curve",
    "replayed",
    "report",
    "run_backtest",
    "sample_paths",
    "seasonal_error",
    "step_correlation",
    "why",
]
