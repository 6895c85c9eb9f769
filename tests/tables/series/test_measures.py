"""Flows are added, levels averaged, and of a running total the difference is forecast."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import numpy as np
import pytest
from tests.tables.conftest import Reader, codes, finding, lines, months
from tests.tables.kinds.value_columns.measure_files import (
    MeasureFile,
    counter_file,
    growing_file,
    level_file,
    rising_file,
)

from almanac.tables import ReadFile
from almanac.tables.columns.column_words import LEVELS, meaning_of

QUICK, MANY = range(27), range(27, 327)
DAYS = [date(2024, 1, 1) + timedelta(n) for n in range(60)]
HOURS = [datetime(2024, 1, 1) + timedelta(hours=n) for n in range(200)]


def by_period(file: ReadFile) -> dict[datetime, float]:
    series = file.series
    moments = series.frequency.dates(series.first[0] + np.arange(series.lengths[0])).astype("datetime64[s]").tolist()
    return dict(zip(moments, series[0].tolist(), strict=True))


def faults(read_text: Reader, sample: MeasureFile) -> list[str]:
    file = read_text(sample.text)
    if len(file.series) != 1 or file.series.frequency.name != sample.frequency:
        return [f"{len(file.series)} series, {file.series.frequency.name}"]
    found = [] if file.series.measure(0).kind == sample.kind else [str(file.series.measure(0))]
    got = by_period(file)
    if got.keys() != sample.values.keys():
        found.append(f"{len(got)} periods, not {len(sample.values)}")
    elif not np.allclose([got[when] - value for when, value in sample.values.items()], 0, atol=1e-6):
        found.append("other values")
    return found + ([] if sample.code in codes(file) else [f"says {sorted(codes(file))}"])


def near_miss_faults(read_text: Reader, sample: MeasureFile) -> list[str]:
    file = read_text(sample.text)
    got = by_period(file)
    same = got.keys() == sample.values.keys() and np.allclose([got[w] - v for w, v in sample.values.items()], 0)
    asked = sample.code not in codes(file) or finding(file, sample.code).asks
    return [] if same and asked else [f"{same}, {sorted(codes(file))}"]


@pytest.mark.parametrize("seed", QUICK)
def test_levels_of_one_day_are_averaged(read_text: Reader, seed: int) -> None:
    assert not faults(read_text, level_file(seed))


@pytest.mark.parametrize("seed", QUICK)
def test_the_difference_of_a_running_total_is_forecast(read_text: Reader, seed: int) -> None:
    assert not faults(read_text, counter_file(seed))


@pytest.mark.parametrize("seed", range(4))
def test_what_rises_in_hundreds_of_readings_is_a_running_total_whatever_its_name(read_text: Reader, seed: int) -> None:
    assert not faults(read_text, rising_file(seed))


@pytest.mark.parametrize("seed", QUICK)
def test_what_only_grows_is_no_running_total(read_text: Reader, seed: int) -> None:
    assert not near_miss_faults(read_text, growing_file(seed))


@pytest.mark.slow
def test_many_levels_and_running_totals_are_known(read_text: Reader) -> None:
    wrong = {("level", seed): found for seed in MANY if (found := faults(read_text, level_file(seed)))}
    wrong |= {("counter", seed): found for seed in MANY if (found := faults(read_text, counter_file(seed)))}
    wrong |= {("rising", seed): found for seed in MANY if (found := faults(read_text, rising_file(seed)))}
    wrong |= {("growing", seed): found for seed in MANY if (found := near_miss_faults(read_text, growing_file(seed)))}
    assert not wrong


def test_flows_and_levels_of_one_table_are_joined_each_in_its_way(read_text: Reader) -> None:
    sold, warm, left = [n % 7 for n in range(60)], [n % 5 + 10.5 for n in range(60)], [300 - n for n in range(60)]
    text = lines(DAYS, sold, warm, left, header="Date,Sold,Temp (°C),Stock")
    file = read_text(text, frequency="weekly")
    series = file.series
    assert series[0][1] == sum(sold[7:14])
    assert series[1][1] == pytest.approx(sum(warm[7:14]) / 7)
    assert series[2][1] == left[13]
    assert [series.measure(i).kind for i in range(3)] == ["flow", "level", "level"]
    found = finding(file, "put_together")
    assert "added together (Sold)" in found.why
    assert "averaged (Temp (°C))" in found.why
    assert found.choices[found.chosen].label == "As each column needs"
    summed = read_text(text, frequency="weekly", repeated="sum")
    assert summed.series[1][1] == pytest.approx(sum(warm[7:14]))
    again = finding(summed, "put_together")
    assert again.choices[again.chosen].label == "Add together"
    back = next(choice for choice in again.choices if choice.label == "As each column needs")
    assert read_text(text, frequency="weekly").series[1][1] == pytest.approx(sum(warm[7:14]) / 7)
    assert dict(back.sets) == {"repeated": None}


def test_the_balance_of_a_day_is_its_last_wherever_the_newest_row_is(read_text: Reader) -> None:
    days, balance = [day for day in DAYS for _ in "ab"], [5000 + n * 37 % 200 for n in range(120)]
    rows = list(zip(days, balance, strict=True))
    for some in (rows, rows[::-1]):
        file = read_text(lines([d for d, _ in some], [b for _, b in some], header="Date,Balance"))
        assert file.series.values.tolist() == balance[1::2]


@pytest.mark.parametrize("gaps", [None, "leave", "zero", "interpolate"])
def test_periods_without_a_reading_share_the_difference_or_not(read_text: Reader, gaps: str | None) -> None:
    readings = np.cumsum([5 + n * 7 % 13 for n in range(60)]).tolist()
    kept = [n for n in range(60) if n not in (20, 21)]
    text = lines([DAYS[n] for n in kept], [readings[n] for n in kept], header="Date,Meter reading")
    file = read_text(text, gaps=gaps)
    part = file.series.values[19:22]
    whole = readings[22] - readings[19]
    wanted = {"leave": [np.nan] * 3, "zero": [0, 0, whole]}.get(gaps or "", [whole / 3] * 3)
    np.testing.assert_allclose(part, wanted)
    if gaps is None:
        assert np.isnan(file.series.without_repairs.values[19:21]).all()
        assert "2 days without a reading have their shares" in finding(file, "running_total").fix


def test_a_reading_far_below_the_one_before_begins_again_and_another_is_left_out(read_text: Reader) -> None:
    use = [5 + n * 7 % 13 for n in range(60)]
    readings = np.cumsum(use)
    readings[30:] -= readings[30] - 4  # begins again near zero
    readings[45:] += 700 - readings[45]  # another meter, with a number of its own
    readings[50:] -= 300
    file = read_text(lines(DAYS, readings.tolist(), header="Date,Meter reading"))
    values = file.series.values  # from the second reading on
    assert values[29] == 4
    assert np.isnan(values[49])
    found = finding(file, "running_total")
    assert found.rows == (32, 52)
    assert "1 reading began again from zero" in found.fix


def test_a_running_total_can_be_kept_and_is_then_a_level(read_text: Reader) -> None:
    readings = np.cumsum([5 + n * 7 % 13 for n in range(60)]).tolist()
    text = lines(DAYS, readings, header="Date,Meter reading")
    keep = next(c for c in finding(read_text(text), "running_total").choices if c.label == "The running total")
    file = read_text(text, **dict(keep.sets))
    assert file.series.values.tolist() == readings
    assert file.series.measure(0).kind == "level"
    monthly = read_text(text, **dict(keep.sets), frequency="monthly")
    assert monthly.series.values.tolist() == [readings[30], readings[59]]


def test_whether_a_daily_number_that_never_falls_is_a_running_total_is_asked(read_text: Reader) -> None:
    readings = (900 + np.cumsum([n * n * 7 % 23 for n in range(60)])).tolist()
    file = read_text(lines(DAYS, readings, header="Date,Scans"))
    found = finding(file, "running_total")
    assert found.asks
    assert file.series.values.tolist() == readings
    assert found.choices[found.chosen].label == "The running total"


@pytest.mark.parametrize("chosen", [None, "keep", "difference"])
def test_the_readings_of_a_running_total_are_a_level_and_never_added_up(read_text: Reader, chosen: str | None) -> None:
    taken = [n * n * 7 % 23 for n in range(60)]
    readings = (900 + np.cumsum(taken)).tolist()
    refunds = [n * 5 % 7 for n in range(60)]  # next to what was taken, the grand total is not forecast
    sales = [n - m for n, m in zip(taken, refunds, strict=True)]
    text = lines(DAYS, sales, readings, header="Date,Net Sales,Grand Total")
    choice = {"repairs": (("running_total:Grand Total", chosen),)} if chosen else {}
    series = read_text(text, **choice, frequency="monthly").series
    kept = chosen != "difference"
    assert [series.measure(i).kind for i in range(2)] == ["flow", "level" if kept else "flow"]
    assert series[1][-1] == (readings[59] if kept else readings[59] - readings[30])
    daily = read_text(text, **choice).series
    assert daily.measure(1).kind == ("level" if kept else "flow")


def test_only_the_sensors_that_never_fall_are_running_totals(read_text: Reader) -> None:
    meter = np.round(700 + np.cumsum([n * 7 % 13 / 10 for n in range(200)]), 3).tolist()
    warm = [15 + n * 7 % 13 / 10 for n in range(200)]
    rows = [(h, k, v[n]) for n, h in enumerate(HOURS) for k, v in (("meter", meter), ("room", warm))]
    file = read_text(lines(*map(list, zip(*rows, strict=True)), header="Time,Sensor,state"))
    meter_series, room = (file.series[file.series.names.index(name)] for name in ("meter", "room"))
    np.testing.assert_allclose(meter_series, np.diff(meter), atol=1e-9)
    assert room.tolist() == warm


def test_the_unfinished_month_of_a_meter_is_left_out(read_text: Reader) -> None:
    days = [date(2024, 1, 1) + timedelta(n) for n in range(100)]
    readings = np.cumsum([5 + n * 7 % 13 for n in range(100)]).tolist()
    file = read_text(lines(days, readings, header="Date,Meter reading"), frequency="monthly")
    assert "partial_last_period" in codes(file)
    assert file.series.values.tolist() == [readings[59] - readings[30], readings[90] - readings[59]]


def test_a_price_per_unit_and_what_is_used_in_a_day_are_different_kinds(read_text: Reader) -> None:
    text = lines(months(36), [n % 7 + 1.5 for n in range(36)], [n % 5 + 9 for n in range(36)],
        header="Month,Energy (€/kWh),Heat (kWh/day)")  # fmt: skip
    series = read_text(text).series
    assert [series.measure(i).kind for i in range(2)] == ["level", "flow"]


@pytest.mark.parametrize("newest_first", [False, True])
@pytest.mark.parametrize("change", [3, 15, 28])
def test_both_readings_of_the_day_a_meter_is_changed_count(read_text: Reader, change: int, newest_first: bool) -> None:
    rows, reading = [], 300
    for month in range(30):
        reading += 50
        day = f"01.{month % 12 + 1:02d}.{2021 + month // 12}"
        rows.append(f"{day};{reading};")
        if month == change:
            reading = 0
            rows.append(f"{day};0;new meter")
    if newest_first:
        rows.reverse()
    file = read_text("\n".join(["Datum;Zählerstand;Bemerkung", *rows]) + "\n")
    assert file.series[0].tolist() == [50.0] * 29
    found = finding(file, "running_total")
    new = next(n for n, row in enumerate(rows) if "new" in row) + 2
    assert "1 reading began again from zero" in found.fix
    assert found.rows == (new,)


STEPS = np.random.default_rng(1).integers(2, 17, 60)
IRREGULAR = np.datetime64("2021-03-01") + np.cumsum(STEPS).astype("timedelta64[D]")
FLOW_NAMES = ("Amount", "Donation", "Spende", "Quantity", "Litres", "Sold", "Visitors", "Rainfall", "Umsatz", "Importe")


@pytest.mark.parametrize("name", FLOW_NAMES)
def test_flows_at_irregular_dates_are_added_and_periods_without_one_are_nothing(read_text: Reader, name: str) -> None:
    amounts = [20 + n * n % 37 for n in range(60)]
    file = read_text(lines(IRREGULAR, amounts, header=f"Date,{name}"), repairs=(("partial_last_period", "keep"),))
    assert file.series.values.sum() == sum(amounts)
    assert "added together" in finding(file, "irregular_dates").fix
    assert "Nothing happened then" in finding(file, "gaps").fix


@pytest.mark.parametrize("name", ["Temperature", "Price", "Weight", "Blood sugar", "Wind"])
def test_levels_and_unclear_names_at_irregular_dates_are_averaged(read_text: Reader, name: str) -> None:
    file = read_text(lines(IRREGULAR, [20 + n * n % 37 for n in range(60)], header=f"Date,{name}"))
    assert 20 <= np.nanmin(file.series.values) <= np.nanmax(file.series.values) <= 56
    assert "averaged" in finding(file, "irregular_dates").fix


@pytest.mark.parametrize(
    ("names", "counted"),
    [
        (("Covers", "Revenue"), ["number", "money"]),
        (("Kunden", "Umsatz"), ["number", "money"]),
        (("Nombre de clients", "Chiffre d'affaires"), ["number", "money"]),
        (("Food sales", "Drink sales"), ["", ""]),
        (("Bread", "Milk"), ["", ""]),
        (("Bread", "Revenue"), ["", ""]),
        (("Total opens", "Visitors"), ["", "visitors"]),
        (("Total sales", "Visitors"), ["money", "visitors"]),
    ],
)
def test_columns_of_money_and_of_numbers_are_kept_apart(
    read_text: Reader, names: tuple[str, str], counted: list[str]
) -> None:
    rows = [f"{day},{30 + n % 7},{600 + n * 31 % 90}" for n, day in enumerate(DAYS)]
    file = read_text("\n".join([f"Date,{names[0]},{names[1]}", *rows]))
    assert [file.series.measure(i).counted for i in range(2)] == counted


@pytest.mark.parametrize(
    ("names", "counted"),
    [
        ("Group Rooms,Group Revenue,Transient Rooms,Transient Revenue", ["Rooms", "money"] * 2),
        ("Rooms Group,Revenue Group,Rooms Transient,Revenue Transient", ["Rooms", "money"] * 2),
        ("Nord Gäste,Nord Umsatz,Nord Preis,Süd Gäste,Süd Umsatz,Süd Preis", ["Gäste", "money", ""] * 2),
        ("North Bread,North Milk,South Bread,South Milk", [""] * 4),
        ("Bread sales,Milk sales,Bread revenue,Milk revenue", [""] * 4),
        ("Group Rooms,Transient Revenue,Minibar", [""] * 3),
    ],
)
def test_what_each_part_has_next_to_its_money_is_not_added_to_it(
    read_text: Reader, names: str, counted: list[str]
) -> None:
    values = [[str(30 + 9 * k + (n * (31 + k)) % 70) for k in range(len(counted))] for n in range(len(DAYS))]
    rows = [",".join([str(day), *numbers]) for day, numbers in zip(DAYS, values, strict=True)]
    file = read_text("\n".join([f"Date,{names}", *rows]))
    assert [file.series.measure(file.series.names.index(name)).counted for name in names.split(",")] == counted


@pytest.mark.parametrize(("cell", "unit"), [("kWh", "kWh"), ("Stück", "Stück"), ("0", ""), ("12", "")])
def test_a_column_called_units_is_the_unit_only_where_it_holds_words(read_text: Reader, cell: str, unit: str) -> None:
    rows = [f"{day},{30 + n % 7},{cell}" for n, day in enumerate(DAYS)]
    file = read_text("\n".join(["Date,Use,Units", *rows]))
    assert file.series.measure(file.series.names.index("Use") if len(file.series) > 1 else 0).unit == unit


@pytest.mark.parametrize(
    ("names", "alike"),
    [
        (("Steps", "Active minutes"), False),
        (("Schritte", "Strecke km"), False),
        (("Bread", "Hours"), False),
        (("Hours billed", "Hours travelled"), True),
        (("Bread", "Milk"), True),
        (("Minster Road", "Stepney"), True),
        (("Camden", "Mile End"), True),
        (("Room Std", "Suite"), True),
        (("Coffee 1 kg", "Cake"), True),
        (("Calls min", "Calls max"), True),
    ],
)
def test_what_is_measured_in_different_things_is_never_added_together(
    read_text: Reader, names: tuple[str, str], alike: bool
) -> None:
    days = [f"2024-{month:02d}-{day:02d}" for month in (1, 2) for day in range(1, 29)]
    rows = [f"{day},{900 + 7 * n % 90},{40 + n % 9}" for n, day in enumerate(days)]
    series = read_text("\n".join([",".join(["Date", *names]), *rows])).series
    assert len(series) == 2
    assert (series.measure(0).counted == series.measure(1).counted) == alike


@pytest.mark.parametrize("name", ["Members", "Number of employees", "Einwohner", "Abonnés", "Población", "Soci attivi",
    "Funcionários", "Leden", "Pracownicy", "Antal medlemmar"])  # fmt: skip
def test_how_many_there_are_is_a_level_where_it_changes_little(read_text: Reader, name: str) -> None:
    chance = np.random.default_rng(3)
    there = 300 + np.cumsum(chance.integers(-4, 7, 60))
    came = chance.integers(0, 40, 60)
    kinds = [
        read_text(lines(DAYS, values.tolist(), header=f"Date,{header}")).series.measure(0).kind
        for values, header in ((there, name), (came, name), (there, f"New {name}"), (there, f"{name} meals"))
    ]
    assert kinds == ["level", "flow", "flow", "flow"]


@pytest.mark.parametrize("name", ["TT_TU", "RF_TU", "TMK", "UPM"])
def test_short_names_of_weather_services_are_levels(name: str) -> None:
    assert meaning_of(name) in LEVELS


@pytest.mark.parametrize("name", ["Durchschnittliche Aufenthaltsdauer", "Ø Bon", "Estancia media", "Durée moyenne",
    "ADR", "RevPAR", "BMI", "CTR", "Free spaces", "frei", "Freie Plätze"])  # fmt: skip
def test_averages_and_what_there_is_at_one_time_are_levels(read_text: Reader, name: str) -> None:
    values = [20 + n * 7 % 13 for n in range(60)]
    assert read_text(lines(DAYS, values, header=f"Date,{name}")).series.measure(0).kind == "level"


@pytest.mark.parametrize(("names", "apart"), [("Clicks,Impressions", True), ("Sessions,Users,CTR", True),
    ("Arrivals,Nights", True), ("Visitors,Loans", True), ("Clicks Web,Clicks App", False),
    ("Orders North,Orders South", False)])  # fmt: skip
def test_different_things_that_are_counted_have_no_common_total(read_text: Reader, names: str, apart: bool) -> None:
    columns = [[20 + n * k % 13 for n in range(60)] for k in range(7, 8 + names.count(","))]
    series = read_text(lines(DAYS, *columns, header=f"Date,{names}")).series
    assert (
        len({series.measure(i).counted for i in range(len(series)) if series.measure(i).kind == "flow"}) > 1
    ) == apart


def test_each_currency_is_its_own_unit_and_an_amount_in_euros_is_one_whatever_was_paid_in(read_text: Reader) -> None:
    rows = [(day, code, 40 + n * 7 % 13) for n, day in enumerate(DAYS) for code in ("EUR", "JPY")]
    columns = list(map(list, zip(*rows, strict=True)))
    file = read_text(lines(*columns, header="Date,Currency,Amount"))
    assert [file.series.measure(i).unit for i in range(len(file.series))] == ["EUR", "JPY"]
    assert "several_units" not in codes(read_text(lines(*columns, header="Date,Original Currency,Amount (EUR)")))


@pytest.mark.parametrize("unit", ["I15", "I2015", "2015=100", "Index, base year = 100", "Index 2010=100", "Indice"])
def test_what_is_counted_in_an_index_is_a_level(read_text: Reader, unit: str) -> None:
    values = [100 + n * 7 % 13 / 10 for n in range(60)]
    file = read_text(lines(DAYS, ["DE"] * 60, [unit] * 60, values, header="date;country;unit;values", delimiter=";"))
    assert file.series.measure(0).kind == "level"


def test_readings_of_several_things_are_levels_or_flows_by_their_units(read_text: Reader) -> None:
    rows = [(h, "kitchen", 21 + n % 5 / 10, "°C") for n, h in enumerate(HOURS)]
    rows += [(h, "plug", 1 + n * 7 % 13 / 10, "kWh") for n, h in enumerate(HOURS)]
    rows.sort(key=lambda row: row[0])
    series = read_text(lines(*map(list, zip(*rows, strict=True)), header="Date,Sensor,Reading,Unit")).series
    assert [(series.measure(i).kind, series.measure(i).unit) for i in range(2)] == [("level", "°C"), ("flow", "kWh")]


@pytest.mark.parametrize(("column", "apart"), [("Indicator", True), ("Series name", True), ("KPI", True),
    ("Kennzahl", True), ("Region", False), ("Channel", False)])  # fmt: skip
def test_indicators_have_no_common_total(read_text: Reader, column: str, apart: bool) -> None:
    rows = [(m, text, 20 + n * k % 13) for n, m in enumerate(months(40)) for k, text in ((7, "GDP"), (5, "Births"))]
    series = read_text(lines(*map(list, zip(*rows, strict=True)), header=f"Month,{column},Value")).series
    assert [series.measure(i).counted for i in range(2)] == (["GDP", "Births"] if apart else ["", ""])
