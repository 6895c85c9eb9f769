"""Fixtures: a real window with a real worker or with none, and a small file to drop on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.builders import seasonal

from almanac.desktop.theme import style
from almanac.desktop.window import MainWindow


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    """The look that a person has: focus rings, sizes and fonts are part of what is tested."""
    if not qapp.styleSheet():
        style.load_fonts()
        style.apply(qapp)


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.unsaved = False  # closing would ask
    made.close()


@pytest.fixture
def still(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    """A window whose worker does not start: what it would answer is handed over by the test."""
    monkeypatch.setattr("almanac.desktop.worker_client.client.WorkerLink.open", lambda _: None)
    made = MainWindow()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.make_pages()
    yield made
    made.unsaved = False
    made.close()


@pytest.fixture
def sales(tmp_path: Path) -> Path:
    """Five years of two products, by month."""
    months = pd.date_range("2019-01-01", periods=60, freq="MS").strftime("%Y-%m-%d")
    path = tmp_path / "sales.csv"
    table = {"month": months, "bread": seasonal(60).round(2), "milk": seasonal(60, seed=1).round(2)}
    pd.DataFrame(table).to_csv(path, index=False)
    return path
