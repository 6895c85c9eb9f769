"""Generated files with rows that are not all alike are read correctly, or asked about fairly."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tables.kinds.lists import MAKERS, made
from tests.tables.test_kinds import read_correctly

SEEDS, ALL_SEEDS = 8, 430  # of each maker: in every run, and with the slow tests
OTHER_SEEDS = {"led_and_counted": 15, "below_banners": 15}  # the only ones of their kind
OTHER_SEEDS |= {"several_devices": 4, "one_device": 2, "no_devices": 3, "signed_movements": 2}  # long files


def quick(maker: str) -> int:
    return OTHER_SEEDS.get(maker, SEEDS)


@pytest.mark.parametrize("maker", MAKERS)
def test_generated_files_are_read_correctly_or_asked_about(maker: str, tmp_path: Path) -> None:
    assert not wrong(maker, range(quick(maker)), tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("maker", MAKERS)
def test_hundreds_of_generated_files_are_read_correctly_or_asked_about(maker: str, tmp_path: Path) -> None:
    assert not wrong(maker, range(quick(maker), ALL_SEEDS), tmp_path)


def wrong(maker: str, seeds: range, folder: Path) -> list[str]:
    return [sample.name for sample in made(maker, seeds) if not read_correctly(sample, folder / sample.file)]
