"""Exports of everyday programs, each invented here after the way in which such programs write theirs."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

import pytest
from tests.tables.conftest import Reader, codes, finding, lines

DAY = timedelta(1)
FIRST = date(2024, 1, 1)
SHORT = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # noqa: SIM905


def first_of(file: object) -> str:
    series = file.series  # type: ignore[attr-defined]
    return series.frequency.iso(int(series.first[0]))


def test_a_night_belongs_to_the_day_on_which_it_ends(read_text: Reader) -> None:
    rng = random.Random(1)
    beds = [datetime(2024, 1, 1, 22) + n * DAY + timedelta(minutes=rng.randrange(170)) for n in range(80)]
    slept = [rng.randrange(330, 500) for _ in beds]
    rows = [f"{b:%Y-%m-%d %H:%M},{b + timedelta(minutes=m):%Y-%m-%d %H:%M}" for b, m in zip(beds, slept, strict=True)]
    cells = [f"{m // 60}h {m % 60}m" for m in slept]
    file = read_text(lines(rows, cells, header="Bedtime,Wake up,Asleep"))
    assert (file.reading.date_column, first_of(file)) == ("Wake up", "2024-01-02")
    assert file.series[0].tolist() == pytest.approx([m / 60 for m in slept], abs=1e-5)


def test_steps_are_added_and_pulses_averaged(read_text: Reader) -> None:
    rng = random.Random(2)
    rows, steps, pulses = [], [0.0] * 40, [[] for _ in range(40)]  # type: ignore[var-annotated]
    for n in range(40):
        for k in range(rng.randint(4, 9)):
            at = datetime(2024, 1, 1, 7 + k, rng.randrange(60)) + n * DAY
            step, pulse = rng.randrange(20, 900), rng.randrange(55, 120)
            rows += [
                f"Steps,count,{at:%Y-%m-%d %H:%M:%S},{step}",
                f"Heart rate,count/min,{at:%Y-%m-%d %H:%M:%S},{pulse}",
            ]
            steps[n] += step
            pulses[n].append(pulse)
    file = read_text("\n".join(["type,unit,start,value", *rows]) + "\n")
    by_name = {key[0]: file.series[i].tolist() for i, key in enumerate(file.series.keys)}
    assert by_name["Steps"] == steps
    assert by_name["Heart rate"] == pytest.approx([sum(p) / len(p) for p in pulses])


def test_trips_are_added_up_by_day_and_odometers_are_not_forecast(read_text: Reader) -> None:
    rng = random.Random(3)
    rows, driven, odometer = [], [0.0] * 60, 12000.0
    for n in range(60):
        for k in range(rng.randint(1, 3)):
            start, distance = datetime(2024, 1, 1, 7 + 3 * k, rng.randrange(60)) + n * DAY, rng.randrange(3, 90) + 0.5
            end = start + timedelta(minutes=50)
            rows.append(f"{start:%d.%m.%Y %H:%M};{end:%d.%m.%Y %H:%M};{odometer};{odometer + distance};{distance}")
            odometer += distance
            driven[n] += distance
    header = "Start time;End time;Start odometer (km);End odometer (km);Distance (km)"
    file = read_text("\n".join([header, *rows]) + "\n")
    assert file.series.names == ("Distance (km)",)
    assert file.series[0].tolist() == driven


def test_months_of_three_months_each_are_months(read_text: Reader) -> None:
    periods = [f"{SHORT[n % 12]}-{SHORT[(n + 2) % 12]} {2018 + (n + 2) // 12}" for n in range(50)]
    values = [70 + n % 7 / 10 for n in range(50)]
    file = read_text(lines(periods, values, header="Period,Employment rate (%)"))
    assert (file.reading.frequency.name, first_of(file)) == ("monthly", "2018-01-01")
    assert file.series[0].tolist() == values
    assert "rolling_periods" in codes(file)


def test_weeks_of_a_health_office_are_weeks(read_text: Reader) -> None:
    weeks = [f"{2021 + n // 52}-{n % 52 + 1:02d}" for n in range(120)]
    file = read_text(lines(weeks, range(120), header="Epi week,Cases"))  # type: ignore[arg-type]
    assert (file.reading.frequency.name, len(file.series[0])) == ("weekly", 120)


def test_hours_as_programs_write_them_are_hours(read_text: Reader) -> None:
    days = [f"{FIRST + n * DAY}" for n in range(30)]
    file = read_text(lines(days, [f"PT{n * 5 % 9 + 1}H{n}M" for n in range(30)], header="Date,Tracked"))
    assert file.series[0].tolist() == pytest.approx([n * 5 % 9 + 1 + n / 60 for n in range(30)], abs=1e-5)


def test_a_blank_column_with_a_name_parts_no_table_and_days_without_a_payment_had_none(read_text: Reader) -> None:
    days = [FIRST + n * DAY for n in range(90) if n % 3]
    rows = [f"Checking,,{day:%m/%d/%Y},Shop,${10 + n}.50,$0.00" for n, day in enumerate(days)]
    rows.append(f'Checking,,{FIRST + 90 * DAY:%m/%d/%Y},Employer,$0.00,"$2,800.00"')
    file = read_text("\n".join(["Account,Flag,Date,Payee,Outflow,Inflow", *rows]) + "\n")
    assert "second_table" not in codes(file)
    assert file.series[0][2] == 0
    assert "each row is money in or out" in finding(file, "gaps").why


def test_half_hours_of_a_meter_without_a_heading_are_half_hours(read_text: Reader) -> None:
    readings = [[n * 48 + k + 0.5 for k in range(48)] for n in range(20)]
    rows = [f"300,{FIRST + n * DAY:%Y%m%d},{','.join(map(str, row))},A,," for n, row in enumerate(readings)]
    file = read_text("\n".join(rows) + "\n")
    assert (file.reading.frequency.name, first_of(file)) == ("every 30 minutes", "2024-01-01T00:00:00")
    assert file.series[0].tolist() == [value for row in readings for value in row]


def test_rows_of_several_kinds_are_refused_with_what_is_in_them(stopped: Reader) -> None:
    rows = [f"300,{FIRST + n * DAY:%Y%m%d},{','.join(str(k) for k in range(48))},A" for n in range(20)]
    text = "\n".join(["100,METER,202402010000,A,B", "200,N1,E1B1,E1,KWH,30", *rows, "900"]) + "\n"
    problem = stopped(text)
    assert problem.code == "no_dates"  # type: ignore[attr-defined]
    assert "has dates, such as 20240101, in some rows only" in problem.what  # type: ignore[attr-defined]
    assert "of several kinds" in problem.why  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("column", "words"),
    [
        ([f"{n % 24}:00" for n in range(48)], "times of day, but nothing holds the days"),
        (["Mon", "Tue", "Thu"] * 16, "days of the week, but no dates"),
        ([SHORT[n * 5 % 12] for n in range(48)], "months without a year"),
    ],
)
def test_what_is_there_instead_of_dates_is_said(stopped: Reader, column: list[str], words: str) -> None:
    text = lines(column, range(48), header="When,Visitors")  # type: ignore[arg-type]
    assert words in stopped(text).what  # type: ignore[attr-defined]


def test_bookings_that_were_cancelled_are_no_totals(read_text: Reader) -> None:
    rng = random.Random(5)
    rows = [
        f"{3000000000 + n * 7919},{FIRST + rng.randrange(200) * DAY},1,{rng.randint(1, 5)},"
        f"{'ok' if rng.random() > 0.2 else 'cancelled'}"
        for n in range(250)
    ]
    assert "totals_left_out" not in codes(
        read_text("\n".join(["Booking number,Date,Rooms,Nights,Status", *rows]) + "\n")
    )


def test_a_ledger_question_never_shows_the_same_number_twice(read_text: Reader) -> None:
    days = [f"{FIRST + n * DAY}" for n in range(40)]
    for cells in ([f"25.{192 + n}" for n in range(40)], [f"-1.{300 + n}" for n in range(40)], ["2.000", "3.000"] * 20):
        (question,) = read_text(lines(days, cells, header="Date;Value", delimiter=";")).reading.questions
        labels = [choice.label for choice in question.choices]
        assert len({*labels, *cells}) == 2 + len(set(cells))
