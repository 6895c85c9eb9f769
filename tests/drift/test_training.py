"""Profiles of what a model learned from."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.spatial.distance import cdist

from almanac.drift import Profile, likeness
from almanac.drift.training.features import FEATURES, features_of
from almanac.drift.training.moments import analogue_errors
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


def chaos(rng: np.random.Generator, count: int) -> np.ndarray:
    """The logistic map: each value follows from the one before, and no line shows it."""
    found, x = [], rng.uniform(0.2, 0.8, count)
    for _ in range(48):
        x = 3.99 * x * (1 - x)
        found.append(x)
    return 100 * np.array(found).T


def test_similar_moments_tell_the_next_value_of_chaos_but_not_of_noise_and_not_later_ones() -> None:
    rng = np.random.default_rng(5)
    of_line, later = analogue_errors(chaos(rng, 200))
    noise, noise_later = analogue_errors(rng.standard_normal((200, 48)))
    assert np.median(of_line) < -1.5 < 0 < np.median(noise)
    assert np.median(later) < -1.5 < -0.5 < np.median(noise_later)


def test_similar_moments_do_not_come_from_values_that_are_missing() -> None:
    values = np.random.default_rng(6).standard_normal((50, 48))
    padded = np.concatenate([np.full((50, 30), np.nan), values], axis=1)
    for one, other in zip(analogue_errors(values), analogue_errors(padded), strict=True):
        np.testing.assert_allclose(one, other, atol=1e-4)
    assert not np.any(analogue_errors(values[:, :12])[0])  # too short


def test_the_same_distance_is_far_where_training_series_are_close_together_and_not_where_they_are_few() -> None:
    rng = np.random.default_rng(7)
    dense, sparse = rng.normal(0, 1, (3000, len(FEATURES))), rng.normal(20, 4, (3000, len(FEATURES)))
    made = profile_of(np.concatenate([dense, sparse]), np.concatenate([dense, sparse]), 48)
    one, other = made.sparseness(np.stack([np.full(len(FEATURES), 2.0), np.full(len(FEATURES), 22.0)]))
    assert one > 2 * other
    brute = np.sort(cdist(made.scaled(dense[:5]), made.reference.astype(float)), axis=1)[:, :10].mean(axis=1)
    expected = brute / made.spacing[
        np.argsort(cdist(made.scaled(dense[:5]), made.reference.astype(float)), axis=1)[:, :10]
    ].mean(axis=1)
    np.testing.assert_allclose(made.sparseness(dense[:5]), expected, rtol=0.01)


def test_longer_series_than_it_learned_from_are_no_surprise(profile) -> None:
    """A model sees no more of them than of others."""
    longer = np.concatenate([usual(np.random.default_rng(8), 200)] * 4, axis=1)
    found = likeness(longer, profile, 12)
    assert found.unlike.mean() < 0.03
    assert not any("longer" in words for words in found.words)


def test_a_profile_is_read_as_it_was_written(profile) -> None:
    read = Profile.from_json(Profile({(12, 1): profile}).to_json())
    assert read is not None
    one = read.nearest(13, 1)
    np.testing.assert_array_equal(one.reference, profile.reference)
    assert one.limit == pytest.approx(profile.limit, rel=1e-4)
    assert Profile.from_json(b"") is None
