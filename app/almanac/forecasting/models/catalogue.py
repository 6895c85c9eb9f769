"""The models on this computer: list them, check them before anything opens them, choose one."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from almanac.core.calendar.frequency import YEARLY, Frequency
from almanac.core.problems import Problem, ProblemError, stop_with
from almanac.core.system.signatures import SIGNATURE_BYTES
from almanac.forecasting.models.graph_walk import UnknownGraphError, refuse_unknown
from almanac.forecasting.models.manifest import Manifest
from almanac.forecasting.models.model_files import MAX_FILE_BYTES, MAX_MANIFEST_BYTES, read_regular
from almanac.forecasting.models.signature import FILE as SIGNATURE
from almanac.forecasting.models.signature import is_ours
from almanac.wording.methods.made_by import older_model_reason

CAREFUL, QUICK = "careful", "quick"
_TITLE = re.compile(r"[a-z][a-z0-9-]{0,40}@\d{1,9}\.\d{1,9}\.\d{1,9}", re.ASCII)
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
        return tuple(int(part) for part in self.version.split("."))

    @property
    def signed(self) -> bool:
        """Whether its description is as those who release Almanac have signed it; its files may still be damaged."""
        with suppress(OSError, ValueError):
            manifest = read_regular(self.folder / "manifest.json", MAX_MANIFEST_BYTES)
            return is_ours(manifest, read_regular(self.folder / SIGNATURE, 3 * SIGNATURE_BYTES))
        return False


@dataclass(frozen=True)
class Model:
    """A model whose files are what the manifest says.

    ``content``: the bytes that were checked; ``reason``: why it is chosen although there is a newer version;
    ``signed``: by those who release Almanac; any other is used only by a person who names it.
    """

    manifest: Manifest
    content: bytes
    checksum: str
    reason: str = ""
    signed: bool = False


@dataclass(frozen=True)
class Task:
    """What a model is needed for."""

    frequency: Frequency
    series: int = 1
    gpu: bool = False


def list_models(*roots: Path) -> list[Entry]:
    """Every model folder under ``roots``, by name, newest version first; of the same version the first root's."""
    entries = [Entry(manifest.parent) for root in reversed(roots) for manifest in root.glob("*/*/manifest.json")]
    found = {entry.title: entry for entry in entries if _TITLE.fullmatch(entry.title)}
    return sorted(sorted(found.values(), key=lambda e: e.version_key, reverse=True), key=lambda e: e.name)


def load(entry: Entry) -> Model:
    """Read a model and check every file against its manifest, before onnxruntime sees any of it.

    Raises ``ProblemError`` when something is missing, unreadable or changed. A model that is not signed may have only
    operators that bundled ones have, and a signature that does not fit is a change.
    """
    folder, signed = entry.folder, entry.signed
    if not signed and (folder / SIGNATURE).exists():
        raise _damaged(entry, "Its description is not the one that was signed.")
    try:
        manifest = Manifest.model_validate_json(read_regular(folder / "manifest.json", MAX_MANIFEST_BYTES))
        contents = {file.name: read_regular(folder / file.name, MAX_FILE_BYTES) for file in manifest.files}
    except (OSError, ValueError) as reason:
        raise _damaged(entry, "Its description or one of its files cannot be read.") from reason
    if (manifest.name, manifest.version) != (entry.name, entry.version):
        raise _damaged(entry, f"Its description says it is {manifest.title}.")
    checksums = {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}
    for file in manifest.files:
        if (len(contents[file.name]), checksums[file.name]) != (file.size, file.sha256):
            raise _damaged(entry, f"The file {file.name} is not the one that was made (its checksum differs).")
    if "model.onnx" not in contents:
        raise _damaged(entry, "It has no model file.")
    if not signed:
        _refuse_unknown_graph(entry, contents["model.onnx"])
    return Model(manifest, contents["model.onnx"], checksums["model.onnx"], signed=signed)


_State = tuple[tuple[str, int, int, int, int], ...]
_CHECKED: dict[Path, tuple[_State, Model]] = {}  # the models that this process has checked, one for each folder
SETTLED_S = 2.0  # a file that changed later may change again without another time: that of some file systems is coarse


def _load_once(entry: Entry) -> Model:
    """As ``load``; a model whose files have not changed since this process checked them is not read again.

    Reading and hashing takes 3 ms, half as long as a forecast of one series. What is used is what was checked: the
    content is kept, not only the answer.
    """
    state = _state_of(entry.folder)
    known = _CHECKED.get(entry.folder)
    if known is not None and state and known[0] == state and known[1].signed == entry.signed:
        return known[1]
    model = load(entry)
    newest = max((max(written, changed) for _, _, _, written, changed in state), default=0)
    if state and time.time_ns() - newest > SETTLED_S * 1e9 and _state_of(entry.folder) == state:
        _CHECKED[entry.folder] = state, model
    return model


def _state_of(folder: Path) -> _State:
    """What changes when a file of a folder is written to or replaced; empty when it cannot be looked at."""
    try:
        found = [(file.name, file.stat()) for file in sorted(folder.iterdir())]
    except OSError:
        return ()
    return tuple((name, one.st_ino, one.st_size, one.st_mtime_ns, one.st_ctime_ns) for name, one in found)


def _refuse_unknown_graph(entry: Entry, content: bytes) -> None:
    try:
        refuse_unknown(content)
    except UnknownGraphError as reason:
        raise stop_with(
            "unknown_graph",
            f"The model {entry.title} was not opened.",
            f"It is not signed, and {reason}.",
            "Use another model; almanac models list shows all that are there.",
        ) from reason


def verified(entry: Entry) -> Model | Problem:
    """A model that is unchanged, or what is wrong with it."""
    try:
        return load(entry)
    except ProblemError as stop:
        return stop.problem


def verify(entry: Entry) -> Problem | None:
    """What is wrong with a model; None when it is unchanged."""
    found = verified(entry)
    return found if isinstance(found, Problem) else None


def choose(
    roots: Sequence[Path],
    task: Task,
    asked: str | None = None,
    pinned: str | None = None,
    without: Collection[str] = (),
) -> tuple[Model, tuple[Problem, ...]]:
    """The model to use and a note for everything about the choice that a person should know.

    ``asked`` is NAME or NAME@VERSION for this time, ``pinned`` the same for every time. Without either it is the newest
    careful model, for very many series the quick one; the version before it at frequencies where that one was measured
    to be better. A version that was asked for is never replaced silently: if it is damaged, another version of the same
    name is used and a note says so, and likewise if a pinned model is gone. Without a name no model is used that is not
    signed; ``without``: models that turned out to be unusable. Raises ``ProblemError`` when no model fits or all that
    fit are damaged.
    """
    entries = [entry for entry in list_models(*roots) if entry.title not in without]
    notes: list[Problem] = []
    if asked is None and pinned is not None:
        if _matching(entries, pinned):
            asked = pinned
        else:
            notes.append(_lost_pin(pinned))
    candidates = _candidates(entries, task, asked, without)
    if not candidates:
        raise _unknown(asked, entries)
    refused: list[Problem] = []
    for entry in candidates:
        try:
            model = _load_once(entry)
            _require_suitable(model.manifest, task)
        except ProblemError as stop:
            refused.append(stop.problem)
            continue
        if task.frequency.name in model.manifest.weaker_at and not (asked and "@" in asked):
            model = _version_before(candidates, entry, task) or model
        if not model.signed:
            notes.append(_unsigned_used(model.manifest.title))
        if refused:
            refused.append(other_used(model.manifest.title, candidates[0].title))
        elif not asked and model.manifest.kind == QUICK:
            notes.append(_quick_used(task, model.manifest.title))
        return model, (*notes, *refused)
    raise ProblemError(refused[0])


def _candidates(entries: list[Entry], task: Task, asked: str | None, without: Collection[str]) -> list[Entry]:
    """The models to try, best first; ``without``: models that are not among the entries because they cannot be used."""
    if asked is None:
        return _preferred(entries, task)
    named = _matching(entries, asked.partition("@")[0] if asked in without else asked)
    return named or (_preferred(entries, task) if without else [])


def _version_before(candidates: list[Entry], newer: Entry, task: Task) -> Model | None:
    """The next older version of the same model that can be used; None when there is none."""
    for entry in candidates:
        if entry.name == newer.name and entry.version_key < newer.version_key and entry.signed == newer.signed:
            try:
                model = _load_once(entry)
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


def default_entry(roots: Sequence[Path]) -> Entry | None:
    """The model for a few series when none is asked for or pinned; None when no model is signed."""
    return next(iter(_preferred(list_models(*roots), Task(YEARLY))), None)


def previous_version(roots: Sequence[Path], current: str) -> Entry:
    """The version before ``current`` (NAME@VERSION). Raises ``ProblemError`` when there is none."""
    named = _matching(list_models(*roots), current.partition("@")[0])
    older = [e for e in named if e.version_key < _order(current)]
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
    """The entries that match NAME or NAME@VERSION, best first; none when that version does not exist.

    Those that are not signed are among them only if they were asked for with their version, or no other has the name.
    """
    name, _, version = asked.partition("@")
    named = [e for e in entries if e.name == name]
    exact = [e for e in named if e.version == version]
    if version and not exact:
        return []
    others = [e for e in named if e not in exact]
    return exact + (_signed(others) or ([] if any(e.signed for e in exact) else others))


def _signed(entries: Sequence[Entry]) -> list[Entry]:
    return [entry for entry in entries if entry.signed]


def _preferred(entries: list[Entry], task: Task) -> list[Entry]:
    """Careful first, or quick for more series than careful should take on a processor; then whatever else is signed."""
    first = QUICK if task.series >= MIN_SERIES_FOR_QUICK and not task.gpu else CAREFUL
    return sorted(_signed(entries), key=lambda e: (e.name != first, e.name != CAREFUL))


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


def other_used(used: str, wanted: str) -> Problem:
    """The note that another model than the wanted one made a forecast."""
    return Problem(
        "other_model_used",
        f"The model {used} was used instead of {wanted}.",
        "The other one cannot be used.",
        "The forecast is sound. Install Almanac again to get the other model back.",
    )


def _unsigned_used(title: str) -> Problem:
    return Problem(
        "unsigned_model_used",
        f"The model {title} was used because you named it.",
        "It is not signed by those who release Almanac: nobody but its maker vouches for it.",
        "Leave the model out to use one that comes with Almanac.",
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
