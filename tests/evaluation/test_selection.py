"""Best for This Data takes another method where it is clearly better, and stays with the model otherwise."""

from __future__ import annotations

import sys
from dataclasses import replace

import numpy as np
import pytest
from tests.evaluation.builders import noise_set, runs_of

from almanac.core.arrays import Floats
from almanac.evaluation.backtest.backtest import BacktestRuns
from almanac.evaluation.backtest.losses import mean_loss
from almanac.evaluation.selection import select_methods


def missing_by(runs: BacktestRuns, amount: float | Floats) -> BacktestRuns:
    """Every quantile too high by ``amount``: one, or [N]."""
    each = np.broadcast_to(np.asarray(amount, float), (len(runs.names),))[runs.series]
    return replace(runs, quantiles=runs.quantiles + each[:, None, None])


def test_series_that_another_method_forecasts_clearly_better_take_it() -> None:
    runs = runs_of(noise_set(60, 160), windows=12)
    bad = np.where(np.arange(60) < 20, 3.0, 0.0)
    found = select_methods([("model", missing_by(runs, bad)), ("plain", missing_by(runs, 0.3))])
    assert set(found.switched) == set(range(20))
    assert found.unseen_loss < 0.8


def test_the_best_of_several_is_taken() -> None:
    runs = runs_of(noise_set(40, 160), windows=12)
    found = select_methods([("model", missing_by(runs, 3.0)), ("worse", missing_by(runs, 1.5)), ("better", runs)])
    assert set(found.choice) == {2}


def test_a_method_that_is_only_as_good_is_not_taken() -> None:
    """Over many files of pure chance, hardly a series changes, and on later windows nothing is lost."""
    lost, changed = [], 0
    for seed in range(40):
        runs = runs_of(noise_set(20, 240, seed), windows=24)
        early, late = runs.cutoff < 170, runs.cutoff >= 176
        rng = np.random.default_rng(seed)
        wobbles = 0.7 * rng.standard_normal((2, len(runs), 1, 1))
        named = [(name, replace(runs, quantiles=runs.quantiles + w)) for name, w in zip("mo", wobbles, strict=True)]
        found = select_methods([(name, r.select(early)) for name, r in named])
        changed += len(found.switched)
        losses = np.stack([mean_loss(r.select(late)) for _, r in named])
        of = runs.series[late]
        lost.append(losses[found.choice[of], np.arange(len(of))].sum() / losses[0].sum())
    assert changed <= 40  # of 800
    assert np.mean(lost) < 1.01


def test_a_choice_that_does_not_last_is_not_made() -> None:
    """The other method was better early on and is worse since."""
    runs = runs_of(noise_set(40, 240), windows=24)
    early = (runs.cutoff < np.quantile(runs.cutoff, 0.6))[:, None, None]
    model = replace(runs, quantiles=runs.quantiles + np.where(early, 3.0, 0.0))
    other = replace(runs, quantiles=runs.quantiles + np.where(early, 0.0, 3.0))
    found = select_methods([("model", model), ("other", other)])
    assert found.unseen_loss > 1
    assert len(found.switched) == 0


def test_a_gain_in_a_few_windows_only_is_not_enough() -> None:
    """The model missed two windows of each series by far, and is a little better in all others."""
    runs = runs_of(noise_set(40, 240), windows=24)
    bad = np.isin(runs.points, np.unique(runs.points)[[8, 20]])[:, None, None]
    model = replace(runs, quantiles=runs.quantiles + np.where(bad, 20.0, 0.0))
    assert mean_loss(model).mean() > 2 * mean_loss(missing_by(runs, 0.7)).mean()
    assert len(select_methods([("model", model), ("other", missing_by(runs, 0.7))]).switched) == 0


def test_a_gain_that_is_large_in_some_windows_and_fair_in_all_is_enough() -> None:
    """A model that had to learn: hopeless in the first windows of six series, clearly worse in all others."""
    runs = runs_of(noise_set(6, 300), windows=30)
    first = (runs.points < 180)[:, None, None]
    model = replace(runs, quantiles=runs.quantiles + np.where(first, 2000.0, 20.0))
    assert set(select_methods([("model", model), ("other", runs), ("third", missing_by(runs, 1.0))]).choice) == {1}


@pytest.mark.parametrize("windows", [0, 1])
def test_too_few_windows_choose_nothing(windows: int) -> None:
    runs = runs_of(noise_set(3, 60), windows=1)
    runs = runs.select(np.arange(3 * windows))
    found = select_methods([("model", missing_by(runs, 5.0)), ("plain", runs)])
    assert len(found.switched) == 0


def test_methods_are_tried_on_no_other_windows_than_the_model() -> None:
    runs = runs_of(noise_set(3, 160))
    with pytest.raises(ValueError, match="same windows"):
        select_methods([("model", runs.select(np.arange(5))), ("plain", runs)])


def test_windows_that_a_method_leaves_out_cost_only_the_method() -> None:
    """One that was not tried on half the series is taken for the others, and a second one is judged on all windows."""
    runs = runs_of(noise_set(40, 160), windows=12)
    model, whole = missing_by(runs, 3.0), missing_by(runs, 1.5)
    part = runs.select(runs.series < 20)
    found = select_methods([("model", model), ("whole", whole), ("part", part)])
    assert set(found.choice[:20]) == {2}
    assert set(found.choice[20:]) == {1}
    np.testing.assert_array_equal(found.choice[20:], select_methods([("model", model), ("whole", whole)]).choice[20:])
    nothing = select_methods([("model", model), ("whole", whole), ("part", runs.select(np.zeros(0, np.int64)))])
    assert set(nothing.choice) == {1}
    late = runs.select(runs.points >= 100)
    assert set(select_methods([("model", model), ("late", late)]).choice) == {1}


@pytest.mark.parametrize("methods", [1, 2, 5])
def test_chance_takes_one_of_several_methods_no_more_often_than_a_single_one(
    methods: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All are as good as the model on average, each on its own; not tried on later windows."""
    monkeypatch.setattr(sys.modules["almanac.evaluation.selection"], "MAX_UNSEEN_LOSS", np.inf)
    taken = []
    for seed in range(40):
        runs = runs_of(noise_set(20, 240, seed), windows=24)
        rng = np.random.default_rng(seed)
        wobbles = 0.7 * rng.standard_normal((1 + methods, len(runs), 1, 1))
        found = select_methods([(f"{k}", replace(runs, quantiles=runs.quantiles + w)) for k, w in enumerate(wobbles)])
        taken.append(found.choice > 0)
    assert np.mean(taken) < 0.035
