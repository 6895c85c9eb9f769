"""The words for what was noticed while reading. Each function makes one Finding, in a shop owner's language."""

from almanac.tables.findings.layout import (
    carried_down,
    dates_from_numbers,
    duplicate_headers,
    header_not_first,
    hidden,
    no_header,
    nul_characters,
    several_sheets,
    sheets_joined,
    table_elsewhere,
)
from almanac.tables.findings.phrases import count, some
from almanac.tables.findings.rows import (
    dates_not_understood,
    duplicate_rows,
    future_dates,
    notes_left_out,
    repeated_dates,
    totals_among_parts,
    totals_left_out,
)
from almanac.tables.findings.series import (
    events_by_day,
    gaps_found,
    irregular_dates,
    named,
    no_dates_row_order,
    partial_last_period,
    put_together,
    retail_months,
)
from almanac.tables.findings.values import missing_values, sentinel_values, signs_mixed, text_among_numbers

__all__ = [
    "carried_down",
    "count",
    "dates_from_numbers",
    "dates_not_understood",
    "duplicate_headers",
    "duplicate_rows",
    "events_by_day",
    "future_dates",
    "gaps_found",
    "header_not_first",
    "hidden",
    "irregular_dates",
    "missing_values",
    "named",
    "no_dates_row_order",
    "no_header",
    "notes_left_out",
    "nul_characters",
    "partial_last_period",
    "put_together",
    "repeated_dates",
    "retail_months",
    "sentinel_values",
    "several_sheets",
    "sheets_joined",
    "signs_mixed",
    "some",
    "table_elsewhere",
    "text_among_numbers",
    "totals_among_parts",
    "totals_left_out",
]
