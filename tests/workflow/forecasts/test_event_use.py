"""Events from a file, a country and a column change a forecast, its practice runs and what is said."""

from __future__ import annotations

import dataclasses
import json
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from almanac import workflow
from almanac.cli.main import main
from almanac.core.entered.events import Event, EventKind, Span
from almanac.core.jobs import run
from almanac.core.problems import ProblemError
from almanac.workflow import EventChoice, ForecastOptions

START = date(2023, 1, 2)
DAYS, AHEAD = 400, 21
PROMO = np.arange(DAYS + AHEAD) % 25 < 3
TOY = ForecastOptions(horizon=14, calibrate=False)


def sales(path: Path, promo: bool = True) -> Path:
    rng = np.random.default_rng(0)
    shape = np.array([1.0, 0.9, 0.9, 1.0, 1.2, 1.5, 0.8])
    head = "date,sales,promo" if promo else "date,sales"
    rows = []
    for n in range(DAYS + (AHEAD if promo else 0)):
        value = 200 * shape[n % 7] * (1.6 if PROMO[n] else 1) * (1 + 0.04 * rng.standard_normal())
        row = [(START + timedelta(n)).isoformat(), f"{value:.0f}" if n < DAYS else ""]
        rows.append(",".join([*row, str(int(PROMO[n]))] if promo else row))
    path.write_text("\n".join([head, *rows]))
    return path


def as_events() -> tuple[Event, ...]:
    spans = tuple(Span(START + timedelta(int(n)), START + timedelta(int(n) + 2)) for n in np.flatnonzero(PROMO)[::3])
    return (Event("Promo", EventKind.SALE, spans),)


@pytest.fixture(scope="module")
def with_column(tmp_path_factory: pytest.TempPathFactory) -> workflow.ForecastOptions | object:
    path = sales(tmp_path_factory.mktemp("events") / "sales.csv")
    return run(workflow.forecast(run(workflow.check(path)), TOY))


def test_a_column_of_promotions_is_carried_into_the_rows_to_come(with_column: object) -> None:
    made = with_column.forecast  # type: ignore[attr-defined]
    ahead = PROMO[DAYS : DAYS + 14]
    usual = 200 * np.array([1.0, 0.9, 0.9, 1.0, 1.2, 1.5, 0.8])[np.arange(DAYS, DAYS + 14) % 7]
    assert made.median[0] / usual == pytest.approx(np.where(ahead, 1.6, 1.0), rel=0.12)
    (effect,) = with_column.events  # type: ignore[attr-defined]
    assert effect.low < 0.6 < effect.high
    assert any(note.code == "event_effect" and "promo: +" in note.what for note in made.notes)


def test_a_list_of_the_same_days_does_the_same(tmp_path: Path, with_column: object) -> None:
    file = run(workflow.check(sales(tmp_path / "plain.csv", promo=False)))
    made = run(workflow.forecast(file, dataclasses.replace(TOY, events=EventChoice(as_events()))))
    assert made.forecast.median == pytest.approx(with_column.forecast.median, rel=1e-6)  # type: ignore[attr-defined]


def test_practice_runs_know_the_events_too(tmp_path: Path) -> None:
    path = sales(tmp_path / "sales.csv")
    options = workflow.BacktestOptions(horizon=7, windows=20)
    known = run(workflow.backtest(path, None, options))
    ignoring = workflow.reading_options(repairs=(("event_column:promo", "ignore"),))
    unknown = run(workflow.backtest(path, ignoring, options))
    assert known.report.wql < 0.7 * unknown.report.wql
    assert known.to_dict()["events"][0]["name"] == "promo"
    assert unknown.to_dict()["events"] == []


def test_the_command_line_takes_a_list_and_a_country(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, listed, out = sales(tmp_path / "sales.csv", promo=False), tmp_path / "events.csv", tmp_path / "out.xlsx"
    closed = START + timedelta(DAYS + 2)
    listed.write_text(f"event,kind,from,to\nRepairs,closure,2023-06-05,2023-06-11\nDay off,closure,{closed},{closed}\n")
    ask = ["forecast", str(path), "--output", str(out), "--horizon", "7", "--no-calibration"]
    assert main([*ask, "--events", str(listed), "--country", "DE-BY"]) == 0
    assert "7 values during “Repairs” are left out of what is learned." in capsys.readouterr().err
    book = openpyxl.load_workbook(out)
    assert {row[0].value for row in book["Events"].iter_rows(min_row=2)} >= {"Repairs", "Day off", "Easter Monday"}
    medians = [row[3].value for row in book["Forecast"].iter_rows(min_row=2)]
    assert [value == 0 for value in medians] == [False, False, True, False, False, False, False]
    capsys.readouterr()
    assert main(["backtest", str(path), "--horizon", "7", "--windows", "4", "--json", "--country", "DE"]) == 0
    assert {one["name"] for one in json.loads(capsys.readouterr().out)["events"]} >= {"Easter Monday"}


@pytest.mark.parametrize(
    ("event", "code"),
    [
        (Event("Sale", EventKind.SALE, (Span(START, START),), ("Nowhere",)), "event_of_unknown_series"),
        (None, "country_not_known"),
    ],
)
def test_events_that_fit_nothing_are_refused(tmp_path: Path, event: Event | None, code: str) -> None:
    file = run(workflow.check(sales(tmp_path / "sales.csv", promo=False)))
    choice = EventChoice((event,)) if event else EventChoice(country="Atlantis")
    with pytest.raises(ProblemError) as caught:
        run(workflow.forecast(file, dataclasses.replace(TOY, events=choice)))
    assert caught.value.problem.code == code


def test_rows_without_dates_have_no_events(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("sales\n" + "\n".join(str(100 + n * 37 % 23) for n in range(60)))
    with pytest.raises(ProblemError) as caught:
        run(workflow.forecast(run(workflow.check(path)), dataclasses.replace(TOY, events=EventChoice(as_events()))))
    assert caught.value.problem.code == "events_need_dates"


def test_lists_are_read_from_each_kind_of_file(tmp_path: Path) -> None:
    text = "event;kind;from;to\nSale;sale;01.03.2024;05.03.2024\n"
    (tmp_path / "a.csv").write_text(text)
    (tmp_path / "a.json").write_text('[{"event": "Sale", "kind": "sale", "from": "2024-03-01", "to": "2024-03-05"}]')
    book = openpyxl.Workbook()
    for row in (["event", "kind", "from", "to"], ["Sale", "sale", date(2024, 3, 1), date(2024, 3, 5)]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    wanted = EventChoice((Event("Sale", EventKind.SALE, (Span(date(2024, 3, 1), date(2024, 3, 5)),)),))
    assert {workflow.read_events(tmp_path / f"a.{kind}") for kind in ("csv", "json", "xlsx")} == {wanted}


def test_events_are_remembered_for_files_of_the_same_shape(tmp_path: Path) -> None:
    first, second = sales(tmp_path / "a.csv", promo=False), sales(tmp_path / "b.csv", promo=False)
    choice = EventChoice(as_events(), "DE")
    run(workflow.remember_events(first, choice))
    assert run(workflow.remembered_events(second)) == choice
    run(workflow.remember_events(second, EventChoice()))
    assert run(workflow.remembered_events(first)) == EventChoice()


def test_kept_events_count_again_as_far_as_they_fit(tmp_path: Path) -> None:
    path = sales(tmp_path / "a.csv", promo=False)
    file = run(workflow.check(path))
    (sale,) = as_events()
    here, elsewhere = dataclasses.replace(sale, series=("sales",)), dataclasses.replace(sale, series=("Nothing",))
    chosen = run(workflow.forecast(file, dataclasses.replace(TOY, events=EventChoice((here,))), path))
    assert chosen.events
    again = run(workflow.forecast(file, TOY, path))
    assert again.event_choice == EventChoice((here,))
    assert again.events == chosen.events
    run(workflow.remember_events(path, EventChoice((elsewhere, here))))
    both = run(workflow.forecast(file, TOY, path))
    assert [one.name for one in both.events] == [here.name]
    assert both.events == chosen.events
    assert run(workflow.forecast(file, TOY)).events == ()  # nobody saw the file: nothing kept counts


def test_nothing_is_forecast_while_out_of_stock(tmp_path: Path) -> None:
    gone = START + timedelta(DAYS + 3)
    events = (Event("No flour", EventKind.STOCK_OUT, (Span(gone, gone + timedelta(1)),)),)
    options = dataclasses.replace(TOY, events=EventChoice(events))
    made = run(workflow.forecast(run(workflow.check(sales(tmp_path / "s.csv", promo=False))), options)).forecast
    assert (made.median[0] == 0).tolist() == [k in (3, 4) for k in range(14)]
    assert (made.mean[0] == 0).tolist() == [k in (3, 4) for k in range(14)]
