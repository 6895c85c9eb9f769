"""Generated files with dates written in a less common way are read correctly, or asked about fairly."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tables.kinds.dates import MAKERS, made
from tests.tables.test_kinds import read_correctly

SEEDS, ALL_SEEDS = 8, 430  # of each maker: in every run, and with the slow tests
OFTEN = {"clocks_with_offsets": 15, "days_with_offsets": 15}  # the only ones of their kind
OFTEN |= dict.fromkeys(("lettered_parts", "teams_of_years", "days_of_a_span_above"), 4)
OFTEN |= dict.fromkeys(("codes_like_dates", "numbered_tickets", "unsorted_eras", "days_of_no_span"), 2)


def quick(maker: str) -> int:
    return OFTEN.get(maker, SEEDS)


@pytest.mark.parametrize("maker", MAKERS)
def test_generated_files_are_read_correctly_or_asked_about(maker: str, tmp_path: Path) -> None:
    assert not wrong(maker, range(quick(maker)), tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("maker", MAKERS)
def test_hundreds_of_generated_files_are_read_correctly_or_asked_about(maker: str, tmp_path: Path) -> None:
    assert not wrong(maker, range(quick(maker), ALL_SEEDS), tmp_path)


def wrong(maker: str, seeds: range, folder: Path) -> list[str]:
    return [sample.name for sample in made(maker, seeds) if not read_correctly(sample, folder / sample.file)]
