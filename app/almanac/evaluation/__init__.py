"""How far forecasts can be trusted: practice runs on the past, what they say, and ranges corrected by them.

Nothing here makes forecasts: a forecaster is handed in, and ``workflow`` joins the two.
"""

from almanac.evaluation.backtest.backtest import Forecaster, PracticeRuns, practice_runs
from almanac.evaluation.backtest.comparison import Compared, compare
from almanac.evaluation.backtest.cutoffs import plan
from almanac.evaluation.calibration.conformal import LEVELS, Calibration, fit
from almanac.evaluation.calibration.online import follow
from almanac.evaluation.calibration.retrospective import helped, replayed
from almanac.evaluation.explain import Why, why
from almanac.evaluation.metrics import seasonal_error
from almanac.evaluation.probability.events import Futures, KeptPromises, imagine, kept_promises
from almanac.evaluation.probability.sample_paths import Togetherness, togetherness
from almanac.evaluation.report.pit import Tenths
from almanac.evaluation.report.report import PracticeReport, report
from almanac.evaluation.selection import Best, best

__all__ = [
    "LEVELS",
    "Best",
    "Calibration",
    "Compared",
    "Forecaster",
    "Futures",
    "KeptPromises",
    "PracticeReport",
    "PracticeRuns",
    "Tenths",
    "Togetherness",
    "Why",
    "best",
    "compare",
    "fit",
    "follow",
    "helped",
    "imagine",
    "kept_promises",
    "plan",
    "practice_runs",
    "replayed",
    "report",
    "seasonal_error",
    "togetherness",
    "why",
]
