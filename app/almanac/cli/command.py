"""What a command is: its arguments and the function that runs it, loaded when the person types its name."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from almanac.core.csv_style import FOR_PROGRAMS, CsvStyle, csv_style_of

if TYPE_CHECKING:
    from almanac.core.entered.adjustments import Adjustment
    from almanac.core.entered.lists import EnteredList
    from almanac.workflow import EventChoice, ForecastOptions

DONE, PROBLEM, WRONG_USAGE, BUG, INTERRUPTED = 0, 1, 2, 3, 130  # exit codes; argparse itself exits with 2


def no_arguments(_: argparse.ArgumentParser) -> None:
    """Add nothing: for commands that take no arguments."""


@dataclass(frozen=True)
class Command:
    """What one command does.

    ``add_arguments`` declares its arguments; ``run`` takes the parsed ones and returns the exit code. A command with
    ``actions`` (``models list``) only chooses between them and has no ``run``.
    """

    run: Callable[[argparse.Namespace], int] | None = None
    add_arguments: Callable[[argparse.ArgumentParser], None] = no_arguments
    actions: tuple[CommandEntry, ...] = ()


@dataclass(frozen=True)
class CommandEntry:
    """A command in a list of commands: its name, one line of help, and a function that loads the rest when needed."""

    name: str
    help: str
    load: Callable[[], Command]


def add_commands(
    parser: argparse.ArgumentParser, entries: tuple[CommandEntry, ...], metavar: str, words: Sequence[str] | None = None
) -> None:
    """Declare commands below ``parser``; the chosen one is in ``options.run`` and its name in ``options.title``.

    Only those named in ``words``, what the person typed, are loaded: no other can run. None loads all.
    """
    choice = parser.add_subparsers(required=True, metavar=metavar)
    for entry in entries:
        sub = choice.add_parser(entry.name, help=entry.help, description=f"{entry.help.capitalize()}.")
        if words is not None and entry.name not in words:
            continue
        command = entry.load()
        command.add_arguments(sub)
        add_debug(sub)
        if command.actions:
            add_commands(sub, command.actions, "ACTION", words)
        else:
            sub.set_defaults(run=command.run, title=sub.prog.removeprefix("almanac "))


def add_debug(parser: argparse.ArgumentParser) -> None:
    """Declare ``--debug``, which every command takes before or after its name."""
    parser.add_argument(
        "--debug",
        action="store_true",
        default=argparse.SUPPRESS,  # else a command would reset what was given before its name
        help="write a log of what Almanac does, without anything from your file",
    )


def at_least_one(text: str) -> int:
    """Parse a whole number from 1. Raises ``ArgumentTypeError`` for anything else."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"“{text}” is not a whole number from 1")
    return int(text)


def number(text: str) -> float:
    """Parse a number. Raises ``ArgumentTypeError`` for anything else."""
    try:
        return float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a number such as -200") from None


def add_csv_locale(parser: argparse.ArgumentParser) -> None:
    """Declare for which spreadsheets a CSV file is written."""
    parser.add_argument(
        "--csv-locale",
        type=_csv_style,
        default=FOR_PROGRAMS,
        metavar="CODE",
        help="write .csv for spreadsheets set to this locale: de writes 1,5 and ; between cells",
    )


def _csv_style(text: str) -> CsvStyle:
    style = csv_style_of(text)
    if style is None:
        raise argparse.ArgumentTypeError(f"“{text}” is not a locale such as de, fr-CA or en_GB")
    return style


def add_forecasting(parser: argparse.ArgumentParser) -> None:
    """Declare how far ahead to forecast, by which model, and what to run it on."""
    parser.add_argument("--horizon", type=at_least_one, metavar="N", help="how many periods ahead")
    parser.add_argument("--model", metavar="NAME[@VERSION]", help="use this model instead of the usual one")
    parser.add_argument("--device", choices=["auto", "cpu", "gpu"], default="auto", help="what to run the model on")
    add_events(parser)
    parser.add_argument(
        "--adjustments", type=Path, metavar="A", help="your own changes: series, from, to, change, amount, note"
    )
    parser.add_argument(
        "--no-pooling",
        action="store_true",
        help="forecast each series from its own history alone; otherwise short ones learn from longer ones",
    )


def add_events(parser: argparse.ArgumentParser) -> None:
    """Declare which events count."""
    parser.add_argument("--events", type=Path, metavar="E", help="a list of events: event, kind, from, to, series")
    parser.add_argument("--country", metavar="CC", help="its public holidays are events: DE, or DE-BY for a region")


def chosen_forecast(options: argparse.Namespace) -> ForecastOptions:
    """How to forecast, from the options of ``add_forecasting``. Raises ``ProblemError`` when a file is not a list."""
    from almanac import workflow

    mine = _chosen_adjustments(options)
    return workflow.ForecastOptions(
        horizon=options.horizon,
        model=options.model,
        device=options.device,
        calibrate=not getattr(options, "no_calibration", False),
        pooling=not options.no_pooling,
        events=chosen_events(options),
        adjustments=mine.entries,
        adjustment_faults=mine.faults,
    )


def _chosen_adjustments(options: argparse.Namespace) -> EnteredList[Adjustment]:
    """The person's adjustments. Raises ``ProblemError`` when their file is not a list of these."""
    from almanac import workflow
    from almanac.core.entered.lists import EnteredList

    _refuse_to_replace(options, options.adjustments)
    return EnteredList((), None) if options.adjustments is None else workflow.read_adjustments(options.adjustments)


def chosen_events(options: argparse.Namespace) -> EventChoice:
    """Which events were chosen. Raises ``ProblemError`` when their file is not a list of these."""
    from almanac import workflow

    _refuse_to_replace(options, options.events)
    if options.events is None:
        return workflow.EventChoice(country=options.country)
    return workflow.read_events(options.events, options.country)


def _refuse_to_replace(options: argparse.Namespace, read: Path | None) -> None:
    """Raises ``ProblemError`` when something would be saved in the place of a list that is read."""
    from almanac import exports

    for name in ("output", "save_record"):
        target = getattr(options, name, None)
        if target is not None and read is not None:
            exports.refuse_target(target, (read,))
