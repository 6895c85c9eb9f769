"""The program makes the same numbers of known files as before: readings, forecasts and backtests.

When a change of behaviour is meant, ``python -m tests.behaviour`` stores the new numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import cycle, product
from pathlib import Path
from typing import Any

import pytest
from _pytest.mark import ParameterSet
from tests import behaviour

stored = cache(behaviour.stored)


def differences(
    files: Iterable[tuple[str, Path]], folder: Path, commands: Sequence[Sequence[str]] = (behaviour.COMMANDS,)
) -> list[str]:
    """Where the numbers of these files differ from the stored ones; ``commands`` take turns from file to file."""
    found = []
    for (key, path), chosen in zip(files, cycle(commands), strict=False):
        for command in chosen:
            now = behaviour.behaviour(command, path, folder)
            difference = behaviour.first_difference(stored()[key][command], now)
            found += [f"{command} {key} ({path.name}){difference}"] if difference else []
    return found


def sample_runs() -> Iterator[ParameterSet]:
    """Each command with each sample; the practice runs of the larger ones, also a part of their forecasts, are slow."""
    for command, (key, path) in product(behaviour.COMMANDS, behaviour.sample_files()):
        slow = command == "backtest" and path.stem in ("corner-shop", "student-lab")
        yield pytest.param(command, (key, path), marks=[pytest.mark.slow] if slow else [], id=f"{command} {key}")


@pytest.mark.parametrize(("command", "sample"), list(sample_runs()))
def test_the_samples_give_the_same_numbers(command: str, sample: tuple[str, Path], tmp_path: Path) -> None:
    assert not differences([sample], tmp_path, [[command]])


def test_one_file_of_each_family_gives_the_same_numbers(tmp_path: Path) -> None:
    commands = (
        ("check", "forecast"),
        (),
        ("check", "backtest"),
        (),
    )  # all on every file: make test-slow
    assert not differences(behaviour.kind_files(tmp_path / "kinds", only_first=True), tmp_path, commands)


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_every_kind_of_file_gives_the_same_numbers(tmp_path: Path) -> None:
    assert not differences(behaviour.kind_files(tmp_path / "kinds"), tmp_path)


@pytest.mark.slow
@pytest.mark.usefixtures("shared")
def test_the_real_examples_give_the_same_numbers(tmp_path: Path) -> None:
    assert not differences(behaviour.example_files(), tmp_path)


@pytest.mark.parametrize(
    ("before", "now", "what"),
    [
        ([1.0, {"a": None}], [1.00001, {"a": None}], ""),
        ([0, {"mase": 1.0}], [0, {"mase": 1.001}], "[1].mase: 1.0, now 1.001"),
        ([0, {"a": 1}], [0, {}], "[1]: 'a' is gone"),
        ({"coverage": {"0.5": 0.6564}}, {"coverage": {"0.5": 0.6566}}, ""),
        ({"coverage": {"0.5": 0.6564}}, {"coverage": {"0.5": 0.658}}, ".coverage.0.5: 0.6564, now 0.658"),
        ([[1, 2]], [[1]], "[0]: 2 entries, now 1"),
        (["gaps"], ["gap"], "[0]: 'gaps', now 'gap'"),
        ([float("nan")], [float("nan")], ""),
        ([float("nan")], [1.0], "[0]: nan, now 1.0"),
    ],
)
def test_a_difference_is_found_and_named(before: Any, now: Any, what: str) -> None:
    assert behaviour.first_difference(before, now) == what
