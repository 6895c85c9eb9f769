"""Cancelled and refunded rows are left out, unless the file shows that they count; it is always said."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
import pytest
from tests.tables.conftest import Reader, codes, finding

CANCELLED = {4, 10, 17}  # of the orders
STATES = [
    ("Status", "paid", "cancelled"),
    ("Financial Status", "PAID", "VOIDED"),
    ("Zustand", "bezahlt", "Storniert"),
    ("Statut", "Payée", "Remboursée"),
    ("Estado", "Enviado", "Cancelado por el cliente"),
    ("Situação", "Pago", "Estornado"),
    ("Whatever", "Betaald", "Geannuleerd"),
    ("order-status", "wc-completed", "wc-refunded"),
    ("Result", "SUCCESS", "FAIL"),
    ("Order Type", "Eventbrite Completed", "Refunded"),
    ("Tila", "Maksettu", "Peruutettu"),
    ("Durum", "Tamamlandı", "İptal"),
    ("Статус", "Оплачен", "Отменён"),
    ("状態", "完了", "キャンセル"),
    ("状态", "交易成功", "已退款"),
    ("상태", "완료", "취소"),
    ("Κατάσταση", "Ολοκληρώθηκε", "Ακυρώθηκε"),
    ("Állapot", "Teljesítve", "Törölve"),
    ("Cancelled", "no", "yes"),
    ("Cancelled at", "", "2024-06-01"),
]


def orders(name: str, states: tuple[str, str], amount: str = "10") -> str:
    """Two orders on each of 15 days, of 10 each."""
    rows = [
        f"#{100 + n},2024-05-{1 + n // 2:02d},{states[n in CANCELLED]},{'10' if n not in CANCELLED else amount}"
        for n in range(30)
    ]
    return "\n".join([f"Order,Date,{name},Total", *rows]) + "\n"


@pytest.mark.parametrize(("name", "paid", "cancelled"), STATES)
def test_cancelled_orders_are_left_out_and_can_be_counted(
    read_text: Reader, name: str, paid: str, cancelled: str
) -> None:
    text = orders(name, (paid, cancelled))
    file = read_text(text)
    assert file.series.names == ("Total",)
    assert file.series.values.sum() == 270
    found = finding(file, "cancelled_rows")
    assert found.rows == tuple(n + 2 for n in sorted(CANCELLED))
    assert (found.asks, found.chosen, found.column) == (True, 0, name)
    counted = read_text(text, repairs=(("cancelled_rows", "keep"),))
    assert counted.series.values.sum() == 300
    assert finding(counted, "cancelled_rows").changed == 0


@pytest.mark.parametrize("amount", ["0", "", "-10"])
def test_what_takes_back_or_adds_nothing_stays(read_text: Reader, amount: str) -> None:
    file = read_text(orders("Status", ("paid", "refunded"), amount), sign="all")
    assert "cancelled_rows" not in codes(file)
    assert file.series.values[file.series.values == file.series.values].sum() == 270 - 30 * (amount == "-10")


@pytest.mark.parametrize("blank", [0, 1, 2])
def test_one_sentence_counts_the_same_rows_everywhere(read_text: Reader, blank: int) -> None:
    without = sorted(CANCELLED)[:blank]
    head, *rows = orders("Status", ("paid", "failed")).splitlines()
    rows = [row.rpartition(",")[0] + "," if n in without else row for n, row in enumerate(rows)]
    what = finding(read_text("\n".join([head, *rows])), "cancelled_rows").what
    count = len(CANCELLED) - blank
    assert what.startswith(f"{count} row")
    assert f"failed ({count})" in what


@pytest.mark.parametrize("states", [("open", "closed"), ("north", "south"), ("paid", "partially refunded")])
def test_other_states_are_not_taken_for_cancelled(read_text: Reader, states: tuple[str, str]) -> None:
    assert "cancelled_rows" not in codes(read_text(orders("Status", states)))


@pytest.mark.parametrize("counts", [False, True])
def test_a_balance_shows_whether_they_count(read_text: Reader, counts: bool) -> None:
    balance, rows = 100, []
    for n in range(40):
        undone = n % 7 == 3
        amount = 5 + n if n % 3 else -4 - n
        balance += amount if counts or not undone else 0
        rows.append(f"2024-05-{1 + n // 2:02d},{amount},{'REVERTED' if undone else 'COMPLETED'},{balance}")
    file = read_text("\n".join(["Date,Amount,State,Balance", *rows]) + "\n", sign="all")
    found = finding(file, "cancelled_rows")
    assert not found.asks
    assert "“Balance”" in found.why
    total = sum((5 + n if n % 3 else -4 - n) for n in range(40) if counts or n % 7 != 3)
    assert file.series.values.sum() == total


@pytest.mark.parametrize(
    ("name", "word", "other"),
    [
        ("Visit", "New", "Return"),
        ("Status", "New patient", "Return visit"),
        ("Trip", "Booked", "Return"),
        ("Customer", "New", "Returned"),
        ("Status", "Found", "Lost"),
    ],
)
def test_people_who_come_back_and_lost_things_are_not_cancelled(
    read_text: Reader, name: str, word: str, other: str
) -> None:
    assert "cancelled_rows" not in codes(read_text(orders(name, (word, other))))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("validity", ("valid", "invalid")),
        ("Status", ("OK", "Fehler")),
        ("quality", ("GOOD", "BAD")),
        ("flag", ("", "fout")),
    ],
)
def test_readings_that_are_not_valid_are_left_out(read_text: Reader, name: str, words: tuple[str, str]) -> None:
    rows = [f"2024-03-{n + 1:02d},{0 if n % 7 == 3 else 20 + n % 5},{words[n % 7 == 3]}" for n in range(31)]
    file = read_text("\n".join([f"Date,NO2,{name}", *rows]))
    assert int(np.isnan(file.series[0]).sum()) == sum(n % 7 == 3 for n in range(31))
    assert "not valid" in finding(file, "cancelled_rows").what


def test_pieces_that_are_good_and_bad_on_each_day_are_two_series(read_text: Reader) -> None:
    rows = [f"2024-03-{n + 1:02d},{word},{20 + n % 5}" for n in range(31) for word in ("good", "bad")]
    file = read_text("\n".join(["Date,Quality,Pieces", *rows]))
    assert (len(file.series), "cancelled_rows" in codes(file)) == (2, False)


@pytest.mark.parametrize("name", ["Error", "Fault", "Fehler"])
def test_days_with_an_error_are_not_left_out(read_text: Reader, name: str) -> None:
    rows = [f"2024-03-{n + 1:02d},{'yes' if n % 7 == 3 else 'no'},{20 + n % 5}" for n in range(31)]
    file = read_text("\n".join([f"Date,{name},Pieces", *rows]))
    assert "cancelled_rows" not in codes(file)
    assert not np.isnan(file.series[0]).any()


FAULTS = [
    ("Art", "Minuten", ("Störung", "Fehler", "ok")),
    ("Status", "Downtime (min)", ("fault", "ok")),
    ("Event", "Duration", ("error", "fault", "ok")),
    ("Fault kind", "Amount", ("fault", "error", "ok")),
    ("Tipo", "Minutos", ("error", "ok")),
    ("Soort", "Duur", ("fout", "ok")),
]


@pytest.mark.parametrize(("name", "value", "words"), FAULTS)
@pytest.mark.parametrize("clock", [True, False])
def test_faults_in_a_list_of_events_count(
    read_text: Reader, name: str, value: str, words: tuple[str, ...], clock: bool
) -> None:
    start, rows = datetime(2024, 1, 1), []
    for n in range(200):
        start += timedelta(minutes=50 + 937 * n * n % 700)
        when = start if clock else start.date()
        rows.append(f"{when},M{n % 3 + 1},{words[n * n % 7 % len(words)]},{5 + 13 * n % 47}")
    file = read_text("\n".join([f"Time,Machine,{name},{value}", *rows]))
    assert "cancelled_rows" not in codes(file)
    assert np.nansum(file.series.values) == sum(5 + 13 * n % 47 for n in range(200))


@pytest.mark.parametrize("name", ["Check", "Status", "Plausibility"])
def test_mistakes_among_readings_at_any_time_are_left_out(read_text: Reader, name: str) -> None:
    start, rows = datetime(2024, 1, 1), []
    for n in range(120):
        start += timedelta(minutes=40 + 37 * n * n % 50)
        rows.append(f"{start},{2 + n % 5 / 10},{'error' if n % 9 == 4 else 'ok'}")
    assert "cancelled_rows" in codes(read_text("\n".join([f"Time,Level,{name}", *rows])))
