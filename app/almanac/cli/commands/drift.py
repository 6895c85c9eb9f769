"""``almanac drift``: whether a newer spreadsheet still follows the pattern of an earlier one."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from almanac.cli.command import DONE, Command, number
from almanac.cli.progress import run_job
from almanac.cli.reading_options import add_reading_options, chosen_reading
from almanac.wording.watching.triggers import ANSWERS_HOW_OFTEN, HOW_OFTEN


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("baseline", type=Path, metavar="BASELINE", help="the earlier spreadsheet")
    parser.add_argument("new", type=Path, metavar="NEW", help="the newer one")
    add_reading_options(parser)
    parser.add_argument("--model", metavar="NAME[@VERSION]", help="use this model instead of the usual one")
    parser.add_argument("--device", choices=["auto", "cpu", "gpu"], default="auto", help="what to run the model on")
    parser.add_argument(
        "--false-alerts",
        type=number,
        default=1.0,
        metavar="N",
        help=f"{HOW_OFTEN} " + "; ".join(f"{n:g}: {words.lower()}" for n, words in ANSWERS_HOW_OFTEN.items()),
    )
    parser.add_argument("--json", action="store_true", help="for programs")


def _run(options: argparse.Namespace) -> int:
    from almanac import workflow

    chosen = workflow.WatchOptions(options.false_alerts, model=options.model, device=options.device)
    found = run_job(workflow.drift(options.baseline, options.new, chosen_reading(options), chosen), quiet=options.json)
    plain = found.to_dict()
    if options.json:
        print(json.dumps(plain, ensure_ascii=False, allow_nan=False))
        return DONE
    print(plain["verdict"])
    for alert in plain["alerts"] + plain["unlike_training"]:
        print(f"• {alert['words']} {alert['action']}")
    return DONE


DRIFT = Command(_run, _add_arguments)
