"""Almanac next to other tools on the same workbooks of one series: how many warn, unchanged and 20% higher."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from tests.benchmarks.drift.looks import look
from tests.benchmarks.drift.workbooks import SETTINGS, unchanged

NEW = {"monthly": 6, "weekly": 13, "daily": 30}  # periods in the one look
HIGHER, MEMORY, BOOKS = 1.2, 0.4, 100
OURS = "Almanac"


def side_by_side(share: float, seed: int, model: str | None, peers: str) -> Iterator[str]:
    """A line for each tool: the share of workbooks with an alert. ``peers``: the Python of their environment."""
    count = max(round(BOOKS * share), 10)
    warned: dict[str, list[str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, setting in SETTINGS.items():
            rng = np.random.default_rng([seed, setting.year, NEW[name]])
            books = [unchanged(rng, 1, setting.past + NEW[name], setting, MEMORY) for _ in range(count)]
            past, same = [b[:, : setting.past] for b in books], [b[:, setting.past :] for b in books]
            for k, new in enumerate((same, [b * HIGHER for b in same])):
                season = setting.frequency.season_length
                np.savez(
                    Path(folder) / f"books-{name}-{k}.npz",
                    past=np.concatenate(past),
                    new=np.concatenate(new),
                    season=season,
                )
                found = [bool(alerts) for alerts in look(past, new, setting, model)]
                warned.setdefault(OURS, []).append(f"{np.mean(found):.0%}")
        if peers:
            subprocess.run([peers, str(Path(__file__).with_name("peers.py")), folder], check=True)
            for name in SETTINGS:
                for k in range(2):
                    made = np.load(Path(folder) / f"peers-{name}-{k}.npz")
                    for tool, found in zip(made["tools"].tolist(), made["warned"], strict=True):
                        warned.setdefault(tool, []).append(f"{np.mean(found):.0%}")
    yield f"{count} workbooks, unchanged / 20% higher: {', '.join(SETTINGS)}"
    for tool, figures in warned.items():
        pairs = [f"{figures[k]} / {figures[k + 1]}" for k in range(0, len(figures), 2)]
        yield f"  {tool:<55}" + "".join(f"{pair:>14}" for pair in pairs)
