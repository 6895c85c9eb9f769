"""How far forecasts can be trusted: practice runs on the past, what they say, and ranges corrected by them.

Nothing here makes forecasts: a forecaster is handed in, and ``workflow`` joins the two.
"""

from almanac.trust.backtest import Forecaster, PracticeRuns, practice_runs
from almanac.trust.best import Best, best
from almanac.trust.calibration import LEVELS, Calibration, fit
from almanac.trust.chances import Futures, KeptPromises, imagine, kept_promises
from almanac.trust.compare import Compared, compare
from almanac.trust.metrics import seasonal_error
from almanac.trust.paths import Togetherness, togetherness
from almanac.trust.replay import helped, replayed
from almanac.trust.report import PracticeReport, report
from almanac.trust.tenths import Tenths
from almanac.trust.tracking import follow
from almanac.trust.why import Why, why
from almanac.trust.windows import plan

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
