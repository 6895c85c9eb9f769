"""Which model a person chose for every forecast; kept in their settings."""

from __future__ import annotations

import json
from pathlib import Path

FILE = "model.json"


def read_pin(state: Path) -> str | None:
    """NAME@VERSION, or None when the choice is Almanac's. A file that cannot be read counts as no choice."""
    try:
        found = json.loads((state / FILE).read_text(encoding="utf-8"))["model"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return found if isinstance(found, str) else None


def write_pin(state: Path, title: str | None) -> None:
    """Use NAME@VERSION for every forecast; None leaves the choice to Almanac again."""
    state.mkdir(parents=True, exist_ok=True)
    fresh = state / f"{FILE}.new"
    fresh.write_text(json.dumps({"model": title}), encoding="utf-8")
    fresh.replace(state / FILE)
