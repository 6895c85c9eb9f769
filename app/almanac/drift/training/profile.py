"""The profile of the series that a model learned from, and how far others are from it."""

from __future__ import annotations

import json
import zlib
from base64 import b64decode, b64encode
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from almanac.core.arrays import Flags, Floats, Integers
from almanac.drift.training.features import FEATURES, features_of

LEVELS = (0.0, 0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975, 0.99, 0.995, 0.999, 1.0)
_MIDDLE, _LOW, _HIGH = LEVELS.index(0.5), LEVELS.index(0.1), LEVELS.index(0.9)
FLAGGED = 0.012  # of the training series themselves would be flagged
REFERENCE = 800  # training series that are kept to compare with
RESOLUTION, FURTHEST = 10, 12.7  # parts of a usual range that a feature is kept in, and usual ranges at most
LEAST_RANGE = 0.05  # of a feature that hardly differs between training series
SAID = 0.95  # share of the training series beyond which a feature is named
MAX_AT_ONCE = 500  # series that are compared at a time, to bound the memory


@dataclass(frozen=True)
class SeasonProfile:
    """Series of one pair of seasons: ``quantiles`` float64 [F, levels] of each feature; ``reference`` int8 [R, F],
    features of some of them, in parts of their usual range; ``limit``: how far from the nearest of these a share
    ``FLAGGED`` of others is; ``context``: their most points.
    """

    quantiles: Floats
    reference: NDArray[np.int8]
    limit: float
    context: int

    def scaled(self, features: Floats) -> NDArray[np.int8]:
        """Features [N, F] from their median, in parts of their usual range."""
        usual = np.maximum(self.quantiles[:, _HIGH] - self.quantiles[:, _LOW], 0) + LEAST_RANGE
        ranges = np.clip((features - self.quantiles[:, _MIDDLE]) / usual, -FURTHEST, FURTHEST)
        return np.asarray(np.round(ranges * RESOLUTION), dtype=np.int8)

    def distance(self, features: Floats) -> Floats:
        """How far each series is from the most similar training series that is kept: float64 [N].

        The distance to the nearest neighbour, after Ramaswamy, Rastogi and Shim (2000). Training series fill no
        ellipse: with Mahalanobis's distance, 12% of the series outside the prior are flagged.
        """
        kept = self.reference.astype(np.float64)
        scaled = self.scaled(features).astype(np.float64)
        found = [
            np.sqrt(np.maximum(
                (part**2).sum(axis=1)[:, None] - 2 * part @ kept.T + (kept**2).sum(axis=1), 0).min(axis=1))
            for part in np.array_split(scaled, len(scaled) // MAX_AT_ONCE + 1)
        ]  # fmt: skip
        return np.concatenate(found)

    def shares(self, features: Floats) -> Floats:
        """Which share of the training series has less of each feature: float64 [N, F]; 0 or 1 beyond all of them."""
        found = np.empty_like(features)
        for f, quantiles in enumerate(self.quantiles):
            values, start, counts = np.unique(quantiles, return_index=True, return_counts=True)
            levels = np.array([np.mean(LEVELS[s : s + n]) for s, n in zip(start, counts, strict=True)])
            found[:, f] = np.interp(features[:, f], values, levels, left=0.0, right=1.0)
        return found


def profile_of(features: Floats, held_out: Floats, context: int) -> SeasonProfile:
    """The profile of training series with these features [N, F]; its limit is from those that were ``held_out``."""
    made = SeasonProfile(np.quantile(features, LEVELS, axis=0).T, np.zeros((0, features.shape[1]), np.int8), 0, context)
    made = replace(made, reference=made.scaled(features[:: max(len(features) // REFERENCE, 1)]))
    return replace(made, limit=float(np.quantile(made.distance(held_out), 1 - FLAGGED)))


@dataclass(frozen=True)
class Profile:
    """Profiles by their seasons: (12, 1) for monthly series."""

    seasons: dict[tuple[int, int], SeasonProfile]

    def nearest(self, season: int, long: int) -> SeasonProfile:
        """Of these seasons, or of those most like them."""
        return self.seasons[min(self.seasons, key=lambda s: (abs(np.log(s[0] / season)), abs(np.log(s[1] / long))))]

    def to_json(self) -> bytes:
        """As it is kept with the model."""
        plain = [
            {
                "seasons": list(key),
                "context": one.context,
                "limit": _short(one.limit),
                "quantiles": [[_short(x) for x in row] for row in one.quantiles],
                "reference": b64encode(zlib.compress(one.reference.tobytes(), 9)).decode("ascii"),
            }
            for key, one in self.seasons.items()
        ]
        features = [feature.name for feature in FEATURES]
        return (json.dumps({"format": 2, "features": features, "profiles": plain}) + "\n").encode()

    @classmethod
    def from_json(cls, content: bytes) -> Profile | None:
        """Read a profile; None where there is none, or one of an earlier kind with other features."""
        plain = json.loads(content or b"{}")
        if plain.get("features") != [feature.name for feature in FEATURES]:
            return None
        return cls({tuple(one["seasons"]): _read(one) for one in plain["profiles"]})


def _short(x: float) -> float:
    return float(f"{x:.5g}")


def _read(plain: dict[str, Any]) -> SeasonProfile:
    kept = np.frombuffer(zlib.decompress(b64decode(plain["reference"])), dtype=np.int8).reshape(-1, len(FEATURES))
    return SeasonProfile(np.array(plain["quantiles"]), kept, plain["limit"], plain["context"])


@dataclass(frozen=True)
class Likeness:
    """``unlike`` bool [N]: which series are unlike the training series; ``words``: in what, N of them."""

    unlike: Flags
    words: tuple[str, ...]


def likeness(values: Floats, profile: SeasonProfile, season: int) -> Likeness:
    """Compare series [N, L], right-aligned, NaN where there is no value, with those that a model learned from."""
    features = features_of(values[:, -profile.context :], season)
    changing = np.nanmax(values, axis=1) > np.nanmin(values, axis=1)  # what never changes is forecast all the same
    unlike = changing & (profile.distance(features) > profile.limit)
    shares, furthest = profile.shares(features), np.abs(profile.scaled(features).astype(np.int64))
    words = (
        _in_words(*row) if one else "" for row, one in zip(zip(shares, furthest, strict=True), unlike, strict=True)
    )
    return Likeness(unlike, tuple(words))


def _in_words(shares: Floats, furthest: Integers) -> str:
    """The first feature beyond all training series, or the one that is furthest out: "swings wider than 99% of …"."""
    outer = np.abs(shares - 0.5) + 0.5
    beyond = np.flatnonzero(outer == 1)
    first = int(beyond[0]) if len(beyond) else int(np.lexsort((furthest, outer >= SAID))[-1])
    if outer[first] < SAID:
        return "features that hardly ever come together in what the model learned from"
    words = FEATURES[first].high if shares[first] > 0.5 else FEATURES[first].low
    share = int(outer[first] * 100)
    return f"{words} {f'{share}% of what' if share < 100 else 'anything'} the model learned from"
