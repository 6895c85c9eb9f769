"""Fixtures: a real window with a real worker, and a small file to drop on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from pytestqt.qtbot import QtBot
from tests.builders import seasonal

from almanac.desktop.window import MainWindow


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()


@pytest.fixture
def sales(tmp_path: Path) -> Path:
    """Five years of two products, by month."""
    months = pd.date_range("2019-01-01", periods=60, freq="MS").strftime("%Y-%m-%d")
    path = tmp_path / "sales.csv"
    table = {"month": months, "bread": seasonal(60).round(2), "milk": seasonal(60, seed=1).round(2)}
    pd.DataFrame(table).to_csv(path, index=False)
    return path
