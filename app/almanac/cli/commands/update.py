"""``almanac update``: what a newer file changed, how earlier forecasts did, and the new forecast."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from almanac.cli.command import DONE, Command, add_forecasting, chosen_forecast
from almanac.cli.progress import run_job
from almanac.core.problems import ProblemError, stop_with


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="the newer spreadsheet")
    parser.add_argument("--project", metavar="NAME", help="the earlier work that it belongs to; otherwise recognised")
    parser.add_argument("--before", type=Path, metavar="OLD", help="compare with this file and not with earlier work")
    parser.add_argument("--look", action="store_true", help="only say what changed; nothing is kept")
    parser.add_argument("--watch", action="store_true", help="stay, and go on each time the file is saved")
    parser.add_argument(
        "--forecast",
        type=Path,
        action="append",
        default=[],
        metavar="F",
        help="with --before: an earlier forecast to score, saved as .csv; repeatable, the oldest first",
    )
    parser.add_argument(
        "--renamed",
        type=_renamed,
        action="append",
        default=[],
        metavar="OLD=NEW",
        help="a series that has another name now; repeatable",
    )
    parser.add_argument("--output", type=Path, metavar="OUT", help="save the new forecast here")
    add_forecasting(parser)
    parser.add_argument("--json", action="store_true", help="for programs")


def _run(options: argparse.Namespace) -> int:
    if options.forecast and options.before is None:
        raise stop_with(
            "forecast_without_before",
            "An earlier forecast can only be scored next to an earlier file.",
            "Without --before, the forecasts that Almanac has kept are scored.",
            "Add --before OLD, or leave out --forecast.",
        )
    code = _update_once(options)
    return _stay(options) if options.watch else code


def _stay(options: argparse.Namespace) -> int:
    """Go on each time the file is saved, until Ctrl-C; what does not fit is said, and the next save waited for."""
    from threading import Event

    from almanac.workflow.watching.watcher import Watcher

    for path in Watcher(options.file).changes(Event()):
        print(f"{path.name} was saved.", flush=True)
        try:
            _update_once(options)
        except ProblemError as stop:
            print(stop.problem, flush=True)
    return DONE


def _update_once(options: argparse.Namespace) -> int:
    from almanac import workflow

    chosen = chosen_forecast(options)
    files = workflow.UpdateFiles(
        options.file, options.before, tuple(options.forecast), options.output, tuple(options.renamed)
    )
    update = workflow.UpdateOptions(options.project, options.look)
    found = run_job(workflow.update_file(files, chosen, update), quiet=options.json)
    if options.json:
        print(json.dumps(found.to_dict(), ensure_ascii=False, allow_nan=False))
        return DONE
    for sentence in found.sentences:
        print(sentence)
    if options.output is not None and not options.look:
        print(f"The new forecast is saved as {options.output}")
    return DONE


def _renamed(text: str) -> tuple[str, str]:
    before, sign, after = text.partition("=")
    if not (before and sign and after):
        raise argparse.ArgumentTypeError(f"“{text}” is not like “Bread=Loaf”")
    return before, after


UPDATE = Command(_run, _add_arguments)
