"""Which column of a list of events is forecast, and which are offered instead."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import pytest
from tests.tables.conftest import Reader, codes, finding, lines, months
from tests.tables.kinds.value_columns.target_files import TargetFile, share_file, target_file

from almanac.core.problems import Problem
from almanac.tables import ReadFile

QUICK, MANY = range(36), range(36, 360)
DAYS = [date(2024, 1, 1) + timedelta(n // 3) for n in range(120)]


def daily_totals(file: ReadFile) -> dict[date, float]:
    """The sum over all series for each day with a value."""
    series, totals = file.series, {}
    for i in range(len(series)):
        days = series.frequency.dates(series.first[i] + np.arange(series.lengths[i])).astype("datetime64[D]").tolist()
        for day, value in zip(days, series[i].tolist(), strict=True):
            if value == value:
                totals[day] = totals.get(day, 0.0) + value
    return totals


def faults(read_text: Reader, sample: TargetFile) -> list[str]:
    file = read_text(sample.text)
    found = []
    if file.reading.value_columns != (sample.target,):
        return [f"{file.reading.value_columns} instead of {sample.target}"]
    totals = {day: total for day, total in daily_totals(file).items() if total or day in sample.totals}
    if file.series.frequency.name not in ("daily", "business days"):
        found.append(file.series.frequency.name)
    if totals.keys() != sample.totals.keys() or not np.allclose([totals[d] - sample.totals[d] for d in totals], 0):
        found.append("other totals")
    others = set(file.reading.other_value_columns)
    if not sample.also <= others or others & sample.never:
        found.append(f"offered {sorted(others)}")
    return found


@pytest.mark.parametrize("seed", QUICK)
def test_the_amount_of_a_list_is_forecast_and_the_others_are_offered(read_text: Reader, seed: int) -> None:
    assert not faults(read_text, target_file(seed))


@pytest.mark.parametrize("seed", range(3))
def test_a_share_is_no_price_and_a_part_no_amount(read_text: Reader, seed: int) -> None:
    assert not faults(read_text, share_file(seed))


@pytest.mark.slow
def test_many_shares_are_no_prices(read_text: Reader) -> None:
    assert not {seed: found for seed in MANY if (found := faults(read_text, share_file(seed)))}


@pytest.mark.slow
def test_the_amount_of_many_lists_is_forecast(read_text: Reader) -> None:
    assert not {seed: found for seed in MANY if (found := faults(read_text, target_file(seed)))}


def test_an_amount_without_a_telling_name_is_the_product_of_two_columns(read_text: Reader) -> None:
    prices, counts = [2.5, 3.1, 7.25] * 40, [n * n // 3 % 5 + 1 for n in range(120)]
    products = [round(p * c, 2) for p, c in zip(prices, counts, strict=True)]
    file = read_text(lines(DAYS, prices, counts, products, header="when,a,b,c"))
    assert file.reading.value_columns == ("c",)
    assert file.reading.other_value_columns == ("b", "a")
    found = finding(file, "target_column")
    assert found.why == "It is “a” times “b” in each row."
    assert [choice.label for choice in found.choices] == ["c", "b", "a"]


def test_another_column_can_be_chosen_and_the_first_again(read_text: Reader) -> None:
    text = lines(DAYS, [5] * 120, range(120), [n % 9 for n in range(120)], header="Date,Price,Total,Quantity")
    first = finding(read_text(text), "target_column")
    other = next(dict(choice.sets) for choice in first.choices if choice.label == "Quantity")
    file = read_text(text, **other)
    assert file.reading.value_columns == ("Quantity",)
    again = finding(file, "target_column")
    assert again.choices[again.chosen].label == "Quantity"
    assert "Total" in [choice.label for choice in again.choices]


@pytest.mark.parametrize(
    ("name", "numbers", "offered"),
    [("BwA", (101, 601, 602), False), ("MVT", (101, 261), False), ("Kz", (117, 204, 333), False),
     ("Pax", (101, 601, 602), True), ("Wt", (100, 250, 500), True), ("Kz", (1, 2, 3), True)],
)  # fmt: skip
def test_few_numbers_under_an_abbreviation_are_codes(
    read_text: Reader, name: str, numbers: tuple[int, ...], offered: bool
) -> None:
    kinds = [numbers[n * n % 7 % len(numbers)] for n in range(120)]
    file = read_text(lines(DAYS, kinds, [n * 7 % 23 + 0.5 for n in range(120)], header=f"Date,{name},Amount"))
    assert (name in file.reading.other_value_columns) == offered


@pytest.mark.parametrize("only", ["Price", "Rating", "Discount %", "Code", "Year"])
def test_a_number_column_is_forecast_when_there_is_no_other(read_text: Reader, only: str) -> None:
    file = read_text(lines(DAYS, [n * 7 % 31 + 1.5 for n in range(120)], header=f"Date,{only}"))
    assert file.reading.value_columns == (only,)
    assert "target_column" not in codes(file)


def test_all_measures_of_a_table_with_a_row_for_each_month_are_series(read_text: Reader) -> None:
    columns = [[n * k % 17 + 0.5 for n in range(36)] for k in (3, 5, 7)]
    numbers, ids = range(1, 37), [4711] * 36
    text = lines(months(36), numbers, ids, *columns, header="Month,No.,Account no,Price,Quantity,Revenue")
    file = read_text(text)
    assert file.reading.value_columns == ("Price", "Quantity", "Revenue")
    assert file.reading.other_value_columns == ()


def test_a_population_of_each_country_is_offered(read_text: Reader) -> None:
    rows = [(day, name) for day in months(40) for name in "AB"]
    text = lines([d for d, _ in rows], [n for _, n in rows], range(1000000, 1000080), [n * 7 % 31 for n in range(80)],
        header="Month,Country,Population,Sales")  # fmt: skip
    file = read_text(text)
    assert file.reading.value_columns == ("Sales",)
    assert file.reading.other_value_columns == ("Population",)


@pytest.mark.parametrize("start", [1, 5301])
@pytest.mark.parametrize("name", ["N. scontrino", "Nº recibo", "Nr paragonu", "N° de facture", "No. ticket"])
def test_the_numbers_of_papers_are_no_series(read_text: Reader, name: str, start: int) -> None:
    numbers, values = [*range(start, start + 36), "Source: own"], [*(n * 7 % 31 + 0.5 for n in range(36)), ""]
    file = read_text(lines(numbers, [*months(36), ""], values, header=f"{name},Month,Sales"))
    assert file.reading.value_columns == ("Sales",)


@pytest.mark.parametrize("name", ["No. of visitors", "N. di clienti", "Nº de visitas"])
def test_how_many_there_were_is_a_series(read_text: Reader, name: str) -> None:
    file = read_text(lines(months(36), [n * 7 % 31 for n in range(36)], range(500, 536), header=f"Month,{name},Sales"))
    assert file.reading.value_columns == (name, "Sales")


def test_row_numbers_of_long_files_are_no_series(read_text: Reader) -> None:
    days = [date(2010, 1, 1) + timedelta(n) for n in range(3000)]
    file = read_text(lines(range(1, 3001), days, [n * 7 % 31 for n in range(3000)], header="row no,Date,Sold"))
    assert file.reading.value_columns == ("Sold",)


CODES = ("Patient code", "Customer ID", "Kundennummer", "Phone", "Postcode", "PLZ", "CEP", "Card no.", "Nº socio")
OTHER_CODES = ("Code client", "Room", "Birth year", "Codigo postal", "Telefon", "Geburtsjahr", "Zimmer")


def visits(name: str, lowest: int = 1000, highest: int = 9000) -> str:
    """A list of visits, several a day, with one column of random whole numbers."""
    numbers = np.random.default_rng(len(name)).integers(lowest, highest, len(DAYS)).tolist()
    wards = ["ABC"[n * n % 3] for n in range(len(DAYS))]
    return lines(range(1, 121), DAYS, numbers, wards, header=f"No;Visit date;{name};Ward", delimiter=";")


@pytest.mark.parametrize("name", CODES + OTHER_CODES)
def test_codes_of_events_are_added_only_if_the_person_chose_them(
    read_text: Reader, stopped: Callable[..., Problem], name: str
) -> None:
    span = (1940, 2005) if name in ("Birth year", "Geburtsjahr") else (1000, 9000)
    problem = stopped(visits(name, *span).encode(), "visits.csv")
    assert problem.code == "only_codes"
    assert name in problem.why
    assert read_text(visits(name, *span), values=(name,)).reading.value_columns == (name,)


@pytest.mark.parametrize("name", ["Age", "Priority", "Rating", "Edad", "Prioriteit"])
def test_levels_of_events_are_averaged(read_text: Reader, name: str) -> None:
    values = read_text(visits(name, 1, 90)).series.values
    assert 1 <= np.nanmin(values) <= np.nanmax(values) <= 90


@pytest.mark.parametrize("name", ["Amount", "No. of visitors", "Pieces", "Count", "Number", "Eins"])
def test_what_counts_in_events_is_added(read_text: Reader, name: str) -> None:
    text = visits(name, 1, 2) if name == "Eins" else visits(name, 1, 9)
    assert read_text(text).reading.value_columns == (name,)


@pytest.mark.parametrize("name", ["time (s)", "t", "Zeit [s]", "Temps (s)", "Elapsed time", "Seconds"])
@pytest.mark.parametrize("step", [0.5, 1 / 30])
def test_the_time_of_an_experiment_is_not_forecast(read_text: Reader, name: str, step: float) -> None:
    volts = [f"{2.5 + (n * 37 % 100) / 100:.2f}" for n in range(60)]
    file = read_text(lines([f"{n * step:.3f}" for n in range(60)], volts, header=f"{name},Voltage (V)"))
    assert file.reading.value_columns == ("Voltage (V)",)


@pytest.mark.parametrize("name", ["Time", "Distance"])
def test_times_that_are_measured_are_forecast(read_text: Reader, name: str) -> None:
    laps = [f"{61 + (n * 29 % 17) / 10:.1f}" for n in range(60)]
    file = read_text(lines(laps, [f"{140 + n * 13 % 23}" for n in range(60)], header=f"{name},Pulse"))
    assert file.reading.value_columns == (name, "Pulse")


@pytest.mark.parametrize("name", ["Contract", "Review", "Sample"])
def test_numbers_that_rise_by_one_in_a_list_of_events_are_not_forecast(read_text: Reader, name: str) -> None:
    rows = [f"{5000 + n},{DAYS[n // 3]},{n * 31 % 90}" for n in range(3 * len(DAYS))]
    assert read_text("\n".join([f"{name},Signed,Fee", *rows])).series.names == ("Fee",)


@pytest.mark.parametrize("name", ["Aufzeichnungstyp", "Betriebsmodus", "Mode", "Record type"])
def test_few_numbers_of_kinds_are_not_forecast(read_text: Reader, name: str) -> None:
    rows = [f"{day},{n * n % 7},{n * 31 % 90}" for n, day in enumerate(DAYS)]
    assert read_text("\n".join([f"Date,{name},Glucose", *rows])).series.names == ("Glucose",)


@pytest.mark.parametrize("name", ["Added to cart", "Start", "Commode"])
def test_few_numbers_of_things_are_forecast(read_text: Reader, name: str) -> None:
    rows = [f"{day},{n * n % 7},{n * 31 % 90}" for n, day in enumerate(DAYS)]
    assert read_text("\n".join([f"Date,{name},Glucose", *rows])).series.names == (name,)


@pytest.mark.parametrize("name", ["Číslo členství", "Nr karty", "Jäsennumero", "Mitgliedsnummer"])
def test_visits_of_members_are_counted(read_text: Reader, name: str) -> None:
    rows = [
        f"{day} {8 + k}:{n * 7 % 60:02d},{10_000 + (n * 37 + k * 11) % 300}"
        for n, day in enumerate(DAYS)
        for k in range(n % 5)
    ]
    assert read_text("\n".join([f"Date,{name}", *rows])).series.names == ("Number of rows",)


@pytest.mark.parametrize("name", ["時間軸（月次）コード", "商品番号", "产品代码", "編號", "상품코드", "고객 번호"])
def test_codes_in_asian_languages_are_not_forecast(read_text: Reader, name: str) -> None:
    rows = [f"{month},{2_022_000_101 + 101 * n},{80 + 13 * n % 29}" for n, month in enumerate(months(30))]
    assert read_text("\n".join([f"Month,{name},食料", *rows])).reading.value_columns == ("食料",)


@pytest.mark.parametrize("name", ["Qtd.", "Qtd", "Qtde"])
def test_short_words_for_how_many_are_no_running_totals(read_text: Reader, name: str) -> None:
    file = read_text(lines(DAYS, [3 + n * 7 % 11 for n in range(120)], header=f"when,{name}"))
    assert all(measure.kind == "flow" for measure in file.series.measures)
