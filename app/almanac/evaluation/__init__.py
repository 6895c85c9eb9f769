"""How far forecasts can be trusted: backtests, what they say, and ranges corrected by them.

Nothing here makes forecasts: functions take a forecaster, and ``workflow`` brings the two together.
"""

from almanac.evaluation.backtest.backtest import BacktestRuns, Forecaster, run_backtest, truncate
from almanac.evaluation.backtest.comparison import Comparison, compare_methods, plan_comparison
from almanac.evaluation.backtest.cutoffs import Windows, plan_cutoffs
from almanac.evaluation.calibration.conformal import CALIBRATION_LEVELS, Calibration, fit_calibration
from almanac.evaluation.calibration.online import track_online
from almanac.evaluation.calibration.outcomes import with_outcomes
from almanac.evaluation.calibration.retrospective import calibrate_retrospectively, calibration_helped
from almanac.evaluation.calibration.widening import widened_since
from almanac.evaluation.dependence.sample_size import checks_needed, enough_checks
from almanac.evaluation.explain import Explanation, explain_forecast
from almanac.evaluation.metrics import seasonal_error
from almanac.evaluation.probability.events import (
    ReliabilityCurve,
    SamplePaths,
    closed_as_nothing,
    reliability_curve,
    sample_paths,
)
from almanac.evaluation.probability.rare_sales import horizon_sums, rare_sales
from almanac.evaluation.probability.sample_paths import (
    PathPositions,
    StepCorrelation,
    draw_positions,
    standard_scores,
    step_correlation,
)
from almanac.evaluation.report.checked_steps import constant_series
from almanac.evaluation.report.pit import PitHistogram
from almanac.evaluation.report.report import BacktestReport, make_report
from almanac.evaluation.scores.past_forecasts import PastForecasts, past_forecasts
from almanac.evaluation.scores.pit_values import pit_values
from almanac.evaluation.scores.scores import Beside, Scores, score
from almanac.evaluation.selection import Selection, select_methods

__all__ = [
    "CALIBRATION_LEVELS",
    "BacktestReport",
    "BacktestRuns",
    "Beside",
    "Calibration",
    "Comparison",
    "Explanation",
    "Forecaster",
    "PastForecasts",
    "PathPositions",
    "PitHistogram",
    "ReliabilityCurve",
    "SamplePaths",
    "Scores",
    "Selection",
    "StepCorrelation",
    "Windows",
    "calibrate_retrospectively",
    "calibration_helped",
    "checks_needed",
    "closed_as_nothing",
    "compare_methods",
    "constant_series",
    "draw_positions",
    "enough_checks",
    "explain_forecast",
    "fit_calibration",
    "horizon_sums",
    "make_report",
    "past_forecasts",
    "pit_values",
    "plan_comparison",
    "plan_cutoffs",
    "rare_sales",
    "reliability_curve",
    "run_backtest",
    "sample_paths",
    "score",
    "seasonal_error",
    "select_methods",
    "standard_scores",
    "step_correlation",
    "track_online",
    "truncate",
    "widened_since",
    "with_outcomes",
]
