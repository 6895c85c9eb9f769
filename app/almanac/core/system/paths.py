"""Where files are on this computer: those that ship with the program, and those that belong to the person."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def _shipped(name: str) -> Path:
    package = Path(__file__).resolve().parents[2]
    if hasattr(sys, "_MEIPASS"):  # frozen by PyInstaller
        return Path(sys._MEIPASS) / name
    if (package / name).is_dir():  # installed from a wheel
        return package / name
    return package.parents[1] / name  # a checkout


def resources() -> Path:
    """Icons, style, fonts and sample spreadsheets."""
    return _shipped("resources")


def pages() -> Path:
    """Pages about the program that ship with it."""
    return _shipped("docs")


def models() -> tuple[Path, Path]:
    """Folders of models as NAME/VERSION/: those that ship, and those in the person's settings folder.

    ``ALMANAC_MODELS`` names another folder for the first (tests).
    """
    override = os.environ.get("ALMANAC_MODELS")
    return Path(override) if override else _shipped("models"), state() / "models"


def state() -> Path:
    """The person's settings and logs. ``ALMANAC_STATE`` names another folder (tests)."""
    from platformdirs import user_state_path  # only where needed: start-up time

    override = os.environ.get("ALMANAC_STATE")
    return Path(override) if override else user_state_path("almanac", appauthor=False)


def history() -> Path:
    """The folder of the history: what was read and forecast, for the person alone."""
    return state() / "history"
