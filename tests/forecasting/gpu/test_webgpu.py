"""The WebGPU plugin itself, on a graphics card in software: SwiftShader (in Debian's Chromium) or Mesa's of 2025 on."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from importlib import util
from pathlib import Path

import numpy as np
import pytest
from tests.builders import TOY, seasonal, series_set
from tests.forecasting.gpu.conftest import close_all

from almanac.core.calendar.frequency import HOURLY
from almanac.core.jobs import run
from almanac.core.system import paths
from almanac.forecasting import ModelRequest, engine, forecast
from almanac.forecasting.gpu.client import CardCrashedError, CardProcess
from almanac.forecasting.gpu.providers import PLUGIN_MODULE, PROVIDERS
from almanac.forecasting.gpu.verdicts import TrialResult, Verdict, write_verdict
from almanac.forecasting.models.catalogue import Entry, list_models, load
from almanac.forecasting.sessions import feed_of

OLDEST_VULKAN = (1, 4)  # of Mesa's card in software: with that of 2022 the plugin crashes


def _adapter() -> str | None:
    """The description of a graphics card in software, or of the one that the environment names."""
    named = [os.environ.get("VK_DRIVER_FILES", ""), "/usr/lib/chromium/vk_swiftshader_icd.json"]
    found = [path for path in named if path and Path(path).exists()]
    for file in Path("/usr/share/vulkan/icd.d").glob("lvp_icd*.json"):
        version = json.loads(file.read_text(encoding="utf-8"))["ICD"]["api_version"]
        found += [str(file)] if tuple(map(int, version.split(".")[:2])) >= OLDEST_VULKAN else []
    return found[0] if found else None


WEBGPU = next(p for p in PROVIDERS if p.plugin)
ADAPTER = _adapter()

pytestmark = [
    pytest.mark.skipif(util.find_spec(PLUGIN_MODULE) is None, reason="the WebGPU plugin is not for this system"),
    pytest.mark.skipif(ADAPTER is None, reason="no graphics card in software: chromium-common has one on Debian"),
]


@pytest.fixture(autouse=True)
def software_adapter(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("ORT_WEBGPU_EP_ALLOW_SOFTWARE_ADAPTER", "1")
    monkeypatch.setenv("VK_DRIVER_FILES", str(ADAPTER))
    monkeypatch.setenv("VK_ICD_FILENAMES", str(ADAPTER))  # what older loaders read
    monkeypatch.setattr(engine, "_opened", {})
    yield
    close_all()


@pytest.mark.slow  # .ci/run runs them: preparing the graph of a model takes three to six seconds here
@pytest.mark.parametrize("entry", list_models(paths.models()[0]), ids=lambda entry: entry.title)
def test_golden_values_agree_for_one_season_and_two_or_the_manifest_rules_one_out(entry: Entry) -> None:
    model = load(entry)
    process, tried = CardProcess(), []
    assert process.open(model.content, WEBGPU.name)
    for golden in model.manifest.golden:
        if WEBGPU.takes(model.manifest, golden.seasons):
            values = np.array([golden.values], np.float32)
            got = process.run(feed_of(values, np.ones_like(values), golden.seasons, np.array(golden.steps)))
            np.testing.assert_allclose(got[0], golden.quantiles, rtol=1e-4, atol=1e-4)
            tried.append(min(golden.seasons) > 1)
    assert set(tried) == ({True} if model.manifest.empty_arrays else {False, True})
    if model.manifest.empty_arrays:  # the day on which the plugin no longer crashes, this rule can go
        ones = np.ones((1, 24), np.float32)
        with pytest.raises(CardCrashedError):
            process.run(feed_of(ones, ones, (12, 1), np.arange(1, 4)))
    process.close()


def test_a_forecast_on_the_card_is_that_of_the_processor(own_state: Path) -> None:
    checksum = load(Entry(TOY / "1.0.0")).checksum  # the toy: a graph of a bundled model takes seconds to prepare
    write_verdict(own_state, checksum, Verdict(TrialResult.RIGHT, WEBGPU.name))  # a trial takes a minute here
    series = series_set(*(seasonal(500, 24, seed=k) for k in range(3)), frequency=HOURLY)
    on_card, on_processor = (
        run(forecast(series, 5, model=ModelRequest("toy", device, TOY.parent))) for device in ("gpu", "cpu")
    )
    assert on_card.device == "graphics card (WebGPU)"
    assert on_card.notes == on_processor.notes
    np.testing.assert_allclose(on_card.quantiles, on_processor.quantiles, rtol=1e-4)
