"""The release gate: ``python -m models.training.release --version 1.1.0 [--because "…"]``.

Builds both models, evaluates them on development data and on simulated kinds of series, compares each frequency and
each kind with the version that ships now, and refuses when any gets worse on either figure: a frequency by more than
one percent, a kind by more than five percent and than half of its distance from the best possible. A written reason
overrides that and is stored with the release. What is released is signed with the key that ``ALMANAC_RELEASE_KEY``
names. The version before stays in place, so that a person can go back to it,
and Almanac goes on using it at frequencies given by ``--keep-earlier-at``, which are then not compared.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Callable, Collection, Sequence
from math import exp, log
from pathlib import Path
from typing import TYPE_CHECKING

from models.training.evaluation.results import Figure, Results

from almanac.core.system import paths
from almanac.forecasting.models.catalogue import Entry, list_models, load

if TYPE_CHECKING:
    from nacl.signing import SigningKey

TOLERANCE = 0.01  # chosen by judgement
# Two models that differed only in their random seed were within 2.4% on three kinds in four. On the others, which are
# far from the best possible, they differed by up to half of that distance.
KIND_TOLERANCE, DISTANCE_TOLERANCE = 0.05, 0.5
NOTE = "release-note.txt"  # why a model was released although a part of it got worse
MAX_VERSIONS = 3  # of each model that ship: all of them take 5 MB


def by_frequency(figures: Sequence[Figure], name: str) -> dict[str, float]:
    """Geometric mean of one figure over the data sets of each frequency."""
    out: dict[str, list[float]] = {}
    for f in figures:
        out.setdefault(f.frequency, []).append(log(getattr(f, name)))
    return {frequency: exp(sum(logs) / len(logs)) for frequency, logs in out.items()}


def weaker(new: Results, old: Results) -> tuple[str, ...]:
    """The frequencies that got worse by more than the tolerance, on either figure."""
    found = set()
    for figure in ("mase", "wql"):
        now, before = by_frequency(new.windows, figure), by_frequency(old.windows, figure)
        found |= {name for name, was in before.items() if name in now and now[name] > was * (1 + TOLERANCE)}
    return tuple(sorted(found))


def worse(new: Results, old: Results, left_out: Collection[str] = ()) -> list[str]:
    """A sentence for every frequency, slice and kind that got worse by more than its tolerance, or is not measured.

    ``left_out``: frequencies that are not compared, because the version before goes on being used there.
    """
    out = []
    for figure in ("mase", "wql"):
        now, before = by_frequency(new.windows, figure), by_frequency(old.windows, figure)
        before = {name: was for name, was in before.items() if name not in left_out}
        now |= {s.name: getattr(s, figure) for s in new.slices}
        before |= {s.name: getattr(s, figure) for s in old.slices}
        out += _compared(now, before, figure, lambda was: was * (1 + TOLERANCE))
    for figure in ("ratio", "wql_ratio"):
        now, before = ({k.name: getattr(k, figure) for k in results.kinds} for results in (new, old))
        out += _compared(now, before, figure.replace("_", " "), allowed_ratio)
    return out


def allowed_ratio(was: float) -> float:
    """The largest ratio to the best possible that a kind may have now."""
    return max(was * (1 + KIND_TOLERANCE), was + DISTANCE_TOLERANCE * (was - 1))


def _compared(
    now: dict[str, float], before: dict[str, float], figure: str, allowed: Callable[[float], float]
) -> list[str]:
    out = []
    for part, was in before.items():
        if part not in now:
            out.append(f"{part}: {figure} is no longer measured")
        elif now[part] > allowed(was):
            out.append(f"{part}: {figure} {was:.4f} -> {now[part]:.4f}, {100 * (now[part] / was - 1):.1f}% worse")
    return out


def evaluated(folder: Path, results: Results) -> Results:
    """Add a model's development figures, over the last horizon and the last four, and those of the simulated kinds."""
    from models.training.evaluation.development import tasks
    from models.training.evaluation.figures import figures, predictor
    from models.training.evaluation.kinds.models import by_forecast
    from models.training.evaluation.kinds.score import score_kinds

    from almanac.forecasting.engine import Engine

    predict = predictor(Engine(load(Entry(folder)), "cpu"))
    development, _ = figures(tasks(), predict)
    windows, slices = figures(tasks(windows=4), predict)
    kinds = tuple(score_kinds(by_forecast(folder)))
    measured = {"development": development, "windows": windows, "slices": slices, "kinds": kinds}
    return results.model_copy(update=measured)


def release(
    candidates: Path, models: Path, key: SigningKey | None, because: str | None, keep_earlier_at: Collection[str] = ()
) -> bool:
    """Evaluate, compare, and copy into ``models``, signed, if nothing got worse or a reason is given; whether it was.

    ``key``: None leaves the signature to ``models.training.signing``. ``keep_earlier_at``: frequencies at which, if
    they got worse, the version before goes on being used.
    """
    from models.training.card import describe
    from models.training.folder import stored_manifest
    from models.training.signing import sign

    got_worse = set()
    for entry in list_models(candidates):
        results = evaluated(entry.folder, Results.read(entry.folder))
        shipped = [e for e in list_models(models) if e.name == entry.name and e.title != entry.title]
        kept: tuple[str, ...] = ()
        if shipped:
            before = Results.read(shipped[0].folder)
            kept = tuple(name for name in weaker(results, before) if name in keep_earlier_at)
            results = results.model_copy(update={"peers": before.peers})  # measured on the same data
            for sentence in worse(results, before, kept):
                print(f"{entry.title} compared with {shipped[0].title}: {sentence}")
                got_worse.add(entry.title)
        results.write(entry.folder)
        describe(entry.folder, stored_manifest(entry.folder).model_copy(update={"weaker_at": kept}))
    if got_worse and not because:
        print("Refused: the models that ship stay as they are.")
        return False
    for entry in list_models(candidates):
        target = models / entry.name / entry.version
        shutil.copytree(entry.folder, target, dirs_exist_ok=True)
        if key is not None:
            sign(target, key)
        if entry.title in got_worse:
            (target / NOTE).write_text(f"Released although a part got worse, because: {because}\n", "utf-8")
        for old in [e for e in list_models(models) if e.name == entry.name][MAX_VERSIONS:]:
            shutil.rmtree(old.folder)
        print(f"Released {entry.title}")
    return True


def main() -> None:
    """Build and release from the command line."""
    import torch
    from models.training.build import WORK, BuildPlan, build
    from models.training.signing import release_key

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--version", required=True)
    parser.add_argument("--because", help="why a model is released although a part of it got worse")
    parser.add_argument(
        "--keep-earlier-at",
        action="append",
        default=[],
        metavar="FREQUENCY",
        help="use the version before at this frequency if it got worse",
    )
    parser.add_argument("--sign-later", action="store_true", help="without a key: for make sign-models elsewhere")
    options = parser.parse_args()
    key = None if options.sign_later else release_key()  # before half an hour of work
    torch.set_num_threads(os.cpu_count() or 1)
    torch.use_deterministic_algorithms(True)
    candidates = build(BuildPlan(), WORK, options.version)
    sys.exit(0 if release(candidates, paths.models()[0], key, options.because, options.keep_earlier_at) else 1)


if __name__ == "__main__":
    main()
