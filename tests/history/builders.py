"""What tests of the history share: a run with all its records, damage, and a process of its own."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path

from almanac import history

PYTHON = sys.executable


SECRET = "Confidential Bakery"


def add_run(store: history.Store, title: str = SECRET, content: bytes = b"secret figures 48151623") -> history.Run:
    project = history.Project(title, "shape")
    file = history.SourceFile(project.id, f"{title}.csv", f"/home/me/{title}.csv", "0" * 64)
    reading = history.Reading(project.id, file.id, "f", "monthly", 2, 10, "2024-01-01", "2024-05-01", {"sheet": title})
    run = history.Run(
        project.id, reading.id, title, "toy@1", "0" * 64, "cpu", "0.1", 3, 2, None, {"best": False}, {"all": 0.5}, {}
    )
    with store.writing() as writer:
        writer.add(project)
        writer.add(file)
        writer.add(reading, file=content)
        writer.add(run, forecast=content)
        writer.add(history.Adjustment(run.id, {"note": title}))
        writer.add(history.Event(project.id, {"name": title}))
        writer.add(history.Actual(run.id, reading.id, {"miss": 1.5}))
        alert = history.Alert(project.id, {"words": title}, reading.id)
        writer.add(alert)
        writer.add(history.Decision("snoozed", {"why": title}, project.id, alert.id))
        writer.add(history.Firing(project.id, {"series": title}, alert.id))
        writer.add(history.TriggerChoice(project.id, {"why": title}))
        writer.note("forecast", run.id, reading=reading.id)
    return run


def cut_in_half(content: bytes) -> bytes:
    return content[: len(content) // 2]


def overwritten_in_the_middle(content: bytes) -> bytes:
    return content[:200] + random.Random(1).randbytes(len(content) - 200)


def text(_: bytes) -> bytes:
    return b"This was a shopping list.\n" * 40


def other_database(_: bytes) -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE songs (title TEXT)")
    content = connection.serialize()
    connection.close()
    return content


IMPORTS = """
import sys
from pathlib import Path
from almanac import history
from almanac.core.problems import ProblemError
from tests.history.builders import add_run
path = Path(sys.argv[1])
"""


def in_child(code: str, path: Path) -> subprocess.CompletedProcess[str]:
    command = [PYTHON, "-c", IMPORTS + textwrap.dedent(code), str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
