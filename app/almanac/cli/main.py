"""The outermost runner of the command line: parse, run one command, turn what happens into an exit code."""

from __future__ import annotations

import _thread
import argparse
import errno
import json
import os
import signal
import sys
import threading
import traceback
from collections.abc import Sequence
from contextlib import suppress

from almanac import __version__
from almanac.cli.command import BUG, DONE, INTERRUPTED, PROBLEM, add_commands, add_debug
from almanac.cli.registry import COMMANDS
from almanac.core.problems import Problem, ProblemError
from almanac.core.system import logs, unfinished
from almanac.core.system.memory import rarely_collected
from almanac.core.system.setting_files import take_notices

SIGNALLED = 128  # what shells add to the number of the signal that ended a program
DISK_FULL = Problem(
    "disk_full",
    "What Almanac says could not be written to its end.",
    "The disk is full.",
    "Free some space, or send the output to another disk.",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    0 done, 1 a Problem, 2 wrong usage, 3 a bug; 130, 143 and 129 when Ctrl-C, the system or a closed terminal ended it.
    """
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
    unfinished.sweep()
    try:
        with interruption, rarely_collected(), logs.job(options.title):
            code: int = options.run(options)
            sys.stdout.flush()
        return code
    except ProblemError as error:
        _print_problem(error.problem, as_json=getattr(options, "json", False))
        return PROBLEM
    except KeyboardInterrupt:
        return _interrupted(interruption.signal)
    except BrokenPipeError:  # the reader of our output is gone
        _discard_output()
        return DONE
    except Exception as error:  # noqa: BLE001 - one of the two outermost runners
        if interruption.signal is not None:
            return _interrupted(interruption.signal)
        return _unexpected(error, as_json=getattr(options, "json", False))
    finally:
        for sentence in take_notices():
            print(sentence, file=sys.stderr)


def _unexpected(error: Exception, *, as_json: bool) -> int:
    """Say what no command expects: a full disk, or a bug."""
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        _discard_output()
        _print_problem(DISK_FULL, as_json=as_json)
        return PROBLEM
    traceback.print_exception(error)
    print("\nThis is a fault in Almanac, not in your file. Nothing was written.", file=sys.stderr)
    return BUG


ASKED_AGAIN_S = 3.0  # by then a file that is half written is removed; chosen by judgement


class AskedToStop(KeyboardInterrupt):
    """Someone asked to stop.

    After a plain KeyboardInterrupt out of code that a library made from text (as dataclasses do), Python would end
    itself with SIGINT, whatever we return.
    """


def _ask_again(number: int) -> None:
    """Send the signal to the main thread; where that wakes nobody who waits (Windows), it counts after the wait."""
    if hasattr(signal, "pthread_kill"):
        signal.pthread_kill(threading.main_thread().ident or 0, number)
    else:
        _thread.interrupt_main(signal.Signals(number))


class Interruption:
    """Notices Ctrl-C, and that the system or a terminal that closes ends the program, while it is open.

    A library written in C that is just loading turns Ctrl-C into any exception; ``signal`` says that the person wanted
    to stop, and how they said so. Others drop the exception, as numpy does while it looks for a method, and Python
    itself where it lets go of something, not without a word: what still runs after a while is asked again.
    """

    NAMES = ("SIGINT", "SIGTERM", "SIGHUP")  # Windows lacks the last

    def __init__(self) -> None:
        self.signal: int | None = None
        self._again: threading.Timer | None = None

    def __enter__(self) -> None:
        known = [getattr(signal, name) for name in self.NAMES if hasattr(signal, name)]
        self._before = {number: signal.signal(number, self._notice) for number in known}
        self._report, sys.unraisablehook = sys.unraisablehook, self._dropped

    def __exit__(self, *_: object) -> None:
        if self._again is not None:
            self._again.cancel()
        for number, handler in self._before.items():
            signal.signal(number, handler)
        sys.unraisablehook = self._report

    def _dropped(self, exception: sys.UnraisableHookArgs) -> None:
        """Report an exception that Python drops, as it does, unless it only asked to stop."""
        if not issubclass(exception.exc_type, AskedToStop):
            self._report(exception)

    def _notice(self, number: int, _: object) -> None:
        self.signal = number
        if self._again is not None:
            self._again.cancel()
        self._again = threading.Timer(ASKED_AGAIN_S, _ask_again, (number,))
        self._again.daemon = True
        self._again.start()
        raise AskedToStop


def _discard_output() -> None:
    """Send what is still to be printed nowhere: Python would try again at the end, and report that as a fault."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _interrupted(number: int | None) -> int:
    with suppress(OSError):  # the terminal may be gone
        print("\nStopped. No file was written.", file=sys.stderr)
    return INTERRUPTED if number is None else SIGNALLED + number


def _print_problem(problem: Problem, *, as_json: bool) -> None:
    text = json.dumps({"problem": problem.to_dict()}, ensure_ascii=False) if as_json else str(problem)
    print(text, file=sys.stderr)
