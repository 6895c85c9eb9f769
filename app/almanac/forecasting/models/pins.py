"""Which model a person chose for every forecast, what they used before, and why: kept in their settings."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from almanac.core.system.setting_files import read_setting, write_setting

FILE = "model.json"
MAX_SWITCHES = 100  # that are kept, the latest


@dataclass(frozen=True)
class Switch:
    """A change from one choice to another (None: Almanac chooses), when (ISO 8601), and why, in the person's words."""

    before: str | None
    after: str | None
    at: str
    reason: str = ""


@dataclass(frozen=True)
class Pins:
    """``model``: the choice in use, NAME@VERSION, None when it is Almanac's; ``earlier``: the choices to go back to;
    ``switches``: every change. The latest is last in both.
    """

    model: str | None = None
    earlier: tuple[str | None, ...] = ()
    switches: tuple[Switch, ...] = ()

    @property
    def reason(self) -> str:
        """Why the choice in use was made; empty when no one said."""
        return self.switches[-1].reason if self.switches and self.switches[-1].after == self.model else ""


def read_pins(state: Path) -> Pins:
    """What is kept. A file that cannot be read counts as no choice."""
    try:
        found = read_setting(state / FILE)
        model = _title(found["model"])
        earlier = tuple(_title(one) for one in found.get("earlier", ()))
        return Pins(model, earlier, tuple(Switch(**one) for one in found.get("switches", ())))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Pins()


def read_pin(state: Path) -> str | None:
    """NAME@VERSION, or None when the choice is Almanac's."""
    return read_pins(state).model


def switch(state: Path, title: str | None, reason: str = "") -> None:
    """Use NAME@VERSION for every forecast; None leaves the choice to Almanac again. The way back leads here."""
    pins = read_pins(state)
    if title != pins.model or reason:
        earlier = pins.earlier if title == pins.model else (*pins.earlier, pins.model)
        _write(state, _switched(pins, title, reason, earlier))


def switch_back(state: Path, title: str | None, earlier: tuple[str | None, ...], reason: str = "") -> None:
    """Use an earlier choice again; ``earlier``: those that are left to go back to from there."""
    _write(state, _switched(read_pins(state), title, reason, earlier))


def _switched(pins: Pins, title: str | None, reason: str, earlier: tuple[str | None, ...]) -> Pins:
    made = Switch(pins.model, title, datetime.now().astimezone().isoformat(timespec="seconds"), reason)
    return Pins(title, earlier[-MAX_SWITCHES:], (*pins.switches, made)[-MAX_SWITCHES:])


def _title(kept: Any) -> str | None:
    """Raises ``TypeError`` for what is no choice."""
    if kept is not None and not isinstance(kept, str):
        raise TypeError("a model is named by a text")
    return kept


def _write(state: Path, pins: Pins) -> None:
    write_setting(state / FILE, asdict(pins))
