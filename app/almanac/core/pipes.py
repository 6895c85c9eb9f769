"""Standard input and output of a helper process, for messages alone."""

from __future__ import annotations

import os
import sys
from typing import BinaryIO


def take_over_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Take over stdin and stdout for messages; whatever a library prints goes to stderr instead."""
    if sys.platform == "win32":
        import msvcrt

        for stream in (sys.stdin, sys.stdout):
            msvcrt.setmode(stream.fileno(), os.O_BINARY)
    incoming = os.fdopen(os.dup(sys.stdin.fileno()), "rb")
    outgoing = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return incoming, outgoing
