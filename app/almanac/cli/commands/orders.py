"""``almanac orders``: how much to order of each product, and when it runs out."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from almanac.cli.command import DONE, Command, add_csv_locale, add_forecasting, chosen_forecast
from almanac.cli.progress import run_job
from almanac.cli.reading_options import add_reading, chosen_reading

if TYPE_CHECKING:
    from almanac.workflow import Orders

MAX_LINES = 40  # that are printed; all are saved


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    add_reading(parser)
    add_forecasting(parser)
    add_order_list(parser, required=True)
    parser.add_argument("--no-calibration", action="store_true", help="leave the model's ranges uncorrected")
    add_csv_locale(parser)
    output = parser.add_mutually_exclusive_group()
    output.add_argument("--json", action="store_true", help="for programs")
    output.add_argument(
        "--output", type=Path, metavar="OUT", help="save as .xlsx, .csv or .parquet instead of printing"
    )


def add_order_list(parser: argparse.ArgumentParser, required: bool) -> None:
    """Add the option for the stock list."""
    parser.add_argument(
        "--order-list",
        type=Path,
        required=required,
        metavar="LIST",
        help="stock, on order, lead time, pack size and certainty of each product: a spreadsheet, or a sheet of FILE",
    )


def _run(options: argparse.Namespace) -> int:
    from almanac import workflow

    chosen = chosen_forecast(options)
    wanted = workflow.OrderFiles(options.file, options.order_list, options.output, options.csv_locale)
    found = run_job(workflow.orders_of_file(wanted, chosen_reading(options), chosen), quiet=options.json)
    if options.json:
        print(json.dumps(found.to_dict(), ensure_ascii=False, allow_nan=False))
        return DONE
    print_orders(found)
    if options.output is not None:
        print(f"{len(found.products):,} products; saved as {options.output}")
    return DONE


def print_orders(found: Orders) -> None:
    """Print what to order today, each product, and what a person should know."""
    from almanac.wording import orders as wording

    for problem in found.problems:
        print(f"• {problem.what} {problem.why} {problem.fix}", file=sys.stderr)
    figures = [found.figures(k) for k in range(len(found.products))]
    print(wording.today_sentence(figures))
    for one in figures[:MAX_LINES]:
        print(wording.product_sentence(one))
    if len(figures) > MAX_LINES:
        print(f"… and {len(figures) - MAX_LINES:,} more; save them with --output")
    if (practice := found.backtest) is not None:
        print(wording.practice_sentence(practice.wanted, practice.held, practice.checks, practice.enough))


ORDERS = Command(_run, _add_arguments)
