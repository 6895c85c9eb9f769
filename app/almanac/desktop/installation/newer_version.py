"""Is there a newer version? Asked only when a person asks; it shows what is new, and never installs anything.

Almanac has no code for networks: ``curl``, which every system of today brings, reads one small signed file. Where the
file is, and with which key it has to be signed, is in ``resources/newer-version.json``, written by who publishes the
packages; without an address nobody can ask.
"""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from almanac.core.problems import stop_with
from almanac.core.system import paths
from almanac.core.system.own_process import NO_CONSOLE
from almanac.core.system.signatures import is_signed

MAX_SECONDS = 20
MAX_BYTES = 100_000  # of notes; chosen by judgement
NEXT_STEP = "Try again later. Nothing on this computer has changed."


@dataclass(frozen=True)
class Source:
    """Where the signed file is, and the public key of who publishes."""

    address: str
    key: bytes


@dataclass(frozen=True)
class Release:
    """A version, the day it was published, what is new in it, and the page that has it."""

    version: str
    date: str
    notes: str
    page: str

    def is_newer_than(self, version: str) -> bool:
        """Whether it comes after a version such as 0.1.0."""
        return _numbers(self.version) > _numbers(version)


def source() -> Source | None:
    """Return where to ask, or None where this program was built without an address."""
    known = json.loads((paths.resources() / "newer-version.json").read_text(encoding="utf-8"))
    return Source(known["address"], base64.b64decode(known["key"])) if known["address"] else None


def ask(where: Source) -> Release:
    """Read the newest release. Raises ``ProblemError`` where it cannot be reached or is not signed."""
    return read(_fetched(where.address), where.key)


def read(content: bytes, key: bytes) -> Release:
    """Read the signed file: a line with the signature in Base64, then JSON. Raises ``ProblemError``."""
    signature, _, message = content.partition(b"\n")
    try:
        signed = is_signed(message, base64.b64decode(signature, validate=True), key)
        if signed:
            return Release(**{name: str(value) for name, value in json.loads(message).items()})
    except (ValueError, TypeError, AttributeError):
        pass
    raise stop_with(
        "not_signed",
        "What was found about newer versions is not from the makers of Almanac.",
        "It does not carry their signature: it was damaged on its way, or somebody has changed it.",
        NEXT_STEP,
    )


def _fetched(address: str) -> bytes:
    curl = shutil.which("curl")
    limits = ["--max-time", str(MAX_SECONDS), "--max-filesize", str(MAX_BYTES), "--max-redirs", "3"]
    command = [curl or "curl", "--fail", "--silent", "--location", "--proto", "=https,file", *limits, "--", address]
    if curl is not None:
        done = subprocess.run(command, capture_output=True, check=False, creationflags=NO_CONSOLE, cwd=Path.home())
        if done.returncode == 0:
            return done.stdout
    raise stop_with(
        "not_reached",
        "Almanac could not ask for newer versions.",
        "There is no connection, or its page does not answer." if curl else "This computer has no curl, which asks.",
        NEXT_STEP,
    )


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())
