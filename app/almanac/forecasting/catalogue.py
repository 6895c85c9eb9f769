"""The models at hand: list them, check them before anything opens them, choose one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from almanac.forecasting.manifest import Manifest
from almanac.problems import Problem, ProblemError, stop_with


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


def listed(root: Path) -> list[Entry]:
    """Every model folder under ``root``, by name, newest version first."""
    found = [Entry(path.parent) for path in root.glob("*/*/manifest.json")]
    return sorted(sorted(found, key=lambda e: e.order, reverse=True), key=lambda e: e.name)


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
    for file in manifest.files:
        checksum = hashlib.sha256(contents[file.name]).hexdigest()
        if checksum != file.sha256:
            raise _damaged(entry, f"The file {file.name} is not the one that was made (its checksum differs).")
    if "model.onnx" not in contents:
        raise _damaged(entry, "It has no model file.")
    content = contents["model.onnx"]
    return Model(manifest, content, hashlib.sha256(content).hexdigest())


def verify(entry: Entry) -> Problem | None:
    """What is wrong with a model; None when it is as it was made."""
    try:
        load(entry)
    except ProblemError as stop:
        return stop.problem
    return None


def choose(root: Path, asked: str | None = None) -> tuple[Model, tuple[Problem, ...]]:
    """The model to use and a note for each better one that had to be passed over.

    ``asked`` is NAME or NAME@VERSION; None means the newest good model. A version that was asked for by number is
    never replaced silently: if it is damaged, another version of the same name is used and that is noted. Raises
    ``ProblemError`` when nothing fits or nothing good is left.
    """
    entries = listed(root)
    name, _, version = (asked or "").partition("@")
    fitting = [e for e in entries if not name or e.name == name]
    if version:
        fitting = sorted(fitting, key=lambda e: e.version != version)
    if not fitting or (version and fitting[0].version != version):
        raise stop_with(
            "unknown_model",
            f"There is no model “{asked}”." if asked else "There is no forecasting model.",
            f"The models at hand are: {', '.join(e.title for e in entries) or 'none'}.",
            "Choose one of these." if entries else "Install Almanac again; your files are not affected.",
        )
    notes: list[Problem] = []
    for entry in fitting:
        try:
            model = load(entry)
        except ProblemError as stop:
            notes.append(stop.problem)
            continue
        if notes:
            used = Problem(
                "other_model_used",
                f"The model {model.manifest.title} was used instead of {fitting[0].title}.",
                "The other one is not as it was made.",
                "The forecast is sound. Install Almanac again to get the other model back.",
            )
            notes.append(used)
        return model, tuple(notes)
    raise ProblemError(notes[0])


def _damaged(entry: Entry, why: str) -> ProblemError:
    return stop_with(
        "damaged_model",
        f"The model {entry.title} is damaged and was not opened.",
        why,
        "Install Almanac again; your files are not affected.",
    )
