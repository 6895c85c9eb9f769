"""The door to the person's history: where it is, whether anything is kept, and what is kept in it as objects."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from almanac.core.problems import ProblemError, stop_with
from almanac.core.series import Forecast, SeriesSet
from almanac.core.system import paths
from almanac.core.system.setting_files import read_setting, write_setting

if TYPE_CHECKING:
    from almanac.history import Store
    from almanac.tables import ReadFile

_OFF = "off"  # ALMANAC_HISTORY=off keeps nothing, whatever the person chose (tests, scripts)


def history_path() -> Path:
    """The file of the history."""
    return paths.history() / "history.db"


def keeps_history() -> bool:
    """Whether what is read and forecast is kept."""
    if os.environ.get("ALMANAC_HISTORY") == _OFF:
        return False
    if not _setting().exists():  # never chosen
        return True
    found = read_setting(_setting())
    return isinstance(found, dict) and found.get("keep") is True  # in doubt nothing


def choose_keeping(keep: bool) -> None:
    """Keep what is read and forecast from now on, or nothing. Raises ``ProblemError`` when that cannot be saved."""
    try:
        write_setting(_setting(), {"keep": keep})
    except OSError as fault:
        raise stop_with(
            "setting_not_saved",
            "Your choice could not be saved.",
            "This computer does not let Almanac write to the folder of its settings, or the disk is full.",
            "Allow Almanac to write there, or free some space.",
        ) from fault


def _setting() -> Path:
    return paths.state() / "history.json"


@contextmanager
def open_history() -> Generator[Store]:
    """The history, created when there is none, also when nothing new is kept: what is there can be seen and deleted.

    Raises ``ProblemError`` when it cannot be opened.
    """
    from almanac import history

    with history.open_store(history_path()) as store:
        if history.has_expired(store):
            with suppress(ProblemError):  # another process reads it: later
                history.erase(store)
        yield store


def there_is_a_history() -> bool:
    """Whether there is a history to look into."""
    return history_path().exists()


def series_of(store: Store, reading: str) -> SeriesSet:
    """The series of a reading, past values and all. Raises ``ProblemError`` when they cannot be read."""
    return file_of(store, reading).series


def file_of(store: Store, reading: str) -> ReadFile:
    """A file as it was read then, also when it is gone. Raises ``ProblemError`` when it cannot be read."""
    from almanac import history
    from almanac.workflow.history.classes import CLASSES

    found: ReadFile = store.part(history.Reading, reading, "file", CLASSES)
    return found


def forecast_of(store: Store, run: str) -> Forecast:
    """The forecast of a run. Raises ``ProblemError`` when it cannot be read."""
    from almanac import history
    from almanac.workflow.history.classes import CLASSES

    found: Forecast = store.part(history.Run, run, "forecast", CLASSES)
    return found


def result_parts(store: Store, run: str) -> dict[str, Any]:
    """Everything else of the result of a run, by the names of its fields."""
    from almanac import history
    from almanac.workflow.history.classes import CLASSES

    found: dict[str, Any] = store.part(history.Run, run, "result", CLASSES)
    return found
