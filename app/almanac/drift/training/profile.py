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
from almanac.drift.training.features import FEATURES, POINTS, features_of

LEVELS = (
    0.0,
    0.0004,
    0.001,
    0.005,
    0.01,
    0.025,
    0.05,
    0.1,
    0.25,
    0.5,
    0.75,
    0.9,
    0.95,
    0.975,
    0.99,
    0.995,
    0.999,
    0.9996,
    1.0,
)
_MIDDLE, _LOW, _HIGH = LEVELS.index(0.5), LEVELS.index(0.1), LEVELS.index(0.9)
FLAGGED = 0.016  # of the training series themselves would be flagged
REFERENCE = 3_000  # training series that are kept to compare with
NEIGHBOURS = 10  # as Breunig et al. recommend at least
RESOLUTION, FURTHEST = 16, 7.9  # parts of a unit of ``scaled`` that a feature is kept in, and the largest that is kept
LEAST_RANGE = 0.05  # of a feature that hardly differs between training series
_LEAST, _MOST = LEVELS.index(0.0004), LEVELS.index(0.9996)  # so rare that one such feature alone is unlike them
ROUNDED = 0.005  # of its usual range, to which a stored quantile is exact
SAID = 0.95  # share of the training series beyond which a feature is named
MAX_AT_ONCE = 500  # series that are compared at a time, to bound the memory


@dataclass(frozen=True)
class SeasonProfile:
    """Series of one pair of seasons: ``quantiles`` float64 [F, levels] of each feature; ``reference`` int8 [R, F],
    features of some of them as ``scaled`` gives them; ``spacing`` float64 [R]: how far each of these is from its
    nearest ones; ``limit``: the largest ``sparseness`` of all but a share ``FLAGGED``; ``context``: their most points.
    """

    quantiles: Floats
    reference: NDArray[np.int8]
    spacing: Floats
    limit: float
    context: int

    def _usual(self) -> Floats:
        """The usual range of each feature."""
        return np.maximum(self.quantiles[:, _HIGH] - self.quantiles[:, _LOW], 0) + LEAST_RANGE

    def scaled(self, features: Floats) -> NDArray[np.int8]:
        """Features [N, F] from their median, in parts of their usual range, large ones as their logarithm."""
        ranges = np.arcsinh(2 * (features - self.quantiles[:, _MIDDLE]) / self._usual())
        return np.asarray(np.round(np.clip(ranges, -FURTHEST, FURTHEST) * RESOLUTION), dtype=np.int8)

    def sparseness(self, features: Floats) -> Floats:
        """How much further each series is from its nearest training series than these are from theirs: float64 [N].

        The local outlier factor of Breunig, Kriegel, Ng and Sander (2000) with plain distances. The training series
        are many in some places and few in others: a distance alone (Mahalanobis's, or to the nearest one) does not
        tell chaos from noise.
        """
        found = []
        scaled = self.scaled(features)
        for part in np.array_split(scaled, len(scaled) // MAX_AT_ONCE + 1):
            distance, nearest = _nearest(part, self.reference, NEIGHBOURS)
            found.append(distance.mean(axis=1) / np.maximum(self.spacing[nearest].mean(axis=1), 1))
        return np.concatenate(found)

    def unlike(self, features: Floats) -> Flags:
        """Which series are beyond almost all training series in one feature, or have hardly any like them: bool [N]."""
        return self._beyond(features) | (self.sparseness(features) > self.limit)

    def _beyond(self, features: Floats) -> Flags:
        low, high = self.quantiles[:, _LEAST], self.quantiles[:, _MOST]
        room = self._usual() * ROUNDED
        return np.asarray(((features < low - room) | (features > high + room)).any(axis=1))

    def shares(self, features: Floats) -> Floats:
        """Which share of the training series has less of each feature: float64 [N, F]; 0 or 1 beyond all of them."""
        found = np.empty_like(features)
        for f, quantiles in enumerate(self.quantiles):
            values, start, counts = np.unique(quantiles, return_index=True, return_counts=True)
            levels = np.array([np.mean(LEVELS[s : s + n]) for s, n in zip(start, counts, strict=True)])
            found[:, f] = np.interp(features[:, f], values, levels, left=0.0, right=1.0)
        return found


def _nearest(scaled: NDArray[np.int8], reference: NDArray[np.int8], count: int) -> tuple[Floats, Integers]:
    """Distances to the nearest ``count`` of ``reference`` and which they are: [N, count] each, in any order."""
    rows, kept = scaled.astype(np.float32), reference.astype(np.float32)
    squares = (rows**2).sum(axis=1)[:, None] - 2 * rows @ kept.T + (kept**2).sum(axis=1)
    nearest = np.argpartition(squares, count - 1, axis=1)[:, :count]
    distance = np.sqrt(np.maximum(np.take_along_axis(squares, nearest, axis=1), 0))
    return distance.astype(np.float64), nearest


def profile_of(features: Floats, held_out: Floats, context: int) -> SeasonProfile:
    """The profile of training series with these features [N, F]; its limit is from those that were ``held_out``."""
    quantiles = np.quantile(features, LEVELS, axis=0).T
    made = SeasonProfile(quantiles, np.zeros((0, features.shape[1]), np.int8), np.zeros(0), 0, context)
    made = replace(made, reference=made.scaled(features[:: -(-len(features) // REFERENCE)]))
    parts = np.array_split(made.reference, len(made.reference) // MAX_AT_ONCE + 1)
    apart = [_nearest(part, made.reference, NEIGHBOURS + 1)[0].sum(axis=1) / NEIGHBOURS for part in parts]
    made = replace(made, spacing=np.concatenate(apart))
    inside = held_out[~made._beyond(held_out)]
    left = max(FLAGGED - (1 - len(inside) / len(held_out)), FLAGGED / 10)
    return replace(made, limit=float(np.quantile(made.sparseness(inside), 1 - left)))


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
                "reference": _packed(one.reference.T),
                "spacing": _packed(one.spacing.astype(np.float16)),
            }
            for key, one in self.seasons.items()
        ]
        features = [feature.name for feature in FEATURES]
        return (json.dumps({"format": 3, "features": features, "profiles": plain}) + "\n").encode()

    @classmethod
    def from_json(cls, content: bytes) -> Profile | None:
        """Read a profile; None where there is none, or one of an earlier kind with other features."""
        plain = json.loads(content or b"{}")
        if plain.get("features") != [feature.name for feature in FEATURES]:
            return None
        return cls({tuple(one["seasons"]): _read(one) for one in plain["profiles"]})


def _short(x: float) -> float:
    return float(f"{x:.5g}")


def _packed(array: NDArray[Any]) -> str:
    return b64encode(zlib.compress(array.tobytes(), 9)).decode("ascii")


def _read(plain: dict[str, Any]) -> SeasonProfile:
    kept, spacing = (zlib.decompress(b64decode(plain[key])) for key in ("reference", "spacing"))
    reference = np.frombuffer(kept, dtype=np.int8).reshape(len(FEATURES), -1).T
    apart = np.frombuffer(spacing, dtype=np.float16).astype(np.float64)
    return SeasonProfile(np.array(plain["quantiles"]), reference, apart, plain["limit"], plain["context"])


@dataclass(frozen=True)
class Likeness:
    """``unlike`` bool [N]: which series are unlike the training series; ``words``: in what, N of them."""

    unlike: Flags
    words: tuple[str, ...]


def likeness(values: Floats, profile: SeasonProfile, season: int) -> Likeness:
    """Compare series [N, L], right-aligned, NaN where there is no value, with those that a model learned from."""
    features = features_of(values[:, -profile.context :], season)
    most = profile.quantiles[POINTS, _MOST]
    features[:, POINTS] = np.minimum(features[:, POINTS], most)  # the model does not see earlier points
    changing = np.nanmax(values, axis=1) > np.nanmin(values, axis=1)  # what never changes is forecast all the same
    unlike = changing & profile.unlike(features)
    shares, furthest = profile.shares(features), np.abs(profile.scaled(features).astype(np.int64))
    shares[:, POINTS] = np.minimum(shares[:, POINTS], 0.5)  # likewise
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
