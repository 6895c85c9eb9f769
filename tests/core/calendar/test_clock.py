"""Clocks that are put forward and back."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from almanac.core.calendar.clock import Clock
from almanac.core.calendar.frequency import HOURLY

SPRING = int(np.datetime64("2024-03-31T02:00:00", "s").astype(np.int64))
AUTUMN = int(np.datetime64("2024-10-27T02:00:00", "s").astype(np.int64))
BERLIN = Clock(((SPRING, 3600), (AUTUMN, 0)), offset=3600)


def shown(moment: str) -> str:
    return str(BERLIN.on_the_wall(np.array([moment], "datetime64[s]"))[0])


def test_the_clock_on_the_wall_skips_an_hour_in_spring_and_repeats_one_in_autumn() -> None:
    assert [shown(f"2024-03-31T0{h}:00:00")[11:13] for h in (0, 1, 2, 3)] == ["00", "01", "03", "04"]
    assert [shown(f"2024-10-27T0{h}:00:00")[11:13] for h in (0, 1, 2, 3)] == ["01", "02", "02", "03"]


def test_periods_are_numbered_evenly_and_shown_as_on_the_wall() -> None:
    frequency = replace(HOURLY, clock=BERLIN)
    numbers = np.arange(SPRING // 3600 - 1, SPRING // 3600 + 2)
    assert np.array_equal(frequency.numbers(frequency.even_dates(numbers)), numbers)
    assert [frequency.label(n) for n in numbers] == ["2024-03-31 01:00", "2024-03-31 03:00", "2024-03-31 04:00"]
    assert [frequency.iso(n)[-6:] for n in numbers] == ["+01:00", "+02:00", "+02:00"]


def test_an_unknown_offset_is_not_shown() -> None:
    frequency = replace(HOURLY, clock=replace(BERLIN, offset=None))
    assert frequency.iso(SPRING // 3600) == "2024-03-31T03:00:00"
