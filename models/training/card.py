"""The model card, written from the manifest so that it cannot say anything else (after Mitchell et al. 2019)."""

from __future__ import annotations

from almanac.forecasting.limits import LENGTHS, SHORTEST_HISTORY
from almanac.forecasting.manifest import Manifest


def card(manifest: Manifest, quantization: tuple[float, float] | None) -> str:
    """Markdown. ``quantization``: loss on held-out synthetic series in float32 and in int8."""
    rows = "\n".join(
        f"| {f.data} | {f.series:,} | {f.mase:.3f} | {f.wql:.3f} | "
        + (f"{f.ets_mase:.3f} | {f.ets_wql:.3f} |" if f.ets_mase and f.ets_wql else "– | – |")
        for f in manifest.figures
    )
    measured = rows or "| not measured: the development data was not at hand | | | | | |"
    loss = (
        f"Loss on held-out synthetic series: {quantization[0]:.4f} in float32, {quantization[1]:.4f} with int8 weights."
        if quantization
        else ""
    )
    return f"""# {manifest.title}

**For**: forecasting business and household series (sales, visits, bills, readings) at any rhythm from yearly to
half-hourly, from {SHORTEST_HISTORY} known values up, with honest uncertainty. **Not for**: prices of shares or currencies, safety or medical decisions
about one person, anything where a known event ahead (a closure, a campaign, a law) decides the outcome: it sees only the past of each series.

## What it is

{manifest.parameters:,} learned weights, stored as int8 with one scale for each output column (weight-only quantization), in one ONNX graph (opset
{manifest.opset}): dozens of classical forecasts are computed inside the graph, and a small network weighs them and sets the quantiles
({", ".join(f"{level:g}" for level in manifest.levels)}). It reads at most the latest {LENGTHS[-1]} points. {loss}

## What it was made from

{manifest.prior} Seed {manifest.seed}. No real series, and no one's data, is inside.

## How well it does

Errors divided by those of seasonal naive (repeating the last season) on the last horizon of real series that training never saw: below 1 is better
than seasonal naive. The last two columns: the error of statsmodels' ETS divided by this model's, on up to 60 series of each kind; above 1
means this model is better. Weighted quantile loss counts each series alike.

| data | series | MASE | weighted quantile loss | ETS / model, MASE | ETS / model, quantile loss |
|---|---|---|---|---|---|
{measured}

## Known limits

One season length at a time (a weekly pattern in daily data, not also a yearly one); no holidays or other calendar effects; few-and-far-between sales are
forecast, but not as well as steady ones. Ranges come straight from the model and are not yet corrected on the person's own past.

Licence: {manifest.licence}. Made {manifest.created}.
"""
