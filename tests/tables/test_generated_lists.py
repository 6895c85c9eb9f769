"""Generated files with rows that are not all alike are read correctly, or asked about fairly."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tables.kinds.lists import MAKERS, made
from tests.tables.test_kinds import read_correctly

SEEDS, MORE_SEEDS = 15, 415  # of each maker
FEWER = {
    "sums_of_either_side": 4,
    "one_currency": 4,
    "measured_slots": 5,
    "stock_ledgers": 8,
    "booked_slots": 8,
    "unquoted_commas": 10,
}


@pytest.mark.parametrize("maker", MAKERS)
def test_generated_files_are_read_correctly_or_asked_about(maker: str, tmp_path: Path) -> None:
    assert not wrong(maker, range(FEWER.get(maker, SEEDS)), tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("maker", MAKERS)
def test_hundreds_of_generated_files_are_read_correctly_or_asked_about(maker: str, tmp_path: Path) -> None:
    assert not wrong(maker, range(FEWER.get(maker, SEEDS), SEEDS + MORE_SEEDS), tmp_path)


def wrong(maker: str, seeds: range, folder: Path) -> list[str]:
    return [sample.name for sample in made(maker, seeds) if not read_correctly(sample, folder / sample.file)]
