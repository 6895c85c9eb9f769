"""The workflows run no code that could be changed after it was looked at, and look for known weaknesses."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

WORKFLOWS = sorted((Path(__file__).resolve().parents[2] / ".github" / "workflows").glob("*.yml"))
PINNED = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_every_action_is_pinned_by_the_hash_of_its_commit(path: Path) -> None:
    used = re.findall(r"uses: (.+)", path.read_text())
    assert used
    assert [action for action in used if not PINNED.fullmatch(action)] == []


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_may_not_write_unless_a_job_asks_for_it(path: Path) -> None:
    assert re.search(r"^permissions: \{ contents: read \}$", path.read_text(), re.MULTILINE)


@pytest.mark.parametrize("name", ["test", "nightly"])
def test_known_weaknesses_of_what_is_bundled_are_looked_for(name: str) -> None:
    text = next(path for path in WORKFLOWS if path.stem == name).read_text()
    assert "pip-audit --requirement requirements.lock" in text
