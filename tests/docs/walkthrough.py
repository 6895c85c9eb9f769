"""Follows a how-to document step by step in a copy of the project.

What the code blocks of a document do:

* a block with a title, `python title="app/almanac/…"`, becomes that file, which must not be there yet;
* a `diff` block with a title changes that file: lines that begin with a space or a minus must be in it, once and in
  this order, and become those that begin with a space or a plus;
* each line of an `sh` block is run and must end with exit code 0;
* a `text` block must be part of what the commands before it printed.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.docs.texts import ROOT

BLOCK = re.compile(r'^```(?P<kind>\w+)(?: title="(?P<title>[^"]+)")?\n(?P<body>.*?)^```$', re.MULTILINE | re.DOTALL)
COPIED = ("app", "models", "resources", "tests", "pyproject.toml", "README.md", "LICENSE")
IGNORED = shutil.ignore_patterns(".*_cache")  # compiled modules are copied: Python sees which of them are out of date
SECONDS = 100  # for one command


@dataclass(frozen=True)
class Block:
    """One code block of a document; ``title`` is a path below the root, or empty."""

    kind: str
    title: str
    body: str


def blocks_of(document: Path) -> list[Block]:
    """Return the code blocks of a document in their order."""
    text = document.read_text(encoding="utf-8")
    return [Block(found["kind"], found["title"] or "", found["body"]) for found in BLOCK.finditer(text)]


def follow(document: Path, root: Path) -> None:
    """Do everything that the document says, in a copy of the project at ``root``."""
    _copy_project(root)
    printed = ""
    for block in blocks_of(document):
        if block.kind == "sh":
            printed = "".join(_run(line, root) for line in block.body.splitlines() if line.strip())
        elif block.kind == "text":
            assert block.body.strip() in printed, f"not printed:\n{block.body}\nbut:\n{printed}"
        elif block.kind == "diff":
            change(root / block.title, block.body)
        else:
            _create(root / block.title, block.body)


def apply(document: Path, root: Path) -> list[Path]:
    """Make the files of the document and change those that it changes, in copies of these alone; nothing is run."""
    made = []
    for block in blocks_of(document):
        if not block.title:
            continue
        path = root / block.title
        if block.kind == "diff":
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / block.title, path)
            change(path, block.body)
        else:
            assert not (ROOT / block.title).exists(), f"{block.title} exists"
            _create(path, block.body)
        made.append(path)
    return made


def change(path: Path, diff: str) -> None:
    """Apply a diff without line numbers; the lines that it keeps and removes must be in the file exactly once."""
    lines = diff.splitlines()
    before = "\n".join(line[1:] for line in lines if not line.startswith("+"))
    after = "\n".join(line[1:] for line in lines if not line.startswith("-"))
    source = path.read_text(encoding="utf-8")
    assert source.count(before) == 1, f"{path.name} has these lines {source.count(before)} times:\n{before}"
    path.write_text(source.replace(before, after), encoding="utf-8")


def _create(path: Path, content: str) -> None:
    assert not path.exists(), f"{path} exists"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")


def _copy_project(root: Path) -> None:
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, root / name, ignore=IGNORED)
        else:
            shutil.copy(source, root / name)


def _run(line: str, root: Path) -> str:
    """Run one command in the copy, as in an environment where the program is installed; return what it prints."""
    words = shlex.split(line)
    settings = {}
    if words[0] == "env":  # env NAME=VALUE … command
        words.pop(0)
        while "=" in words[0]:
            name, _, value = words.pop(0).partition("=")
            settings[name] = value
    if words[0] == "almanac":
        words = [sys.executable, "-m", "almanac", *words[1:]]
    elif words[0] == "python":
        words = [sys.executable, *words[1:]]
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join((str(root / "app"), str(root))),
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTEST_ADDOPTS": f"-p no:cacheprovider --basetemp={root / 'temporary'}",
        **settings,
    }
    done = subprocess.run(
        words, cwd=root, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=SECONDS, check=False
    )
    assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"
    return done.stdout
