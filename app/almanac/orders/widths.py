"""How much wider or narrower demand must be taken to be than sample paths say, by sums of the past.

Errors of sums that are divided by the standard deviation of their paths have a mean square of 1 where the paths are as
wide as they should be. A product has few of them, so that its own mean square is drawn towards that of all products,
the more the less products differ: moderated variances, Smyth (2004), "Linear models and empirical Bayes methods",
section 3, with the weight of the prior from the variance of the mean squares. That of all products is drawn towards 1
where there is little independent evidence. A width that is estimated may be too small, so that errors divided by it
have tails like those of Student's t, with as many degrees of freedom as windows and prior count for together
(section 5 there).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Floats, Integers

PRIOR_CHECKS = 4.0  # independent stretches of time that count as much as the prior of 1; chosen by judgement
MIN_PRIOR_WINDOWS, MAX_PRIOR_WINDOWS = 4.0, 1e6  # that the mean square of all products counts for in that of one
MIN_SCALE, MAX_SCALE = 0.5, 2.5
MAX_ERROR = 5.0  # standard deviations: one stock-out or one bulk order says little about other times


@dataclass(frozen=True)
class Widths:
    """What the width of sums up to each step must be multiplied by, ``scale``, and how surely that is known,
    ``degrees`` of freedom (infinite: exactly); float64, of any one shape: a number for each deviation, or that of all.
    """

    scale: Floats
    degrees: Floats

    @classmethod
    def as_they_are(cls, products: int, steps: int) -> Widths:
        """Paths that nothing is known of but themselves: [products, steps]."""
        return cls(np.ones((products, steps)), np.full((products, steps), np.inf))

    def __getitem__(self, at: tuple[Integers, Integers] | int) -> Widths:
        return Widths(self.scale[at], self.degrees[at])

    def widened(self, deviations: Floats, width: Floats) -> Floats:
        """Deviations of paths from their mean, made as wide as they must be, and with heavier tails.

        ``width``: the standard deviation of the paths. A deviation of z of these becomes that of Student's t with the
        same chance, z + (z^3 + z) / (4 degrees) by its expansion for many degrees (Cornish and Fisher).
        """
        z = np.divide(deviations, width, out=np.zeros_like(deviations), where=width > 0)
        made: Floats = deviations * self.scale * (1 + (z**2 + 1) / (4 * self.degrees))
        return made


def product_widths(errors: Floats, product: Integers, count: int, independent: float) -> Widths:
    """The widths of sums up to each step for each of ``count`` products, [count, H].

    ``errors`` float64 [W, H]: standardised errors of past sums up to each step, NaN if unknown; ``product`` int64 [W]:
    whose they are; ``independent``: stretches of time without overlap that they come from.
    """
    known = np.isfinite(errors)
    squares = np.where(known, np.clip(errors, -MAX_ERROR, MAX_ERROR) ** 2, 0.0)
    windows, sums = np.zeros((count, errors.shape[1])), np.zeros((count, errors.shape[1]))
    np.add.at(windows, product, known.astype(np.float64))
    np.add.at(sums, product, squares)
    total = windows.sum(axis=0)
    common = np.divide(sums.sum(axis=0), total, out=np.ones_like(total), where=total > 0)
    common = np.maximum(common, 1e-6) ** (independent / (independent + PRIOR_CHECKS))
    prior = _prior_windows(windows, sums, common)
    mean_square = (sums + prior * common) / (windows + prior)
    return Widths(np.clip(np.sqrt(mean_square), MIN_SCALE, MAX_SCALE), windows + prior)


def _prior_windows(windows: Floats, sums: Floats, common: Floats) -> Floats:
    """For how many windows the common mean square counts, float64 [H]: 2 over the squared coefficient of variation of
    the products' true mean squares, which is that of the observed ones less what chance adds to it, 2 / windows.
    """
    enough = windows >= 2
    counted = np.maximum(enough.sum(axis=0), 1)
    ratio = np.divide(sums, windows * common, out=np.ones_like(sums), where=enough)
    spread = np.where(enough, (ratio - 1) ** 2 - np.divide(2.0, windows, where=enough, out=np.zeros_like(sums)), 0.0)
    variation = spread.sum(axis=0) / counted
    prior: Floats = np.clip(2 / np.maximum(variation, 1e-9), MIN_PRIOR_WINDOWS, MAX_PRIOR_WINDOWS)
    return prior
