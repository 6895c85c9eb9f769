"""The command line: the same jobs as the window, for scripts and for those who like to type."""

from __future__ import annotations

import argparse
import json
import os
import shlex
import signal
import sys
import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from almanac import __version__
from almanac.core import paths
from almanac.core.frequency import BY_NAME
from almanac.core.jobs import Job, Progress, T, run
from almanac.core.problems import Choice, Problem, ProblemError, stop_with

if TYPE_CHECKING:
    from almanac.tables import ReadingOptions
    from almanac.workflow.results import ForecastResult

DONE, PROBLEM, WRONG_USAGE, BUG, INTERRUPTED = 0, 1, 2, 3, 130
BAR = 24


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 a Problem, 2 wrong usage, 3 a bug, 130 interrupted."""
    options = _parser().parse_args(arguments)
    wanted = Interruption()
    try:
        with wanted:
            code: int = options.command(options)
        return code
    except ProblemError as stop:
        _tell(stop.problem, as_json=getattr(options, "json", False))
        return PROBLEM
    except KeyboardInterrupt:
        return _stopped()
    except BrokenPipeError:  # the reader of our output went away: nothing is left to say
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception:  # noqa: BLE001 - one of the two outermost runners
        if wanted.came:
            return _stopped()
        traceback.print_exc()
        print("\nThis is a fault in Almanac, not in your file. Nothing was written.", file=sys.stderr)
        return BUG


class Interruption:
    """Notices Ctrl-C while it is open. In the middle of loading a library written in C it comes out as any exception;
    ``came`` tells that it was the person who wanted to stop."""

    def __init__(self) -> None:
        self.came = False

    def __enter__(self) -> None:
        self._before = signal.signal(signal.SIGINT, self._notice)

    def __exit__(self, *_: object) -> None:
        signal.signal(signal.SIGINT, self._before)

    def _notice(self, *_: object) -> None:
        self.came = True
        raise KeyboardInterrupt


def _stopped() -> int:
    print("\nStopped. No file was written.", file=sys.stderr)
    return INTERRUPTED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="almanac", description="Forecast every series in a spreadsheet, on this computer."
    )
    parser.add_argument("--version", action="version", version=f"almanac {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    forecast = commands.add_parser("forecast", help="read a spreadsheet, forecast it, write the result")
    _add_reading(forecast)
    forecast.add_argument("--output", type=Path, required=True, help="OUT.xlsx, OUT.csv or OUT.parquet")
    forecast.add_argument("--record", type=Path, metavar="R.json", help="read exactly as this record says")
    forecast.add_argument("--save-record", type=Path, metavar="R.json", help="keep how the file was read")
    forecast.add_argument("--horizon", type=int, metavar="N", help="how many periods ahead")
    forecast.add_argument("--quantiles", type=_levels, metavar="0.1,…,0.9", help="levels between 0 and 1")
    forecast.add_argument("--model", metavar="NAME[@VERSION]")
    forecast.add_argument("--device", choices=["auto", "cpu", "gpu"], default="auto")
    forecast.add_argument(
        "--no-calibration",
        action="store_true",
        help="the model's own ranges, not corrected by practice on your past",
    )
    forecast.add_argument(
        "--best-for-this-data",
        action="store_true",
        help="forecast series so as practice on your past shows to be clearly best for each",
    )
    forecast.add_argument("--quiet", action="store_true", help="no progress and no summary")
    forecast.set_defaults(command=_forecast)

    check = commands.add_parser("check", help="how a file is understood, and everything noticed in it")
    _add_reading(check)
    check.add_argument("--json", action="store_true", help="for programs")
    check.set_defaults(command=_check)

    backtest = commands.add_parser("backtest", help="forecast the file's own past, and tell how far to trust it")
    _add_reading(backtest)
    backtest.add_argument("--horizon", type=int, metavar="N", help="how many periods ahead")
    backtest.add_argument("--windows", type=_count, metavar="K", help="practice runs for each series")
    backtest.add_argument("--model", metavar="NAME[@VERSION]")
    backtest.add_argument("--device", choices=["auto", "cpu", "gpu"], default="auto")
    backtest.add_argument(
        "--beside",
        nargs="+",
        choices=["ets", "theta"],
        default=[],
        help="classical methods to try on the same past; ets from source only",
    )
    backtest.add_argument("--json", action="store_true", help="for programs")
    backtest.set_defaults(command=_backtest)

    models = commands.add_parser("models", help="the forecasting models that ship with Almanac")
    action = models.add_subparsers(required=True, metavar="ACTION")
    for name, command, about in (
        ("list", _list_models, "every model on this computer, and which one is used"),
        ("verify", _verify_models, "whether each is as it was made"),
        ("rollback", _roll_back, "use the version before the one that is used now"),
    ):
        action.add_parser(name, help=about).set_defaults(command=command)
    use = action.add_parser("use", help="keep to one model for every forecast")
    use.add_argument("model", metavar="NAME@VERSION", help="“auto” leaves the choice to Almanac")
    use.set_defaults(command=_use_model)

    welcome = commands.add_parser("welcome", help="forecast a sample, then open the window")
    welcome.add_argument("--no-window", action="store_true")
    welcome.set_defaults(command=_welcome)
    return parser


def _add_reading(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--sheet", metavar="S")
    parser.add_argument("--date", metavar="COL")
    parser.add_argument("--value", metavar="COL", action="append", default=[])
    parser.add_argument("--series", metavar="COL", action="append", default=[])
    parser.add_argument("--frequency", choices=list(BY_NAME))
    parser.add_argument("--repeated", choices=["sum", "mean", "last"], help="several values of one date")
    parser.add_argument("--gaps", choices=["leave", "zero", "interpolate"], help="dates without a row")
    parser.add_argument("--sign", choices=["all", "in", "out"], help="of a ledger: everything, money in, or money out")
    parser.add_argument(
        "--missing", type=float, metavar="N", action="append", default=[], help="a number that means no value, as -200"
    )
    parser.add_argument("--decimal", choices=[".", ","], help="the decimal sign")
    order = parser.add_mutually_exclusive_group()
    order.add_argument("--day-first", dest="day_first", action="store_true", default=None, help="03/04 is 3 April")
    order.add_argument("--month-first", dest="day_first", action="store_false", help="03/04 is 4 March")
    parser.add_argument(
        "--repair",
        type=_repair,
        metavar="FINDING=TREATMENT",
        action="append",
        default=[],
        help="how to treat a finding, as duplicate_rows=keep",
    )


def _reading(options: argparse.Namespace) -> ReadingOptions | None:
    """What was chosen about reading; None when nothing was."""
    from almanac.tables import ReadingOptions

    chosen = ReadingOptions(
        sheet=options.sheet,
        date=options.date,
        values=tuple(options.value),
        series=tuple(options.series),
        frequency=options.frequency,
        day_first=options.day_first,
        repeated=options.repeated,
        gaps=options.gaps,
        sign=options.sign,
        missing=tuple(options.missing),
        decimal=options.decimal,
        repairs=tuple(options.repair),
    )
    return None if chosen == ReadingOptions() else chosen


def _repair(text: str) -> tuple[str, str]:
    code, sign, treatment = text.rpartition("=")
    if not sign:
        raise argparse.ArgumentTypeError(f"“{text}” is not like duplicate_rows=keep")
    return code, treatment


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"“{text}” is not a whole number from 1")
    return int(text)


def _levels(text: str) -> tuple[float, ...]:
    try:
        levels = sorted({float(part) for part in text.split(",")})
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a list of numbers such as 0.1,0.5,0.9") from None
    if not levels or levels[0] <= 0 or levels[-1] >= 1:
        raise argparse.ArgumentTypeError("quantiles lie between 0 and 1, for example 0.1,0.5,0.9")
    return tuple(levels)


def _forecast(options: argparse.Namespace) -> int:
    from almanac import workflow
    from almanac.wording.phrases import next_step

    if options.best_for_this_data and options.no_calibration:
        raise stop_with(
            "nothing_to_choose_by",
            "The best for this data cannot be chosen.",
            "It is chosen by practice runs, and --no-calibration leaves them out.",
            "Give only one of the two.",
        )
    chosen = workflow.ForecastOptions(
        horizon=options.horizon,
        levels=options.quantiles or workflow.DEFAULT_LEVELS,
        model=options.model,
        device=options.device,
        calibrate=not options.no_calibration,
        best=options.best_for_this_data,
    )
    job = workflow.forecast_file(options.file, options.output, _reading(options), chosen, options.record)
    result = _run(job, quiet=options.quiet)
    if options.save_record:
        options.save_record.write_text(result.record.to_json(), encoding="utf-8")
    if not options.quiet:
        for problem in result.problems:
            print(f"• {problem.what} {problem.fix}", file=sys.stderr)
        print(next_step(result.forecast, 0), _how_sure(result))
        print(f"{len(result.forecast.names):,} series forecast; saved as {options.output}")
    return DONE


def _check(options: argparse.Namespace) -> int:
    from almanac import workflow
    from almanac.tables import describe

    file = _run(workflow.check(options.file, _reading(options)), quiet=options.json)
    found = describe(file)
    if options.json:
        print(json.dumps(found, ensure_ascii=False, allow_nan=False))
        return DONE
    sheet = f", sheet “{found['sheet']}”" if found["sheet"] else ""
    print(f"{found['file']}{sheet}: {found['series']:,} series, {found['frequency']}, "
          f"{found['first_date']} to {found['last_date']}.")  # fmt: skip
    print(f"When: {found['date_column']}")
    print(f"What to forecast: {', '.join(found['value_columns'])}")
    print(f"Split by: {', '.join(found['series_columns']) or '(not split)'}")
    for finding in file.findings:
        print(f"• {finding.what} {finding.why} {finding.fix}")
        for choice in finding.choices:
            mark = "✓" if choice is finding.choices[finding.chosen] else " "
            print(f"    {mark} {choice.label}: {_option(choice)}")
    return DONE


def _how_sure(result: ForecastResult) -> str:
    """How sure the first step of the first series is."""
    from almanac.wording.phrases import LIKELY, how_sure

    return how_sure(result.forecast, 0, LIKELY, result.range_support(0, LIKELY))


def _backtest(options: argparse.Namespace) -> int:
    from almanac import workflow

    chosen = workflow.BacktestOptions(
        options.horizon, options.windows, options.model, options.device, tuple(options.beside)
    )
    found = _run(workflow.backtest(options.file, _reading(options), chosen), quiet=options.json)
    if options.json:
        print(json.dumps(found.to_dict(), ensure_ascii=False, allow_nan=False))
        return DONE
    report = found.report
    print(f"{report.forecasts:,} practice forecasts of {report.series_tested:,} of {report.series:,} series, "
          f"{report.horizon} steps each: {report.checks:,} checks.")  # fmt: skip
    for verdict in report.verdicts:
        print(f"• {verdict.sentence} {verdict.evidence}")
    for level, text in report.promises:
        print(f"  {level}: {text}")
    if report.pit.shares:
        print(f"• {report.pit.sentence}")
    for part in [part for part in report.slices if part.reasons]:
        print(f"• Clearly worse: {part.sentence}")
    for note in found.notes:
        print(f"• {note.what} {note.why} {note.fix}")
    for one in found.beside:
        print(f"  {one.title}: {one.sentence}")
    return DONE


def _option(choice: Choice) -> str:
    """What to type for a choice."""
    words = []
    for name, value in choice.sets:
        if name == "repairs":
            words += [shlex.quote(f"--repair={code}={treatment}") for code, treatment in value]
        elif name == "day_first":
            words.append("--day-first" if value else "--month-first")
        else:
            words += [f"--{name}={v}" for v in (value if isinstance(value, tuple) else (value,))]
    return " ".join(words) or "(as it is)"


def _list_models(options: argparse.Namespace) -> int:  # noqa: ARG001 - every command has the same form
    from almanac.forecasting.models.status import shelf

    for model in shelf():
        print(model.title + (" (kept for every forecast)" if model.pinned else ""))
    return DONE


def _verify_models(options: argparse.Namespace) -> int:  # noqa: ARG001
    from almanac.forecasting.models.status import shelf

    models = shelf()
    for model in models:
        print(f"{model.title}: {f'damaged, and not opened. {model.fault}' if model.fault else 'as it was made'}")
    return PROBLEM if any(model.fault for model in models) else DONE


def _use_model(options: argparse.Namespace) -> int:
    from almanac.forecasting.models.status import keep

    title = keep(None if options.model == "auto" else options.model)
    print(f"From now on {title} is used." if title else "From now on Almanac chooses the model.")
    return DONE


def _roll_back(options: argparse.Namespace) -> int:  # noqa: ARG001
    from almanac.forecasting.models.status import rollback

    before, current = rollback()
    print(f"From now on {before} is used instead of {current}.")
    return DONE


def _welcome(options: argparse.Namespace) -> int:
    """What ``make run`` shows: one sample forecast in two sentences, its workbook, and the window."""
    from almanac import workflow
    from almanac.wording.phrases import next_step

    sample = paths.resources() / "samples" / "corner-shop.csv"
    output = Path(tempfile.gettempdir()) / "almanac-corner-shop.xlsx"
    result = _run(workflow.forecast_file(sample, output, None, workflow.ForecastOptions()), quiet=False)
    print(next_step(result.forecast, 0))
    print(_how_sure(result))
    print(f"The Excel workbook is {output}")
    if options.no_window:
        return DONE
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        print("There is no display here, so the window stays closed. On a desktop, `make run` opens it.")
        return DONE
    from almanac.desktop.app import main as window

    return window([])


def _run(job: Job[T], *, quiet: bool) -> T:
    """Run a job with a progress bar when someone is watching."""
    if quiet or not sys.stderr.isatty():
        return run(job)
    try:
        return run(job, _draw)
    finally:
        print("\r\033[K", end="", file=sys.stderr, flush=True)


def _draw(progress: Progress) -> None:
    share = progress.done / progress.total if progress.total else 0.0
    filled = int(BAR * share)
    print(f"\r\033[K{'█' * filled}{'░' * (BAR - filled)} {progress.message}", end="", file=sys.stderr, flush=True)


def _tell(problem: Problem, *, as_json: bool) -> None:
    if as_json:
        body: dict[str, Any] = {"problem": problem.to_dict()}
        print(json.dumps(body, ensure_ascii=False), file=sys.stderr)
    else:
        print(f"{problem.what}\n{problem.why}\n{problem.fix}", file=sys.stderr)
