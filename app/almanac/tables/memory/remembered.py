"""A reading that a person corrected, kept for files of the same shape.

Kept are the options they chose and, of the file, only a hash: of its column names in order. Dates among them (time
running across) count as one, so that next month's file has the same shape.
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
from almanac.core.problems import Choice, Finding, ProblemError
from almanac.core.text import normalise
from almanac.tables.api import preview
from almanac.tables.columns.crosstab import is_date_name
from almanac.tables.memory.records import read_options
from almanac.tables.reading import ReadFile, ReadingOptions

CODE = "read_as_corrected"
_KEPT = 200  # shapes; the oldest is forgotten first
_AS_PROPOSED = ReadingOptions()
_ORDERS = {True: "03/04 is 3 April", False: "03/04 is 4 March"}


def _store() -> Path:
    return paths.state() / "corrections.json"


def shape_of(path: Path) -> str:
    """A hash of what tells files of this kind apart from others: the columns of the table that would be proposed."""
    names: list[str] = []
    for name in preview(path).columns:
        name = "(date)" if is_date_name(name) else normalise(name)
        if name != "(date)" or names[-1:] != ["(date)"]:
            names.append(name)
    return hashlib.sha256(json.dumps(names, ensure_ascii=False).encode()).hexdigest()


def remember(path: Path, options: ReadingOptions) -> None:
    """Keep the options this file was used with; used as proposed, what was kept before is forgotten."""
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
    """What to read with: the options given; without any, those kept for files of this shape.

    The answer "forget" forgets them.
    """
    if options is None:
        return _recall(path) or _AS_PROPOSED
    if options.repair(CODE) == "forget":
        remember(path, _AS_PROPOSED)
        return _AS_PROPOSED
    return options


def _recall(path: Path) -> ReadingOptions | None:
    kept = _read()
    with suppress(ProblemError):
        if kept and (found := read_options(kept.get(shape_of(path)))) is not None:
            return found.with_values(repairs=((CODE, "keep"),))
    return None


def is_recalled(options: ReadingOptions) -> bool:
    """Whether the options were kept from before."""
    return options.repair(CODE) == "keep"


def with_recalled(file: ReadFile) -> ReadFile:
    """A file read with options kept from before says so, and offers to forget them."""
    if not is_recalled(file.options):
        return file
    said = Finding(
        CODE,
        "Read as you corrected it last time.",
        f"You used a file with the same columns like this: {_told(_without_answer(file.options))}.",
        "Nothing to do.",
        choices=(
            Choice("As last time", (("repairs", ((CODE, "keep"),)),), "Files like this go on being read like this."),
            Choice(
                "As Almanac proposes", (("repairs", ((CODE, "forget"),)),), "What you corrected last time is forgotten."
            ),
        ),
    )
    return replace(file, findings=(said, *file.findings))


def _without_answer(options: ReadingOptions) -> ReadingOptions:
    return replace(options, repairs=tuple(repair for repair in options.repairs if repair[0] != CODE))


def _told(options: ReadingOptions) -> str:
    """The choices in a person's words."""
    values, series = ", ".join(options.values), ", ".join(options.series)
    said = (
        (options.sheet, f"sheet “{options.sheet}”"),
        (options.date, f"when: “{options.date}”"),
        (values, f"what to forecast: {values}"),
        (series, f"split by: {series}"),
        (options.frequency, f"rhythm: {options.frequency}"),
        (options.day_first is not None, _ORDERS.get(bool(options.day_first), "")),
        (options.decimal, f"“{options.decimal}” is the decimal sign"),
        (options.missing, f"missing: {', '.join(f'{number:g}' for number in options.missing)}"),
        (options.sign, {"in": "only money in", "out": "only money out"}.get(options.sign or "", "all amounts")),
        (options.repeated, {"sum": "repeated dates added together", "mean": "repeated dates averaged"}.get(
            options.repeated or "", "the last of repeated dates")),
        (options.gaps, f"gaps: {options.gaps}"),
        (options.repairs, "findings treated as you chose"),
    )  # fmt: skip
    return "; ".join(words for chosen, words in said if chosen)


def _read() -> dict[str, Any]:
    try:
        kept = json.loads(_store().read_text(encoding="utf-8"))
        return kept if isinstance(kept, dict) else {}
    except (OSError, ValueError):  # never a reason not to read a file
        return {}


def _write(kept: dict[str, Any]) -> None:
    """Replace the store as a whole; a settings folder that cannot be written to is no reason to stop."""
    latest = dict(list(kept.items())[-_KEPT:])
    with suppress(OSError):
        _store().parent.mkdir(parents=True, exist_ok=True)
        new = _store().with_suffix(f".{os.getpid()}.tmp")
        new.write_text(json.dumps(latest, ensure_ascii=False), encoding="utf-8")
        new.replace(_store())
