"""The outermost runner of the command line: parse, run one command, turn what happens into an exit code."""

from __future__ import annotations

import argparse
import errno
import json
import os
import signal
import sys
import traceback
from collections.abc import Sequence

from almanac import __version__
from almanac.cli.command import BUG, DONE, INTERRUPTED, PROBLEM, add_commands, add_debug
from almanac.cli.registry import COMMANDS
from almanac.core.problems import Problem, ProblemError
from almanac.core.system import logs

DISK_FULL = Problem(
    "disk_full",
    "What Almanac says could not be written to its end.",
    "The disk is full.",
    "Free some space, or send the output to another disk.",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 a Problem, 2 wrong usage, 3 a bug, 130 interrupted."""
    words = sys.argv[1:] if arguments is None else arguments
    options = parser(words).parse_args(words)
    if not getattr(options, "debug", False):
        return _run(options)
    place = logs.start("command-line", debug=True)
    print(f"The log is in {place}" if place else "No log can be written to this computer's disk.", file=sys.stderr)
    try:
        return _run(options)
    finally:
        logs.stop()


def parser(words: Sequence[str] | None = None) -> argparse.ArgumentParser:
    """The parser of all commands; with ``words``, what the person typed, it knows only those named there in full."""
    found = argparse.ArgumentParser(
        prog="almanac", description="Forecast every series in a spreadsheet, on this computer."
    )
    found.add_argument("--version", action="version", version=f"almanac {__version__}")
    add_debug(found)
    add_commands(found, COMMANDS, "COMMAND", words)
    return found


def _run(options: argparse.Namespace) -> int:
    interruption = Interruption()
    try:
        with interruption, logs.job(options.title):
            code: int = options.run(options)
            sys.stdout.flush()
        return code
    except ProblemError as error:
        _print_problem(error.problem, as_json=getattr(options, "json", False))
        return PROBLEM
    except KeyboardInterrupt:
        return _interrupted()
    except BrokenPipeError:  # the reader of our output is gone
        _discard_output()
        return DONE
    except Exception as error:  # noqa: BLE001 - one of the two outermost runners
        return _interrupted() if interruption.came else _unexpected(error, as_json=getattr(options, "json", False))


def _unexpected(error: Exception, *, as_json: bool) -> int:
    """Say what no command expects: a full disk, or a bug."""
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        _discard_output()
        _print_problem(DISK_FULL, as_json=as_json)
        return PROBLEM
    traceback.print_exception(error)
    print("\nThis is a fault in Almanac, not in your file. Nothing was written.", file=sys.stderr)
    return BUG


class Interruption:
    """Notices Ctrl-C while it is open.

    A library written in C that is just loading turns Ctrl-C into any exception; ``came`` says that the person wanted
    to stop.
    """

    def __init__(self) -> None:
        self.came = False

    def __enter__(self) -> None:
        self._before = signal.signal(signal.SIGINT, self._notice)

    def __exit__(self, *_: object) -> None:
        signal.signal(signal.SIGINT, self._before)

    def _notice(self, *_: object) -> None:
        self.came = True
        raise KeyboardInterrupt


def _discard_output() -> None:
    """Send what is still to be printed nowhere: Python would try again at the end, and report that as a fault."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _interrupted() -> int:
    print("\nStopped. No file was written.", file=sys.stderr)
    return INTERRUPTED


def _print_problem(problem: Problem, *, as_json: bool) -> None:
    text = json.dumps({"problem": problem.to_dict()}, ensure_ascii=False) if as_json else str(problem)
    print(text, file=sys.stderr)
