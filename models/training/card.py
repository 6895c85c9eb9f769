"""The model card, written from the manifest and the stored results so that it cannot say anything else (after Mitchell et
al. 2019). ``python -m models.training.card`` writes every card again."""

from __future__ import annotations

from collections.abc import Sequence

from models.training.evaluation.results import Figure, Results, geometric

from almanac.forecasting.models.manifest import Manifest
from almanac.forecasting.models.status import BLIND_TO, MADE_FOR, NOT_FOR

KINDS = {
    "careful": """Dozens of classical forecasts (exponential smoothing of many parameters, damped and straight trends, theta, repeating
seasons, returns to the mean) are computed inside the graph, on the series as it is and on four deseasonalised views of it,
each tried out on the latest values; a small network weighs them and sets the quantiles.""",
    "quick": """A student of the careful model: ten plain courses from one deseasonalised view of the series, weighed by a small network that
learned from what happened and from what the careful model said. For previews and for hundreds of thousands of series.""",
}


def card(manifest: Manifest, results: Results) -> str:
    """Markdown."""
    levels = ", ".join(f"{level:g}" for level in manifest.levels)
    sections = [
        f"""# {manifest.title}

**For**: {MADE_FOR},
from {manifest.shortest_history} known values up, with honest uncertainty. **Not for**: {NOT_FOR};
{BLIND_TO}.

## What it is

{KINDS[manifest.kind]}
{manifest.parameters:,} learned weights, stored as int8 with one scale for each output column, in one ONNX graph (opset {manifest.opset}) for
every rhythm. Quantiles: {levels}. It reads at most the latest {manifest.longest_context:,} points, and knows a second,
longer season (the week in hours, the year in days).

## What it was made from

{manifest.prior} Seed {manifest.seed}, code {manifest.commit[:12]}. No real series, and no one's data, is inside."""
    ]
    if results.development:
        sections.append(_accuracy(results))
    if results.slices:
        sections.append(_slices(results))
    if results.public:
        sections.append(_public(results))
    if results.ablation:
        sections.append(_ablation(results))
    if results.speed:
        sections.append(_speed(results))
    sections.append(
        f"""## Known limits

No holidays or other calendar effects. It cannot know what has never happened in the series. Ranges come straight from the
model and are not corrected on the person's own past. Measured on {results.machine}.

Licence: {manifest.licence}. Made {manifest.created}."""
    )
    return "\n\n".join(sections) + "\n"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def _same(peers: dict[str, tuple[Figure, ...]], figures: Sequence[Figure]) -> dict[str, tuple[Figure, ...]]:
    """Of each peer, the figures on the same data."""
    data = {(f.data, f.rhythm) for f in figures}
    return {name: tuple(f for f in members if (f.data, f.rhythm) in data) for name, members in peers.items()}


def _rows(figures: Sequence[Figure], peers: dict[str, tuple[Figure, ...]]) -> list[list[str]]:
    found = {(name, f.data, f.rhythm): f for name, members in peers.items() for f in members}
    rows = []
    for f in figures:
        row = [f"{f.data}, {f.rhythm}", f"{f.series:,}", f"{f.mase:.3f}", f"{f.wql:.3f}", f"{f.coverage:.0f}%"]
        for name in peers:
            peer = found.get((name, f.data, f.rhythm))
            row.append(f"{peer.mase:.3f} / {peer.wql:.3f}" if peer else "–")
        rows.append(row)
    return rows


def _accuracy(results: Results) -> str:
    heads = ["data", "series", "MASE", "WQL", "80% range held"]
    peers = _same(results.peers, results.development)
    return f"""## How well it does on real series that no training has seen

Errors divided by those of seasonal naive (repeating the last season) on the last horizon: below 1 is better. Other methods as
MASE / WQL where they were run on the same series.

{_table([*heads, *peers], _rows(results.development, peers))}

The same over the last four horizons of each series, where there are as many:

{_table(heads, _rows(results.windows, {}))}"""


def _slices(results: Results) -> str:
    rows = [[s.name, f"{s.series:,}", f"{s.mase:.3f}", f"{s.wql:.3f}", f"{s.coverage:.0f}%"] for s in results.slices]
    return f"""## By what the series is like

Over the same series and four horizons; each series weighs alike.

{_table(["part", "series and horizons", "MASE", "quantile loss", "80% range held"], rows)}"""


def _public(results: Results) -> str:
    peers = _same(results.peers, results.public)
    rows = _rows(results.public, peers)
    mean = ["**geometric mean**", ""]
    mean += [f"**{geometric(results.public, name):.3f}**" for name in ("mase", "wql")] + [""]
    mean += [f"{geometric(v, 'mase'):.3f} / {geometric(v, 'wql'):.3f}" for v in peers.values()]
    return f"""## The public benchmark

M1, M3 and Tourism, run once on the finished model by a frozen script; nothing was chosen by it.

{_table(["data", "series", "MASE", "WQL", "80% range held", *peers], [*rows, mean])}"""


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


def main() -> None:
    from models.training.folder import rewrite_all

    rewrite_all()


if __name__ == "__main__":
    main()
