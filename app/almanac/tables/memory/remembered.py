"""Corrections of a reading, kept for files of the same shape.

Kept are the options that the person chose, how common each finding was in the file they chose them for, and, of the
file, only a hash of its column names in order. Several dates in a row (time running across) count as one, so that next
month's file has the same shape. ``memory.corrected`` decides which of the corrections fit another file.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from almanac.core.problems import ProblemError
from almanac.core.system import paths
from almanac.core.system.setting_files import read_setting, write_setting
from almanac.core.text import normalise
from almanac.tables.api import preview
from almanac.tables.columns.crosstab.find import is_date_name
from almanac.tables.findings.registry import corrections_not_used, read_as_corrected
from almanac.tables.memory.fit import shares
from almanac.tables.memory.records import read_options
from almanac.tables.reading import ReadFile, ReadingOptions

MAX_SHAPES = 200  # kept; the oldest is forgotten first
AS_PROPOSED = ReadingOptions()
_DATE = "(date)"
_ANSWERS = (read_as_corrected.code, corrections_not_used.code)  # about the corrections themselves


@dataclass(frozen=True)
class Corrections:
    """What the person chose; ``seen``: for each finding they had before them, the share of the rows it was about."""

    options: ReadingOptions
    seen: Mapping[str, float] = field(default_factory=dict)


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


def remember(path: Path, options: ReadingOptions, seen: Mapping[str, float] | None = None) -> None:
    """Keep the options that this file was used with; without any corrections, forget those kept before."""
    options = without_answers(options)
    kept = _read()
    if options == AS_PROPOSED and not kept:
        return
    with suppress(ProblemError):  # the file is gone by now
        shape = shape_of(path)
        kept.pop(shape, None)
        if options != AS_PROPOSED:
            kept[shape] = {"options": asdict(options), "seen": dict(seen or {})}
        _write(kept)


def remember_use(path: Path, file: ReadFile) -> None:
    """Keep how a file was corrected when it was used; corrections of others that were not used for it stay as kept."""
    if without_answers(file.options) != AS_PROPOSED or is_recalled(file.options):
        remember(path, file.options, shares(file))


def recall(path: Path) -> Corrections | None:
    """What is kept for files of this shape; None when nothing is, or this version cannot read it."""
    kept = _read()
    if not kept:
        return None
    with suppress(ProblemError, AttributeError, TypeError, ValueError):
        found = kept.get(shape_of(path), {})
        options = read_options(found.get("options"))
        if options is not None:
            return Corrections(options, {code: float(share) for code, share in found["seen"].items()})
    return None


def is_recalled(options: ReadingOptions) -> bool:
    """Whether the options were kept from before."""
    return options.repair(read_as_corrected.code) == "keep"


def without_answers(options: ReadingOptions) -> ReadingOptions:
    """The options without the answers to findings about the corrections themselves."""
    return replace(options, repairs=tuple(repair for repair in options.repairs if repair[0] not in _ANSWERS))


def _read() -> dict[str, Any]:
    """What is kept: corrections by shape."""
    kept = read_setting(_store())
    return kept if isinstance(kept, dict) else {}


def _write(kept: dict[str, Any]) -> None:
    """Replace the store as a whole; a settings folder that cannot be written to is no reason to stop."""
    latest = dict(list(kept.items())[-MAX_SHAPES:])
    with suppress(OSError):
        write_setting(_store(), latest)
