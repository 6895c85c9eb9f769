"""Profiles of what a model learned from."""

from __future__ import annotations

import numpy as np
import pytest

from almanac.drift import Profile, likeness
from almanac.drift.training.features import FEATURES, features_of
from almanac.drift.training.profile import profile_of


def usual(rng: np.random.Generator, count: int) -> np.ndarray:
    t = np.arange(48)
    season = 1 + 0.3 * np.sin(2 * np.pi * t / 12 + rng.uniform(0, 6, (count, 1)))
    return 100 * season * (1 + rng.uniform(0.02, 0.2, (count, 1)) * rng.standard_normal((count, 48)))


@pytest.fixture(scope="module")
def profile():
    rng = np.random.default_rng(0)
    return profile_of(features_of(usual(rng, 2000), 12), features_of(usual(rng, 2000), 12), 48)


def test_series_like_those_learned_from_are_rarely_unlike(profile) -> None:
    found = likeness(usual(np.random.default_rng(1), 1000), profile, 12)
    assert found.unlike.mean() < 0.03


def test_other_series_are_unlike_and_words_say_in_what(profile) -> None:
    short = usual(np.random.default_rng(2), 1)
    short[:, :40] = np.nan
    wild = np.exp(2 * np.random.default_rng(3).standard_normal((1, 48)))
    found = likeness(np.concatenate([short, wild]), profile, 12)
    assert found.unlike.all()
    assert found.words[0] == "shorter than anything the model learned from"
    assert "the model learned from" in found.words[1]


def test_what_never_changes_is_not_unlike(profile) -> None:
    assert not likeness(np.full((1, 48), 5.0), profile, 12).unlike[0]


def test_units_do_not_matter() -> None:
    values = usual(np.random.default_rng(4), 20)
    np.testing.assert_allclose(features_of(values, 12), features_of(values * 1000, 12), atol=1e-5)
    assert features_of(values, 12).shape == (20, len(FEATURES))


def test_a_profile_is_read_as_it_was_written(profile) -> None:
    read = Profile.from_json(Profile({(12, 1): profile}).to_json())
    assert read is not None
    one = read.nearest(13, 1)
    np.testing.assert_array_equal(one.reference, profile.reference)
    assert one.limit == pytest.approx(profile.limit, rel=1e-4)
    assert Profile.from_json(b"") is None
