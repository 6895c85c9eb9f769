"""What tests of the window have in common: dropping, waiting, reading what is shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from tests.window_fixtures import WindowUnderTest

from almanac import workflow
from almanac.core.jobs import Progress, run
from almanac.core.problems import ProblemError
from almanac.worker.messages import JobCancelled, JobFailed, JobFinished, JobProgress

WAIT_MS = 30_000
FORBIDDEN = ("error", "failed", "invalid", "fatal", "exception")


def drag(window: WindowUnderTest, *paths: Path) -> tuple[Any, ...]:
    """Drag files over the window."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(p)) for p in paths])
    where, action = QPointF(400, 300), Qt.DropAction.CopyAction
    event = (action, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(window, QDragEnterEvent(where.toPoint(), *event))
    return where, *event


def drop(window: WindowUnderTest, *paths: Path) -> None:
    """Drag files over the window and let them go."""
    event = drag(window, *paths)  # Qt does not keep the files alive
    QApplication.sendEvent(window, QDropEvent(*event))


def idle(window: WindowUnderTest, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not window.session.worker.busy, timeout=WAIT_MS)


def confirm_data(window: WindowUnderTest, qtbot: QtBot) -> None:
    """Press what is there to go on: Next until it is Use This Data."""
    for _ in range(5):
        if window.data.use.isVisible():
            break
        qtbot.mouseClick(window.data.next, Qt.MouseButton.LeftButton)
        idle(window, qtbot)
    assert window.data.use.isVisible()
    qtbot.mouseClick(window.data.use, Qt.MouseButton.LeftButton)


def forecast(window: WindowUnderTest, qtbot: QtBot, path: Path) -> None:
    """From the file to its forecast."""
    drop(window, path)
    idle(window, qtbot)
    assert window.session.file is not None
    confirm_data(window, qtbot)
    idle(window, qtbot)
    assert window.session.result is not None


def hand_over(window: WindowUnderTest, job: str, result: Any) -> None:
    """Ask for ``job`` as the pages do, and let the worker answer with ``result`` and nothing else."""
    session = window.session
    requests: dict[str, Callable[[], object]] = {
        "check": lambda: session.open_file(Path("corner-shop.csv")),
        "forecast": session.make_forecast,
        "export": lambda: session.saving.save(result),
    }
    stop_lookups(window)
    requests[job]()
    assert session.jobs.running is not None
    assert session.jobs.running.name == job  # not a lookup that is still open
    session.worker.receive(JobFinished(result))
    stop_lookups(window)
    QApplication.processEvents()


def stop_lookups(window: WindowUnderTest) -> None:
    """End what the pages have the worker find out while the person goes on."""
    while window.session.jobs.running is not None and window.session.jobs.running.quiet:
        window.session.worker.receive(JobCancelled())


def answer_lookups(window: WindowUnderTest) -> list[str]:
    """Let a worker answer what the Forecast page has added up by itself; the names of its jobs."""
    answered = []
    window.forecast.enter()
    while (job := window.session.jobs.running) is not None:
        answered.append(job.name)
        window.session.worker.receive(JobFinished(run(getattr(workflow, job.name)(*job.arguments))))
        QApplication.processEvents()
    return answered


def answer_all(window: WindowUnderTest) -> None:
    """Let a worker answer what is asked for, one job after the other."""
    while (job := window.session.jobs.running) is not None:
        try:
            answer: Any = JobFinished(run(getattr(workflow, job.name)(*job.arguments)))
        except ProblemError as problem:
            answer = JobFailed(problem.problem)
        window.session.worker.receive(answer)
        QApplication.processEvents()


def answer_adjustment(window: WindowUnderTest) -> None:
    """Let a worker adjust the forecast; what is added up afterwards is not answered."""
    while (job := window.session.jobs.running) is not None:
        if job.name == "adjust":
            window.session.worker.receive(JobFinished(run(workflow.adjust(*job.arguments))))
        else:
            window.session.worker.receive(JobCancelled())
        QApplication.processEvents()


def answer_early(window: WindowUnderTest, result: Any) -> None:
    """Let the worker hand over an early result of the running job."""
    window.session.worker.receive(JobProgress(Progress(0, 0, "Checking on your past", early=result)))
    QApplication.processEvents()


def shown_text(window: WindowUnderTest) -> str:
    """Every text of the page."""
    QApplication.processEvents()  # new cards appear with the next paint
    labels = window.pages.currentWidget().findChildren(QLabel)
    return " ".join(label.text() for label in labels if label.isVisible())


def big(path: Path, series: int) -> Path:
    """A wide file of 200 days."""
    days = pd.date_range("2020-01-01", periods=200).strftime("%Y-%m-%d")
    texts = np.array([f"{cents / 100}" for cents in range(100, 900)])
    rows = np.random.default_rng(0).choice(texts, (200, series)).tolist()
    lines = [
        ",".join([*row, day])
        for row, day in zip([[f"p{k}" for k in range(series)], *rows], ["day", *days], strict=True)
    ]
    path.write_text("\n".join(lines) + "\n")
    return path
