"""Fixtures every test shares, and the rule that a test leaves nothing behind."""

from __future__ import annotations

import gc
import os
import sys
import tempfile
import threading
import weakref
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path

import psutil
import pytest
from tests.allowed_skips import may_skip
from tests.processes import SHARED as SHARED_PROCESSES

# Before numpy is loaded: its threads make small matrices slower (a fit by statsmodels takes twice as long).
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("ALMANAC_HISTORY", "off")  # tests of the history switch it on
# Each of the many programs that tests start would compile every module again.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
SHARED = Path(__file__).resolve().parents[2] / "shared"
TASKS = Path("/proc/self/task")  # Linux: the threads of this process
TOY_KEY = "1fc8a6094a565b5e9b339d0595a73f7f0f7e1b25350ef8214596b11345ba6fab"  # public half of tests/models/test.key
MANY_MODULES = 100  # a library was loaded
_MODULES = 0  # how many were loaded when they were last frozen
_TIMERS: weakref.WeakSet[object] = weakref.WeakSet()  # Qt timers that garbage collection no longer visits


class EmptyFolders:
    """Gives each test an empty folder: the one before again, unless something is in it."""

    def __init__(self, root: Path, name: str) -> None:
        self._paths = (root / f"{name}-{n}" for n in count())
        self._last: Path | None = None

    def take(self) -> Path:
        if self._last is None or not self._last.is_dir() or any(self._last.iterdir()):
            self._last = next(self._paths)
            self._last.mkdir()
        return self._last


@pytest.fixture(scope="session")
def _state_folders(tmp_path_factory: pytest.TempPathFactory) -> EmptyFolders:
    return EmptyFolders(tmp_path_factory.mktemp("states"), "state")


@pytest.fixture(scope="session")
def _scratch_folders(tmp_path_factory: pytest.TempPathFactory) -> EmptyFolders:
    return EmptyFolders(tmp_path_factory.mktemp("scratches"), "scratch")


@pytest.fixture(scope="session", autouse=True)
def _trusted_toy() -> Iterator[None]:
    """Trust models that are signed with the key of the tests, in this process alone."""
    from almanac.forecasting.models import signature

    shipped = signature.PUBLIC_KEYS
    signature.PUBLIC_KEYS = (*shipped, TOY_KEY)
    yield
    signature.PUBLIC_KEYS = shipped


@pytest.fixture(autouse=True)
def own_state(_state_folders: EmptyFolders, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test its own settings folder: none reads or writes the developer's."""
    folder = _state_folders.take()
    monkeypatch.setenv("ALMANAC_STATE", str(folder))
    if (settings := sys.modules.get("almanac.core.system.setting_files")) is not None:
        settings.take_notices()  # what a test before was told of its own settings
    return folder


def _child_processes() -> set[int]:
    """Processes that this one started, ended ones that nobody waited for included."""
    if not TASKS.is_dir():
        return {child.pid for child in psutil.Process().children()}
    found: set[int] = set()
    for task in TASKS.iterdir():  # a hundred times as fast as asking for every process
        with suppress(OSError):  # the thread has ended since
            found.update(map(int, (task / "children").read_text().split()))
    return found


def _idle_readers() -> set[int]:
    """The process that waits for the next workbook: the program ends it with itself."""
    client = sys.modules.get("almanac.workbooks.client")
    return set() if client is None else {process.pid for process in client._IDLE}


def _runs(pid: int) -> bool:
    with suppress(psutil.NoSuchProcess):
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    return False


def _timers() -> list[object]:
    """Return every Qt timer of this process that Python knows, running or not."""
    core = sys.modules.get("PySide6.QtCore")
    if core is None:
        return []
    valid = sys.modules["shiboken6"].isValid
    return [t for t in [*_TIMERS, *gc.get_objects()] if type(t) is core.QTimer and valid(t)]


def _freeze() -> None:
    """Spare what is there now, libraries above all, from being visited by each later collection."""
    global _MODULES
    _MODULES = len(sys.modules)
    gc.collect()
    for timer in _timers():
        _TIMERS.add(timer)
    gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Slow tests have 20 minutes, unless they say otherwise."""
    for item in items:
        if item.get_closest_marker("slow") and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(1200))


def pytest_collection_finish() -> None:
    _freeze()


def _refused_skips(config: pytest.Config) -> list[str]:
    """Where nothing may be skipped (.ci/run): the skipped tests that allowed_skips.py gives no reason for."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if "ALMANAC_NO_SKIPS" not in os.environ or reporter is None:
        return []
    skipped = [report.nodeid for report in reporter.stats.get("skipped", [])]
    return [node for node in skipped if not may_skip(node, shared_is_there=SHARED.is_dir())]


def pytest_sessionfinish(session: pytest.Session) -> None:
    if _refused_skips(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for node in _refused_skips(config):
        terminalreporter.line(f"SKIPPED, although it must run here: {node}", red=True)


@pytest.fixture(scope="module", autouse=True)
def quick_garbage_collection() -> Iterator[None]:
    """Keep the collection after every test short: a tenth of a second with all libraries, a millisecond without."""
    yield
    _freeze()


@pytest.fixture(autouse=True)
def leaves_nothing_behind(
    _scratch_folders: EmptyFolders, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Fail a test that leaves a thread, a timer, a child process or a temporary file behind."""
    scratch = _scratch_folders.take()
    monkeypatch.setenv("TMPDIR", str(scratch))
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    threads, children = set(threading.enumerate()), _child_processes()
    with_window = "qapp" in request.fixturenames  # without an application no timer runs

    def left() -> list[str]:
        new = [t for t in set(threading.enumerate()) - threads if not t.daemon]
        for thread in new:
            thread.join(timeout=1)  # one whose work is done may still be on its way out
        found = [f"thread {t.name}" for t in new if t.is_alive()]
        found += [f"timer {t!r}" for t in _timers() if t.isActive()] if with_window else []
        started = _child_processes() - children - SHARED_PROCESSES - _idle_readers()
        found += [f"process {pid}" for pid in started if _runs(pid)]
        own = ("lu", "OSL_PIPE", "hsperf")  # LibreOffice leaves these
        return found + [f"file {path.name}" for path in scratch.iterdir() if not path.name.startswith(own)]

    yield
    if with_window:
        gc.collect()
    if len(sys.modules) > _MODULES + MANY_MODULES:
        _freeze()
    if left():
        gc.collect()  # what nobody can reach any more is not left
        assert not (found := left()), f"left running or behind: {found}"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real data that may be next to the project; tests that use it are skipped without it."""
    if not SHARED.is_dir():
        pytest.skip("no shared data beside the project")
    return SHARED
