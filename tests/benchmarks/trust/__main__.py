"""``make bench-trust``: coverage, interval scores and quantile loss, with and without correction, compared with others.

Our ranges on all windows; other methods and ours on a sample of them. ``--few N``: to try the script.
"""

from __future__ import annotations

import argparse
import os
import platform
import time
from dataclasses import replace

import numpy as np
from models.training.evaluation.development import FREQUENCIES, Task, as_set
from tests.benchmarks.accuracy.__main__ import peers_timed
from tests.benchmarks.trust import spreadsheet
from tests.benchmarks.trust.windows import Judged, aligned, joined, judged, simulated, tasks
from tests.builders import seasonal, series_set

from almanac import evaluation
from almanac.core.arrays import Floats
from almanac.core.distribution.levels import DEFAULT_LEVELS
from almanac.core.jobs import run
from almanac.core.series import quantile_at
from almanac.evaluation import BacktestRuns
from almanac.evaluation.backtest.cutoffs import Windows
from almanac.evaluation.metrics import covered, interval_score, quantile_loss
from almanac.evaluation.report.coverage import coverage_bands
from almanac.wording.methods.names import method_label
from almanac.workflow.backtests import backtesting
from almanac.workflow.backtests.baselines import SELECTABLE

PROMISES = (0.5, 0.8, 0.9, 0.95)
PEERS = ("autoets", "autotheta")
PEER_BANDS = (20, 40, 50, 60, 80, 90, 95)
PEER_LEVELS = np.array(sorted({round(0.5 + side * b / 200, 3) for b in (0, *PEER_BANDS) for side in (-1, 1)}))
SHEET_LEVELS = np.array([0.025, 0.1, 0.5, 0.9, 0.975])
TENTHS = np.array(DEFAULT_LEVELS)
SAMPLE = 100
SINGLE_STEPS = 60  # at the end of each series, for coverage series by series
MIN_SERIES = 20  # before the share of series is printed


def figures(quantiles: Floats, levels: Floats, runs: BacktestRuns) -> str:
    """Coverage at each promise; interval scores and quantile loss in units of the seasonal scale, mean over cells."""
    scale = np.where(runs.scale > 0, runs.scale, np.nan)[:, None]
    columns = []
    for promise in PROMISES:
        reaches = levels[0] <= (1 - promise) / 2 + 1e-9 and np.abs(levels - (1 + promise) / 2).min() < 1e-9
        held = np.nanmean(covered(quantiles, runs.actuals, levels, promise)) if reaches else np.nan
        columns.append("    –" if np.isnan(held) else f"{100 * held:5.1f}")
    for promise in (0.8, 0.95):
        low, high = (quantile_at(quantiles, levels, (1 + side * promise) / 2) for side in (-1, 1))
        columns.append(f"{np.nanmean(interval_score(low, high, runs.actuals, promise) / scale):7.3f}")
    if np.isin(np.round(TENTHS, 6), np.round(levels, 6)).all():
        tenths = np.stack([quantile_at(quantiles, levels, q) for q in TENTHS], axis=2)
        loss = quantile_loss(tenths, runs.actuals, TENTHS).mean(axis=2)
        columns.append(f"{np.nanmean(loss / scale):7.4f}")
        columns.append(f"{np.nansum(loss) / np.nansum(np.abs(runs.actuals)):7.4f}")
    return " ".join(columns)


def compare_others(found: Judged, count: int) -> None:
    """Print other methods and ours on a sample of the same windows."""
    some = found.some(count)
    raw, corrected = found.raw.select(some), found.corrected.select(some)
    histories = [found.histories[i] for i in some]
    print(f"  on {len(some)} of these windows:")
    print(f"    {'uncorrected':<14}{figures(raw.quantiles, raw.levels, raw)}")
    print(f"    {'corrected':<14}{figures(corrected.quantiles, corrected.levels, raw)}")
    task = Task(found.name, found.rhythm, tuple(histories), raw.actuals)
    for method, quantiles in peers_timed(task, PEERS, PEER_BANDS)[0].items():
        print(f"    {method:<14}{figures(quantiles, PEER_LEVELS, raw)}", flush=True)
    if spreadsheet.available():
        season = FREQUENCIES[found.rhythm].season_length
        made = spreadsheet.quantiles(histories, raw.horizon, season)
        there = np.isfinite(made).all(axis=(1, 2))
        print(
            f"    {'FORECAST.ETS':<14}{figures(made[there], SHEET_LEVELS, raw.select(there))}  ({there.sum()} windows)"
        )


def honest(runs: BacktestRuns) -> str:
    """Between what the coverage of honest ranges is 19 times in 20.

    Windows overlap, and one bad year hits every series. See ``coverage_bands``.
    """
    bands = coverage_bands(runs, PROMISES).values()
    return ", ".join(f"{100 * band.low:.0f}–{100 * band.high:.0f}" for band in bands)


def by_series(rhythm: str, members: list[Floats]) -> None:
    """Print the share of series with a coverage within 10 points of the promise, one step ahead at the last periods.

    As the model gives ranges, and as the program does, with a new backtest after each value.
    """
    frequency = FREQUENCIES[rhythm]
    least = max(24, 2 * frequency.season_length)
    long = [y for y in members if len(y) >= least + SINGLE_STEPS][:SAMPLE]
    if len(long) < MIN_SERIES:
        return
    whole = aligned(as_set(tuple(long), frequency))
    model = backtesting.forecaster(None, "cpu", evaluation.CALIBRATION_LEVELS)
    raw, corrected = [], []
    for back in range(SINGLE_STEPS, 0, -1):
        known = aligned(as_set(tuple(y[:-back] for y in long), frequency))
        backtest = run(
            backtesting.backtest_series(backtesting.plan_backtest(known, 1, evaluation.CALIBRATION_LEVELS), model)
        )
        cut = Windows(np.arange(len(long)), whole.lengths - back)
        made = run(evaluation.run_backtest(whole, 1, model, evaluation.CALIBRATION_LEVELS, cut))
        assert backtest is not None
        raw.append(made)
        corrected.append(
            replace(made, quantiles=backtest.runs.calibration.apply(made.quantiles, made.series, made.scale))
        )
    for label, runs in (("as the model gives them", joined(raw)), ("as the program does", joined(corrected))):
        shares = []
        for promise in PROMISES[:3]:
            held = covered(runs.quantiles, runs.actuals, runs.levels, promise)[:, 0]
            each = np.bincount(runs.series, held) / SINGLE_STEPS
            shares.append(f"{100 * np.mean(np.abs(each - promise) <= 0.1):.0f}")
        within = f"within 10 points at 50, 80, 90%: {' '.join(shares)} % of series"
        print(f"  {len(long)} series × {SINGLE_STEPS} single steps, {label:<24} {within}")
        print(f"    {figures(runs.quantiles, runs.levels, runs)}", flush=True)


def speed() -> None:
    series = series_set(*[seasonal(180, seed=k) for k in range(1_000)])
    model = backtesting.forecaster(None, "cpu", evaluation.CALIBRATION_LEVELS)
    cuts = evaluation.plan_cutoffs(series, 12, 10)
    for label in ("first", "again"):
        began = time.perf_counter()
        runs = run(evaluation.run_backtest(series, 12, model, evaluation.CALIBRATION_LEVELS, cuts))
        print(f"Backtest of 1,000 monthly series × 10 windows, {label}: {len(runs):,} in "
              f"{time.perf_counter() - began:.1f} s")  # fmt: skip
    for method in SELECTABLE:
        began = time.perf_counter()
        run(evaluation.run_backtest(series, 12, method.forecaster, evaluation.CALIBRATION_LEVELS, cuts))
        print(f"The same, {method_label(method.key)}: {time.perf_counter() - began:.1f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--few", type=int, help="only so many series of each task, to try the script")
    parser.add_argument("--only", default="", help="data sets with this in their name, such as M1")
    parser.add_argument("--ours", action="store_true", help="without the other methods")
    options = parser.parse_args()
    print(f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}")
    speed()
    print("\nCoverage at 50 80 90 95%; interval score 80, 95%; quantile loss (scaled); WQL")
    for name, rhythm, horizon, members in tasks():
        if options.only not in name:
            continue
        some = members[: options.few] if options.few else members
        found = judged(name, rhythm, horizon, some)
        checks = int(np.isfinite(found.raw.actuals).sum())
        print(f"\n{name} {rhythm}: {len(some)} series, {len(found.raw):,} windows × {horizon} steps, {checks:,} checks")
        print(f"  {'uncorrected':<16}{figures(found.raw.quantiles, found.raw.levels, found.raw)}")
        print(f"  {'corrected':<16}{figures(found.corrected.quantiles, found.corrected.levels, found.raw)}", flush=True)
        print(f"  {'chance allows':<16}{honest(found.corrected)}")
        best = figures(found.best.quantiles, found.best.levels, found.raw)
        others = ", ".join(f"{n:,} by {method_label(m.key)}" for n, m in zip(found.taken[1:], SELECTABLE, strict=True))
        print(f"  {'best for data':<16}{best}  (of {len(found.raw):,} windows {others})")
        sure = ", ".join(
            f"{100 * promise:.0f}%: {100 * held:.1f}" for promise, held in found.reliability.amount_coverage.items()
        )
        off = 100 * found.reliability.expected_calibration_error
        print(f"  {found.reliability.events:,} probabilities given: off by {off:.1f} points; enough in {sure} %")
        by_series(rhythm, some)
        if not options.ours:
            compare_others(found, min(SAMPLE, options.few or SAMPLE))
    by_series("monthly", simulated(200, 200, 12, 3))


if __name__ == "__main__":
    main()
