"""Fixtures: a real window with a real worker or with none, and a small file to drop on it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import cast

import pandas as pd
import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.builders import seasonal
from tests.shared_worker import SharedWorker

from almanac.desktop.pages.data.page import DataPage
from almanac.desktop.pages.export import ExportPage
from almanac.desktop.pages.forecast.page import ForecastPage
from almanac.desktop.pages.trust.page import TrustPage
from almanac.desktop.shell.station import StationKey
from almanac.desktop.stations import STATIONS
from almanac.desktop.theme import style
from almanac.desktop.window import MainWindow
from almanac.desktop.worker_client.preload import load_modules
from almanac.worker.messages import JobCancelled

FEW_DRAWS = 60_000  # of a total, where what a page shows of it is tested and not how exact it is: 400 paths


@cache
def load_pages() -> None:
    """Import what windows import in a thread, before the first one does.

    Qt for Python makes its types when they are first used. When two threads use the same one for the first time at
    once, one of them finds it half made (``QGradient`` without ``Preset``). A window shows no result before its thread
    has ended, but tests without a worker hand results over at once. And a thread cannot go on making a tuple that
    ``gc.get_objects`` has found, which looks for timers after each test.
    """
    load_modules(tuple(load for station in STATIONS for load in (station.load_page, *station.load_later)))


@cache
def style_sheet(application: QApplication) -> str:
    """Style the application once, with its fonts and colours; the style sheet that belongs to them."""
    style.load_fonts()
    style.apply(application)
    return application.styleSheet()


@pytest.fixture(autouse=True)
def application(qapp: QApplication) -> Iterator[None]:
    """The program's fonts and colours, but no style sheet, which takes most of the time in which a window is made.

    Windows that a test closed are deleted after it: Qt would do so in an event loop, which few tests run. So is what it
    copied: without a screen, Qt would only delete it when Python has ended, and crash (with a real one it does not).
    """
    if style_sheet(qapp) and qapp.styleSheet():
        qapp.setStyleSheet("")
    load_pages()
    yield
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    qapp.clipboard().clear()


@pytest.fixture
def dressed(qapp: QApplication, application: None) -> None:  # noqa: ARG001
    """The application as a person sees it: for what is about sizes, focus rings, colours or pauses."""
    qapp.setStyleSheet(style_sheet(qapp))


class WindowUnderTest(MainWindow):
    """The window, with its pages by name."""

    @property
    def data(self) -> DataPage:
        return cast(DataPage, self.page(StationKey.DATA))

    @property
    def forecast(self) -> ForecastPage:
        return cast(ForecastPage, self.page(StationKey.FORECAST))

    @property
    def trust(self) -> TrustPage:
        return cast(TrustPage, self.page(StationKey.TRUST))

    @property
    def export(self) -> ExportPage:
        return cast(ExportPage, self.page(StationKey.EXPORT))


@pytest.fixture(scope="session")
def worker_for_all(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SharedWorker]:  # noqa: ARG001
    """The worker that windows of all tests use in turn."""
    made = SharedWorker(tmp_path_factory.mktemp("worker"))
    yield made
    made.end()


@pytest.fixture(scope="session")
def keeping_worker_for_all(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SharedWorker]:  # noqa: ARG001
    """The worker that keeps the work of all tests of the history."""
    made = SharedWorker(tmp_path_factory.mktemp("keeping-worker"), keeps_work=True)
    yield made
    made.end()


@pytest.fixture
def shared_worker(worker_for_all: SharedWorker, own_state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let windows use the worker that is there already; it works in the folders of this test."""
    worker_for_all.use(own_state, Path(os.environ["TMPDIR"]))
    monkeypatch.setattr("almanac.desktop.worker_client.client.WorkerProcess", worker_for_all.lend)


def open_window(qtbot: QtBot) -> Iterator[WindowUnderTest]:
    made = WindowUnderTest()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.session.unsaved = False  # closing would ask
    made.close()


@pytest.fixture
def window(qtbot: QtBot, shared_worker: None) -> Iterator[WindowUnderTest]:  # noqa: ARG001
    """A window with a real worker."""
    yield from open_window(qtbot)


@pytest.fixture
def keeping_window(
    qtbot: QtBot, keeping_worker_for_all: SharedWorker, own_state: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[WindowUnderTest]:
    """A window with a real worker that keeps work, as the program does for a person."""
    monkeypatch.setenv("ALMANAC_HISTORY", "on")
    keeping_worker_for_all.use(own_state, Path(os.environ["TMPDIR"]))
    monkeypatch.setattr("almanac.desktop.worker_client.client.WorkerProcess", keeping_worker_for_all.lend)
    yield from open_window(qtbot)


@pytest.fixture
def own_worker_window(qtbot: QtBot) -> Iterator[WindowUnderTest]:
    """A window that starts a worker: for what is about its start, its end or its log."""
    yield from open_window(qtbot)


@pytest.fixture
def still(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[WindowUnderTest]:
    """A window whose worker does not start; the test passes results to it with ``driving.hand_over``."""
    monkeypatch.setattr("almanac.desktop.worker_client.client.WorkerClient.launch", lambda _: None)
    monkeypatch.setattr("almanac.totals.paths.MAX_DRAWS", FEW_DRAWS)
    made = WindowUnderTest()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.make_pages()
    QApplication.processEvents()  # the first paint, after which it asks for recent work
    while made.session.jobs.running is not None:
        made.session.worker.receive(JobCancelled())
    yield made
    made.session.unsaved = False
    made.close()


@pytest.fixture
def sales(tmp_path: Path) -> Path:
    """Five years of two products, by month."""
    months = pd.date_range("2019-01-01", periods=60, freq="MS").strftime("%Y-%m-%d")
    path = tmp_path / "sales.csv"
    table = {"month": months, "bread": seasonal(60).round(2), "milk": seasonal(60, seed=1).round(2)}
    pd.DataFrame(table).to_csv(path, index=False)
    return path
