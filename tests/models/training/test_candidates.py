"""The classical forecasts inside the graph, compared with simple code. Needs the training tools (make models
installs them)."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("spox")

from models.training.evaluation.ablation import PER_VIEW
from models.training.graph.assemble import feature_graph
from models.training.graph.common import ANCHORS
from models.training.graph.features import SCORES
from models.training.graph.view_forecasts import VIEWS
from models.training.train import session


@pytest.fixture(scope="module")
def run():  # type: ignore[no-untyped-def]
    return session(feature_graph())


def candidates(run, y: np.ndarray, seasons: tuple[int, int], steps: int) -> np.ndarray:  # type: ignore[no-untyped-def]
    """Every candidate [K, steps] in the units of ``y``."""
    feed = {
        "values": y[None].astype(np.float32),
        "mask": np.ones((1, len(y)), np.float32),
        "seasons": np.array(seasons),
        "steps": np.arange(1, steps + 1),
    }
    found = dict(zip([o.name for o in run.get_outputs()], run.run(None, feed), strict=True))
    return found["candidates"][0] * found["scale"][0] + found["base"]


T = np.arange(96)
Y = 100 + 0.5 * T + 10 * np.sin(2 * np.pi * T / 12) + np.random.default_rng(0).normal(0, 1, 96)


def test_seasonal_naive_repeats_the_last_season(run) -> None:  # type: ignore[no-untyped-def]
    made = candidates(run, Y, (12, 1), 24)
    np.testing.assert_allclose(made[VIEWS * PER_VIEW], Y[-12:][T[:24] % 12], rtol=1e-3)


def test_the_longer_season_is_repeated_too(run) -> None:  # type: ignore[no-untyped-def]
    made = candidates(run, Y, (6, 24), 24)
    np.testing.assert_allclose(made[VIEWS * PER_VIEW + 4], Y[-24:], rtol=1e-3)


def test_the_last_value_and_the_drift_from_the_first(run) -> None:  # type: ignore[no-untyped-def]
    made = candidates(run, Y, (1, 1), 5)
    np.testing.assert_allclose(made[8], Y[-1], rtol=1e-3)
    straight = np.polynomial.Polynomial.fit(T, Y, 1)
    np.testing.assert_allclose(made[4], straight(95 + np.arange(1, 6)), rtol=1e-3)


def test_most_candidates_continue_a_straight_seasonal_series(run) -> None:  # type: ignore[no-untyped-def]
    pure = 100 + 0.5 * T + 10 * np.sin(2 * np.pi * T / 12)
    ahead = 96 + np.arange(12)
    truth = 100 + 0.5 * ahead + 10 * np.sin(2 * np.pi * ahead / 12)
    made = candidates(run, pure, (12, 1), 12)
    close = np.abs(made - truth).max(axis=1) < 2.5
    assert close[2 * PER_VIEW : 3 * PER_VIEW].sum() >= 6  # the additive view


def test_gaps_hardly_move_the_candidates(run) -> None:  # type: ignore[no-untyped-def]
    feed = {"seasons": np.array([12, 1]), "steps": np.arange(1, 7), "values": np.stack([Y, Y]).astype(np.float32)}
    mask = np.ones((2, 96), np.float32)
    mask[1, [20, 41, 42, 70]] = 0
    found = dict(zip([o.name for o in run.get_outputs()], run.run(None, feed | {"mask": mask}), strict=True))
    made = found["candidates"] * found["scale"][:, :, None] + found["base"][:, None, :]
    assert np.median(np.abs(made[1] - made[0])) < 1.0


def test_a_candidate_that_was_right_has_the_smallest_error(run) -> None:  # type: ignore[no-untyped-def]
    jagged = np.tile([5.0, 900, 20, 640, 330, 71, 480, 12, 777, 250, 90, 410], 8)
    feed = {"seasons": np.array([12, 1]), "steps": np.arange(1, 7), "values": jagged[None].astype(np.float32)}
    found = dict(
        zip([o.name for o in run.get_outputs()], run.run(None, feed | {"mask": np.ones((1, 96), "f4")}), strict=True)
    )
    count = found["candidates"].shape[1]
    scores = found["inputs"][0, ANCHORS * count :][: SCORES * count].reshape(count, SCORES)[:, :2].sum(axis=1)
    assert scores[VIEWS * PER_VIEW] == pytest.approx(scores.min())  # the last season repeated
    assert scores[8] > scores.min() + 5  # the last value
    np.testing.assert_allclose(found["base"][0], jagged[:6], rtol=0.01)  # the usual forecast repeats it too
