"""Every input that was once given to a door, among them those that broke it, and what a door is there to notice."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.fuzzing import __main__ as fuzzing
from tests.fuzzing import doors

from almanac.tables.values import numbers

CORPUS = sorted(path for path in fuzzing.CORPUS.rglob("*") if path.is_file())


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_every_input_that_is_kept_goes_through_its_door(path: Path) -> None:
    doors.DOORS[path.parent.name](path.read_bytes())


def test_every_door_has_inputs_and_a_name_on_the_command_line() -> None:
    assert set(fuzzing.DOORS) == set(doors.DOORS) == {path.parent.name for path in CORPUS}


def test_a_door_notices_two_readers_that_differ(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numbers, "read_number", lambda _text, _decimal: 1.0)
    with pytest.raises(AssertionError, match="two readers"):
        doors.number(b"12.5")
