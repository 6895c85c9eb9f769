"""The project's own texts, each with its place: docstrings, comments, sentences, headings, test names."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeGuard

ROOT = Path(__file__).resolve().parents[2]
CODE = ("app/almanac", "models/training", "packaging", "resources", "tests")
PAGES = ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "docs", "models", "tests/benchmarks")
TEST_NAME = re.compile(r"^ *def (test_\w+)", re.MULTILINE)
COMMENT = re.compile(r"(?:^|(?<=\s))#.*")
SPAN = re.compile(r"`[^`\n]+`")
FENCE = re.compile(r"^```.*?^```[^\n]*$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Text:
    """One text as it is written, line breaks included; ``line`` is where it begins."""

    path: Path
    line: int
    words: str

    def find(self, pattern: re.Pattern[str]) -> Iterator[tuple[int, str]]:
        """Yield line number and words of each match, also of those that run over a line break."""
        for found in pattern.finditer(self.words):
            yield self.line + self.words.count("\n", 0, found.start()), re.sub(r"\s+#?\s*", " ", found[0])


def all_texts() -> Iterator[Text]:
    """Yield every text of the program, of its documents and of its tests' names."""
    for folder in CODE:
        for path in sorted((ROOT / folder).rglob("*.py")):
            source = path.read_text(encoding="utf-8")
            if folder == "tests":
                yield from test_names(path, source)
            else:
                yield from comments(path, source)
                yield from strings(path, source)
    for name in PAGES:
        place = ROOT / name
        for path in sorted(place.rglob("*.md")) if place.is_dir() else [place]:
            yield Text(path, 1, without_code(path.read_text(encoding="utf-8")))


def test_names(path: Path, source: str) -> Iterator[Text]:
    """Yield the names of test functions, as words."""
    for found in TEST_NAME.finditer(source):
        yield Text(path, source.count("\n", 0, found.start(1)) + 1, found[1].replace("_", " "))


def comments(path: Path, source: str) -> Iterator[Text]:
    """Yield comments; those on consecutive lines are one text.

    Part of a string that looks like one is taken too: strings are texts as well, and splitting code into tokens takes
    long.
    """
    block: list[str] = []
    first = before = 0
    for line, code in enumerate(source.split("\n"), 1):
        found = COMMENT.search(code)
        if found is None:
            continue
        if block and line != before + 1:
            yield Text(path, first, "\n".join(block))
            block = []
        if not block:
            first = line
        block.append(found[0])
        before = line
    if block:
        yield Text(path, first, "\n".join(block))


def strings(path: Path, source: str) -> Iterator[Text]:
    """Yield strings of more than one word, docstrings among them; what an f-string fills in is left out."""
    inside = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.JoinedStr):
            inside |= {id(part) for part in node.values}
            words = "".join(
                part.value if isinstance(part, ast.Constant) and isinstance(part.value, str) else "…"
                for part in node.values
            )
            yield Text(path, node.lineno, words)
        elif _is_sentence(node) and id(node) not in inside:
            yield Text(path, node.lineno, without_code(node.value))


def _is_sentence(node: ast.AST) -> TypeGuard[ast.Constant]:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value.strip()


def without_code(words: str) -> str:
    """The text without code spans and fenced blocks, its lines kept."""
    words = FENCE.sub(lambda found: "\n" * found[0].count("\n"), words)
    return SPAN.sub("…", re.sub(r"``[^`]*``", lambda found: "…" + "\n" * found[0].count("\n"), words))
