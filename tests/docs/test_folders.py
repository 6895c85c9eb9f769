"""The house stays easy to find one's way in: small folders, and no name that hides a module."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from tests.docs.texts import ROOT

PACKAGE = ROOT / "app" / "almanac"
FOLDERS = sorted({path.parent for path in PACKAGE.rglob("*.py")})
MAX_FILES = 12  # as many as a reader takes in at a glance; chosen by judgement
MAX_LINES = 400


def _id(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


@pytest.mark.parametrize("rule", ["files", "lines"])
def test_folders_and_files_fit_a_head(rule: str) -> None:
    if rule == "files":
        sizes = {_id(f): sum(p.name != "__init__.py" for p in f.glob("*.py")) for f in FOLDERS}
        assert {name: count for name, count in sizes.items() if count > MAX_FILES} == {}
    else:
        lengths = {_id(p): len(p.read_text(encoding="utf-8").splitlines()) for p in PACKAGE.rglob("*.py")}
        assert {name: count for name, count in lengths.items() if count > MAX_LINES} == {}


def test_every_folder_says_what_it_is_for() -> None:
    inits = [folder / "__init__.py" for folder in FOLDERS]
    assert [_id(path) for path in inits if not path.exists() or ast.get_docstring(_tree(path)) is None] == []


def test_no_exported_name_hides_a_module() -> None:
    """``from package import name`` is either a function or the module of that name, never one of the two by chance."""

    def there(folder: Path) -> set[str]:
        return {f.name for f in folder.iterdir()}  # as they are written, also where Scores.py would be scores.py

    hidden = [
        f"{_id(folder)}: {name}"
        for folder in FOLDERS
        for name in _imported(_tree(folder / "__init__.py"))
        if f"{name}.py" in there(folder) or (name in there(folder) and (folder / name / "__init__.py").exists())
    ]
    assert hidden == []


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _imported(tree: ast.Module) -> set[str]:
    """What an ``__init__`` takes from modules below it."""
    return {
        alias.asname or alias.name for node in tree.body if isinstance(node, ast.ImportFrom) for alias in node.names
    }
