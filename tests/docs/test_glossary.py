"""The glossary and the code agree: every name exists, no word appears twice, and no retired name is left."""

from __future__ import annotations

import ast
import importlib
import io
import re
import tokenize
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from tests.docs.texts import ROOT

GLOSSARY = ROOT / "docs" / "glossary.md"
ROW = re.compile(r"^\| (?P<person>.+?) \| (?P<field>.+?) \| `(?P<name>.+?)` \|$", re.MULTILINE)
ROWS = [found.groupdict() for found in ROW.finditer(GLOSSARY.read_text(encoding="utf-8"))]
NAMES = [row["name"] for row in ROWS]
NO_WORD = "(never shown)"

# Names that the field's terms replaced. A word that also has an ordinary use in code is left out.
RETIRED = {
    "practise": "backtest",
    "practising": "backtesting",
    "Practice": "Backtest",
    "PracticeRuns": "BacktestRuns",
    "Togetherness": "StepCorrelation",
    "togetherness": "step_correlation",
    "Futures": "SamplePaths",
    "imagine": "sample_paths",
    "KeptPromises": "ReliabilityCurve",
    "Tenths": "PitHistogram",
    "Fall": "PitPattern",
    "Outcome": "ForecastResult",
    "Standing": "RangeSupport",
    "standings": "range_support",
    "Why": "Explanation",
    "own_shifts": "series_shifts",
    "surplus": "coverage_gap",
    "pinball": "quantile_loss",
    "Plain": "Baseline",
    "PlainMethod": "Baseline",
    "ShelvedModel": "ModelStatus",
    "shelf": "model_statuses",
    "go_back": "rollback",
    "Pace": "Resampling",
    "as_read": "raw_values",
    "unrepaired": "without_repairs",
    "manieth": "index",
    "errands": "job_queue",
    "Advanced": "JobProgress",
    "WasStopped": "JobCancelled",
    "MetProblem": "JobFailed",
    "MetBug": "JobCrashed",
}


def test_the_glossary_has_rows_in_every_table() -> None:
    lines = [line for line in GLOSSARY.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    heads = sum(line.startswith("| a person reads") for line in lines)
    assert len(ROWS) == len(lines) - heads


@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith('"')])
def test_every_name_exists(name: str) -> None:
    assert _exists(name), f"almanac.{name} does not exist"


@pytest.mark.parametrize("key", [name.strip('"') for name in NAMES if name.startswith('"')])
def test_every_json_key_is_written_by_the_program(key: str) -> None:
    assert key in _strings()


@pytest.mark.parametrize("column", ["person", "field", "name"])
def test_no_word_appears_twice(column: str) -> None:
    words = Counter(row[column] for row in ROWS if row[column] != NO_WORD)
    assert [word for word, count in words.items() if count > 1] == []


@pytest.mark.parametrize("name", RETIRED)
def test_no_retired_name_is_left(name: str) -> None:
    assert _retired_identifiers().get(name, []) == [], f"write {RETIRED[name]}"


def _exists(name: str) -> bool:
    """Whether a module, or an attribute or dataclass field reached from one, has this path below ``almanac``."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        try:
            found: object = importlib.import_module(".".join(("almanac", *parts[:length])))
        except ModuleNotFoundError:
            continue
        for part in parts[length:]:
            if part in getattr(found, "__dataclass_fields__", {}):
                return part == parts[-1]
            if not hasattr(found, part):
                return False
            found = getattr(found, part)
        return True
    return False


@cache
def _sources() -> dict[Path, str]:
    return {path: path.read_text(encoding="utf-8") for path in sorted((ROOT / "app").rglob("*.py"))}


@cache
def _strings() -> frozenset[str]:
    return frozenset(
        node.value
        for source in _sources().values()
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


@cache
def _retired_identifiers() -> dict[str, list[str]]:
    """Where each retired name is used as an identifier in the program: file:line."""
    words = re.compile(rf"\b(?:{'|'.join(RETIRED)})\b")
    found: dict[str, list[str]] = {}
    for path, source in _sources().items():
        if not words.search(source):  # to take a module apart takes much longer
            continue
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type == tokenize.NAME and token.string in RETIRED:
                found.setdefault(token.string, []).append(f"{path.relative_to(ROOT)}:{token.start[0]}")
    return found
