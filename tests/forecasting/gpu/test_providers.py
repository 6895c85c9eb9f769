"""Which devices are tried, in which order, and what the program knows of drivers without loading them."""

from __future__ import annotations

import os
import sys
from importlib import metadata
from pathlib import Path

import onnxruntime
import pytest

from almanac.forecasting.gpu import drivers, providers
from almanac.forecasting.gpu.providers import installed_providers, plugin_version


def installed(monkeypatch: pytest.MonkeyPatch, *built_in: str, plugin: bool = True) -> list[str]:
    monkeypatch.setattr(onnxruntime, "get_available_providers", lambda: [*built_in, "CPUExecutionProvider"])
    monkeypatch.setattr(providers.util, "find_spec", lambda _: object() if plugin else None)
    return [p.name for p in installed_providers()]


def test_cuda_comes_before_webgpu_and_that_before_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    found = installed(monkeypatch, "DmlExecutionProvider", "CoreMLExecutionProvider", "CUDAExecutionProvider")
    assert [name.removesuffix("ExecutionProvider") for name in found] == ["CUDA", "WebGpu", "CoreML", "Dml"]


def test_without_the_plugin_and_a_special_build_there_is_nothing_to_try(monkeypatch: pytest.MonkeyPatch) -> None:
    assert installed(monkeypatch, "AzureExecutionProvider", plugin=False) == []


@pytest.mark.parametrize(("version", "fits"), [("13.7", False), ("14.0", True), ("26.1", True), ("", False)])
def test_the_plugin_needs_macos_14(version: str, fits: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(providers.platform, "mac_ver", lambda: (version, ("", "", ""), ""))
    assert installed(monkeypatch) == (["WebGpuExecutionProvider"] if fits else [])


def test_the_version_of_a_plugin_that_is_not_there_is_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(providers.metadata, "version", missing)
    assert plugin_version() == ""


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="Vulkan's driver files are Linux's")
def test_an_update_of_a_driver_changes_what_is_known_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "card.json"
    file.write_text("{}", encoding="ascii")
    monkeypatch.setenv("VK_DRIVER_FILES", str(file))
    before = drivers.installed_drivers()
    assert before == drivers.installed_drivers()
    os.utime(file, (1, 1))
    assert drivers.installed_drivers() != before
