"""The models on this computer: list them, check them before anything opens them, choose one."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from almanac.core.calendar.frequency import YEARLY, Frequency
from almanac.core.problems import Problem, ProblemError, stop_with
from almanac.forecasting.models.manifest import Manifest
from almanac.wording.methods.made_by import older_model_reason

CAREFUL, QUICK = "careful", "quick"
MIN_SERIES_FOR_QUICK = 200_000  # from here on the careful model would keep a person waiting for minutes


@dataclass(frozen=True)
class Entry:
    """A model folder NAME/VERSION, not yet trusted."""

    folder: Path

    @property
    def name(self) -> str:
        """What the model is called: "careful"."""
        return self.folder.parent.name

    @property
    def version(self) -> str:
        """Its version: "1.0.0"."""
        return self.folder.name

    @property
    def title(self) -> str:
        """Name and version: "careful@1.0.0"."""
        return f"{self.name}@{self.version}"

    @property
    def version_key(self) -> tuple[int, ...]:
        """What versions are sorted by: 1.10.0 comes after 1.9.0."""
        return tuple(int(part) if part.isdigit() else -1 for part in self.version.split("."))


@dataclass(frozen=True)
class Model:
    """A model whose files are what the manifest says.

    ``content``: the bytes that were checked; ``reason``: why it is chosen although there is a newer version.
    """

    manifest: Manifest
    content: bytes
    checksum: str
    reason: str = ""


@dataclass(frozen=True)
class Task:
    """What a model is needed for."""

    frequency: Frequency
    series: int = 1
    gpu: bool = False


def list_models(*roots: Path) -> list[Entry]:
    """Every model folder under ``roots``, by name, newest version first; of the same version the first root's."""
    entries = [Entry(manifest.parent) for root in reversed(roots) for manifest in root.glob("*/*/manifest.json")]
    found = {entry.title: entry for entry in entries}
    return sorted(sorted(found.values(), key=lambda e: e.version_key, reverse=True), key=lambda e: e.name)


def load(entry: Entry) -> Model:
    """Read a model and check every file against its manifest, before onnxruntime sees any of it.

    Raises ``ProblemError`` when something is missing, unreadable or changed.
    """
    try:
        manifest = Manifest.model_validate_json((entry.folder / "manifest.json").read_bytes())
        contents = {file.name: (entry.folder / file.name).read_bytes() for file in manifest.files}
    except (OSError, ValueError) as reason:
        raise _damaged(entry, "Its description or one of its files cannot be read.") from reason
    if (manifest.name, manifest.version) != (entry.name, entry.version):
        raise _damaged(entry, f"Its description says it is {manifest.title}.")
    checksums = {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}
    for file in manifest.files:
        if checksums[file.name] != file.sha256:
            raise _damaged(entry, f"The file {file.name} is not the one that was made (its checksum differs).")
    if "model.onnx" not in contents:
        raise _damaged(entry, "It has no model file.")
    return Model(manifest, contents["model.onnx"], checksums["model.onnx"])


def verify(entry: Entry) -> Problem | None:
    """What is wrong with a model; None when it is unchanged."""
    try:
        load(entry)
    except ProblemError as stop:
        return stop.problem
    return None


def choose(
    roots: Sequence[Path], task: Task, asked: str | None = None, pinned: str | None = None
) -> tuple[Model, tuple[Problem, ...]]:
    """The model to use and a note for everything about the choice that a person should know.

    ``asked`` is NAME or NAME@VERSION for this time, ``pinned`` the same for every time. Without either it is the newest
    careful model, for very many series the quick one; the version before it at frequencies where that one was measured
    to be better. A version that was asked for is never replaced silently: if it is damaged, another version of the same
    name is used and a note says so, and likewise if a pinned model is gone. Raises ``ProblemError`` when no model fits
    or all that fit are damaged.
    """
    entries = list_models(*roots)
    notes: list[Problem] = []
    if asked is None and pinned is not None:
        if _matching(entries, pinned):
            asked = pinned
        else:
            notes.append(_lost_pin(pinned))
    candidates = _matching(entries, asked) if asked else _preferred(entries, task)
    if not candidates:
        raise _unknown(asked, entries)
    refused: list[Problem] = []
    for entry in candidates:
        try:
            model = load(entry)
            _require_suitable(model.manifest, task)
        except ProblemError as stop:
            refused.append(stop.problem)
            continue
        if task.frequency.name in model.manifest.weaker_at and not (asked and "@" in asked):
            model = _version_before(candidates, entry, task) or model
        if refused:
            refused.append(_other_used(model.manifest.title, candidates[0].title))
        elif not asked and model.manifest.kind == QUICK:
            notes.append(_quick_used(task, model.manifest.title))
        return model, (*notes, *refused)
    raise ProblemError(refused[0])


def _version_before(candidates: list[Entry], newer: Entry, task: Task) -> Model | None:
    """The next older version of the same model that can be used; None when there is none."""
    for entry in candidates:
        if entry.name == newer.name and entry.version_key < newer.version_key:
            try:
                model = load(entry)
                _require_suitable(model.manifest, task)
            except ProblemError:
                continue
            return replace(model, reason=older_model_reason(newer.title, task.frequency.name))
    return None


def load_named(roots: Sequence[Path], asked: str) -> Model:
    """The model NAME@VERSION, or the newest of NAME, checked. Raises ``ProblemError`` when it is missing or damaged."""
    found = _matching(list_models(*roots), asked)
    if not found:
        raise _unknown(asked, list_models(*roots))
    return load(found[0])


def profile_of(roots: Sequence[Path], asked: str) -> bytes:
    """The profile of the series that the model NAME@VERSION, or the newest of NAME, learned from; empty without one.

    Raises ``ProblemError`` when the model is missing or damaged.
    """
    load_named(roots, asked)  # the profile is what its manifest says
    path = _matching(list_models(*roots), asked)[0].folder / "profile.json"
    return path.read_bytes() if path.is_file() else b""


def default_entry(roots: Sequence[Path]) -> Entry:
    """The model for a few series when none is asked for or pinned. Raises ``ProblemError`` when there is none."""
    found = _preferred(list_models(*roots), Task(YEARLY))
    if not found:
        raise _unknown(None, [])
    return found[0]


def previous_version(roots: Sequence[Path], current: str) -> Entry:
    """The version before ``current`` (NAME@VERSION). Raises ``ProblemError`` when there is none."""
    name = current.partition("@")[0]
    older = [e for e in list_models(*roots) if e.name == name and e.version_key < _order(current)]
    if not older:
        raise stop_with(
            "no_earlier_model",
            f"There is no earlier version of {current} to go back to.",
            "Only versions that are still on this computer can be used.",
            "Go on with this one; almanac models list shows all that are there.",
        )
    return older[0]


def _order(title: str) -> tuple[int, ...]:
    return Entry(Path(*title.split("@"))).version_key


def _matching(entries: list[Entry], asked: str) -> list[Entry]:
    """The entries that match NAME or NAME@VERSION, best first; none when that version does not exist."""
    name, _, version = asked.partition("@")
    named = [e for e in entries if e.name == name]
    if version:
        named.sort(key=lambda e: e.version != version)
        return named if named and named[0].version == version else []
    return named


def _preferred(entries: list[Entry], task: Task) -> list[Entry]:
    """Careful first, or quick for more series than careful should take on a processor; then whatever else there is."""
    first = QUICK if task.series >= MIN_SERIES_FOR_QUICK and not task.gpu else CAREFUL
    return sorted(entries, key=lambda e: (e.name != first, e.name != CAREFUL))


def _require_suitable(manifest: Manifest, task: Task) -> None:
    name, season = task.frequency.name, task.frequency.season_length
    if (manifest.rhythms and name not in manifest.rhythms) or season > manifest.longest_season:
        raise stop_with(
            "unsuitable_model",
            f"The model {manifest.title} was not made for {name} data.",
            f"It knows {', '.join(manifest.rhythms) or 'every rhythm'}, "
            f"seasons of up to {manifest.longest_season:,} periods.",
            "Choose another model, or leave the choice to Almanac.",
        )


def _unknown(asked: str | None, entries: list[Entry]) -> ProblemError:
    return stop_with(
        "unknown_model",
        f"There is no model “{asked}”." if asked else "There is no forecasting model.",
        f"The models on this computer are: {', '.join(e.title for e in entries) or 'none'}.",
        "Choose one of these." if entries else "Install Almanac again; your files are not affected.",
    )


def _damaged(entry: Entry, why: str) -> ProblemError:
    return stop_with(
        "damaged_model",
        f"The model {entry.title} is damaged and was not opened.",
        why,
        "Install Almanac again; your files are not affected.",
    )


def _other_used(used: str, wanted: str) -> Problem:
    return Problem(
        "other_model_used",
        f"The model {used} was used instead of {wanted}.",
        "The other one cannot be used.",
        "The forecast is sound. Install Almanac again to get the other model back.",
    )


def _quick_used(task: Task, title: str) -> Problem:
    return Problem(
        "quick_model_used",
        f"The quick model {title} was used.",
        f"With {task.series:,} series the careful model would take minutes; the quick one is a little less exact.",
        "Choose the careful model if the best forecast is worth the wait to you.",
    )


def _lost_pin(pinned: str) -> Problem:
    return Problem(
        "pinned_model_gone",
        f"The model {pinned}, which you chose to keep, is no longer there.",
        "Its folder was removed or renamed.",
        "Almanac chose a model itself. almanac models use NAME@VERSION keeps another one.",
    )
