"""What must be true of each file, as ``right.csv`` says; sums are computed here from the lines of the file."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from tests.tables.cases.case import CASES, Case, Check, Faults, closed, differs, is_sunday, missing, number

from almanac import workflow
from almanac.core.jobs import run
from almanac.tables import ReadingOptions, remember

CHECKS: dict[str, Check] = {}


def case(name: str) -> Callable[[Check], Check]:
    """Registers what must be true of one file."""

    def register(check: Check) -> Check:
        CHECKS[name] = check
        return check

    return register


@case("i01_mon_to_sat.csv")
def mon_to_sat(case: Case) -> Faults:
    yield from differs("frequency", case.frequency, "daily")
    yield from differs("last", case.last(), ("2024-07-31", 284.0))
    yield from missing(case, "closed on Sundays")
    if case.says("days? ha(s|ve) no value"):
        yield "the closed days are also called missing"
    yield from closed(case.forecast(28), is_sunday)


@case("i03_year_typo.csv")
def year_typo(case: Case) -> Faults:
    yield from differs("last", case.last(), ("2012-01-07", 626.0))
    yield from differs("first", case.file.series.frequency.iso(int(case.file.series.first[0])), "2011-11-01")
    yield from missing(case, "2011.*2012|2012.*2011|backward")


@case("i04_enedis.csv")
def offsets_of_half_hours(case: Case) -> Faults:
    yield from differs("frequency", case.frequency, "every 30 minutes")
    period, value = case.last()
    yield from differs("last", (period[:16], value), ("2023-04-05T23:30", 354.0))
    step = case.forecast(1)[0]["date"].replace(" ", "T")[:16]
    yield from differs("next step", step.ljust(16, " ")[:10], "2023-04-06")
    yield from differs("values", int(np.isfinite(case.values()).sum()), len(case.rows(3)))


@case("m07_offsets_dst.csv")
def offsets_of_hours(case: Case) -> Faults:
    yield from differs("frequency", case.frequency, "hourly")
    period, value = case.last()
    yield from differs("last", (period[:16], value), ("2023-03-30T23:00", 356.0))
    yield from differs("values", int(np.isfinite(case.values()).sum()), len(case.rows(1)))


def both_sides(case: Case, money_in: int, money_out: int) -> Faults:
    rows = case.rows(1)
    paid_in, paid_out = (sum(number(row[i]) for row in rows) for i in (money_in, money_out))
    if len(case.file.series) == 1:
        yield from differs("net", case.total(), paid_in - paid_out)
    else:
        totals = sorted(abs(case.total(i)) for i in range(len(case.file.series)))
        yield from differs("totals", np.allclose(totals, sorted((paid_in, paid_out))), True)


@case("i06_debit_credit.csv")
def debit_and_credit(case: Case) -> Faults:
    yield from differs("frequency", case.frequency, "daily")
    yield from differs("last period", case.last()[0], "2024-12-30")
    yield from both_sides(case, 3, 2)
    yield from differs("days without a value", int(np.isnan(case.values()).sum()), 0)


@case("i31_dr_cr_bal.csv")
def dr_and_cr(case: Case) -> Faults:
    yield from differs("frequency", case.frequency, "daily")
    yield from differs("last period", case.last()[0], "2022-10-08")
    yield from both_sides(case, 4, 3)


@case("m10_dr_cr_suffix.csv")
def marks_behind_amounts(case: Case) -> Faults:
    yield from differs("frequency", case.frequency, "monthly")
    yield from differs("series", len(case.file.series), 1)
    wanted = [number(row[3][:-2]) * (-1 if row[3].endswith("Dr") else 1) for row in case.rows(1)]
    got = case.values()
    if not (np.allclose(got, wanted) or np.allclose(got, [-value for value in wanted])):
        yield f"values are {got[:3]}, not {wanted[:3]}"


@case("i11_ha_counter.csv")
def counter(case: Case) -> Faults:
    yield from differs("frequency", case.frequency, "hourly")
    yield from differs("last period", case.last()[0][:16], "2025-08-22T21:00")
    yield from missing(case, "running total|meter|counter")
    choices = [choice for found in case.file.findings for choice in found.choices]
    if not any("difference" in str(choice.sets) for choice in choices):
        yield "the difference is not offered"
    rows = case.rows(1)
    used = float(rows[-1][1]) - float(rows[0][1])
    if not (np.isclose(case.total(), used) or np.isclose(case.last()[1], float(rows[-1][1]))):
        yield f"neither the use ({used}) nor the counter"


@case("i15_open_hours.csv")
def open_hours(case: Case) -> Faults:
    yield from differs("frequency", case.frequency, "hourly")
    yield from differs("last", (case.last()[0][:16], case.last()[1]), ("2018-11-04T16:00", 61.44))
    yield from missing(case, "07:00|7:00")
    rows = case.forecast(48)
    yield from closed(rows, lambda when: not 7 <= int(when.astype("datetime64[h]").astype(np.int64) % 24) <= 16)
    total = sum(float(row["forecast"] or 0) for row in rows)
    two_days = 2 * case.total() / len({row[0][:10] for row in case.rows(1)})  # 1,839
    if not 0.85 * two_days <= total <= 1.15 * two_days:
        yield f"48 hours come to {total:.0f}, not to about {two_days:.0f}"


@case("i29_small_counts.csv")
def small_counts(case: Case) -> Faults:
    yield from differs("frequency", case.frequency, "daily")
    yield from differs("last", case.last(), ("2023-12-31", 1.0))
    total = sum(float(row["forecast"]) for row in case.forecast(28))
    if not 0.8 * 16 <= total <= 1.2 * 16:
        yield f"28 days come to {total:.1f}, not to about 16"


def sure(case: Case, wanted: list[float]) -> Faults:
    """A pattern without noise is forecast exactly, in a narrow range."""
    size = max(wanted)
    for row, value in zip(case.forecast(len(wanted)), wanted, strict=True):
        near = all(abs(float(row[name]) - value) <= 0.03 * size for name in ("q0.1", "forecast", "q0.9"))
        if not near:
            yield f"{row['date']}: {row['q0.1']} to {row['q0.9']}, not {value}"
            return


@case("i38_every_other_month.csv")
def every_other_month(case: Case) -> Faults:
    yield from differs("frequency", case.frequency, "monthly")
    yield from differs("last", case.last(), ("2022-12-01", 0.0))
    yield from sure(case, [1000.0, 0.0, 1000.0, 0.0])


@case("m18_quarterly_bill.csv")
def quarterly_bill(case: Case) -> Faults:
    yield from differs("frequency", case.frequency, "monthly")
    yield from differs("last", case.last(), ("2022-12-01", 412.5))
    yield from sure(case, [0.0, 0.0, 412.5, 0.0, 0.0, 412.5])


@case("m01_columns_started_later.csv")
def columns_started_later(case: Case) -> Faults:
    yield from differs("frequency", case.frequency, "weekly")
    yield from differs("names", sorted(case.file.series.names), ["Online", "Returns", "Sales", "Visitors"])
    if "Sales" in case.file.series.names:
        sales = case.values(case.file.series.names.index("Sales"))
        yield from differs("sales", sales, [1000.0 + 3 * n for n in range(14)])


@case("m03_two_tables_stacked.csv")
def stacked(case: Case) -> Faults:
    yield from differs("frequency", case.frequency, "monthly")
    yield from differs("series", len(case.file.series), 2)
    last = sorted(case.last(i) for i in range(len(case.file.series)))
    yield from differs("last", last, [("2024-12-01", 112.0), ("2024-12-01", 512.0)])


@case("m04_unit_price_summed.csv")
def unit_price(case: Case) -> Faults:
    total = sum(case.total(i) for i in range(len(case.file.series)))
    rows = case.rows(1)
    sums = [sum(float(row[i]) for row in rows) for i in (4, 5)]
    if not any(np.isclose(total, wanted) for wanted in sums):
        yield f"the series add up to {total}, neither to quantity nor total"
    yield from missing(case, "Quantity|Total")


@case("m12_year_month_day_time.csv")
def year_month_day_time(case: Case) -> Faults:
    yield from differs("frequency", case.frequency, "hourly")
    yield from differs("last period", case.last()[0][:16], "2023-08-07T06:00")
    yield from differs("values", case.values(), [float(row[-1]) for row in case.rows(1)])


@case("m13_temperature_summed.csv")
def temperature(case: Case) -> Faults:
    yield from differs("last period", case.last()[0], "2023-08-21")
    days: dict[str, list[float]] = {}
    for row in case.rows(1):
        days.setdefault(row[0], []).append(float(row[1]))
    wanted = [sum(values) / len(values) for values in days.values()]
    yield from differs("daily means", len(wanted) == len(case.values()) and np.allclose(case.values(), wanted), True)
    yield from missing(case, "average")


@case("m16_no_header_first_column.csv")
def without_heading(case: Case) -> Faults:
    yield from differs("series", len(case.file.series), 3)
    yield from differs("last", [case.values(i)[-1] for i in range(len(case.file.series))], [87.0, 91.0, 96.0])


@case("m20_two_saturdays.csv")
def two_saturdays(case: Case) -> Faults:
    yield from differs("frequency", case.frequency, "business-daily")
    yield from differs("last", case.last(), ("2021-06-29", 1527.0))
    yield from missing(case, "Saturday|weekend")


@case("m23_orders_days_without.csv")
def orders(case: Case) -> Faults:
    yield from differs("frequency", case.frequency, "daily")
    yield from differs("days without a value", int(np.isnan(case.values()).sum()), 0)
    yield from differs("total", case.total(), sum(float(row[2]) for row in case.rows(1)))
    total = sum(float(row["forecast"]) for row in case.forecast(28))
    if not 0.8 * 988 <= total <= 1.2 * 988:
        yield f"28 days come to {total:.0f}, not to about 988"


@case("d01_met_office_station.txt")
def station(case: Case) -> Faults:
    yield from differs("frequency", case.frequency, "monthly")
    yield from differs("series", len(case.file.series), 5)
    names = case.file.series.names
    first = next((i for i, name in enumerate(names) if "tmax" in name), None)
    if first is None:
        yield f"no series tmax among {names}"
    else:
        yield from differs("last", case.last(first), ("2021-01-01", 7.0))
        yield from differs("unit", case.file.series.measure(first).unit, "degC")


@case("d20_oecd_mixed_frequencies.csv")
def several_frequencies(case: Case) -> Faults:
    if case.frequency not in ("monthly", "quarterly"):
        yield f"frequency is {case.frequency}"
    monthly = case.frequency == "monthly"  # Sweden alone has months, and three countries quarters
    yield from differs("series", len(case.file.series), 1 if monthly else 3)
    last = {case.last(i) for i in range(len(case.file.series))}
    wanted = ("2021-03-01", 9.5) if monthly else ("2021-01-01", 9.166667)
    if wanted not in last:
        yield f"no series ends with {wanted}: {sorted(last)}"
    yield from missing(case, "quarterly" if monthly else "monthly")
    yield from missing(case, "yearly")


@case("d29_weather_no_header_spaces.txt")
def weather_without_heading(case: Case) -> Faults:
    yield from differs("frequency", case.frequency, "daily")
    yield from differs("series", len(case.file.series), 7)
    last = [case.last(i) for i in range(len(case.file.series))]
    if ("2019-07-31", 22.7) not in last:
        yield f"no series ends with 22.7 on 2019-07-31: {last}"


@case("g01_long_product_names.csv")
def long_names(case: Case) -> Faults:
    yield from differs("frequency", case.frequency, "monthly")
    products: dict[str, list[float]] = {}
    for _, product, sold in case.rows(1):
        products.setdefault(product, []).append(float(sold))
    got = {name: case.values(i) for i, name in enumerate(case.file.series.names)}
    yield from differs("series", got, products)


@case("g02_closed_sundays.csv")
def closed_sundays(case: Case) -> Faults:
    yield from differs("frequency", case.frequency, "daily")
    yield from differs("names", sorted(case.file.series.names), ["Milch 1,5%", "Äpfel", "Öl"])
    yield from missing(case, "closed on Sundays")
    yield from closed(case.forecast(28), is_sunday)


@case("g03_ambiguous_short.csv")
def ambiguous(case: Case) -> Faults:
    yield from differs("questions", [question.code for question in case.file.reading.questions], ["day_or_month"])


@case("g04_same_headers_other_dates.csv")
def remembered_elsewhere(case: Case) -> Faults:
    """Read after “month first” was chosen for the file before, which has the same headings."""
    other = CASES / "g03_ambiguous_short.csv"
    run(workflow.check(other, ReadingOptions(day_first=False)))
    remember(other, ReadingOptions(day_first=False))
    file = run(workflow.check(case.path))
    yield from differs("frequency", file.series.frequency.name, "monthly")
    yield from differs("values", [float(v) for v in file.series[0]], [float(row[1]) for row in case.rows(1)])
