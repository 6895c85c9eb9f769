"""Profile of the training series: quantiles of simple features for each season, so that a later version can tell
whether a person's data is unlike anything the model has seen."""

from __future__ import annotations

import json

import numpy as np
from models.training.prior.draw import draw
from models.training.prior.shapes import SHAPES
from numpy.typing import NDArray

AT = np.linspace(0, 1, 21)
SERIES = 1000
Floats = NDArray[np.float64]


def features(values: Floats, mask: Floats, m: int) -> dict[str, Floats]:
    """Scale-free features [series] of ``values`` [series, length] where ``mask`` is 1."""
    y = np.where(mask > 0, values, np.nan)
    with np.errstate(invalid="ignore", divide="ignore"):
        size = np.nanmean(np.abs(y), axis=1) + 1e-12
        steps = np.abs(np.diff(y, axis=1))
        seasonal = np.abs(y[:, m:] - y[:, :-m]) if y.shape[1] > m else steps
        change = np.diff(y, axis=1)
        change = change - _mean(change)[:, None]
        pairs = _mean(change[:, 1:] * change[:, :-1]) / (_mean(change**2) + 1e-12)
        t = np.arange(y.shape[1]) - np.nanmean(np.where(mask > 0, np.arange(y.shape[1]), np.nan), axis=1)[:, None]
        slope = _mean(t * (y - _mean(y)[:, None])) / (_mean(np.where(mask > 0, t**2, np.nan)) + 1e-12)
        return {
            "points": mask.sum(axis=1).astype(float),
            "zeros": _mean(np.where(mask > 0, values == 0, np.nan)),
            "variation": np.sqrt(_mean((y - _mean(y)[:, None]) ** 2)) / size,
            "step change": _mean(steps) / size,
            "season change": _mean(seasonal) / size,
            "growth": slope * m / size,
            "memory of changes": pairs,
        }


def _mean(x: Floats) -> Floats:
    known = np.isfinite(x)
    out: Floats = np.where(known, x, 0.0).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    return out


def profile(seed: int) -> bytes:
    """Return JSON: for each pair of seasons, each feature's quantiles at 0, 5, … 100 percent."""
    out = {}
    for shape in SHAPES:
        name = "+".join(str(m) for m in shape.seasons if m > 1 or m == shape.seasons[0])
        if name in out:
            continue
        values, mask, _ = draw(np.random.default_rng([seed, *shape.seasons]), SERIES, shape)
        found = features(values.astype(float), mask.astype(float), shape.season)
        out[name] = {k: [float(f"{q:.5g}") for q in np.quantile(v[np.isfinite(v)], AT)] for k, v in found.items()}
    return (json.dumps({"at": AT.tolist(), "seasons": out}, indent=1) + "\n").encode()
