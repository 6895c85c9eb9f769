"""What the program makes of known files, as numbers: run through the command line, stored, and compared.

``python -m tests.behaviour`` writes tests/data/behaviour.json.gz again, after a change of behaviour that is meant.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import json
import math
import sys
import tempfile
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any
from unittest.mock import patch

from almanac.__main__ import main as almanac

ROOT = Path(__file__).resolve().parents[1]
STORE = Path(__file__).with_name("data") / "behaviour.json.gz"
SAMPLES = ROOT / "resources" / "samples"
EXAMPLES = ROOT.parent / "shared" / "data" / "spreadsheets"
COMMANDS = ("check", "forecast", "backtest")
DIGITS = 6  # stored of each number
TOLERANCE = 1e-4  # relative: processors and versions of libraries differ in the last digits, behaviour does not
SHARE_TOLERANCE = 1e-3  # of values inside a range: on its edge, the last digit decides

# Sentences may be improved at any time; only codes, keys and numbers are behaviour.
SENTENCES = {
    "what",
    "why",
    "fix",
    "choices",
    "treatment",
    "chosen",
    "verdict",
    "words",
    "evidence",
    "question",
    "ranges",
}


def kind_files(folder: Path, only_first: bool = False) -> Iterator[tuple[str, Path]]:
    """Write the files of every kind, or the first of each family, below a folder; keys and paths."""
    from tests.tables.kinds import families

    for family, kinds in families().items():
        for n, kind in enumerate(kinds[:1] if only_first else kinds):
            path = folder / family / f"{n:03d}" / kind.file
            path.parent.mkdir(parents=True)
            path.write_bytes(kind.content)
            yield f"kinds/{family}/{n:03d}", path


def sample_files() -> list[tuple[str, Path]]:
    return [(f"samples/{p.name}", p) for p in sorted(SAMPLES.iterdir()) if p.suffix in (".csv", ".xlsx")]


def example_files() -> list[tuple[str, Path]]:
    """The real spreadsheets next to the project; none without them."""
    found = EXAMPLES.glob("*.*") if EXAMPLES.is_dir() else ()
    return [
        (f"examples/{p.name}", p) for p in sorted(found) if p.suffix in (".csv", ".xlsx") and p.name != "manifest.csv"
    ]


def behaviour(command: str, path: Path, folder: Path) -> Any:
    """What a command makes of a file: exit code and JSON without sentences, or the forecast as rows of cells."""
    if command == "forecast":
        target = folder / "forecast.csv"
        code, _, _ = _run("forecast", str(path), "--output", str(target), "--quiet")
        if not target.exists():
            return [code, None]
        rows = [[_number(cell) for cell in row] for row in csv.reader(io.StringIO(target.read_text("utf-8-sig")))]
        target.unlink()
        return [code, rows]
    code, out, error = _run(command, str(path), "--json")
    return [code, numbers_and_codes(json.loads(out if code == 0 else error))]


def numbers_and_codes(value: Any) -> Any:
    """The same JSON without sentences, with numbers of few digits."""
    if isinstance(value, dict):
        return {k: numbers_and_codes(v) for k, v in value.items() if k not in SENTENCES}
    if isinstance(value, list):
        return [numbers_and_codes(v) for v in value]
    if isinstance(value, float):
        return float(f"{value:.{DIGITS}g}")
    return value


def first_difference(stored: Any, now: Any, where: str = "") -> str:
    """Where two behaviours first differ and how; empty if they are the same."""
    if isinstance(stored, dict) and isinstance(now, dict):
        if only := sorted(stored.keys() ^ now.keys()):
            return f"{where}: {only[0]!r} is {'gone' if only[0] in stored else 'new'}"
        pairs = [(stored[k], now[k], f"{where}.{k}") for k in stored]
    elif isinstance(stored, list) and isinstance(now, list):
        if len(stored) != len(now):
            return f"{where}: {len(stored)} entries, now {len(now)}"
        pairs = [(a, b, f"{where}[{k}]") for k, (a, b) in enumerate(zip(stored, now, strict=True))]
    else:
        least = SHARE_TOLERANCE if ".coverage." in where else 1e-9
        return "" if _same(stored, now, least) else f"{where}: {stored!r}, now {now!r}"
    return next((found for pair in pairs if (found := first_difference(*pair))), "")


def stored() -> dict[str, dict[str, Any]]:
    """Key of the file → command → what it made of the file."""
    with gzip.open(STORE, "rt", encoding="utf-8") as file:
        found: dict[str, dict[str, Any]] = json.load(file)
        return found


def store(found: dict[str, dict[str, Any]]) -> None:
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    STORE.write_bytes(gzip.compress(text.encode(), mtime=0))


def _run(*arguments: str) -> tuple[int, str, str]:
    out, error = io.StringIO(), io.StringIO()
    with patch.object(sys, "argv", ["almanac", *arguments]), redirect_stdout(out), redirect_stderr(error):
        code = almanac()
    return code, out.getvalue(), error.getvalue()


def _number(cell: str) -> Any:
    try:
        return float(f"{float(cell):.{DIGITS}g}")
    except ValueError:
        return cell


def _same(stored: Any, now: Any, least: float) -> bool:
    if isinstance(stored, float) and isinstance(now, (int, float)):
        return math.isclose(stored, now, rel_tol=TOLERANCE, abs_tol=least) or (stored != stored and now != now)
    return bool(stored == now)


def main() -> None:
    """Run every command on every file and store what it makes of it."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    found = {}
    with tempfile.TemporaryDirectory() as folder, patch.dict("os.environ", ALMANAC_STATE=folder):
        for key, path in [*sample_files(), *example_files(), *kind_files(Path(folder) / "kinds")]:
            found[key] = {command: behaviour(command, path, Path(folder)) for command in COMMANDS}
    store(found)


if __name__ == "__main__":
    main()
