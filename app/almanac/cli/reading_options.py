"""The options about reading a file, which ``forecast``, ``check`` and ``backtest`` share."""

from __future__ import annotations

import argparse
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from almanac.cli.command import number
from almanac.core.calendar.frequency import BY_NAME
from almanac.core.problems import Choice

if TYPE_CHECKING:
    from almanac.tables import ReadingOptions


_EACH = "each"  # no way for all columns: as each needs


def add_reading(parser: argparse.ArgumentParser) -> None:
    """Declare the file and every option about reading it."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a spreadsheet or a text file")
    add_reading_options(parser)


def add_reading_options(parser: argparse.ArgumentParser) -> None:
    """Declare every option about reading a file."""
    _add_columns(parser)
    _add_treatments(parser)
    _add_notation(parser)


def _add_columns(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--sheet", metavar="S", help="the sheet to read")
    parser.add_argument("--date", metavar="COL", help="the column of dates")
    parser.add_argument("--value", metavar="COL", action="append", default=[], help="a column to forecast; repeatable")
    parser.add_argument("--series", metavar="COL", action="append", default=[], help="a column to split by; repeatable")
    parser.add_argument("--frequency", choices=list(BY_NAME), help="how often there is a value")


def _add_treatments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--repeated", choices=[_EACH, "sum", "mean", "last"], help="several values of one date")
    parser.add_argument("--gaps", choices=["leave", "zero", "interpolate"], help="dates without a row")
    parser.add_argument("--sign", choices=["all", "in", "out"], help="of a ledger: everything, money in, or money out")
    parser.add_argument(
        "--missing", type=number, metavar="N", action="append", default=[], help="a number that means no value, as -200"
    )
    parser.add_argument(
        "--repair",
        type=_repair,
        metavar="FINDING=TREATMENT",
        action="append",
        default=[],
        help="how to treat a finding, as duplicate_rows=keep",
    )


def _add_notation(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--decimal", choices=[".", ","], help="the decimal sign")
    parser.add_argument(
        "--fiscal-start",
        type=int,
        metavar="N",
        help="months from January of the year in a fiscal year's name to its beginning: 3 for 2022/23 from April 2022, "
        "-3 for FY2024 from October 2023",
    )
    parser.add_argument("--first-year", type=int, metavar="Y", help="the year in which dates without a year begin")
    order = parser.add_mutually_exclusive_group()
    order.add_argument("--day-first", dest="day_first", action="store_true", default=None, help="03/04 is 3 April")
    order.add_argument("--month-first", dest="day_first", action="store_false", help="03/04 is 4 March")


def chosen_reading(options: argparse.Namespace) -> ReadingOptions | None:
    """What was chosen about reading; None when nothing was."""
    from almanac.tables import ReadingOptions, refuse_unknown_repairs

    chosen = ReadingOptions(
        sheet=options.sheet,
        date=options.date,
        values=tuple(options.value),
        series=tuple(options.series),
        frequency=options.frequency,
        day_first=options.day_first,
        repeated=None if options.repeated == _EACH else options.repeated,
        gaps=options.gaps,
        sign=options.sign,
        missing=tuple(options.missing),
        decimal=options.decimal,
        fiscal_start=options.fiscal_start,
        first_year=options.first_year,
        repairs=tuple(options.repair),
    )
    refuse_unknown_repairs(chosen.repairs)
    return None if chosen == ReadingOptions() else chosen


def as_options(choice: Choice) -> str:
    """What to type for a choice: ``--month-first``."""
    words = []
    for name, value in choice.sets:
        if name == "repairs":
            words += [shlex.quote(f"--repair={code}={treatment}") for code, treatment in value]
        elif name == "day_first":
            words.append("--day-first" if value else "--month-first")
        else:
            option = "value" if name == "values" else name.replace("_", "-")
            values = value if isinstance(value, tuple) else (_EACH if value is None else value,)
            words += [shlex.quote(f"--{option}={v}") for v in values]
    return " ".join(words) or "(as it is)"


def _repair(text: str) -> tuple[str, str]:
    code, sign, treatment = text.rpartition("=")
    if not sign:
        raise argparse.ArgumentTypeError(f"“{text}” is not like duplicate_rows=keep")
    return code, treatment
