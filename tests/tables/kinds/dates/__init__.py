"""Generated files whose dates are written in a less common way: any number of them, one for each seed."""

from __future__ import annotations

import random
from collections.abc import Callable

from tests.tables.kinds.dates import across, backwards, eras, fiscal, hours, marks, no_year, offsets, split
from tests.tables.kinds.sample_file import SampleFile

Maker = Callable[[random.Random], SampleFile]

MAKERS: dict[str, Maker] = {
    "split_days": split.split_days,
    "split_hours": split.split_hours,
    "years_in_headings": split.years_in_headings,
    "weekdays_in_words": split.weekdays_in_words,
    "quarters_in_cells": split.quarters_in_cells,
    "clocks_with_offsets": offsets.clocks_with_offsets,
    "days_with_offsets": offsets.days_with_offsets,
    "old_years": backwards.old_years,
    "single_years": backwards.single_years,
    "single_parts": backwards.single_parts,
    "in_another_order": backwards.in_another_order,
    "fiscal_periods": fiscal.fiscal_periods,
    "fiscal_columns": fiscal.fiscal_columns,
    "fiscal_years_down": fiscal.fiscal_years_down,
    "months_of_years": fiscal.months_of_years,
    "months_without_year": no_year.months_without_year,
    "days_without_year": no_year.days_without_year,
    "months_of_things": no_year.months_of_things,
    "months_that_go_on": no_year.months_that_go_on,
    "longer_periods_across": across.longer_periods_across,
    "averages_of_months": across.averages_of_months,
    "dates_with_marks": marks.dates_with_marks,
    "hours_in_words": hours.hours_in_words,
    "half_days": across.half_days,
    "years_of_eras": eras.years_of_eras,
    "codes_like_dates": eras.codes_like_dates,
    "numbered_tickets": eras.numbered_tickets,
    "unsorted_eras": eras.unsorted_eras,
    "tables_below_years": no_year.tables_below_years,
    "days_of_a_span_above": no_year.days_of_a_span_above,
    "days_of_no_span": no_year.days_of_no_span,
    "lettered_parts": split.lettered_parts,
    "teams_of_years": split.teams_of_years,
    "no_dates_after_all": split.no_dates_after_all,
}


def made(maker: str, seeds: range) -> list[SampleFile]:
    return [MAKERS[maker](random.Random(f"{maker} {seed}")) for seed in seeds]
