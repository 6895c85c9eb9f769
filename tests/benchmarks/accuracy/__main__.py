"""``make bench-accuracy``: the bundled models and other methods on the public benchmark and on development data.

``--store`` writes the figures into the models' results, from which their cards are made.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import venv
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from models.training.evaluation import development
from models.training.evaluation.development import Task
from models.training.evaluation.figures import figure, naive, predictor
from models.training.evaluation.results import Figure, Results, geometric
from models.training.evaluation.scores import mase, rmsse, wql
from tests.benchmarks.accuracy import intermittent, public

from almanac.core.arrays import Floats
from almanac.core.system import paths
from almanac.forecasting.engine import Engine
from almanac.forecasting.models.catalogue import Entry, list_models, load

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
PEERS = ROOT / "build" / "peers"
PUBLISHED = ROOT.parent / "shared" / "bench" / "published.csv"
METHODS = ("autoets", "autotheta", "fracast")
MAX_POINTS = 1500  # points that the peers read: AutoETS takes minutes for one series of 10,000
MAX_NAIVE_DIFFERENCE, MAX_ETS_DIFFERENCE = 0.001, 0.02  # relative, from the published scores


def peers_python() -> Path:
    """The Python of the separate environment for the other methods, made on first use."""
    python = PEERS / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not python.exists():
        venv.create(PEERS, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "-r", HERE / "peers.txt"], check=True)
    return python


def peers(task: Task, methods: Sequence[str]) -> dict[str, Floats]:
    """Quantiles of each method [series, horizon, 9]."""
    return peers_timed(task, methods)[0]


def peers_timed(
    task: Task, methods: Sequence[str], bands: Sequence[int] = (20, 40, 60, 80)
) -> tuple[dict[str, Floats], dict[str, float]]:
    """Quantiles of each method, and the seconds each took; ``bands``: the ranges to forecast, in percent, ascending."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "in.npz", Path(folder) / "out.npz"
        lengths = [len(y) for y in task.history]
        np.savez(
            source,
            values=np.concatenate(task.history),
            offsets=np.concatenate([[0], np.cumsum(lengths)]),
            season=task.season,
            horizon=task.horizon,
            methods=np.array(methods),
            longest=MAX_POINTS,
            bands=np.array(bands),
        )
        subprocess.run([peers_python(), HERE / "peers.py", source, target], check=True)
        with np.load(target) as found:
            return {m: found[m] for m in methods}, {m: float(found[f"{m}_seconds"]) for m in methods}


def newest_models() -> dict[str, tuple[Entry, Engine]]:
    """The newest version of each bundled model, opened."""
    out: dict[str, tuple[Entry, Engine]] = {}
    for entry in list_models(paths.models()[0]):
        if entry.name not in out:
            out[entry.name] = (entry, Engine(load(entry), "cpu"))
    return out


def score(tasks: Sequence[Task], methods: Sequence[str]) -> dict[str, list[Figure]]:
    """Figures of our models and of the other methods for each task."""
    engines = {name: predictor(engine) for name, (_, engine) in newest_models().items()}
    out: dict[str, list[Figure]] = {}
    for task in tasks:
        print(f"{task.name}, {task.frequency_name}: {len(task.history)} series", flush=True)
        made = {name: predict(task) for name, predict in engines.items()}
        made |= peers(task, methods) if methods else {}
        for name, quantiles in made.items():
            out.setdefault(name, []).append(figure(task, quantiles))
            last = out[name][-1]
            print(f"  {name:10s} MASE {last.mase:.3f}  WQL {last.wql:.3f}  80% range held {last.coverage:.0f}%")
    return out


def check_against_published(tasks: Sequence[Task], figures: dict[str, list[Figure]]) -> None:
    """The script must reproduce seasonal naive on the eight tasks whose data is the published copy, and AutoETS."""
    if not PUBLISHED.exists():
        print("The published scores are missing: the script is not checked against them.")
        return
    import pandas as pd

    table = pd.read_csv(PUBLISHED).set_index(["model", "dataset"])
    worst = 0.0
    for task in tasks:
        if task.name == "monash_tourism_yearly":
            continue  # this copy of the data differs from the published one
        point = naive(task)
        known = table.loc[("seasonal_naive", task.name)]
        loss = np.abs(point - task.actual).sum() / np.abs(task.actual).sum()
        ours = np.array([mase(point, task.actual, task.history, task.season), loss])
        worst = max(worst, *np.abs(ours / known[["MASE", "WQL"]].to_numpy(dtype=float) - 1))
    print(f"Seasonal naive differs from the published scores by at most {100 * worst:.2f}%.")
    if worst > MAX_NAIVE_DIFFERENCE:
        raise SystemExit("The script does not reproduce seasonal naive.")
    for name, column in (("auto_ets", "autoets"), ("auto_theta", "autotheta")):
        both = table.loc[name][["MASE", "WQL"]] / table.loc["seasonal_naive"][["MASE", "WQL"]]
        eight = [f for f in figures[column] if f.data != "monash_tourism_yearly"]
        both = both.loc[[f.data for f in eight]]
        for figure_name, published in zip(("mase", "wql"), np.exp(np.log(both).mean()), strict=True):
            here = geometric(tuple(eight), figure_name)
            print(f"{name}, {figure_name} over eight tasks: {here:.4f} here, {published:.4f} published")
            if column == "autoets" and abs(here / published - 1) > MAX_ETS_DIFFERENCE:
                raise SystemExit("The script does not reproduce AutoETS.")
    print(table_of_published(table))


def table_of_published(table: object) -> str:
    """Every published model, as geometric means over the nine tasks relative to seasonal naive."""
    import pandas as pd

    assert isinstance(table, pd.DataFrame)
    base = table.loc["seasonal_naive"][["MASE", "WQL"]]
    lines = ["Published, over nine tasks (MASE, WQL):"]
    for name in sorted(set(table.index.get_level_values(0))):
        mean = np.exp(np.log(table.loc[name][["MASE", "WQL"]] / base).mean())
        lines.append(f"  {name:20s} {mean['MASE']:.3f} {mean['WQL']:.3f}")
    return "\n".join(lines)


def summary(title: str, figures: dict[str, list[Figure]]) -> None:
    print(f"\n{title}, geometric means relative to seasonal naive:")
    for name, members in figures.items():
        print(f"  {name:10s} MASE {geometric(tuple(members), 'mase'):.4f}  WQL {geometric(tuple(members), 'wql'):.4f}")


def intermittent_demand() -> None:
    """Print how the models do on intermittent demand, compared with the methods made for it."""
    print("\nIntermittent demand (RMSSE of the mean, WQL):")
    engines = {name: engine for name, (_, engine) in newest_models().items()}
    for task in intermittent.tasks():
        made = {name: intermittent.means_and_tenths(engine, task) for name, engine in engines.items()}
        for name, tenths in peers(task, ("croston-sba", "tsb")).items():
            made[name] = (tenths[:, :, 4], tenths)
        made["zero"] = (np.zeros_like(task.actual), np.zeros((*task.actual.shape, 9)))
        print(f"{task.name}: {len(task.history)} series")
        for name, (mean, tenths) in made.items():
            print(f"  {name:12s} {rmsse(mean, task.actual, task.history):.4f} {wql(tenths, task.actual):.4f}")


def store(public_figures: dict[str, list[Figure]], development_figures: dict[str, list[Figure]]) -> None:
    from models.training.card import describe
    from models.training.folder import stored_manifest

    others = {m: (*public_figures[m], *development_figures[m]) for m in METHODS if m in public_figures}
    for name, (entry, _) in newest_models().items():
        stored = Results.read(entry.folder)
        changes = {"public": tuple(public_figures[name]), "peers": others or stored.peers}
        stored.model_copy(update=changes).write(entry.folder)
        describe(entry.folder, stored_manifest(entry.folder))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", action="store_true", help="keep the figures in the models' results")
    parser.add_argument("--ours", action="store_true", help="only our models; of the others what is stored")
    parser.add_argument("--few", type=int, help="only so many series of each task, to try the script")
    options = parser.parse_args()

    def some(task: Task) -> Task:
        n = options.few or len(task.history)
        return replace(task, history=task.history[:n], actual=task.actual[:n])

    nine = [some(t) for t in public.tasks()]
    methods = () if options.ours else METHODS
    public_figures = score(nine, methods)
    if not options.few and not options.ours:
        check_against_published(nine, public_figures)
    known = [some(t) for t in development.tasks()]
    development_figures = score(known, methods)
    if not options.ours:
        intermittent_demand()
    summary("Public benchmark", public_figures)
    summary("Development data", development_figures)
    if options.store and not options.few:
        store(public_figures, development_figures)


if __name__ == "__main__":
    main()
