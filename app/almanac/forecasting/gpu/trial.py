"""Try the graphics card with one model: does it answer, are its numbers right, how fast is it?"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from almanac.core.arrays import Floats, Singles
from almanac.forecasting.golden import golden_runs, same_numbers
from almanac.forecasting.gpu.client import CardCrashedError, CardHangsError, CardProcess
from almanac.forecasting.gpu.providers import Provider, installed_providers
from almanac.forecasting.gpu.verdicts import LARGE, LONG, SMALL, Seconds, TrialResult, Verdict
from almanac.forecasting.models.catalogue import Model
from almanac.forecasting.sessions import Feed, feed_of

MEASURED_SEASONS, MEASURED_STEPS = (12, 36), 12
SEASONS_OF_LONG = (24, 168)  # what the processor takes for a long past depends on them

OnProcessor = Callable[[Feed], Singles]


class OtherNumbersError(Exception):
    """The graphics card does not give the numbers that it should."""


FAILURES = {
    CardCrashedError: TrialResult.CRASHED,
    CardHangsError: TrialResult.HANGS,
    OtherNumbersError: TrialResult.WRONG,
}


def try_out(model: Model, on_processor: OnProcessor) -> tuple[Verdict, CardProcess | None]:
    """Try each provider until one opens the model. Its process is returned, running, if its numbers are right."""
    for provider in installed_providers():
        try:
            began = time.perf_counter()
            process = start(model, provider)
            if process is None:
                continue
            until_ready = time.perf_counter() - began
            card, processor = _measure(process, on_processor)
        except tuple(FAILURES) as failure:
            return Verdict(FAILURES[type(failure)], provider.name), None
        return Verdict(TrialResult.RIGHT, provider.name, until_ready, card, processor), process
    return Verdict(TrialResult.NO_CARD), None


def start(model: Model, provider: Provider) -> CardProcess | None:
    """A process that has given the model's golden values; None when there is no such card.

    Raises one of ``FAILURES``; no process is left then.
    """
    process = CardProcess()
    if not process.open(model.content, provider.name):
        process.close()
        return None
    for golden, feed, expected in golden_runs(model):
        if provider.takes(model.manifest, golden.seasons):
            _require_same(process, process.run(feed), expected)
    return process


def _measure(process: CardProcess, on_processor: OnProcessor) -> tuple[Seconds | None, Seconds | None]:
    """What both take for the batches of a verdict; None once the card has lost, which may take it minutes.

    Raises ``OtherNumbersError`` where their numbers differ.
    """
    limit = _timed(on_processor, _random_batch(*LARGE))[1]
    taken: list[tuple[float, float]] = []
    for series, points in (SMALL, LARGE, LONG):
        feed = _random_batch(series, points)
        got, on_card = _timed(process.run, feed)
        expected, own = _timed(on_processor, feed)
        _require_same(process, got, expected)
        if points == LARGE[1] and on_card > limit:
            return None, None
        taken.append((on_card, own))
    card, processor = zip(*taken, strict=True)
    return Seconds(*card), Seconds(*processor)


def _timed(run: OnProcessor, feed: Feed) -> tuple[Singles, float]:
    """The second run: the first one prepares for arrays of this shape."""
    run(feed)
    began = time.perf_counter()
    made = run(feed)
    return made, time.perf_counter() - began


def _random_batch(series: int, points: int) -> Feed:
    seasons = MEASURED_SEASONS if points <= LARGE[1] else SEASONS_OF_LONG
    random, time_ = np.random.default_rng(0), np.arange(points)
    growth, swing, noise = random.uniform(0, 0.02, (3, series, 1))
    values = 1 + growth * time_ + 20 * swing * np.sin(2 * np.pi * time_ / seasons[0])
    values += 10 * noise * random.standard_normal((series, points))
    scaled = (values / np.abs(values).max(axis=1, keepdims=True)).astype(np.float32)
    return feed_of(scaled, np.ones_like(scaled), seasons, np.arange(1, MEASURED_STEPS + 1))


def _require_same(process: CardProcess, got: Singles, expected: Singles | Floats) -> None:
    if not same_numbers(got, expected):
        process.close()
        raise OtherNumbersError
