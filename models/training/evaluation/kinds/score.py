"""How far a forecast is from what is possible, kind by kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from models.training.evaluation.kinds import KINDS
from models.training.evaluation.kinds.kind import SEED, SERIES, Drawn, Kind, joined
from models.training.evaluation.kinds.simple import METHODS, filled
from models.training.evaluation.results import KindFigure
from models.training.evaluation.scores import coverage, quantile_loss
from models.training.prior.sampling import Floats

from almanac.core.calendar.frequency import Frequency

FLOOR = 1e-4  # of the level: errors below a hundredth of a percent are as good as none; chosen by judgement
MIN_STANDARD_ERRORS = 2.0  # a simple method is better than the achievable forecast only beyond chance
EQUAL = 1e-6  # of the level: how far a value may be out of a range by rounding


@dataclass(frozen=True)
class Made:
    """``quantiles`` [n, H, 9], the tenths; ``point`` [n, H], the one number a person sees of each step."""

    quantiles: Floats
    point: Floats


# history [n, T] with NaN where a value is missing, frequency, horizon → the tenths [n, H, 9], or these and the points
Predict = Callable[[Floats, Frequency, int], Floats | Made]


def score_kinds(
    predict: Predict, kinds: Iterable[Kind] = KINDS, n: int = SERIES, seed: int = SEED
) -> Iterator[KindFigure]:
    """Yield the figures of each kind, of ``n`` series; another ``seed`` draws other series of the same laws."""
    for kind in kinds:
        files = kind.drawn_files(n, seed)
        made = [_asked(predict, kind, file) for file in files]
        quantiles, point = (np.concatenate(arrays) for arrays in zip(*made, strict=True))
        yield figure(kind, joined(files), Made(quantiles, point))


def _asked(predict: Predict, kind: Kind, file: Drawn) -> tuple[Floats, Floats]:
    """The forecasts of those series of a file that are scored: quantiles [n, H, 9] and points [n, H]."""
    made = predict(file.history, kind.frequency, kind.horizon)
    quantiles, point = (made.quantiles, made.point) if isinstance(made, Made) else (made, made[:, :, 4])
    return quantiles[: len(file.future)], point[: len(file.future)]


def figure(kind: Kind, series: Drawn, made: Made) -> KindFigure:
    """Compare one forecast with the achievable one, or with a simple method where that is better."""
    error, loss = _errors(series, made.quantiles)
    known_error, known_loss = _errors(series, series.achievable)
    name, best_error, best_loss = "achievable", known_error, known_loss
    simple = {method: _errors(series, _certain(point)) for method, point in simple_forecasts(kind, series).items()}
    first = min(simple, key=lambda method: float(simple[method][0].mean()))
    if better(simple[first][0], best_error):
        name, best_error = first, simple[first][0]
    low, high = _range_held(series, made.quantiles), _range_held(series, series.achievable)
    return KindFigure(
        name=kind.name,
        frequency=kind.frequency.name,
        knows=kind.knows,
        error=_percent(error),
        best_error=_percent(best_error),
        best=name,
        ratio=_ratio(error, best_error),
        simple=first,
        simple_error=_percent(simple[first][0]),
        wql_ratio=_ratio(loss, best_loss),
        coverage=round(100 * low, 1),
        achievable_coverage=round(100 * high, 1),
        **_sums(series, made.point),
    )


def simple_forecasts(kind: Kind, series: Drawn) -> dict[str, Floats]:
    """The point forecasts [n, H] of every simple method; with a longer season also of those that repeat seasons."""
    y, h = filled(series.history), kind.horizon
    out = {name: method(y, kind.frequency.season_length, h) for name, method in METHODS.items()}
    if 1 < kind.frequency.long_season <= y.shape[1]:
        for name in ("seasonal naive", "seasonal mean"):
            out[f"{name}, longer season"] = METHODS[name](y, kind.frequency.long_season, h)
    return out


def better(error: Floats, than: Floats) -> bool:
    """Whether errors [n] are smaller than others of the same series by more than chance."""
    gain = than - error
    return bool(gain.mean() > MIN_STANDARD_ERRORS * gain.std() / np.sqrt(len(gain)) + FLOOR / 2)


def _errors(series: Drawn, quantiles: Floats) -> tuple[Floats, Floats]:
    """Mean absolute error of the median and mean quantile loss of each series, as shares of its level: each [n]."""
    error = np.abs(quantiles[:, :, 4] - series.future).mean(axis=1) / series.level
    return error, quantile_loss(quantiles, series.future).mean(axis=1) / series.level


def _certain(point: Floats) -> Floats:
    return np.repeat(point[:, :, None], 9, axis=2)


def _ratio(error: Floats, best: Floats) -> float:
    return round(float((error.mean() + FLOOR) / (best.mean() + FLOOR)), 4)


def _percent(error: Floats) -> float:
    return round(float(100 * error.mean()), 4)


def _range_held(series: Drawn, quantiles: Floats) -> float:
    rounding = EQUAL * series.level[:, None]
    return coverage(quantiles[:, :, 0] - rounding, quantiles[:, :, 8] + rounding, series.future)


def _sums(series: Drawn, point: Floats) -> dict[str, float]:
    """For counts: how far the sum over all series is off, and the error of each sum relative to the achievable."""
    if series.mean is None:
        return {}
    total, best, truth = point.sum(axis=1), series.mean.sum(axis=1), series.future.sum(axis=1)
    ratio = np.abs(total - truth).mean() / np.abs(best - truth).mean()
    return {
        "sum_off": round(float(100 * (total.sum() / best.sum() - 1)), 2),
        "sum_ratio": round(float(ratio), 4),
    }
