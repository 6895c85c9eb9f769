"""What the later pages need, loaded beside the event loop so that no step of the person waits for it."""

from __future__ import annotations

import gc
import sys
from importlib import import_module

HASTE_S = 0.0005
PAGES = (
    "data_page",
    "forecast_page",
    "trust.trust_page",
    "export_page",
    "chart",
    "report",
)  # what is needed first comes first


def load_ahead() -> None:
    """Run in a thread of its own, which knows nothing of the window.

    Modules stay for good, so they are kept out of the garbage collector's sight: looking through all of them would hold
    the event loop up for 40 ms.
    """
    patience = sys.getswitchinterval()
    sys.setswitchinterval(HASTE_S)  # the event loop must not wait for a thread that is in no hurry
    gc.disable()
    try:
        from almanac import workflow

        workflow.load_answers()
        for name in PAGES:
            import_module(f"almanac.desktop.{name}")
    finally:
        sys.setswitchinterval(patience)
        gc.freeze()
        gc.enable()
