"""``almanac forecast``: read a spreadsheet, forecast it, save the result."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from almanac.cli.command import DONE, Command, add_csv_locale, add_forecasting, chosen_forecast
from almanac.cli.commands.orders import add_order_list, print_orders
from almanac.cli.progress import run_job
from almanac.cli.reading_options import add_reading, chosen_reading
from almanac.core.distribution.levels import DEFAULT_LEVELS, LIKELY
from almanac.core.problems import stop_with
from almanac.core.text import plural

if TYPE_CHECKING:
    from almanac.workflow.results import ForecastResult

MAX_ADDED_UP = 1000  # series whose total is printed, which takes a second for 3,000; `almanac totals` has it for more


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    add_reading(parser)
    parser.add_argument("--output", type=Path, required=True, metavar="OUT", help=_output_help())
    add_csv_locale(parser)
    parser.add_argument("--record", type=Path, metavar="R.json", help="read the file exactly as this record says")
    parser.add_argument("--save-record", type=Path, metavar="R.json", help="save how the file was read")
    add_forecasting(parser)
    parser.add_argument("--quantiles", type=_levels, metavar="0.1,…,0.9", help="levels between 0 and 1")
    parser.add_argument("--no-calibration", action="store_true", help="leave the model's ranges uncorrected")
    parser.add_argument(
        "--best-for-this-data",
        action="store_true",
        help="forecast each series by the method that did clearly best on its own past",
    )
    add_order_list(parser, required=False)
    parser.add_argument("--no-history", action="store_true", help="keep nothing of this forecast in your history")
    parser.add_argument("--quiet", action="store_true", help="no progress and no summary")


def _output_help() -> str:
    from almanac.exports import FORMATS

    return "where to save; its ending says as what: " + ", ".join(f"{one.suffix} ({one.name})" for one in FORMATS)


def _run(options: argparse.Namespace) -> int:
    from almanac import workflow

    if options.best_for_this_data and options.no_calibration:
        raise stop_with(
            "nothing_to_choose_by",
            "The best method for this data cannot be chosen.",
            "Practice runs choose it, and --no-calibration leaves them out.",
            "Give only one of the two.",
        )
    levels = options.quantiles or DEFAULT_LEVELS
    chosen = replace(chosen_forecast(options), levels=levels, best=options.best_for_this_data)
    files = workflow.ForecastFiles(
        options.file,
        options.output,
        options.record,
        options.save_record,
        options.order_list,
        options.csv_locale,
        keep=not options.no_history,
    )
    result = run_job(workflow.forecast_file(files, chosen_reading(options), chosen), quiet=options.quiet)
    if not options.quiet:
        _print_summary(result, options.output)
    return DONE


def _print_summary(result: ForecastResult, output: Path) -> None:
    from almanac.wording.methods.made_by import model_words
    from almanac.wording.phrases import next_step

    not_kept = result.kept.problem if result.kept else None
    for problem in (*result.problems, *([not_kept] if not_kept else [])):
        print(f"• {problem.what} {problem.fix}", file=sys.stderr)
    if result.orders is not None:
        print_orders(result.orders)
    print_whole(result)
    print(next_step(result.forecast, 0), range_sentence(result))
    series = plural(len(result.forecast.names), "series", "series")
    print(f"{series} forecast by {model_words(result.forecast)}; saved as {output}")


def print_whole(result: ForecastResult) -> None:
    """The totals of everything, which are what a person asks for first."""
    from almanac import workflow
    from almanac.wording.totals import line_title, total_sentence

    if result.forecast.horizon == 1 or len(result.forecast.names) > MAX_ADDED_UP:
        return
    whole = workflow.whole_of(result)
    for g, group in enumerate(whole.groups):
        name = group.name if len(result.forecast.names) > 1 else ""
        title = line_title(whole.span_title(0), name, group.averaged)
        print(f"{title}: {total_sentence(whole.figures(g, 0), group.support)}.")


def range_sentence(result: ForecastResult) -> str:
    """How sure the first step of the first series is."""
    from almanac.wording.phrases import how_sure

    return how_sure(result.forecast, 0, result.range_support(0, LIKELY))


def _levels(text: str) -> tuple[float, ...]:
    try:
        levels = sorted({float(part) for part in text.split(",")})
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a list of numbers such as 0.1,0.5,0.9") from None
    if not levels or not all(0 < level < 1 for level in levels):  # not a number is neither
        raise argparse.ArgumentTypeError("quantiles are between 0 and 1, for example 0.1,0.5,0.9")
    return tuple(levels)


FORECAST = Command(_run, _add_arguments)
