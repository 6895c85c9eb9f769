"""Stores what hierarchicalforecast makes of two small groupings, for ``tests/totals/test_reconcile.py``.

It needs an environment of its own: python -m venv /tmp/oracle; /tmp/oracle/bin/pip install hierarchicalforecast==1.5.3;
/tmp/oracle/bin/python -m tests.benchmarks.totals.oracle
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from hierarchicalforecast.methods import MinTrace
from hierarchicalforecast.utils import _shrunk_covariance_schaferstrimmer_no_nans

TARGET = Path(__file__).resolve().parents[2] / "totals" / "mint_shrink.json"
# Rows: everything, then the groups in the order of almanac.totals.grouping_of; columns: series.
GROUPS = {
    "crossed": [[0, 1, 2, 3, 4, 5], [0, 1, 2], [3, 4, 5], [0, 3], [1, 4], [2, 5]],
    "nested": [[0, 1, 2, 3, 4], [0, 1, 2], [3, 4]],
}
RIDGE = 2e-8  # the default of MinTrace


def case(name: str) -> dict[str, Any]:
    """Forecasts that do not agree, past errors, and the reconciled parts."""
    chance = np.random.default_rng(7)
    groups = GROUPS[name]
    n = 1 + max(max(group) for group in groups)
    sums = np.zeros((len(groups), n))
    for row, group in zip(sums, groups, strict=True):
        row[group] = 1
    parts = 20 + chance.gamma(2, 5, (n, 2))
    totals = sums @ parts * chance.normal(1, 0.1, (len(groups), 2))
    shared = chance.normal(size=12)
    errors = np.round(chance.normal(size=(len(groups) + n, 12)) * 3 + shared, 3)
    errors -= errors.mean(axis=1, keepdims=True)
    forecasts = np.vstack([totals, parts])
    # Errors whose sum is 0 are refused there; covariances are the same with 1 added.
    made = MinTrace("mint_shrink").fit_predict(
        S=np.vstack([sums, np.eye(n)]), y_hat=forecasts, y_insample=errors + 1, y_hat_insample=np.zeros(errors.shape)
    )
    shrunk = _shrunk_covariance_schaferstrimmer_no_nans(errors, RIDGE)
    shrinkage = 1 - shrunk[0, 1] / np.cov(errors)[0, 1]
    return {
        "name": name,
        "totals": totals.tolist(),
        "parts": parts.tolist(),
        "errors": errors.tolist(),
        "shrinkage": float(shrinkage),
        "reconciled": np.asarray(made["mean"])[len(groups) :].tolist(),
    }


if __name__ == "__main__":
    TARGET.write_text(json.dumps([case(name) for name in GROUPS], indent=1) + "\n")
