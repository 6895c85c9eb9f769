"""Work on several cores gives what one core gives, in order."""

from __future__ import annotations

import threading

import pytest

from almanac.core.system import cores


@pytest.mark.parametrize("count", [1, 3])
def test_parts_stay_in_order(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cores, "usable_cores", lambda: count)
    assert cores.side_by_side(lambda part: part * part, list(range(20))) == [k * k for k in range(20)]


def test_parts_are_worked_on_at_the_same_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cores, "usable_cores", lambda: 2)
    both = threading.Barrier(2, timeout=10)  # one thread alone would wait in vain
    assert cores.side_by_side(lambda _: both.wait() >= 0, [0, 1]) == [True, True]


def test_a_fault_in_one_part_is_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cores, "usable_cores", lambda: 2)
    with pytest.raises(ZeroDivisionError):
        cores.side_by_side(lambda part: 1 // part, [1, 0, 1])
