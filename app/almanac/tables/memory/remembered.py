"""Corrections of a reading, kept for files of the same shape.

Kept are the options that the person chose and, of the file, only a hash of its column names in order. Several dates in
a row (time running across) count as one, so that next month's file has the same shape.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from almanac.core import paths
from almanac.core.problems import ProblemError
from almanac.core.text import normalise
from almanac.tables.api import preview
from almanac.tables.columns.crosstab import is_date_name
from almanac.tables.findings.registry import read_as_corrected
from almanac.tables.memory.records import read_options
from almanac.tables.reading import ReadFile, ReadingOptions

MAX_SHAPES = 200  # kept; the oldest is forgotten first
_AS_PROPOSED = ReadingOptions()
_DATE = "(date)"
_ORDERS = {True: "03/04 is 3 April", False: "03/04 is 4 March"}
_SIDES = {"in": "only money in", "out": "only money out", "all": "all amounts"}
_REPEATED = {
    "sum": "repeated dates added together",
    "mean": "repeated dates averaged",
    "last": "the last of repeated dates",
}


def _store() -> Path:
    return paths.state() / "corrections.json"


def shape_of(path: Path) -> str:
    """A hash of the columns of the table that would be proposed, which tells files of different kinds apart."""
    names: list[str] = []
    for column in preview(path).columns:
        name = _DATE if is_date_name(column) else normalise(column)
        if name != _DATE or names[-1:] != [_DATE]:
            names.append(name)
    return hashlib.sha256(json.dumps(names, ensure_ascii=False).encode()).hexdigest()


def remember(path: Path, options: ReadingOptions) -> None:
    """Keep the options that this file was used with; without any corrections, forget those kept before."""
    options = _without_answer(options)
    kept = _read()
    if options == _AS_PROPOSED and not kept:
        return
    with suppress(ProblemError):  # the file is gone by now
        shape = shape_of(path)
        kept.pop(shape, None)
        if options != _AS_PROPOSED:
            kept[shape] = asdict(options)
        _write(kept)


def answered(path: Path, options: ReadingOptions | None) -> ReadingOptions:
    """The options to read with: those given; without any, those kept for files of this shape.

    The treatment "forget" of the finding forgets them.
    """
    if options is None:
        return _recall(path) or _AS_PROPOSED
    if options.repair(read_as_corrected.code) == "forget":
        remember(path, _AS_PROPOSED)
        return _AS_PROPOSED
    return options


def _recall(path: Path) -> ReadingOptions | None:
    kept = _read()
    with suppress(ProblemError):
        if kept and (found := read_options(kept.get(shape_of(path)))) is not None:
            return found.with_values(repairs=((read_as_corrected.code, "keep"),))
    return None


def is_recalled(options: ReadingOptions) -> bool:
    """Whether the options were kept from before."""
    return options.repair(read_as_corrected.code) == "keep"


def with_recalled(file: ReadFile) -> ReadFile:
    """The file with a finding, if it was read with options kept from before, that offers to forget them."""
    if not is_recalled(file.options):
        return file
    finding = read_as_corrected(_in_words(_without_answer(file.options)), "keep")
    return replace(file, findings=(finding, *file.findings))


def _without_answer(options: ReadingOptions) -> ReadingOptions:
    others = tuple(repair for repair in options.repairs if repair[0] != read_as_corrected.code)
    return replace(options, repairs=others)


def _in_words(options: ReadingOptions) -> str:
    """The options that the person chose, as they read them."""
    values, series = ", ".join(options.values), ", ".join(options.series)
    chosen = (
        options.sheet and f"sheet “{options.sheet}”",
        options.date and f"date: “{options.date}”",
        values and f"forecast: {values}",
        series and f"split by: {series}",
        options.frequency and f"rhythm: {options.frequency}",
        options.day_first is not None and _ORDERS[bool(options.day_first)],
        options.decimal and f"“{options.decimal}” is the decimal sign",
        options.missing and f"missing: {', '.join(f'{number:g}' for number in options.missing)}",
        options.sign and _SIDES.get(options.sign, _SIDES["all"]),
        options.repeated and _REPEATED.get(options.repeated, _REPEATED["last"]),
        options.gaps and f"gaps: {options.gaps}",
        options.repairs and "findings treated as you chose",
    )
    return "; ".join(words for words in chosen if words)


def _read() -> dict[str, Any]:
    """What is kept: options by shape."""
    try:
        kept = json.loads(_store().read_text(encoding="utf-8"))
        return kept if isinstance(kept, dict) else {}
    except (OSError, ValueError):  # never a reason not to read a file
        return {}


def _write(kept: dict[str, Any]) -> None:
    """Replace the store as a whole; a settings folder that cannot be written to is no reason to stop."""
    latest = dict(list(kept.items())[-MAX_SHAPES:])
    with suppress(OSError):
        _store().parent.mkdir(parents=True, exist_ok=True)
        new = _store().with_suffix(f".{os.getpid()}.tmp")
        new.write_text(json.dumps(latest, ensure_ascii=False), encoding="utf-8")
        new.replace(_store())
