"""The model card, written from the manifest and the stored results so that it cannot say anything else (after Mitchell et
al. 2019). ``python -m models.training.card`` writes every card again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from models.training.evaluation.results import Figure, Results, geometric, shown_ratio, summary
from models.training.folder import seal, stored_manifest
from models.training.signing import release_key, sign

from almanac.core.system import paths
from almanac.forecasting.models.catalogue import list_models
from almanac.forecasting.models.manifest import Manifest
from almanac.forecasting.models.status import BLIND_TO, MADE_FOR, NOT_FOR

KINDS = {
    "careful": """The graph computes dozens of classical forecasts (exponential smoothing with many parameters, damped and straight
trends, theta, repeated seasons, returns to the mean) of the series as it is and of four deseasonalised views of it, and
tries each on the latest values. Small networks weight them and set the quantiles.""",
    "quick": """A student of the careful model: ten simple forecasts of one deseasonalised view of the series, weighted by a small network
that learned from what happened and from what the careful model forecast. For previews and for hundreds of thousands of
series.""",
}
SCORES = ["MASE", "WQL", "80% range held"]


def card(manifest: Manifest, results: Results) -> str:
    """Return the card as Markdown; a part that was not measured is left out."""
    levels = ", ".join(f"{level:g}" for level in manifest.levels)
    parts: tuple[tuple[object, Callable[[Results], str]], ...] = (
        (results.development, _accuracy),
        (results.slices, _slices),
        (results.kinds, _kinds),
        (results.public, _public),
        (results.ablation, _ablation),
        (results.speed, _speed),
    )
    sections = [
        f"""# {manifest.title}

**For**: {MADE_FOR},
with at least {manifest.shortest_history} known values each, with honest uncertainty. **Not for**: {NOT_FOR};
{BLIND_TO}.

## What it is

{KINDS[manifest.kind]}
It has {manifest.parameters:,} learned weights, stored as int8 with one scale for each output column, in one ONNX graph
(opset {manifest.opset}) for every frequency. Quantiles: {levels}. It reads at most the latest
{manifest.longest_context:,} points, and knows a second, longer season (the week in hourly data, the year in daily data).

## What it was made from

{manifest.prior} Seed {manifest.seed}, code {manifest.commit[:12]}. It contains no real series and nobody's data."""
    ]
    sections += [write(results) for measured, write in parts if measured]
    sections.append(
        f"""## Known limits

{_weaker(manifest)}It knows no holidays or other calendar effects, and it cannot know what has never happened in the series. These figures
are for the model's own ranges, before Almanac corrects them on the person's own past. Measured on {results.machine}.

Licence: {manifest.licence}. Made {manifest.created}."""
    )
    return "\n\n".join(sections) + "\n"


def _weaker(manifest: Manifest) -> str:
    if not manifest.weaker_at:
        return ""
    return f"""On {" and ".join(manifest.weaker_at)} data the version before was measured to be better, so Almanac uses that one there.

"""


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def _on_same_data(peers: dict[str, tuple[Figure, ...]], figures: Sequence[Figure]) -> dict[str, tuple[Figure, ...]]:
    """Of each peer, the figures on the same data."""
    data = {(f.data, f.frequency) for f in figures}
    return {name: tuple(f for f in members if (f.data, f.frequency) in data) for name, members in peers.items()}


def _rows(figures: Sequence[Figure], peers: dict[str, tuple[Figure, ...]]) -> list[list[str]]:
    found = {(name, f.data, f.frequency): f for name, members in peers.items() for f in members}
    rows = []
    for f in figures:
        row = [f"{f.data}, {f.frequency}", f"{f.series:,}", f"{f.mase:.3f}", f"{f.wql:.3f}", f"{f.coverage:.0f}%"]
        for name in peers:
            peer = found.get((name, f.data, f.frequency))
            row.append(f"{peer.mase:.3f} / {peer.wql:.3f}" if peer else "–")
        rows.append(row)
    return rows


def _accuracy(results: Results) -> str:
    heads = ["data", "series", *SCORES]
    peers = _on_same_data(results.peers, results.development)
    return f"""## Accuracy on real series that it was not trained on

Errors divided by those of seasonal naive (repeating the last season) on the last horizon: below 1 is better. Other methods
as MASE / WQL where they were run on the same series.

{_table([*heads, *peers], _rows(results.development, peers))}

The same over the last four horizons of each series, where there are as many:

{_table(heads, _rows(results.windows, {}))}"""


def _slices(results: Results) -> str:
    rows = [[s.name, f"{s.series:,}", f"{s.mase:.3f}", f"{s.wql:.3f}", f"{s.coverage:.0f}%"] for s in results.slices]
    return f"""## Accuracy by kind of series

Over the same series and four horizons; every series has the same weight.

{_table(["part", "series and horizons", "MASE", "quantile loss", "80% range held"], rows)}"""


def _kinds(results: Results) -> str:
    rows = [
        [
            k.name,
            f"{k.error:.2f}%",
            f"{k.best_error:.2f}%",
            shown_ratio(k.ratio),
            shown_ratio(k.wql_ratio),
            f"{k.coverage:.0f}% ({k.achievable_coverage:.0f}%)",
        ]
        for k in sorted(results.kinds, key=lambda k: -k.ratio)
    ]
    heads = ["kind", "error", "best possible", "error / best", "quantile loss / best", "80% range held (best)"]
    return f"""## How far from the possible

Simulated series, 60 of each kind, as a person gets the forecast. The best possible is the forecast of somebody who knows
the law that drew the series, but not the noise to come, or a simple method where that is better. Errors are those of the
median in percent of the level. The worst come first.

{_table(heads, rows)}

{summary(results.kinds)}"""


def _public(results: Results) -> str:
    peers = _on_same_data(results.peers, results.public)
    rows = _rows(results.public, peers)
    mean = ["**geometric mean**", ""]
    mean += [f"**{geometric(results.public, name):.3f}**" for name in ("mase", "wql")] + [""]
    mean += [f"{geometric(v, 'mase'):.3f} / {geometric(v, 'wql'):.3f}" for v in peers.values()]
    return f"""## The public benchmark

M1, M3 and Tourism, run once on the finished model by a frozen script; nothing was tuned on it.

{_table(["data", "series", *SCORES, *peers], [*rows, mean])}"""


def _ablation(results: Results) -> str:
    rows = [[a.group, a.variant, f"{a.mase:.4f}", f"{a.wql:.4f}", a.note] for a in results.ablation]
    return f"""## What each part is worth

Geometric means over the development data, four horizons, relative to seasonal naive.

{_table(["", "variant", "MASE", "WQL", ""], rows)}"""


def _speed(results: Results) -> str:
    rows = [[f"{s.batch:,}", f"{s.series_per_second:,.0f}"] for s in results.speed]
    return f"""## Speed

Series per second: 120 monthly points, 12 steps, on the processor, packing included.

{_table(["batch", "series per second"], rows)}"""


def describe(folder: Path, manifest: Manifest) -> None:
    """Write the card and then the manifest of a folder, from the results that are stored in it."""
    (folder / "card.md").write_text(card(manifest, Results.read(folder)), encoding="utf-8")
    seal(folder, manifest)


def main() -> None:
    """Write card, checksums and signature of every bundled model again."""
    key = release_key()
    for entry in list_models(paths.models()[0]):
        describe(entry.folder, stored_manifest(entry.folder))
        sign(entry.folder, key)
        print(entry.title)


if __name__ == "__main__":
    main()
