"""Runs on the processor."""

from __future__ import annotations

import numpy as np
import pytest
from tests.builders import TOY, seasonal

from almanac.forecasting import sessions
from almanac.forecasting.models.catalogue import Entry, load
from almanac.forecasting.sessions import cpu_session, feed_of, infer


@pytest.mark.parametrize("series", [1, 64, 65, 500])
def test_parts_made_side_by_side_are_what_one_thread_makes(series: int, monkeypatch: pytest.MonkeyPatch) -> None:
    session = cpu_session(load(Entry(TOY / "1.0.0")).content)
    values = np.stack([seasonal(60, seed=k) for k in range(series)]).astype(np.float32)
    feed = feed_of(values, np.ones_like(values), (12, 1), np.arange(1, 7))
    monkeypatch.setattr(sessions, "usable_cores", lambda: 1)
    alone = infer(session, feed)
    monkeypatch.setattr(sessions, "usable_cores", lambda: 3)
    np.testing.assert_array_equal(infer(session, feed), alone)
    assert len(alone) == series
