"""Times with offsets from UTC that change with the clocks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from tests.tables.conftest import Reader, codes, finding, lines

BERLIN = ZoneInfo("Europe/Berlin")


def stamps(start: str, count: int, minutes: int = 60) -> list[str]:
    begin = datetime.fromisoformat(start).replace(tzinfo=BERLIN).astimezone(UTC)
    return [(begin + timedelta(minutes=minutes * n)).astimezone(BERLIN).isoformat() for n in range(count)]


@pytest.mark.parametrize("start", ["2024-03-28", "2024-10-24"])
def test_each_time_counts_by_its_own_offset_and_is_shown_as_written(read_text: Reader, start: str) -> None:
    times, values = stamps(start, 200), [100.5 + n for n in range(200)]
    file = read_text(lines(times, values, header="Time,Load"))
    frequency = file.series.frequency
    assert [frequency.iso(int(file.series.first[0]) + n) for n in range(200)] == times
    assert file.series.values.tolist() == values
    assert finding(file, "clocks_changed").count == 1


def test_days_of_hours_with_offsets_are_local_days(read_text: Reader) -> None:
    times = stamps("2024-03-30", 24 + 23 + 24)
    file = read_text(lines(times, [1.0] * len(times), header="Time,Load"), frequency="daily", repeated="sum")
    assert file.series.values.tolist() == [24, 23, 24]
    assert file.series.frequency.label(int(file.series.first[0])) == "2024-03-30"


def test_an_offset_that_stays_is_not_shown(read_text: Reader) -> None:
    times = stamps("2024-01-10", 100)
    file = read_text(lines(times, [100.5 + n for n in range(100)], header="Time,Load"))
    assert file.series.frequency.iso(int(file.series.first[0])) == "2024-01-10T00:00:00"
    assert "clocks_changed" not in codes(file)


def test_places_in_several_zones_share_the_moments(read_text: Reader) -> None:
    begin = datetime(2024, 1, 10, tzinfo=UTC)
    moments = [begin + timedelta(hours=n) for n in range(72)]
    rows = [
        f"{t.astimezone(ZoneInfo(zone)).isoformat()},{zone}"
        for t in moments
        for zone in ("Europe/Berlin", "America/New_York")
    ]
    values = [100.5 + n for n in range(144)]
    file = read_text(lines(rows, values, header="Time,Place,Load"))
    assert file.reading.frequency.name == "hourly"
    assert np.array_equal(file.series.lengths, [72, 72])
    assert np.isfinite(file.series.values).all()


def test_slots_of_time_are_not_offsets(read_text: Reader) -> None:
    times = [datetime(2024, 1, 10) + timedelta(minutes=30 * n) for n in range(100)]
    slots = [f"{t:%Y-%m-%d %H:%M}-{t + timedelta(minutes=30):%H:%M}" for t in times]
    file = read_text(lines(slots, [100.5 + n for n in range(100)], header="Slot,Load"))
    assert file.series.frequency.iso(int(file.series.first[0])) == "2024-01-10T00:00:00"
    assert len(file.series[0]) == 100
