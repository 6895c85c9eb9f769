"""Whether series that a model was not made for are flagged, and whether flagged ones are forecast worse."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from models.training.evaluation.kinds import KINDS
from models.training.evaluation.kinds.kind import joined
from models.training.evaluation.kinds.models import by_forecast
from models.training.prior.shapes import SHAPES
from models.training.profile import drawn_features

from almanac.core.arrays import Flags, Floats
from almanac.core.calendar.frequency import MONTHLY
from almanac.core.system import paths
from almanac.drift import Profile, likeness
from almanac.forecasting.models.catalogue import CAREFUL, list_models

LENGTH, AHEAD, EACH, SEASON = 96, 12, 100, 12
Rng = np.random.Generator


def _wild(rng: Rng, n: int, t: int) -> Floats:
    return np.exp(3.0 * rng.standard_normal((n, t)))


def _alternating(rng: Rng, n: int, t: int) -> Floats:
    return 100 + 40 * (-1.0) ** np.arange(t) * rng.uniform(0.5, 1, (n, 1)) + rng.standard_normal((n, t))


def _exploding(rng: Rng, n: int, t: int) -> Floats:
    return np.exp(rng.uniform(0.1, 0.3, (n, 1)) * np.arange(t) + 0.1 * rng.standard_normal((n, t)))


def _switching(rng: Rng, n: int, t: int) -> Floats:
    return np.where(rng.random((n, t)) < 0.5, 1000.0, 1.0) * np.exp(0.1 * rng.standard_normal((n, t)))


def _shocked(rng: Rng, n: int, t: int) -> Floats:
    spikes = (rng.random((n, t)) < 0.02) * 1e4
    spikes[np.arange(n), rng.integers(t // 2, t, n)] = 1e4
    return 100 + rng.standard_normal((n, t)) + spikes


def _chaotic(rng: Rng, n: int, t: int) -> Floats:
    x = rng.uniform(0.2, 0.8, n)
    out = np.empty((n, t))
    for k in range(t):
        x = 3.99 * x * (1 - x)
        out[:, k] = x
    return out


def _sawtooth(rng: Rng, n: int, t: int) -> Floats:
    length = rng.choice([5, 7, 9, 11, 17], (n, 1))
    return (np.arange(t) % length) ** 3 + rng.uniform(0, 0.1, (n, t))


def _waking(rng: Rng, n: int, t: int) -> Floats:
    return 100 + np.where(np.arange(t) < t // 2, 0.1, 60.0) * rng.standard_normal((n, t))


def _steps(rng: Rng, n: int, t: int) -> Floats:
    return np.repeat(np.exp(2 * rng.standard_normal((n, -(-t // 8)))), 8, axis=1)[:, :t]


def _two_points(rng: Rng, n: int, t: int) -> Floats:
    values = 100 + 10 * rng.standard_normal((n, t))
    values[:, : LENGTH - 4] = np.nan
    return values


OUTSIDE: dict[str, Callable[[Rng, int, int], Floats]] = {
    "swings over a thousandfold": _wild,
    "up and down in turn": _alternating,
    "grows by a fifth each month": _exploding,
    "switches between 1 and 1,000": _switching,
    "flat with huge spikes": _shocked,
    "chaos": _chaotic,
    "steep teeth of an odd length": _sawtooth,
    "becomes wild half-way": _waking,
    "steps of any height every 8 months": _steps,
    "four months": _two_points,
}


def unlike(share: float, seed: int, model: str | None) -> Iterator[str]:
    """Shares of series that are flagged, inside and outside the prior; and how far off flagged ones are forecast."""
    folder = next(e.folder for e in list_models(paths.models()[0]) if e.name == (model or CAREFUL))
    profile = Profile.from_json((folder / "profile.json").read_bytes())
    assert profile is not None
    count = max(round(EACH * share), 10)
    yield from _inside(profile, 10 * count, seed)
    yield from _outside(profile, count, seed)
    yield from _losses(profile, folder, max(round(60 * share), 10), seed)


def _inside(profile: Profile, count: int, seed: int) -> Iterator[str]:
    shares = []
    for seasons in dict.fromkeys(shape.seasons for shape in SHAPES):
        one = profile.seasons[seasons]
        features = drawn_features(seasons, count, seed + 7)
        shares.append(float(one.unlike(features).mean()))
    yield f"inside the prior: {np.mean(shares):.1%} flagged, at most {max(shares):.1%} of one pair of seasons"


def _outside(profile: Profile, count: int, seed: int) -> Iterator[str]:
    rng = np.random.default_rng(seed)
    shares = []
    for name, law in OUTSIDE.items():
        found = likeness(law(rng, count, LENGTH), profile.nearest(SEASON, 1), SEASON)
        shares.append(float(found.unlike.mean()))
        words = next((w for w in found.words if w), "")
        yield f"  {name:<36} {shares[-1]:>5.0%} {words}"
    yield f"outside the prior: {np.mean(shares):.1%} flagged"


def _losses(profile: Profile, folder: Path, count: int, seed: int) -> Iterator[str]:
    """Errors of the forecast, in shares of each series' level: on the kinds, and on these with the laws outside."""
    predict = by_forecast(folder)
    flags, errors = [], []
    for kind in KINDS:
        file = joined(kind.drawn_files(count, seed))
        n = len(file.future)
        season = kind.frequency.season_length
        long = kind.frequency.long_season if file.history.shape[1] > 1.2 * kind.frequency.long_season else 1
        flags.append(likeness(file.history[:n], profile.nearest(season, long), season).unlike)
        made = predict(file.history, kind.frequency, kind.horizon)
        errors.append(_off(made.point[:n], file.future, file.level))
    yield _compared("kinds", np.concatenate(flags), np.concatenate(errors))
    rng = np.random.default_rng(seed)
    for law in OUTSIDE.values():
        values = law(rng, count, LENGTH + AHEAD)
        history, future = values[:, :LENGTH], values[:, LENGTH:]
        flags.append(likeness(history, profile.nearest(SEASON, 1), SEASON).unlike)
        made = predict(history, MONTHLY, AHEAD)
        errors.append(_off(made.point, future, np.nanmean(np.abs(history), axis=1)))
    yield _compared("kinds and laws outside", np.concatenate(flags), np.concatenate(errors))


def _off(point: Floats, future: Floats, level: Floats) -> Floats:
    return np.asarray(np.abs(point - future).mean(axis=1) / np.maximum(level, 1e-9))


def _compared(name: str, flagged: Flags, errors: Floats) -> str:
    """The middle error of flagged series and of others; means would be those of a few that explode."""
    one, other = float(np.median(errors[flagged])), float(np.median(errors[~flagged]))
    return (f"{name}: {flagged.sum()} of {len(flagged)} series flagged; median error {one:.1%} of the level against "
            f"{other:.1%}: {one / other:.2f} times")  # fmt: skip
