"""Totals of products that rarely sell, next to what they sell on average.

They sell Poisson amounts at known rates a day. A history of two years at 0.02 a day has 15 sales, so that no
forecast is near the truth for each: what counts is the total of all products of a rate.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from almanac.core.arrays import Floats
from almanac.core.calendar.frequency import DAILY
from almanac.core.jobs import run
from almanac.core.series import SeriesSet
from almanac.tables import ReadFile
from almanac.workflow import ForecastOptions
from almanac.workflow.forecasts.make_forecast import forecast

RATES = (0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
DAYS, AHEAD, SERIES = 730, 28, 60


def simulated() -> tuple[SeriesSet, Floats]:
    """The pasts of ``SERIES`` products of each rate, and the rate of each."""
    chance = np.random.default_rng(20_261)
    rate = np.repeat(RATES, SERIES)
    values = chance.poisson(rate[:, None], (len(rate), DAYS)).astype(float)
    offsets = np.arange(len(rate) + 1) * DAYS
    names = tuple(f"product {i}" for i in range(len(rate)))
    return SeriesSet(names, values.ravel(), offsets, np.zeros(len(rate), np.int64), DAILY), rate


def totals_of(file: ReadFile) -> Floats:
    """The expected total of each series over the horizon, in the order of the file."""
    made = run(forecast(file, ForecastOptions(horizon=AHEAD, device="cpu"))).forecast
    found = np.empty(len(file.series))
    found[file.series.positions(made.names)] = made.mean.sum(axis=1)
    return found


def report_rare(file_of: Callable[[SeriesSet], ReadFile]) -> None:
    """Print totals as a share of the truth: of each rate together, and how far that of a single product is off."""
    series, rate = simulated()
    found = totals_of(file_of(series))
    for one in RATES:
        share = found[rate == one] / (one * AHEAD)
        error = share.std(ddof=1) / np.sqrt(SERIES)
        own = series.values.reshape(len(rate), DAYS)[rate == one].mean(axis=1) / one
        print(
            f"rare, {one} a day: {share.mean():6.1%} ± {error:.1%} of the truth (their pasts {own.mean():.1%});"
            f" a single product is {np.abs(share - 1).mean():.1%} off, by the mean of its whole past"
            f" {np.abs(own - 1).mean():.1%}",
            flush=True,
        )
