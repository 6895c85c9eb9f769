"""Reads a file with the corrections kept for its shape, as far as they fit it at least as well as a fresh reading.

Corrections are tried in stages, each against the reading before it: answers to what this file leaves open, too; the
columns and the frequency; answers to what those leave open; treatments of findings that the file has, about as common
as they were. A stage that makes the reading worse is not used but offered. A correction of something that this file
does not leave open, such as day or month in 2024-03-04, has nothing to say here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from almanac.core.jobs import Job
from almanac.core.problems import ProblemError
from almanac.tables.api import understand
from almanac.tables.findings import registry as findings
from almanac.tables.layout.load import Loaded, load
from almanac.tables.memory.fit import MIN_COMMON, is_as_common, shares, what_is_worse
from almanac.tables.memory.in_words import in_words
from almanac.tables.memory.remembered import AS_PROPOSED, Corrections, recall, remember
from almanac.tables.reading import ReadFile, ReadingOptions

Changes = dict[str, Any]  # reading options by name
# Which question each of these options answers.
_ANSWERS = {
    "day_first": findings.day_or_month.code,
    "decimal": findings.point_or_comma.code,
    "fiscal_start": findings.fiscal_start.code,
    "first_year": findings.months_without_year.code,
}
_TREATMENTS = {entry.option for entry in findings.REGISTRY if entry.option} | {"repairs"}
_RECALLED = (findings.read_as_corrected.code, "keep")


def read_corrected(path: Path, options: ReadingOptions | None) -> Job[ReadFile]:
    """Read a file with the options given; without any, with those corrections kept for its shape that fit it.

    Findings say which were used and can be forgotten, and which were not and can be used. Raises ProblemError like
    ``read``.
    """
    path = Path(path)
    if options is None:
        corrections = recall(path)
        if corrections is None:
            return (yield from understand(path, (yield from load(path, None)), AS_PROPOSED))
        return (yield from _Recalling(path, (yield from load(path, None))).read(corrections))
    corrections = recall(path) if options.repair(findings.corrections_not_used.code) == "apply" else None
    if corrections is not None:
        options = corrections.options.with_values(repairs=(_RECALLED,))
    elif options.repair(findings.read_as_corrected.code) == "forget":
        remember(path, AS_PROPOSED)
        options = AS_PROPOSED
    return with_recalled((yield from understand(path, (yield from load(path, options.sheet)), options)))


@dataclass(eq=False)
class _Recalling:
    """One file, the sheet that is read, and the changes that do not fit it, with what speaks against them."""

    path: Path
    loaded: Loaded
    unused: Changes = field(default_factory=dict)
    reason: str = ""

    def read(self, corrections: Corrections) -> Job[ReadFile]:
        """Read the file with the corrections that fit it."""
        file = yield from understand(self.path, self.loaded, AS_PROPOSED)
        for stage, allowed in _STAGES:
            changes = stage(file, corrections)
            if changes:
                file = yield from self._better_of(file, changes, corrections.seen, allowed)
        if file.options != AS_PROPOSED:
            file = with_recalled(replace(file, options=file.options.with_values(repairs=(_RECALLED,))))
        return with_offer(file, self.unused, self.reason) if self.unused else file

    def _better_of(self, file: ReadFile, changes: Changes, seen: Mapping[str, float], allowed: float) -> Job[ReadFile]:
        """The file read with these changes as well, if it then fits at least as well."""
        sheet = changes.get("sheet")
        try:
            loaded = self.loaded if sheet is None else (yield from load(self.path, sheet))
            changed = yield from understand(self.path, loaded, file.options.with_values(**changes))
        except ProblemError:
            return file  # they are about something that this file does not have
        worse = what_is_worse(changed, file, seen, allowed)
        if worse:
            self.unused |= changes
            self.reason = self.reason or worse
            return file
        self.loaded = loaded
        self.unused = {name: value for name, value in self.unused.items() if name not in changes}
        return changed


def with_recalled(file: ReadFile) -> ReadFile:
    """The file with a finding, if it was read with options kept from before, that offers to forget them."""
    if file.options.repair(findings.read_as_corrected.code) != "keep":
        return file
    finding = findings.read_as_corrected(in_words(file.options), "keep")
    return replace(file, findings=(finding, *file.findings))


def with_offer(file: ReadFile, unused: Changes, reason: str) -> ReadFile:
    """The file with a finding that offers these options, kept from before, which do not fit it as well."""
    finding = findings.corrections_not_used(in_words(ReadingOptions(**unused)), reason)
    return replace(file, findings=(finding, *file.findings))


def _columns(_: ReadFile, corrections: Corrections) -> Changes:
    """The options that say which table, columns and frequency to use."""
    return _chosen(corrections, lambda name: name not in _ANSWERS and name not in _TREATMENTS)


def _answers(file: ReadFile, corrections: Corrections) -> Changes:
    """The answers to questions that this file asks too."""
    asked = {question.code for question in file.reading.questions}  # none that the options answer
    return _chosen(corrections, lambda name: _ANSWERS.get(name) in asked)


def _treatments(file: ReadFile, corrections: Corrections) -> Changes:
    """The treatments of findings that this file has too, about as common as they were."""
    now = shares(file)
    common = {code for code in now if is_as_common(now[code], corrections.seen.get(code, 0.0))}
    choices = [choice for finding in file.findings if finding.code in common for choice in finding.choices]
    open_here = {name for choice in choices for name, _ in choice.sets}
    changes = _chosen(corrections, lambda name: name in _TREATMENTS and name in open_here)
    if "repairs" in changes:
        changes["repairs"] = tuple((key, name) for key, name in changes["repairs"] if key.partition(":")[0] in common)
    if "missing" in changes:
        noticed = {value for choice in choices for name, own in choice.sets if name == "missing" for value in own}
        changes["missing"] = tuple(value for value in changes["missing"] if value in noticed)
    return {name: value for name, value in changes.items() if value}


def _chosen(corrections: Corrections, wanted: Callable[[str], bool]) -> Changes:
    """The options that the person chose, by name, if they are wanted."""
    named = ((f.name, getattr(corrections.options, f.name)) for f in fields(ReadingOptions) if wanted(f.name))
    return {name: value for name, value in named if value not in (None, (), "")}


_STAGES: tuple[tuple[Callable[[ReadFile, Corrections], Changes], float], ...] = (
    (_answers, 0.0),
    (_columns, MIN_COMMON),
    (_answers, 0.0),
    (_treatments, 0.0),
)
