"""``make bench-kinds``: the bundled models on simulated kinds of series, the worst first.

``--model`` careful, quick, or a folder NAME/VERSION; ``--only`` kinds whose name contains this; ``--engine`` measures
the network alone and not what a person gets; ``--seed`` draws other series of the same laws and ``--series`` more of
them, so that nothing is chosen by the luck of sixty; ``--store`` writes the figures into the model's results and card.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from models.training.card import describe
from models.training.evaluation.kinds import KINDS
from models.training.evaluation.kinds.kind import SEED, SERIES
from models.training.evaluation.kinds.models import by_engine, by_forecast
from models.training.evaluation.kinds.score import score_kinds
from models.training.evaluation.results import KindFigure, Results
from models.training.folder import stored_manifest
from tests.benchmarks.kinds.table import lines

from almanac.core.system import paths
from almanac.forecasting.models.catalogue import list_models


def folders(model: str | None) -> list[Path]:
    """The folder that ``model`` is or names; the newest version of each bundled model when there is none."""
    if model and Path(model).is_dir():
        return [Path(model).resolve()]
    newest: dict[str, Path] = {}
    for entry in list_models(paths.models()[0]):
        if model in (None, entry.name, entry.title):
            newest.setdefault(entry.name, entry.folder)
    return list(newest.values())


def store(folder: Path, figures: tuple[KindFigure, ...]) -> None:
    Results.read(folder).model_copy(update={"kinds": figures}).write(folder)
    describe(folder, stored_manifest(folder))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model")
    parser.add_argument("--only", default="")
    parser.add_argument("--engine", action="store_true")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--series", type=int, default=SERIES)
    parser.add_argument("--store", action="store_true")
    options = parser.parse_args()
    chosen = [kind for kind in KINDS if options.only in kind.name]
    usual = (options.seed, options.series) == (SEED, SERIES) and len(chosen) == len(KINDS) and not options.engine
    if options.store and not usual:
        parser.error("Only figures of all kinds, as a person gets them, of the usual series are stored.")
    for folder in folders(options.model):
        figures = tuple(
            score_kinds((by_engine if options.engine else by_forecast)(folder), chosen, options.series, options.seed)
        )
        print(f"{folder.parent.name} {folder.name}", *lines(figures), "", sep="\n", flush=True)
        if options.store:
            store(folder, figures)


if __name__ == "__main__":
    main()
