"""How well a reading fits its file, by what was noticed: enough to tell which of two readings fits better."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import numpy as np

from almanac.tables.findings import registry as findings
from almanac.tables.reading import ReadFile

# All chosen by judgement.
MIN_COMMON = 0.05  # share of the rows up to which a finding is rare, however much rarer it was before
_MIN_VALUES = 0.5  # as a share of the values that the other reading has
_MUCH_MORE = 2  # times as common as before, from which on the file is not like the one before
# About what the values are, or what the person asked for: no sign that the file was misunderstood.
_NO_MISFIT = frozenset(
    entry.code
    for entry in (
        findings.read_as_corrected,
        findings.corrections_not_used,
        findings.put_together,
        findings.partial_last_period,
        findings.outliers,
        findings.unit_jump,
        findings.negatives,
        findings.level_break,
        findings.imbalance,
        findings.copied_columns,
    )
)


def shares(file: ReadFile) -> dict[str, float]:
    """For each finding of the file the share of the rows that it is about; above 1 when it counts something else."""
    counts: Counter[str] = Counter()
    for finding in file.findings:
        counts[finding.code] += finding.count
    return {code: count / max(file.reading.rows, 1) for code, count in counts.items()}


def is_as_common(now: float, before: float) -> bool:
    """Whether a finding is about as common as it was; both are shares of the rows."""
    return now <= max(_MUCH_MORE * before, MIN_COMMON)


def what_is_worse(file: ReadFile, than: ReadFile, seen: Mapping[str, float], allowed: float = 0.0) -> str:
    """What speaks against this reading and for the other one, in a sentence; empty when it fits as well.

    ``seen``: findings that the person accepted, as shares of the rows; ``allowed``: the share that a finding may have.
    """
    other, own = shares(than), shares(file)
    for finding in file.findings:
        code, share = finding.code, own[finding.code]
        accepted = code in seen and is_as_common(share, seen[code])
        if code not in _NO_MISFIT and share > max(other.get(code, 0.0), allowed) and not accepted:
            return finding.what
    few, many = _known(file), _known(than)
    same_periods = (file.reading.frequency, file.reading.series_columns) == (
        than.reading.frequency,
        than.reading.series_columns,
    )
    return f"Only {few:,.0f} of {many:,.0f} values are left." if same_periods and few < many * _MIN_VALUES else ""


def _known(file: ReadFile) -> float:
    """How many values a series has on average."""
    values = file.series.without_repairs.values
    return float(np.isfinite(values).sum()) / len(file.series)
