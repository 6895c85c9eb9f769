"""Tables with kinds of trouble combined in twos and threes are read right or asked about, and lose no row unsaid."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from tests.tables.mixed.build import mixed
from tests.tables.mixed.score import ASKED, RIGHT, is_silent_loss, outcome
from tests.tables.mixed.troubles import COMBINATIONS

MIN_RIGHT = 0.97


def score(seeds: range, path: Path) -> tuple[Counter[str], list[str]]:
    """How many tables came out how, and those that lost values without a word."""
    counts: Counter[str] = Counter()
    losses = []
    for seed in seeds:
        table = mixed(seed)
        result, file = outcome(path, table)
        counts[result] += 1
        if is_silent_loss(path, table, result, file):
            losses.append(f"{seed}: {table.name}")
    return counts, losses


def require_right(seeds: range, path: Path) -> None:
    counts, losses = score(seeds, path)
    assert not losses
    assert counts[RIGHT] + counts[ASKED] >= MIN_RIGHT * len(seeds), counts


def test_each_combination_is_another_table() -> None:
    assert len(COMBINATIONS) == 200
    assert len({mixed(seed).text for seed in range(60)}) == 60
    assert mixed(7).text == mixed(7).text


def test_mixed_trouble_is_read_right(tmp_path: Path) -> None:
    require_right(range(0, 600, 20), tmp_path / "table.csv")


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_thousands_of_tables_with_mixed_trouble_are_read_right(tmp_path: Path) -> None:
    require_right(range(10_000, 12_400), tmp_path / "table.csv")
