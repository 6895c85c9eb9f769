"""The models at hand: list them, check them before anything opens them, choose one."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from almanac.core.frequency import YEARLY, Frequency
from almanac.core.problems import Problem, ProblemError, stop_with
from almanac.forecasting.models.manifest import Manifest

CAREFUL, QUICK = "careful", "quick"
QUICK_FROM = 200_000  # series: from here on the careful model would keep a person waiting for minutes


@dataclass(frozen=True)
class Entry:
    """A model folder NAME/VERSION, not yet trusted."""

    folder: Path

    @property
    def name(self) -> str:
        return self.folder.parent.name

    @property
    def version(self) -> str:
        return self.folder.name

    @property
    def title(self) -> str:
        return f"{self.name}@{self.version}"

    @property
    def order(self) -> tuple[int, ...]:
        """Sorts versions by number: 1.10.0 after 1.9.0."""
        return tuple(int(part) if part.isdigit() else -1 for part in self.version.split("."))


@dataclass(frozen=True)
class Model:
    """A model whose files are what the manifest says. ``content`` are the very bytes that were checked."""

    manifest: Manifest
    content: bytes
    checksum: str


@dataclass(frozen=True)
class Task:
    """What a model is needed for."""

    frequency: Frequency
    series: int = 1
    gpu: bool = False


def listed(*roots: Path) -> list[Entry]:
    """Every model folder under ``roots``, by name, newest version first; of the same version the first root's."""
    found = {entry.title: entry for root in reversed(roots) for entry in map(_entry, root.glob("*/*/manifest.json"))}
    return sorted(sorted(found.values(), key=lambda e: e.order, reverse=True), key=lambda e: e.name)


def _entry(manifest: Path) -> Entry:
    return Entry(manifest.parent)


def load(entry: Entry) -> Model:
    """Read a model and check every file against its manifest, before onnxruntime sees any of it.

    Raises ``ProblemError`` when something is missing, unreadable or not as it was made.
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
    """What is wrong with a model; None when it is as it was made."""
    try:
        load(entry)
    except ProblemError as stop:
        return stop.problem
    return None


def choose(
    roots: Sequence[Path], task: Task, asked: str | None = None, pinned: str | None = None
) -> tuple[Model, tuple[Problem, ...]]:
    """The model to use and a note for everything about the choice that a person should know.

    ``asked`` is NAME or NAME@VERSION for this time, ``pinned`` the same for good; without either the newest careful
    model is used, for very many series the quick one. A version that was asked for by number is never replaced
    silently: if it is damaged, another version of the same name is used and that is noted; a pin that no longer leads
    anywhere likewise. Raises ``ProblemError`` when nothing fits or nothing good is left.
    """
    entries = listed(*roots)
    notes: list[Problem] = []
    if asked is None and pinned is not None:
        if _fitting(entries, pinned):
            asked = pinned
        else:
            notes.append(_lost_pin(pinned))
    fitting = _fitting(entries, asked) if asked else _by_size(entries, task)
    if not fitting:
        raise _unknown(asked, entries)
    refused: list[Problem] = []
    for entry in fitting:
        try:
            model = load(entry)
            _suits(model.manifest, task)
        except ProblemError as stop:
            refused.append(stop.problem)
            continue
        if refused:
            refused.append(_other_used(model.manifest.title, fitting[0].title))
        elif not asked and model.manifest.kind == QUICK:
            notes.append(_quick_used(task, model.manifest.title))
        return model, (*notes, *refused)
    raise ProblemError(refused[0])


def exactly(roots: Sequence[Path], asked: str) -> Model:
    """NAME@VERSION (NAME: its newest), verified. Raises ``ProblemError`` when it is not there or damaged."""
    found = _fitting(listed(*roots), asked)
    if not found:
        raise _unknown(asked, listed(*roots))
    return load(found[0])


def usual(roots: Sequence[Path]) -> Entry:
    """What is used for a few series when nothing is asked or pinned. Raises ``ProblemError`` when there is nothing."""
    found = _by_size(listed(*roots), Task(YEARLY))
    if not found:
        raise _unknown(None, [])
    return found[0]


def previous(roots: Sequence[Path], current: str) -> Entry:
    """The version before ``current`` (NAME@VERSION). Raises ``ProblemError`` when there is none."""
    name = current.partition("@")[0]
    older = [e for e in listed(*roots) if e.name == name and e.order < _order(current)]
    if not older:
        raise stop_with(
            "no_earlier_model",
            f"There is no earlier version of {current} to go back to.",
            "Only versions that are still on this computer can be used.",
            "Go on with this one; almanac models list shows all that are there.",
        )
    return older[0]


def _order(title: str) -> tuple[int, ...]:
    return Entry(Path(*title.split("@"))).order


def _fitting(entries: list[Entry], asked: str) -> list[Entry]:
    """The entries that may serve someone who asked for this, best first; none when the very one does not exist."""
    name, _, version = asked.partition("@")
    named = [e for e in entries if e.name == name]
    if version:
        named.sort(key=lambda e: e.version != version)
        return named if named and named[0].version == version else []
    return named


def _by_size(entries: list[Entry], task: Task) -> list[Entry]:
    """Careful first; for more series than it should take on a processor, quick first. Then whatever else is there."""
    first = QUICK if task.series >= QUICK_FROM and not task.gpu else CAREFUL
    return sorted(entries, key=lambda e: (e.name != first, e.name != CAREFUL))


def _suits(manifest: Manifest, task: Task) -> None:
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
        f"The models at hand are: {', '.join(e.title for e in entries) or 'none'}.",
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
        "Choose the careful model if the best forecast is worth the wait.",
    )


def _lost_pin(pinned: str) -> Problem:
    return Problem(
        "pinned_model_gone",
        f"The model {pinned}, which you chose to keep, is no longer there.",
        "Its folder was removed or renamed.",
        "Almanac chose a model itself. almanac models use NAME@VERSION keeps another one.",
    )
