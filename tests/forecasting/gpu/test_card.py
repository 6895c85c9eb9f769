"""A graphics card that works is used, and one that does not ends in the forecast of the processor: real processes."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
from tests.builders import TOY, seasonal, series_set
from tests.forecasting.gpu.conftest import BATCH, Pretend, close_all

from almanac.core.calendar.frequency import HOURLY
from almanac.core.jobs import run
from almanac.core.series import Forecast, SeriesSet
from almanac.core.system import paths
from almanac.forecasting import ModelRequest, engine, forecast
from almanac.forecasting.device import Device
from almanac.forecasting.gpu import card, client, verdicts
from almanac.forecasting.gpu.verdicts import FILE, Seconds, TrialResult, Verdict, read_verdict
from almanac.forecasting.models.catalogue import Entry, load, load_named

STEPS = 5  # pretend_card.py knows a forecast by it
CUDA, WEBGPU = 0, 1  # in PROVIDERS
PATIENCE_S = 5.0  # a busy computer takes a second for the largest batch
CPU_TITLE = "processor (CPU)"


def some(count: int = 3, points: int = 40) -> SeriesSet:
    return series_set(*(seasonal(points, seed=k) for k in range(count)))


def made(device: Device, series: SeriesSet | None = None, root: Path | None = None) -> Forecast:
    return run(forecast(series or some(), STEPS, model=ModelRequest("quick", device, root)))


def codes(found: Forecast) -> list[str]:
    return [note.code for note in found.notes]


def test_a_card_that_works_is_used(pretend: Pretend) -> None:
    pretend("right")
    found = made("gpu")
    assert found.device == "graphics card (CUDA)"
    assert codes(found) == []
    np.testing.assert_allclose(found.quantiles, made("cpu").quantiles, rtol=1e-6)


BROKEN = {
    "none": "found none on this computer",
    "segfault at-start": "its driver stopped working",
    "segfault in-trial": "its driver stopped working",
    "killed in-trial": "its driver stopped working",
    "hang at-start": "did not answer",
    "hang in-trial": "did not answer",
    "wrong": "did not give the expected results",
    "wrong-in-large-batches": "did not give the expected results",
}


@pytest.mark.parametrize("how", BROKEN)
def test_a_card_that_fails_its_trial_is_not_used_and_a_note_says_why(how: str, pretend: Pretend) -> None:
    pretend(how, seconds_for_a_batch=PATIENCE_S)
    found = made("gpu")
    assert found.device == CPU_TITLE
    assert codes(found) == ["gpu_not_used"]
    assert BROKEN[how] in found.notes[0].what
    np.testing.assert_array_equal(found.quantiles, made("cpu").quantiles)


@pytest.mark.parametrize("how", ["segfault in-first", "hang in-first", "segfault in-second", "hang in-second"])
def test_a_card_lost_during_a_forecast_loses_nothing(how: str, pretend: Pretend) -> None:
    pretend(how, seconds_for_a_batch=PATIENCE_S)
    series = some(BATCH + 6)  # two batches
    found = made("gpu", series)
    assert codes(found) == ["gpu_not_used"]
    assert CPU_TITLE in found.device
    assert ("graphics card" in found.device) == how.endswith("second")
    assert ("to the end" in found.notes[0].what) == how.endswith("second")
    np.testing.assert_allclose(found.quantiles, made("cpu", series).quantiles, rtol=1e-6)


def test_left_to_itself_almanac_says_once_that_a_card_fails_and_does_not_try_it_again(
    pretend: Pretend, monkeypatch: pytest.MonkeyPatch
) -> None:
    pretend("segfault in-trial")
    assert codes(made("auto")) == ["gpu_not_used"]
    monkeypatch.setattr(client, "command", lambda: pytest.fail("the card was tried again"))
    assert codes(made("auto")) == []
    close_all()  # as when the program starts again
    found = made("auto")
    assert codes(found) == []
    assert found.device == CPU_TITLE


def test_a_card_lost_during_a_forecast_is_remembered(pretend: Pretend, own_state: Path) -> None:
    pretend("segfault in-first")
    made("gpu")
    known = read_verdict(own_state, load_named(paths.models(), "quick").checksum)
    assert known is not None
    assert known.outcome is TrialResult.CRASHED


def test_a_card_is_tried_again_when_its_driver_changes(pretend: Pretend, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend("segfault in-trial")
    made("auto")
    close_all()
    monkeypatch.setattr(verdicts, "installed_drivers", lambda: ("a newer driver",))
    assert codes(made("auto")) == ["gpu_not_used"]


def test_who_asks_for_the_card_has_it_tried_again(pretend: Pretend) -> None:
    pretend("segfault in-trial")
    made("auto")
    close_all()
    pretend("right")
    assert made("gpu").device == "graphics card (CUDA)"


def test_no_card_is_not_mentioned_to_who_did_not_ask_for_one(pretend: Pretend) -> None:
    pretend("none")
    assert codes(made("auto")) == []


def test_few_series_never_start_a_process(pretend: Pretend, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend("right")
    monkeypatch.setattr(card, "MIN_SERIES", 4)
    monkeypatch.setattr(client, "command", lambda: pytest.fail("a process was started"))
    assert made("auto").device == CPU_TITLE


def test_left_to_itself_almanac_does_not_use_a_card_that_is_slower(pretend: Pretend) -> None:
    pretend("slow")
    found = made("auto")
    assert (found.device, codes(found)) == (CPU_TITLE, [])


def test_left_to_itself_almanac_gives_a_faster_card_the_batches_that_it_is_faster_on(
    pretend: Pretend, monkeypatch: pytest.MonkeyPatch
) -> None:
    pretend("right")
    crossing_at_130 = (Seconds(0.05, 0.05, 0.06), Seconds(0.01, 0.1, 0.2))
    faster = Verdict(TrialResult.RIGHT, "CUDAExecutionProvider", 0.0, *crossing_at_130)
    monkeypatch.setattr(card, "read_verdict", lambda *_: faster)
    assert made("auto", some(BATCH, 120)).device == "graphics card (CUDA)"
    found = made("auto", some(BATCH + 20, 120))
    assert found.device == "graphics card (CUDA), processor (CPU)"
    assert codes(found) == []
    assert made("auto", some(20, 120)).device == CPU_TITLE


HOURS = series_set(*(seasonal(500, 24, seed=k) for k in range(3)), frequency=HOURLY)


@pytest.mark.parametrize(("series", "on_card"), [(some(), False), (HOURS, True)], ids=["one season", "two seasons"])
def test_webgpu_is_never_given_what_would_crash_it(series: SeriesSet, on_card: bool, pretend: Pretend) -> None:
    pretend("right", number=WEBGPU)
    found = run(forecast(series, STEPS, model=ModelRequest("toy", "gpu", TOY.parent)))  # its graph makes empty arrays
    assert found.device == ("graphics card (WebGPU)" if on_card else CPU_TITLE)
    assert codes(found) == ([] if on_card else ["gpu_not_used"])
    if not on_card:
        assert "fewer than two seasons" in found.notes[0].what


def test_webgpu_takes_one_season_where_the_manifest_says_that_the_graph_is_safe(pretend: Pretend) -> None:
    pretend("right", number=WEBGPU)
    model = load(Entry(TOY / "1.0.0"))
    safe = dataclasses.replace(model, manifest=model.manifest.model_copy(update={"empty_arrays": False}))
    opened = engine.Engine(safe, "gpu")
    opened.prepare(1, 40)
    values = np.ones((1, 24))
    opened.run(values, np.ones((1, 24), np.float32), (1, 1), np.arange(1, 4))
    assert opened.device == "graphics card (WebGPU)"
    opened.close()


def test_a_verdict_file_that_cannot_be_read_counts_as_none(pretend: Pretend, own_state: Path) -> None:
    pretend("right")
    (own_state / FILE).write_text("{", encoding="utf-8")
    assert made("gpu").device == "graphics card (CUDA)"
