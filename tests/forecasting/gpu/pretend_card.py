"""Stands in for the process that has the graphics card: the same program, with a session on the processor that behaves
as the word on the command line says. Segments are really violated, and what hangs really hangs."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time

import numpy as np

from almanac.forecasting.gpu import serve
from almanac.forecasting.gpu.providers import NotUsableError, Provider
from almanac.forecasting.sessions import cpu_session

BEHAVIOUR = sys.argv[1]
FORECAST_STEPS = 5  # of the tests; neither golden values nor measured batches have as many
LARGE_BATCH = 512  # conftest.BATCH
forecasts = 0


def misbehave(how: str) -> None:
    if how == "segfault":
        ctypes.string_at(0)
    if how == "killed":
        os.kill(os.getpid(), signal.SIGTERM)
    while how == "hang":
        time.sleep(1)


class Session:
    """A session that does what is asked of it until its time comes."""

    def __init__(self, content: bytes) -> None:
        self._inner = cpu_session(content)

    def run(self, names: list[str], feed: dict[str, np.ndarray]) -> list[np.ndarray]:
        global forecasts
        how, _, when = BEHAVIOUR.partition(" ")
        forecasts += len(feed["steps"]) == FORECAST_STEPS
        if when == "in-trial" or (when == "in-first" and forecasts == 1) or (when == "in-second" and forecasts == 2):
            misbehave(how)
        made = self._inner.run(names, feed)
        if how == "wrong":
            return [made[0] * np.float32(1.001)]
        if how == "wrong-in-large-batches" and len(feed["values"]) >= LARGE_BATCH:
            return [made[0] * np.float32(1.001)]
        if how == "slow":
            time.sleep(0.3)
        return list(made)


def open_session(content: bytes, provider: Provider) -> Session:
    if BEHAVIOUR == "none":
        raise NotUsableError(provider.name)
    how, _, when = BEHAVIOUR.partition(" ")
    if when == "at-start":
        misbehave(how)
    return Session(content)


serve.open_session = open_session  # type: ignore[assignment]
serve.main()
