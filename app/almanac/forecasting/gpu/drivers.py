"""What graphics cards and drivers this computer has, as far as files and settings say: nothing is loaded."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator
from pathlib import Path

_DISPLAY_ADAPTERS = r"SYSTEM\CurrentControlSet\Control\Class\{4d36e968-e325-11ce-bfc1-08002be10318}"
_VULKAN_FOLDERS = ("/usr/share/vulkan/icd.d", "/etc/vulkan/icd.d", "/usr/local/share/vulkan/icd.d")
_VULKAN_VARIABLES = ("VK_DRIVER_FILES", "VK_ICD_FILENAMES")


def installed_drivers() -> tuple[str, ...]:
    """Lines that change when a card or a driver does."""
    return (platform.system(), platform.release(), platform.machine(), *sorted(_drivers()))


if sys.platform == "win32":
    import winreg

    def _drivers() -> Iterator[str]:
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, _DISPLAY_ADAPTERS) as adapters:
            for k in range(winreg.QueryInfoKey(adapters)[0]):
                try:
                    with winreg.OpenKey(adapters, winreg.EnumKey(adapters, k)) as adapter:
                        values = [winreg.QueryValueEx(adapter, name)[0] for name in ("DriverDesc", "DriverVersion")]
                except OSError:  # not an adapter, or not for us to read
                    continue
                yield " ".join(map(str, values))

elif sys.platform == "darwin":

    def _drivers() -> Iterator[str]:
        yield platform.mac_ver()[0]  # Metal comes with the system

else:

    def _drivers() -> Iterator[str]:
        for card in Path("/sys/class/drm").glob("card*/device"):
            yield " ".join(_line(card / name) for name in ("vendor", "device"))
        yield from (f"{file.parent.name} {_line(file)}" for file in Path("/sys/module").glob("nvidia*/version"))
        named = [Path(p) for v in _VULKAN_VARIABLES for p in os.environ.get(v, "").split(os.pathsep) if p]
        for file in [*named, *(f for folder in _VULKAN_FOLDERS for f in Path(folder).glob("*.json"))]:
            if file.exists():  # an update of the driver rewrites it
                yield f"{file.name} {file.stat().st_mtime_ns}"

    def _line(file: Path) -> str:
        try:
            return file.read_text(encoding="ascii").strip()
        except (OSError, ValueError):
            return ""
