"""Everything that Almanac can notice about a file, in one table.

To add a finding, write what it says (a function that returns a ``Report``), add an entry here, and make the finding in
the detector by calling the entry: ``findings.outliers(names, values, rows, used)``. Detectors are named here and not
imported, as they are in packages above this one; a test follows every name.
"""

from __future__ import annotations

from typing import Any

from almanac.tables.findings import answers, columns, combining, layout, quality, rows, series, values
from almanac.tables.findings.finding_type import FindingType
from almanac.wording.reading import DAY_OR_MONTH, GAPS, NO_HISTORY, READ_AS_CORRECTED

# How the file was read
read_as_corrected = FindingType(
    READ_AS_CORRECTED,
    answers.read_as_corrected,
    ("memory.corrected.with_recalled",),
    answers.AS_LAST_TIME,
    asks=True,
)
corrections_not_used = FindingType(
    "corrections_not_used", answers.corrections_not_used, ("memory.corrected.with_offer",), answers.OFFERED, asks=True
)
day_or_month = FindingType(DAY_OR_MONTH, answers.day_or_month, ("questions.as_findings",), asks=True)
fiscal_start = FindingType("fiscal_start", answers.fiscal_start, ("questions.as_findings",), asks=True)
point_or_comma = FindingType("point_or_comma", answers.point_or_comma, ("questions.as_findings",), asks=True)

# The file and the layout of its table
several_sheets = FindingType("several_sheets", layout.several_sheets, ("layout.load.load",))
sheets_joined = FindingType("sheets_joined", layout.sheets_joined, ("layout.load.load",))
nul_characters = FindingType("nul_characters", layout.nul_characters, ("layout.load.load",))
stray_quotes = FindingType("stray_quotes", layout.stray_quotes, ("layout.load.load",))
cells_joined = FindingType("cells_joined", layout.cells_joined, ("layout.load._text_findings",))
longer_rows = FindingType("longer_rows", layout.longer_rows, ("layout.load._text_findings",))
lines_in_one_cell = FindingType("lines_in_one_cell", layout.lines_in_one_cell, ("layout.load.load",))
hidden = FindingType("hidden", layout.hidden, ("layout.load.load",))
header_not_first = FindingType("header_not_first", layout.header_not_first, ("layout.load.load",))
no_header = FindingType("no_header", layout.no_header, ("layout.load.load",))
units_line = FindingType("units_line", layout.units_line, ("layout.load.load",))
lines_below_names = FindingType("lines_below_names", layout.lines_below_names, ("layout.load.load",))
duplicate_headers = FindingType("duplicate_headers", layout.duplicate_headers, ("layout.load.load",))
marked_dates = FindingType("marked_dates", layout.marked_dates, ("layout.load._structure_findings",))
tables_beside = FindingType("tables_beside", layout.tables_beside, ("layout.load.load",))
tables_below = FindingType("tables_below", layout.tables_below, ("layout.several_tables.stacked_tables.unstack",))
headings_repeated = FindingType(
    "headings_repeated", layout.headings_repeated, ("layout.several_tables.stacked_tables._without_headings",)
)
tables_left_out = FindingType(
    "tables_left_out", layout.tables_left_out, ("layout.several_tables.stacked_tables.unstack",)
)
sections = FindingType("sections", layout.sections, ("layout.several_tables.sections.with_sections",))
dates_above_rows = FindingType(
    "dates_above_rows", layout.dates_above_rows, ("layout.several_tables.sections.with_sections",)
)
durations_as_hours = FindingType("durations_as_hours", layout.durations_as_hours, ("layout.durations.with_hours",))
second_table = FindingType("second_table", layout.second_table, ("layout.load.load",))

# Rows and dates
longer_periods = FindingType("longer_periods", rows.longer_periods, ("series.observations.observe_rows",))
totals_left_out = FindingType("totals_left_out", rows.totals_left_out, ("series.observations.observe_rows",))
notes_left_out = FindingType("notes_left_out", rows.notes_left_out, ("series.observations.observe_rows",))
dates_not_understood = FindingType(
    "dates_not_understood", rows.dates_not_understood, ("series.observations.observe_rows",), asks=True
)
dates_backwards = FindingType(
    "dates_backwards", rows.dates_backwards, ("series.observations.observe_order",), rows.BACKWARDS, asks=True
)
out_of_order = FindingType("out_of_order", rows.out_of_order, ("series.observations.observe_order",))
future_dates = FindingType(
    "future_dates", rows.future_dates, ("series.observations.observe_dates",), rows.FUTURE, asks=True
)
carried_down = FindingType("carried_down", layout.carried_down, ("series.observations.observe_rows",))
days_counted = FindingType(
    "days_counted", layout.days_counted, ("layout.several_tables.counted_days.with_counted_days",)
)
year_above = FindingType("year_above", layout.year_above, ("layout.several_tables.years_above.with_years_above",))
dates_from_numbers = FindingType(
    "dates_from_numbers", layout.dates_from_numbers, ("series.observations.observe_dates",)
)
months_without_year = FindingType(
    "months_without_year", layout.months_without_year, ("series.observations.observe_dates",)
)
buddhist_years = FindingType("buddhist_years", layout.buddhist_years, ("series.observations.observe_dates",))
rolling_periods = FindingType("rolling_periods", layout.rolling_periods, ("series.observations.observe_periods",))
thirteen_periods = FindingType("thirteen_periods", layout.thirteen_periods, ("series.observations.observe_periods",))
counted_weeks = FindingType("counted_weeks", layout.counted_weeks, ("series.observations.observe_periods",))
clocks_changed = FindingType("clocks_changed", layout.clocks_changed, ("series.observations.observe_dates",))
totals_among_parts = FindingType(
    "totals_among_parts",
    rows.totals_among_parts,
    ("series.amounts.value_columns.without_totals", "series.rows.without_total_series"),
    rows.TOTALS,
)
duplicate_rows = FindingType(
    "duplicate_rows", rows.duplicate_rows, ("series.grid.duplicates.without_duplicates",), rows.DUPLICATES, asks=True
)
repeated_dates = FindingType(
    "repeated_dates",
    rows.repeated_dates,
    ("series.grid.duplicates.without_duplicates",),
    combining.COMBINE,
    "repeated",
    asks=True,
)

# Which columns are used, and what their numbers mean
date_column = FindingType("date_column", columns.date_column, ("series.observations.observe_other_dates",))
target_column = FindingType("target_column", columns.target_column, ("series.amounts.value_columns.observe_target",))
rows_counted = FindingType("rows_counted", columns.rows_counted, ("series.amounts.value_columns.observe_row_count",))
several_units = FindingType(
    "several_units",
    columns.several_units,
    ("series.amounts.value_columns.observe_row_units", "series.observations._units"),
)
amounts_not_read = FindingType(
    "amounts_not_read", columns.amounts_not_read, ("series.amounts.value_columns._observe_texts",)
)
number_pairs = FindingType("number_pairs", columns.number_pairs, ("series.amounts.value_columns.observe_number_pairs",))
columns_not_used = FindingType(
    "columns_not_used", columns.columns_not_used, ("series.amounts.value_columns.observe_unused",)
)
running_total = FindingType(
    "running_total",
    columns.running_total,
    ("series.grid.grids.build_grids",),
    columns.RUNNING_TOTAL,
    per_column=True,
    asks=True,
)
event_column = FindingType(
    "event_column",
    columns.event_column,
    ("series.event_columns.find_event_columns",),
    columns.EVENT_COLUMN,
    per_column=True,
)

# The numbers of a column
copied_columns = FindingType(
    "copied_columns", quality.copied_columns, ("series.amounts.value_columns.without_copies",), quality.COPIES
)
text_among_numbers = FindingType(
    "text_among_numbers",
    values.text_among_numbers,
    ("series.observations.observe_numbers",),
    values.TEXT,
    per_column=True,
    asks=True,
)
numbers_too_large = FindingType("numbers_too_large", values.numbers_too_large, ("series.observations._too_large",))
odd_units = FindingType("odd_units", values.odd_units, ("series.observations._units",))
missing_values = FindingType("missing_values", values.missing_values, ("series.observations.observe_numbers",))
sentinel_values = FindingType(
    "sentinel_values",
    values.sentinel_values,
    ("series.observations.observe_sentinels",),
    values.SENTINEL,
    "missing",
    asks=True,
)
sentinels_left_out = FindingType(
    "sentinels_left_out",
    values.sentinels_left_out,
    ("series.observations.observe_sentinels",),
    values.SURE_SENTINEL,
    per_column=True,
)
cancelled_rows = FindingType(
    "cancelled_rows",
    rows.cancelled_rows,
    ("series.amounts.cancelled.without_cancelled",),
    rows.CANCELLED,
    asks=True,
)
signs_mixed = FindingType(
    "signs_mixed", values.signs_mixed, ("series.rows.choose_side",), values.SIDES, "sign", asks=True
)
goods_by_sign = FindingType(
    "goods_by_sign", values.goods_by_sign, ("series.rows.choose_side",), values.GOODS, "sign", asks=True
)
money_in_and_out = FindingType(
    "money_in_and_out", values.money_in_and_out, ("series.amounts.money.money_flow",), values.MONEY, "sign"
)
double_entry = FindingType(
    "double_entry", values.double_entry, ("series.amounts.money.money_flow",), values.BOOKS, "sign", asks=True
)
goods_in_and_out = FindingType(
    "goods_in_and_out",
    values.goods_in_and_out,
    ("series.amounts.money.movement_flow",),
    values.GOODS,
    "sign",
    asks=True,
)

# Series and their frequency
no_dates_row_order = FindingType(
    "no_dates_row_order", series.no_dates_row_order, ("series.grid.resampling.find_resampling",)
)
irregular_dates = FindingType(
    "irregular_dates",
    series.irregular_dates,
    ("series.grid.resampling.find_resampling",),
    combining.COMBINE,
    "repeated",
    asks=True,
)
put_together = FindingType(
    "put_together", series.put_together, ("series.grid.resampling.find_resampling",), combining.COMBINE, "repeated"
)
events_by_day = FindingType(
    "events_by_day", series.events_by_day, ("series.grid.resampling.find_resampling",), combining.COMBINE, "repeated"
)
retail_months = FindingType("retail_months", series.retail_months, ("series.grid.resampling.find_resampling",))
partial_last_period = FindingType(
    "partial_last_period",
    series.partial_last_period,
    ("series.grid.resampling.without_unfinished_period",),
    series.LAST_PERIOD_UNFINISHED,
)
no_history = FindingType(
    NO_HISTORY, series.no_history, ("series.calendar.history.find_no_history",), series.NO_HISTORY, asks=True
)
several_frequencies = FindingType(
    "several_frequencies",
    series.several_frequencies,
    ("series.observations.observe_dates", "series.calendar.frequencies.of_one_frequency"),
)
weekend_rows = FindingType("weekend_rows", rows.weekend_rows, ("series.calendar.strays.treat_strays",), rows.WEEKEND)
odd_times = FindingType("odd_times", rows.odd_times, ("series.calendar.strays.treat_strays",), rows.ODD_TIMES)
uneven_times = FindingType("uneven_times", rows.uneven_times, ("series.calendar.strays.treat_strays",))
closed_periods = FindingType(
    "closed_periods", series.closed_periods, ("series.calendar.gaps.treat_gaps",), series.CLOSED
)
gaps = FindingType(GAPS, series.gaps, ("series.calendar.gaps.treat_gaps",), series.GAPS, "gaps")
empty_series = FindingType("empty_series", series.empty_series, ("series.observations.observe_series",))

# The values of finished series
unit_jump = FindingType(
    "unit_jump", quality.unit_jump, ("quality.inspection.inspect_unit_jumps",), quality.UNIT_JUMP, asks=True
)
outliers = FindingType("outliers", quality.outliers, ("quality.inspection.inspect_outliers",), quality.OUTLIERS)
negatives = FindingType("negatives", quality.negatives, ("quality.inspection.inspect_negatives",), quality.NEGATIVES)
level_break = FindingType(
    "level_break", quality.level_break, ("quality.inspection.inspect_level_breaks",), quality.LEVEL_BREAK
)
low_last_period = FindingType(
    "partial_last_period",
    quality.low_last_period,
    ("quality.inspection.inspect_last_period",),
    quality.LAST_PERIOD_LOW,
)
constant_series = FindingType(
    "constant_series", series.constant_series, ("quality.inspection.inspect_constant_series",), series.KEEP_SERIES
)
too_short = FindingType("too_short", series.too_short, ("quality.inspection.inspect_short_series",), series.KEEP_SERIES)
imbalance = FindingType("imbalance", quality.imbalance, ("quality.inspection.inspect_imbalance",))
computed_series = FindingType(
    "computed_series", quality.computed_series, ("quality.inspection.inspect_computed",), quality.COMPUTED
)
opposite_sides = FindingType(
    "opposite_sides", quality.opposite_sides, ("quality.inspection.inspect_sides",), quality.COMPUTED
)

REGISTRY: tuple[FindingType[Any], ...] = tuple(
    entry for entry in list(vars().values()) if isinstance(entry, FindingType)
)
