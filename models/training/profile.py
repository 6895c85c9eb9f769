"""Profile of the training series, which ships with the model, so that it can say which data is unlike anything it has
seen: ``make model-profiles`` makes it from the prior's own generator and seals the manifest again."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from models.training.prior.draw import draw
from models.training.prior.shapes import SHAPES
from numpy.typing import NDArray

from almanac.core.system import paths
from almanac.drift.training.features import features_of
from almanac.drift.training.profile import Profile, profile_of
from almanac.forecasting.models.catalogue import CAREFUL, QUICK, list_models

SERIES = 12_000  # of each pair of seasons
HELD_OUT = 6_000  # others, to set the limit by
SEED = 1
Floats = NDArray[np.float64]


def drawn_features(seasons: tuple[int, int], series: int, seed: int) -> Floats:
    """Features of so many training series of one pair of seasons, from all its shapes alike: float64 [series, F]."""
    shapes = [shape for shape in SHAPES if shape.seasons == seasons]
    rng = np.random.default_rng([seed, *seasons])
    found = []
    for shape in shapes:
        values, mask, _ = draw(rng, -(-series // len(shapes)), shape)
        found.append(features_of(np.where(mask > 0, values, np.nan).astype(np.float64), seasons[0]))
    return np.concatenate(found)[:series]


def profile(seed: int = SEED) -> bytes:
    """The profile of all pairs of seasons, as it is kept."""
    found = {}
    for seasons in dict.fromkeys(shape.seasons for shape in SHAPES):
        series, held_out = drawn_features(seasons, SERIES, seed), drawn_features(seasons, HELD_OUT, seed + 1_000_000)
        context = max(shape.context for shape in SHAPES if shape.seasons == seasons)
        found[seasons] = profile_of(series, held_out, context)
    return Profile(found).to_json()


def main() -> None:
    """Write the profile into the newest version of each bundled model."""
    from models.training.folder import seal, stored_manifest
    from models.training.signing import release_key, sign

    key, content = release_key(), profile()
    for name in (CAREFUL, QUICK):
        folder: Path = next(entry.folder for entry in list_models(paths.models()[0]) if entry.name == name)
        (folder / "profile.json").write_bytes(content)
        seal(folder, stored_manifest(folder))
        sign(folder, key)
        print(f"{folder.parent.name} {folder.name}: {len(content):,} bytes")


if __name__ == "__main__":
    main()
