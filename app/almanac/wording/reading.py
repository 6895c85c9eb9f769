"""What reading a file and the window share: codes of findings that the window shows in a special way."""

from __future__ import annotations

from almanac.core.problems import Finding

DAY_OR_MONTH = "day_or_month"  # has its own page
READ_AS_CORRECTED = "read_as_corrected"  # kept from another file, so the person has not decided about this one yet
NO_HISTORY = "no_history"  # such a list is forecast only when the person says so
GAPS = "gaps"  # its rows are those before each gap
ORDERS = {True: "03/04 is 3 April", False: "03/04 is 4 March"}  # by whether the day comes first


def treatment_in_use(finding: Finding) -> str:
    """How a finding is treated, in a few words: its chosen treatment, or what was done where there is no choice."""
    return finding.choices[finding.chosen].label if finding.choices else finding.fix
