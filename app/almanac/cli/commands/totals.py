"""``almanac totals``: the total of everything or of each group, with its likely range and last year."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from almanac.cli.command import DONE, Command, add_csv_locale, add_forecasting, chosen_forecast
from almanac.cli.progress import run_job
from almanac.cli.reading_options import add_reading, chosen_reading
from almanac.core.text import plural

if TYPE_CHECKING:
    from almanac.workflow import Totals

PER = ("horizon", "week", "month", "quarter", "year")
MAX_LINES = 40  # that are printed; all are saved


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    add_reading(parser)
    add_forecasting(parser)
    parser.add_argument("--by", metavar="COL", action="append", default=[], help="a column to group by; repeatable")
    parser.add_argument("--per", choices=PER, default="horizon", help="what to divide the time into")
    parser.add_argument("--no-calibration", action="store_true", help="leave the model's ranges uncorrected")
    add_csv_locale(parser)
    output = parser.add_mutually_exclusive_group()
    output.add_argument("--json", action="store_true", help="for programs")
    output.add_argument(
        "--output", type=Path, metavar="OUT", help="save as .xlsx, .csv or .parquet instead of printing"
    )


def _run(options: argparse.Namespace) -> int:
    from almanac import workflow

    chosen = chosen_forecast(options)
    wanted = workflow.TotalsFiles(options.file, options.output, tuple(options.by), options.per, options.csv_locale)
    found = run_job(workflow.totals_of_file(wanted, chosen_reading(options), chosen), quiet=options.json)
    if options.json:
        print(json.dumps(found.to_dict(), ensure_ascii=False, allow_nan=False))
    elif options.output is None:
        _print_totals(found)
    else:
        groups, spans = plural(len(found.groups), "group"), plural(len(found.spans), "span")
        print(f"{groups}, {spans} each; saved as {options.output}")
    return DONE


def _print_totals(found: Totals) -> None:
    from almanac.wording.totals import coverage_sentence, line_title, total_sentence

    for note in found.notes:
        print(f"• {note.what} {note.why}", file=sys.stderr)
    cells = [(g, s) for g in range(len(found.groups)) for s in range(len(found.spans))]
    for g, s in cells[:MAX_LINES]:
        group = found.groups[g]
        title = line_title(found.span_title(s), group.name if len(found.groups) > 1 else "", group.averaged)
        print(f"{title}: {total_sentence(found.figures(g, s), group.support)}")
    if len(cells) > MAX_LINES:
        print(f"… and {len(cells) - MAX_LINES:,} more; save them with --output totals.xlsx")
    if found.coverage is not None:
        print(coverage_sentence(found.coverage))


TOTALS = Command(_run, _add_arguments)
