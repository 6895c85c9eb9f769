"""The log: times, steps, versions and where the program failed, and nothing from the person's file.

Lines are made of what the program itself says: names of jobs, counts of steps, codes of Problems, types of exceptions
and positions in the code. Texts that may hold a name or a value (messages of exceptions, texts of steps, arguments,
paths) are never written, so that a person can hand the log on without looking through it.

Nothing is written before ``start``; until then every function here does nothing.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path, PurePath
from types import TracebackType
from typing import TYPE_CHECKING

from almanac import __version__
from almanac.core.jobs import Progress, Stopped
from almanac.core.problems import ProblemError
from almanac.core.system import paths

if TYPE_CHECKING:
    import logging

# Chosen by judgement: weeks of use, and still small enough to open in any editor.
MAX_BYTES, MAX_FILES = 1_000_000, 3
MAX_RECENT = 20_000  # characters of each file in what a person copies
SECONDS_BETWEEN_STEPS = 1.0  # unless the level is debug, which writes every step
LIBRARIES = ("onnxruntime",)  # whose version is written once they are loaded


class _Log:
    """What is open in this process."""

    def __init__(self, logger: logging.Logger, handler: logging.Handler) -> None:
        self.logger = logger
        self.handler = handler
        self.last_step = 0.0
        self.versions_written: set[str] = set()


_log: _Log | None = None


def folder() -> Path:
    """Where the logs are: in the person's settings."""
    return paths.state() / "logs"


def start(role: str, debug: bool = False) -> Path | None:
    """Write a log from now on, to ``role``.log (a file for each kind of process, so that two never share one).

    ``debug`` writes every step of a job instead of one a second. Returns the file, or None where none can be written:
    a log must never keep a person from their forecast.
    """
    global _log  # one log for each process
    import logging  # only where a log is written: start-up time
    import platform
    from logging.handlers import RotatingFileHandler

    stop()
    path = folder() / f"{role}.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=MAX_BYTES, backupCount=MAX_FILES - 1, encoding="utf-8")
    except OSError:
        return None
    handler.handleError = _ignore  # a disk that fills up while we write
    handler.setFormatter(logging.Formatter("%(asctime)s %(process)d %(levelname)s %(message)s"))
    logger = logging.getLogger("almanac")
    logger.setLevel(logging.DEBUG if debug else logging.INFO)
    logger.propagate = False
    logger.addHandler(handler)
    _log = _Log(logger, handler)
    # Not platform.platform(): it starts a process to ask for the processor.
    system = f"{platform.system()} {platform.release()} {platform.machine()}"
    logger.info("Almanac %s, Python %s, %s", __version__, platform.python_version(), system)
    return path


def stop() -> None:
    """Close the log of this process, if there is one."""
    global _log  # one log for each process
    if _log is not None:
        _log.logger.removeHandler(_log.handler)
        _log.handler.close()
        _log = None


@contextmanager
def job(name: str) -> Generator[None]:
    """Write when a job begins, how it ends and how long it took. ``name`` is ours, never a person's."""
    began = time.perf_counter()
    _info(f"{name}: begins")
    try:
        yield
    except BaseException as error:
        _info(f"{name}: {_ending(error)} after {time.perf_counter() - began:.2f} s")
        if not isinstance(error, ProblemError | Stopped | KeyboardInterrupt | BrokenPipeError):
            failure(error)
        raise
    else:
        _write_versions()
        _info(f"{name}: done in {time.perf_counter() - began:.2f} s")


def event(what: str) -> None:
    """Write that something happened. ``what`` is ours, never a person's."""
    _info(what)


def step(progress: Progress) -> None:
    """Write how far a job is, without its text, which may hold a name."""
    if _log is None:
        return
    now = time.monotonic()
    if now - _log.last_step >= SECONDS_BETWEEN_STEPS:
        _log.last_step = now
        _log.logger.info("step %d of %d", progress.done, progress.total)
    else:
        _log.logger.debug("step %d of %d", progress.done, progress.total)


def failure(error: BaseException) -> None:
    """Write an unexpected exception: see ``describe``."""
    if _log is not None:
        _write_versions()
        _log.logger.error("%s", describe(error))


def describe(error: BaseException) -> str:
    """An exception and its causes as types and positions in the code, the innermost call last.

    Messages are left out, because they may quote a value: ``could not convert string to float: '1,234 kg'``. Of errors
    of the system its number is kept, of a missing module its name.
    """
    parts: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        parts.append("\n".join([_title(current), *_frames(current.__traceback__)]))
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return "\ncaused by ".join(parts)


def recent() -> str:
    """The latest lines of every log, for a person who copies the details of a fault; empty where there are none."""
    parts = []
    for path in sorted(folder().glob("*.log")):
        try:
            text = path.read_text(encoding="utf-8", errors="replace")
        except OSError:  # another process has just moved it aside
            continue
        parts.append(f"{path.name}\n{text[-MAX_RECENT:]}")
    return "\n".join(parts)


def _ignore(record: logging.LogRecord) -> None:
    """A line that cannot be written is lost."""


def _info(line: str) -> None:
    if _log is not None:
        _log.logger.info("%s", line)


def _write_versions() -> None:
    """Write the versions of the libraries that are loaded by now, each once."""
    if _log is None:
        return
    for name in LIBRARIES:
        version = getattr(sys.modules.get(name), "__version__", None)
        if version and name not in _log.versions_written:
            _log.versions_written.add(name)
            _log.logger.info("%s %s", name, version)


def _ending(error: BaseException) -> str:
    if isinstance(error, ProblemError):
        return f"problem {error.problem.code}"
    if isinstance(error, Stopped | KeyboardInterrupt):
        return "stopped"
    return "failed"


def _title(error: BaseException) -> str:
    name = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    if isinstance(error, ProblemError):
        return f"{name} {error.problem.code}"
    if isinstance(error, OSError) and error.errno is not None:
        return f"{name} {error.errno} ({os.strerror(error.errno)})"
    if isinstance(error, ModuleNotFoundError) and error.name:
        return f"{name} {error.name}"
    return name


def _frames(trace: TracebackType | None) -> list[str]:
    lines = []
    while trace is not None:
        code = trace.tb_frame.f_code
        lines.append(f"  {_in_program(code.co_filename)}:{trace.tb_lineno} in {code.co_qualname}")
        trace = trace.tb_next
    return lines


def _in_program(filename: str) -> str:
    """A source file as seen from the program or the library it belongs to, without the person's folders."""
    path = PurePath(filename)
    if not path.is_absolute():  # "<string>", or a module of the packaged program
        return filename
    import sysconfig  # only after a fault: start-up time

    installed = sysconfig.get_paths()
    roots = [Path(__file__).resolve().parents[3], *(Path(installed[name]) for name in ("purelib", "platlib", "stdlib"))]
    below = [path.relative_to(root) for root in roots if path.is_relative_to(root)]
    return min(below, key=lambda p: len(p.parts)).as_posix() if below else path.name
