"""``almanac welcome``, which ``make run`` shows: forecast a sample, then open the window."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from almanac.cli.command import DONE, Command
from almanac.cli.commands.forecast import print_whole, range_sentence
from almanac.cli.progress import run_job
from almanac.core.system import paths
from almanac.desktop.display import has_display


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--no-window", action="store_true", help="forecast the sample only")


def _run(options: argparse.Namespace) -> int:
    _forecast_sample()
    if options.no_window:
        return DONE
    if not has_display():
        print("There is no display here, so the window stays closed. On a desktop, `make run` opens it.")
        return DONE
    from almanac.desktop.app import main as window

    return window([])


def _forecast_sample() -> None:
    """One sample in two sentences, and its workbook."""
    from almanac import workflow
    from almanac.wording.phrases import next_step

    sample = paths.resources() / "samples" / "corner-shop.csv"
    output = Path(tempfile.gettempdir()) / "almanac-corner-shop.xlsx"
    files = workflow.ForecastFiles(sample, output)
    result = run_job(workflow.forecast_file(files, None, workflow.ForecastOptions()), quiet=False)
    print_whole(result)
    print(next_step(result.forecast, 0))
    print(range_sentence(result))
    print(f"The Excel workbook is {output}")


WELCOME = Command(_run, _add_arguments)
