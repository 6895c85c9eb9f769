"""Figures in CSV have the digits that mean something, and none is off by more than a millionth."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from tests.builders import forecast_of, seasonal, series_set

from almanac.core.jobs import run
from almanac.exports import ExportContent
from almanac.exports.tidy import write_csv


@pytest.mark.parametrize("size", [1e-9, 1e-3, 1.0, 1e4, 1.056e9, 1e13])
@pytest.mark.parametrize("decimals", [0, 2, 9])
def test_digits_suit_the_size_and_the_data(size: float, decimals: int, tmp_path: Path) -> None:
    series = series_set(seasonal(40))
    one = forecast_of(series)
    exact = replace(one, quantiles=one.quantiles * size * (np.pi / 3), decimals=np.array([decimals]))
    run(write_csv(tmp_path / "out.csv", ExportContent(series, exact)))
    text = pd.read_csv(tmp_path / "out.csv", dtype=str)["forecast"]
    saved = text.astype(float).to_numpy()
    assert np.abs(saved / exact.point[0] - 1).max() <= 1e-6
    if size == 1.0:
        assert text.str.replace(".", "").str.len().max() <= max(7, 3 + decimals)
    assert np.abs(saved - exact.point[0]).max() <= max(0.5 * 10.0**-decimals, 5e-7 * np.abs(saved).max())
