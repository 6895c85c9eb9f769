"""``almanac backtest``: forecast a file's own past, and say how far to trust its forecasts."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from almanac.cli.command import DONE, Command, add_forecasting, at_least_one, chosen_events
from almanac.cli.progress import run_job
from almanac.cli.reading_options import add_reading, chosen_reading
from almanac.wording.methods.names import ETS, FORECAST_SHEET, LAST_YEAR, THETA

if TYPE_CHECKING:
    from almanac.workflow.results import BacktestResult


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    add_reading(parser)
    add_forecasting(parser)
    parser.add_argument("--windows", type=at_least_one, metavar="K", help="practice forecasts of each series")
    parser.add_argument(
        "--compare-with",
        nargs="+",
        choices=[FORECAST_SHEET, LAST_YEAR, THETA, ETS],
        default=[],
        help="other methods to try on the same past, among them that of Excel's Forecast Sheet; ets only from source",
    )
    parser.add_argument("--json", action="store_true", help="for programs")


def _run(options: argparse.Namespace) -> int:
    from almanac import workflow

    chosen = workflow.BacktestOptions(
        options.horizon,
        options.windows,
        options.model,
        options.device,
        tuple(options.compare_with),
        not options.no_pooling,
        chosen_events(options),
    )
    found = run_job(workflow.backtest(options.file, chosen_reading(options), chosen), quiet=options.json)
    if options.json:
        print(json.dumps(found.to_dict(), ensure_ascii=False, allow_nan=False))
    else:
        _print_report(found)
    return DONE


def _print_report(found: BacktestResult) -> None:
    from almanac.wording.trust import evidence
    from almanac.wording.trust.verdicts import words_of

    report = found.report
    print(f"{report.forecasts:,} practice forecasts of {report.series_tested:,} of {report.series:,} series, "
          f"{report.horizon} steps each: {report.checks:,} checks.")  # fmt: skip
    print(f"• {evidence.typical_miss(report, found.frequency)}")
    for verdict in report.verdicts:
        words = words_of(verdict)
        print(f"• {words.sentence} {words.evidence}")
    for level, text in evidence.coverage_lines(report):
        print(f"  {level}: {text}")
    if report.pit.shares:
        print(f"• {evidence.pit_sentence(report.pit)}")
    for part in report.slices:
        if part.reasons:
            print(f"• Clearly worse: {evidence.slice_sentence(part)}")
    for note in found.notes:
        print(f"• {note.what} {note.why} {note.fix}")
    if found.comparison:
        print(f"• {evidence.COMPARED_APART}")
        for line in evidence.comparison_lines(report, found.comparison):
            print(f"  {line}")


BACKTEST = Command(_run, _add_arguments)
