"""Almanac: a spreadsheet goes in, an honest forecast comes out, and nothing leaves the computer."""

import os

__version__ = "0.1.0"

# onnxruntime's official builds report usage over the network by default (Linux and macOS since 1.29). It decides
# when it is first loaded, so this must stand before anything can import it: docs/decisions/0005-no-telemetry.md.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
os.environ["ORT_TELEMETRY_DISABLED"] = "1"  # the name some versions used
