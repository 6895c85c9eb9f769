"""How far forecasts can be trusted: practice runs on the past, what they say, and ranges corrected by them.

Nothing here makes forecasts: a forecaster is handed in, and ``workflow`` joins the two.
"""

from almanac.trust.backtest import Forecaster, PracticeRuns, practice_runs
from almanac.trust.chances import Futures, KeptPromises, imagine, kept_promises
from almanac.trust.compare import Compared, compare
from almanac.trust.paths import Togetherness, togetherness
from almanac.trust.why import Why, why

__all__ = [
    "Compared",
    "Forecaster",
    "Futures",
    "KeptPromises",
    "PracticeRuns",
    "Togetherness",
    "Why",
    "compare",
    "imagine",
    "kept_promises",
    "practice_runs",
    "togetherness",
    "why",
]
