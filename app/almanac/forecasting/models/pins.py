"""Which model a person chose to keep using; remembered in their settings."""

from __future__ import annotations

import json
from pathlib import Path

FILE = "model.json"


def pinned(state: Path) -> str | None:
    """NAME@VERSION, or None when the choice is Almanac's. A file that cannot be read counts as no choice."""
    try:
        found = json.loads((state / FILE).read_text(encoding="utf-8"))["model"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return found if isinstance(found, str) else None


def pin(state: Path, title: str | None) -> None:
    """Keep NAME@VERSION for every forecast; None leaves the choice to Almanac again."""
    state.mkdir(parents=True, exist_ok=True)
    fresh = state / f"{FILE}.new"
    fresh.write_text(json.dumps({"model": title}), encoding="utf-8")
    fresh.replace(state / FILE)
