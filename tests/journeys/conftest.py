"""The real window, for these tests, and a file to open in it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from tests.journeys.person import DAYS, START
from tests.window_fixtures import (
    application,
    dressed,
    keeping_window,
    keeping_worker_for_all,
    own_worker_window,
    sales,
    shared_worker,
    still,
    window,
    worker_for_all,
)

__all__ = [
    "application",
    "dressed",
    "keeping_window",
    "keeping_worker_for_all",
    "own_worker_window",
    "sales",
    "shared_worker",
    "still",
    "window",
    "worker_for_all",
]


@pytest.fixture(autouse=True)
def as_seen(dressed: None) -> None:
    """Journeys are made in the program as it looks."""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Some weeks of days of one product that sells every day."""
    values = 100 + 10 * np.sin(np.arange(DAYS) * 2 * np.pi / 7) + np.random.default_rng(0).normal(0, 2, DAYS)
    rows = [f"{START + timedelta(n)},{value:.0f}" for n, value in enumerate(values)]
    path = tmp_path / "shop.csv"
    path.write_text("\n".join(["day,sold", *rows]))
    return path
