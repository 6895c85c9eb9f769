"""What reading a file and the window share: codes of findings that the window shows in a special way."""

from __future__ import annotations

DAY_OR_MONTH = "day_or_month"  # has its own page
GAPS = "gaps"  # its rows are those before each gap
# Some of the file does not count because of these, so a person should see them even with nothing to choose.
SERIOUS = frozenset({"dates_not_understood", "text_among_numbers"})
ORDERS = {True: "03/04 is 3 April", False: "03/04 is 4 March"}  # by whether the day comes first
