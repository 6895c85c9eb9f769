"""A model is released only when no part of it got worse."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from models.training.evaluation.results import Figure, KindFigure, Results, Slice
from tests.builders import TEST_KEY, TOY

from models.training import release


def results(**changes: float) -> Results:
    figures = tuple(
        Figure(data="d", frequency=r, series=9, mase=changes.get(r, 0.8), wql=0.6, coverage=80.0)
        for r in ("monthly", "daily")
    )
    part = Slice(name="short", series=9, mase=changes.get("short", 0.9), wql=0.7, coverage=80.0)
    return Results(machine="m", windows=figures, development=figures, slices=(part,), kinds=(kind(**changes),))


def kind(ramp: float = 1.0, ramp_loss: float = 1.3, **others: float) -> KindFigure:
    del others
    return KindFigure(
        name="ramp",
        frequency="monthly",
        knows="law",
        error=ramp,
        best_error=1.0,
        best="achievable",
        ratio=ramp,
        simple="drift",
        simple_error=1.5,
        wql_ratio=ramp_loss,
        coverage=80.0,
        achievable_coverage=80.0,
    )


def test_slightly_worse_or_better_is_allowed() -> None:
    assert release.worse(results(monthly=0.807, daily=0.7), results()) == []


def test_a_kind_may_differ_by_as_much_as_random_seeds_do() -> None:
    assert release.worse(results(ramp=1.04, ramp_loss=1.44), results()) == []


def test_a_frequency_that_keeps_the_version_before_is_not_compared() -> None:
    new, old = results(monthly=0.9), results()
    assert release.weaker(new, old) == ("monthly",)
    assert release.worse(new, old)
    assert release.worse(new, old, ("monthly",)) == []
    assert release.weaker(results(daily=0.7), old) == ()


@pytest.mark.parametrize("change", [{"ramp": 1.06}, {"ramp_loss": 1.46}])
def test_a_kind_that_got_worse_is_named(change: dict[str, float]) -> None:
    (sentence,) = release.worse(results(**change), results())
    assert sentence.startswith("ramp")


def test_a_kind_far_from_the_best_may_differ_by_half_of_that_distance() -> None:
    assert release.allowed_ratio(1.0) == pytest.approx(1.05)
    assert release.allowed_ratio(1.1) == pytest.approx(1.155)
    assert release.allowed_ratio(3.0) == pytest.approx(4.0)


def test_a_kind_that_is_no_longer_measured_is_named_and_a_new_one_is_welcome() -> None:
    without = results().model_copy(update={"kinds": ()})
    assert len(release.worse(without, results())) == 2
    assert release.worse(results(), without) == []


@pytest.mark.parametrize("part", ["monthly", "daily", "short"])
def test_any_part_that_got_worse_is_named(part: str) -> None:
    (sentence,) = release.worse(results(**{part: 0.95}), results())
    assert sentence.startswith(part)


def test_a_frequency_that_is_no_longer_measured_is_named() -> None:
    new = results().model_copy(update={"windows": results().windows[:1]})
    assert len(release.worse(new, results())) == 2


@pytest.fixture
def shop(tmp_path: Path) -> tuple[Path, Path]:
    """Candidates with a toy 1.1.0, models with the toy 1.0.0, and figures that are what the version's folder says."""
    candidates, models = tmp_path / "candidates", tmp_path / "models"
    for root, version in ((candidates, "1.1.0"), (models, "1.0.0")):
        folder = root / "toy" / version
        shutil.copytree(TOY / "1.0.0", folder)
        text = (folder / "manifest.json").read_text()
        (folder / "manifest.json").write_text(text.replace('"version": "1.0.0"', f'"version": "{version}"'))
        results().write(folder)
    return candidates, models


def measured(monkeypatch: pytest.MonkeyPatch, **changes: float) -> None:
    monkeypatch.setattr(release, "evaluated", lambda folder, stored: results(**changes))  # noqa: ARG005


def test_a_good_model_is_released_and_the_one_before_stays(
    shop: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    measured(monkeypatch)
    assert release.release(*shop, TEST_KEY, None)
    assert sorted(p.name for p in (shop[1] / "toy").iterdir()) == ["1.0.0", "1.1.0"]


def test_a_worse_model_is_refused_and_nothing_changes(
    shop: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    measured(monkeypatch, daily=0.9)
    assert not release.release(*shop, TEST_KEY, None)
    assert [p.name for p in (shop[1] / "toy").iterdir()] == ["1.0.0"]
    assert "daily" in capsys.readouterr().out


def test_a_written_reason_overrides_and_is_kept_with_the_model(
    shop: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    measured(monkeypatch, daily=0.9)
    assert release.release(*shop, TEST_KEY, "daily data was measured wrongly before")
    assert "measured wrongly" in (shop[1] / "toy" / "1.1.0" / "release-note.txt").read_text()


def test_only_the_latest_three_versions_stay(shop: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    for older in ("0.8.0", "0.9.0"):
        shutil.copytree(shop[1] / "toy" / "1.0.0", shop[1] / "toy" / older)
    measured(monkeypatch)
    release.release(*shop, TEST_KEY, None)
    assert sorted(p.name for p in (shop[1] / "toy").iterdir()) == ["0.9.0", "1.0.0", "1.1.0"]
