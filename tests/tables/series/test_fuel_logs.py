"""Of an odometer at irregular dates the distance is forecast, and no litre is lost."""

from __future__ import annotations

import numpy as np
import pytest
from tests.tables.conftest import Reader, codes
from tests.tables.kinds.value_columns.fuel_logs import FuelLog, fuel_log


def faults(read_text: Reader, truth: FuelLog) -> list[str]:
    file = read_text(truth.text)
    series = file.series
    found = [] if truth.distance in series.names else [f"no {truth.distance}"]
    sums = [float(np.nansum(series[n])) for n in range(len(series))]
    first = series.frequency.dates(series.first[:1])[0].astype("datetime64[D]").item()
    driven = sum(trip for day, trip in truth.trips.items() if day >= first)
    found += [] if np.isclose(sums[0], driven) else [f"{sums[0]}, not {driven}"]
    found += [] if np.isclose(sums[1], truth.fuel) else ["other litres"]
    return found + ([] if ("running_total" in codes(file)) == truth.odometer else ["taken for the other kind"])


def check(read_text: Reader, seeds: range) -> None:
    assert not {seed: found for seed in seeds if (found := faults(read_text, fuel_log(seed)))}


def test_the_distance_between_readings_is_forecast(read_text: Reader) -> None:
    check(read_text, range(36))


@pytest.mark.slow
def test_the_distance_between_many_readings_is_forecast(read_text: Reader) -> None:
    check(read_text, range(36, 536))
