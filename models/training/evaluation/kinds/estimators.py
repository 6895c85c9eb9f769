"""Forecasts of somebody who knows the law: by regression, autoregression, the Kalman filter, or simulated futures."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from models.training.evaluation.kinds.kind import Z
from models.training.evaluation.scores import TENTHS
from models.training.prior.sampling import Floats, Rng
from scipy.special import stdtrit

TINY = 1e-9  # stands for a standard deviation of 0
SAMPLES = 400  # simulated futures of each series, where there is no formula


def gaussian(mean: Floats, sd: Floats | float) -> Floats:
    """Tenths [..., 9] of normal distributions."""
    spread = np.broadcast_to(np.asarray(sd, dtype=float), mean.shape)
    return mean[..., None] + spread[..., None] * Z


def tenths(samples: Floats) -> Floats:
    """Tenths [n, H, 9] of simulated futures [n, samples, H]."""
    return np.moveaxis(np.quantile(samples, TENTHS, axis=1), 0, -1)


def certain(future: Floats) -> Floats:
    """Tenths of a future that is known."""
    return np.repeat(future[..., None], len(TENTHS), axis=-1)


def waves(t: Floats, period: float, harmonics: int) -> Floats:
    """Sines and cosines [len(t), 2 * harmonics] of a smooth season."""
    angle = 2 * np.pi * np.outer(t, np.arange(1, harmonics + 1)) / period
    return np.concatenate([np.sin(angle), np.cos(angle)], axis=1)


def line(t: Floats, degree: int = 1) -> Floats:
    """Columns 1, t, t² … [len(t), degree + 1], over a span of about 1."""
    return np.vander(t / t[-1], degree + 1, increasing=True)


def dummies(phase: Floats, count: int) -> Floats:
    """One column for each phase [len(phase), count]."""
    return (phase[:, None] == np.arange(count)).astype(float)


def regression(design: Floats, history: Floats, sd: Floats | float | None = None) -> Floats:
    """Tenths [n, H, 9] of least squares on the columns of ``design`` ([T + H, k], or [n, T + H, k]).

    ``sd``: of the noise at each of the T + H points where it is known; else it is estimated, and the tenths are those
    of Student's t. Missing values are left out.
    """
    known = np.isfinite(history)
    if design.ndim == 2 and known.all():
        return _least_squares(design, history, sd)
    designs = np.broadcast_to(design, (len(history), *design.shape[-2:]))
    made = []
    for row, seen, columns in zip(history, known, designs, strict=True):
        ahead = np.ones(len(columns) - len(row), dtype=bool)
        chosen = np.concatenate([seen, ahead])
        spread = None if sd is None else np.broadcast_to(sd, len(columns))[chosen]
        made.append(_least_squares(columns[chosen], row[None, seen], spread)[0])
    return np.array(made)


def _least_squares(design: Floats, history: Floats, sd: Floats | float | None) -> Floats:
    """Tenths for complete histories that share one design."""
    n, t = history.shape
    spread = np.maximum(np.broadcast_to(1.0 if sd is None else sd, len(design)), TINY)
    x, target, ahead = design[:t] / spread[:t, None], history / spread[:t], design[t:]
    inverse = np.linalg.pinv(x)
    found = target @ inverse.T
    scale, deviates = np.ones((n, 1)), Z
    if sd is None:
        free = max(t - design.shape[1], 1)
        scale = np.sqrt(((target - found @ x.T) ** 2).sum(axis=1, keepdims=True) / free)
        deviates = stdtrit(free, np.array(TENTHS))
    within = ((ahead @ inverse) ** 2).sum(axis=1)  # of the variance, from the estimated coefficients
    width = scale * np.sqrt(spread[t:] ** 2 + within)
    return (found @ ahead.T)[:, :, None] + width[:, :, None] * deviates


def autoregression(history: Floats, lags: Floats, sd: float, horizon: int) -> Floats:
    """Tenths of an autoregression around 0 with known coefficients, ``lags[k]`` for lag k + 1."""
    order, values = len(lags), history
    weights = np.zeros(order + horizon)  # of one shock on later values
    weights[order] = 1
    for h in range(horizon):
        values = np.concatenate([values, values[:, -order:][:, ::-1] @ lags[:, None]], axis=1)
        if h:
            weights[order + h] = weights[h : order + h][::-1] @ lags
    width = sd * np.sqrt(np.cumsum(weights[order:] ** 2))
    return gaussian(values[:, -horizon:], width)


@dataclass(frozen=True)
class StateSpace:
    """y = ``see`` · x + noise, x' = ``move`` x + ``shake`` shocks (Harvey 1989): ``move`` [k, k]; ``see`` [k];
    ``shake`` [k], standard deviations; ``noise`` one; ``start`` [k] and ``spread`` [k], of the first state."""

    move: Floats
    see: Floats
    shake: Floats
    noise: float
    start: Floats
    spread: Floats

    def simulate(self, rng: Rng, n: int, t: int) -> Floats:
        """Series [n, t]."""
        state = self.start + self.spread * rng.standard_normal((n, len(self.start)))
        out = np.empty((n, t))
        for i in range(t):
            out[:, i] = state @ self.see + self.noise * rng.standard_normal(n)
            state = state @ self.move.T + self.shake * rng.standard_normal(state.shape)
        return out

    def forecast(self, history: Floats, horizon: int) -> Floats:
        """Tenths by the Kalman filter."""
        state = np.tile(self.start, (len(history), 1))
        cov = np.diag(self.spread**2)
        for i in range(history.shape[1]):
            gain = cov @ self.see / (self.see @ cov @ self.see + self.noise**2)
            state = state + np.outer(history[:, i] - state @ self.see, gain)
            cov = cov - np.outer(gain, self.see @ cov)
            state, cov = self._moved(state, cov)
        mean, sd = np.empty((len(history), horizon)), np.empty(horizon)
        for h in range(horizon):
            mean[:, h], sd[h] = state @ self.see, np.sqrt(self.see @ cov @ self.see + self.noise**2)
            state, cov = self._moved(state, cov)
        return gaussian(mean, sd)

    def _moved(self, state: Floats, cov: Floats) -> tuple[Floats, Floats]:
        return state @ self.move.T, self.move @ cov @ self.move.T + np.diag(self.shake**2)


def posterior(rng: Rng, designs: Floats, history: Floats, sd: float, offsets: Floats | None = None) -> Floats:
    """Tenths where the history is ``offset`` + design · coefficients + noise, and which of G designs is unknown.

    ``designs`` [G, T + H, k], all equally likely before; ``offsets`` [G, T + H]. The posterior over designs by exact
    evidence under a wide prior of the coefficients; futures are simulated from it.
    """
    n, t = history.shape
    count, total, k = designs.shape
    shift = np.zeros((count, total)) if offsets is None else offsets
    evidence, middles, roots = np.empty((count, n)), np.empty((count, n, k)), np.empty((count, k, k))
    wide = 1e-6 * np.eye(k)  # precision of the prior
    for g in range(count):
        x, target = designs[g, :t], history - shift[g, :t]
        precision = x.T @ x / sd**2 + wide
        cov = np.linalg.inv(precision)
        middles[g] = target @ x @ cov / sd**2
        roots[g] = np.linalg.cholesky(cov)
        misfit = ((target - middles[g] @ x.T) ** 2).sum(axis=1) / sd**2 + ((middles[g] @ wide) * middles[g]).sum(axis=1)
        evidence[g] = -0.5 * misfit - 0.5 * np.linalg.slogdet(precision)[1]
    chance = np.exp(evidence - evidence.max(axis=0))
    futures = np.empty((n, SAMPLES, total - t))
    for i in range(n):
        g = rng.choice(count, SAMPLES, p=chance[:, i] / chance[:, i].sum())
        drawn = middles[g, i] + np.einsum("skj,sj->sk", roots[g], rng.standard_normal((SAMPLES, k)))
        futures[i] = np.einsum("shk,sk->sh", designs[g, t:], drawn) + shift[g, t:]
    return tenths(futures + sd * rng.standard_normal(futures.shape))
