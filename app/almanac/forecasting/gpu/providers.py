"""What onnxruntime can run a model with apart from the processor, in the order in which it is tried."""

from __future__ import annotations

import platform
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import metadata, util
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from almanac.forecasting.sessions import session_options

if TYPE_CHECKING:
    import onnxruntime

    from almanac.forecasting.models.manifest import Manifest

PLUGIN_MODULE, PLUGIN_DISTRIBUTION = "onnxruntime_ep_webgpu", "onnxruntime-ep-webgpu"
OLDEST_MACOS = 14  # that the plugin runs on


class NotUsableError(Exception):
    """This provider finds no device, or does not open the model on it."""


@dataclass(frozen=True)
class Provider:
    """One execution provider of onnxruntime.

    ``title``: the device in a person's words; ``plugin``: it is a separate library; ``takes_empty_arrays``: whether
    it can run a graph that makes arrays without entries (WebGPU ends the process).
    """

    name: str
    title: str
    options: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    plugin: bool = False
    takes_empty_arrays: bool = True

    def takes(self, manifest: Manifest, seasons: tuple[int, int]) -> bool:
        """Whether it may run a model for such seasons at all."""
        return self.takes_empty_arrays or not manifest.empty_arrays or min(seasons) > 1


PROVIDERS = (
    # TF32 would round to ten bits.
    Provider("CUDAExecutionProvider", "graphics card (CUDA)", MappingProxyType({"use_tf32": "0"})),
    Provider(
        "WebGpuExecutionProvider",
        "graphics card (WebGPU)",
        MappingProxyType({"powerPreference": "high-performance"}),  # of two cards in a laptop the faster one
        plugin=True,
        takes_empty_arrays=False,
    ),
    Provider("CoreMLExecutionProvider", "Core ML"),
    Provider("DmlExecutionProvider", "graphics card (DirectML)"),
)


def installed_providers() -> tuple[Provider, ...]:
    """Those that come with the onnxruntime on this computer. Loads no driver."""
    import onnxruntime

    built_in = onnxruntime.get_available_providers()
    return tuple(p for p in PROVIDERS if (_plugin_fits() if p.plugin else p.name in built_in))


def plugin_version() -> str:
    """The version of the WebGPU plugin; empty when it is not installed."""
    try:
        return metadata.version(PLUGIN_DISTRIBUTION)
    except metadata.PackageNotFoundError:
        return ""


def _plugin_fits() -> bool:
    if sys.platform == "darwin" and int(platform.mac_ver()[0].split(".")[0] or 0) < OLDEST_MACOS:
        return False
    return util.find_spec(PLUGIN_MODULE) is not None


def open_session(content: bytes, provider: Provider) -> onnxruntime.InferenceSession:
    """The graph ``content`` on this provider. Loads the driver, which may end the process.

    Raises ``NotUsableError`` when there is no device or it does not take the graph; onnxruntime alone would then use
    the processor without a word.
    """
    import onnxruntime

    options = session_options()
    chosen: dict[str, Any] = {}
    try:
        if provider.plugin:
            options.add_provider_for_devices([_plugin_device()], dict(provider.options))
        else:
            chosen = {"providers": [(provider.name, dict(provider.options))]}
        session = onnxruntime.InferenceSession(content, options, **chosen)
    except Exception as reason:
        raise NotUsableError(provider.name) from reason
    if session.get_providers()[0] != provider.name:
        raise NotUsableError(provider.name)
    return session


def _plugin_device() -> onnxruntime.OrtEpDevice:
    """What stands for the graphics card; the plugin takes one such device and finds the card itself."""
    import onnxruntime
    import onnxruntime_ep_webgpu as plugin

    onnxruntime.register_execution_provider_library("webgpu", plugin.get_library_path())
    found = [d for d in onnxruntime.get_ep_devices() if d.ep_name == plugin.get_ep_name()]
    if not found:
        raise NotUsableError(plugin.get_ep_name())
    return found[0]
