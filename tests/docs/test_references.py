"""Paths, links, make targets and commands that the documents mention exist."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import pytest
from tests.docs.texts import FENCE, ROOT

from almanac.cli.main import parser
from almanac.cli.registry import COMMANDS

DOCUMENTS = [
    *(ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
]
LINK = re.compile(r"\]\((?!https?:)([^)#]+)[^)]*\)")
PATH = re.compile(r"`([a-z_.]+(?:/[a-z0-9_.-]+)+/?)`")
FOUND_IN = (
    ROOT,
    ROOT / "app",
    ROOT / "app" / "almanac",
    ROOT / "app" / "almanac" / "tables",
    ROOT / "app" / "almanac" / "tables" / "timeline",
)
MADE_LATER = ("build/", "licenses/")  # by a command
TARGET = re.compile(r"(?:`|^)make ([a-z][a-z-]+)", re.MULTILINE)
OPTION = re.compile(r"(?<![\w/`-])`?(--[a-z][a-z-]+)")
OTHER_PROGRAMS = {
    "--require-hashes", "--no-deps", "--no-build-isolation",  # pip
    "--version",  # every program
    "--open", "--because",  # of our own scripts
}  # fmt: skip


def _id(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("document", DOCUMENTS, ids=_id)
def test_links_lead_somewhere(document: Path) -> None:
    links = LINK.findall(document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=_id)
def test_paths_exist(document: Path) -> None:
    text = FENCE.sub("", document.read_text(encoding="utf-8"))
    missing = [
        path
        for path in PATH.findall(text)
        if not path.startswith(MADE_LATER) and not any(_exists(folder / path) for folder in FOUND_IN)
    ]
    assert missing == []


def _exists(path: Path) -> bool:
    """A path, or a module without its ending."""
    return path.exists() or path.with_suffix(".py").exists()


@pytest.mark.parametrize("document", DOCUMENTS, ids=_id)
def test_make_targets_exist(document: Path) -> None:
    targets = re.findall(r"^([a-z][a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(TARGET.findall(document.read_text(encoding="utf-8"))) <= set(targets)


def test_options_exist() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert set(OPTION.findall(text)) - OTHER_PROGRAMS <= _options()


def test_commands_exist() -> None:
    commands = re.findall(
        r"almanac ([a-z]+) ?(?:[a-z.]+\.(?:csv|xlsx)|FILE|verify|list|$|`)",
        (ROOT / "README.md").read_text(encoding="utf-8"),
    )
    assert set(commands) <= {command.name for command in COMMANDS}


def _options() -> set[str]:
    found: set[str] = set()
    pending = [parser()]
    while pending:
        for action in pending.pop()._actions:
            found.update(action.option_strings)
            pending += action.choices.values() if isinstance(action, argparse._SubParsersAction) else []
    return found
