"""Scores in words: how earlier forecasts did, now that the values have arrived."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from almanac.core.arrays import Floats
from almanac.core.distribution.levels import LIKELY, LIKELY_HIGH, LIKELY_LOW
from almanac.core.series import Forecast
from almanac.wording.formatter import PLAIN, Formatter
from almanac.wording.methods.names import SEASONAL_NAIVE, method_label
from almanac.wording.phrases import percent, two_digits
from almanac.wording.trust.verdicts import DISHONEST, compared_misses, difference, held_and_honest, how_it_held

if TYPE_CHECKING:
    from almanac.evaluation.scores.pairs import PairScore
    from almanac.evaluation.scores.scores import Scores

_NAIVE = method_label(SEASONAL_NAIVE)
SMALLEST_DIFFERENCE = 0.005  # below, a sum came as expected: it would be shown as 0%


def score_sentences(scores: Scores, formatter: Formatter = PLAIN) -> tuple[str, ...]:
    """How earlier forecasts did, a sentence each."""
    said = (
        _overall(scores, formatter),
        _ranges(scores, formatter),
        _baseline(scores, formatter),
        _decay(scores, formatter),
        adjusted_sentence(scores.adjusted, formatter),
        revised_sentence(scores.revised, formatter),
        _capped(scores, formatter),
    )
    return tuple(sentence for sentence in said if sentence)


def _overall(scores: Scores, formatter: Formatter) -> str:
    overall = scores.overall
    values = formatter.plural(overall.checks, "forecast value")
    verb = "has" if overall.checks == 1 else "have"
    return (
        f"{values} {verb} an actual value now; typically off by "
        f"{formatter.number(overall.typical_miss, two_digits(overall.typical_miss))}."
    )


def _ranges(scores: Scores, formatter: Formatter) -> str:
    band = scores.likely
    if not band.checks:
        return ""
    held = round(band.held * band.checks)
    of = f"{formatter.count(held)} of {formatter.count(band.checks)}"
    said = f"The likely range held for {of} (promise: {percent(LIKELY)})"
    if not band.has_enough_checks:
        return f"{said}; too few to tell more."
    honest = f" An honest one holds in {held_and_honest(band, formatter)[1]}." if band.answer in DISHONEST else ""
    return f"{said}: {how_it_held(band)}.{honest}"


def _baseline(scores: Scores, formatter: Formatter) -> str:
    answer, gain = scores.baseline.answer, scores.baseline_gain
    if answer == "too_little_history":
        return f"Too few values have arrived to compare with {_NAIVE}."
    return f"Compared with {_NAIVE}, the misses were {compared_misses(gain, answer == 'alike', formatter)}."


def _decay(scores: Scores, formatter: Formatter) -> str:
    found = scores.rolling
    if found.too_narrow:
        share = formatter.percent(found.latest.held)
        return f"In the last {found.window} periods the likely range held only in {share}: it has become too narrow."
    if found.worse:
        larger = difference(1 - float(found.loss[-1] / found.loss_before[-1]), formatter)
        return f"In the last {found.window} periods the misses were {larger} than before, more than chance allows."
    return ""


def _capped(scores: Scores, formatter: Formatter) -> str:
    if not scores.capped:
        return ""
    values = formatter.plural(scores.capped, "value")
    return f"{values} from times when it was sold out {'is' if scores.capped == 1 else 'are'} not counted."


def adjusted_sentence(pair: PairScore | None, formatter: Formatter = PLAIN) -> str:
    """Whether the person's changes helped; empty where nothing was changed."""
    if pair is None:
        return ""
    values = formatter.plural(pair.checks, "value")
    verdict = {
        "better": "Your changes helped",
        "worse": "Your changes did not help",
        "alike": "Your changes made no clear difference",
        "too_few": "There are too few values yet to tell whether your changes helped",
    }[pair.answer]
    misses = difference(pair.gain, formatter)
    return f"{verdict}: misses were {misses}, nearer for {formatter.count(pair.nearer)} of {values}."


def revised_sentence(pair: PairScore | None, formatter: Formatter = PLAIN) -> str:
    """Whether later forecasts of the same dates were nearer; empty where no date was forecast twice."""
    if pair is None or pair.answer == "too_few":
        return ""
    misses = compared_misses(pair.gain, pair.answer == "alike", formatter)
    return f"Compared with the forecast before, for the same dates, the misses were {misses}."


def outcome_sentence(
    forecast: Forecast, happened: Floats, adjusted: Floats | None = None, formatter: Formatter = PLAIN
) -> str:
    """What became of a forecast of one series, of which the known values of ``happened`` float64 [H] have arrived.

    ``adjusted`` float64 [H]: what the person made of it, None where they changed nothing.
    """
    known = np.isfinite(happened)
    count = int(known.sum())
    if not count:
        return ""
    low, high = (forecast.quantile(edge)[0] for edge in (LIKELY_LOW, LIKELY_HIGH))
    held = int((known & (happened >= low) & (happened <= high)).sum())
    expected, actual = float(forecast.point[0][known].sum()), float(happened[known].sum())
    values = formatter.plural(count, "value")
    said = f"{values} of this forecast {'has' if count == 1 else 'have'} arrived: {formatter.count(held)} of "
    said += f"{formatter.count(count)} within the likely range, {'typically ' if count > 1 else ''}off by "
    said += _miss(forecast.point[0], happened, formatter)
    if expected > 0 and count > 1:
        said += f", in all {difference_of(actual / expected - 1, formatter)}"
    mine = "" if adjusted is None else f" With your changes: off by {_miss(adjusted, happened, formatter)}."
    return f"{said}.{mine}"


def _miss(point: Floats, happened: Floats, formatter: Formatter) -> str:
    miss = float(np.nanmean(np.abs(happened - point)))
    return formatter.number(miss, two_digits(miss))


def difference_of(change: float, formatter: Formatter = PLAIN) -> str:
    """How an amount differs from what was expected."""
    if abs(change) < SMALLEST_DIFFERENCE:
        return "as much as expected"
    return f"{formatter.percent(abs(change))} {'more' if change > 0 else 'less'} than expected"
