"""Prices in columns called by tickers are levels, takings of shops with such codes are not; figures stay apart."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from tests.tables.conftest import Reader, lines, months

TICKERS = ("AAPL", "MSFT", "GOOG", "BRK.B", "SAP.DE", "^GSPC", "TSLA")
DAYS = [day for n in range(150) if (day := date(2024, 1, 1) + timedelta(n)).weekday() < 5]


def table(names: tuple[str, ...], columns: list[np.ndarray], days: list[date] = DAYS, decimals: int = 2) -> str:
    return lines(
        days, *([f"{v:.{decimals}f}" for v in column] for column in columns), header=",".join(("Date", *names))
    )


def walks(count: int, seed: int) -> list[np.ndarray]:
    rng = np.random.default_rng(seed)
    return [rng.uniform(20, 400) * np.exp(rng.normal(0, 0.015, len(DAYS)).cumsum()) for _ in range(count)]


def kinds(read_text: Reader, text: str) -> set[str]:
    series = read_text(text).series
    return {series.measure(n).kind for n in range(len(series))}


@pytest.mark.parametrize("seed", range(4))
def test_prices_called_by_tickers_are_levels(read_text: Reader, seed: int) -> None:
    names = TICKERS[seed : seed + 3]
    assert kinds(read_text, table(names, walks(3, seed))) == {"level"}


def test_what_only_looks_like_tickers_adds_up(read_text: Reader) -> None:
    rng = np.random.default_rng(1)
    shops = [rng.gamma(20, 40, len(DAYS)) for _ in range(3)]
    calm = [500 + rng.normal(0, 8, len(DAYS)) for _ in range(3)]  # hardly changes, around a mean
    codes, weekly = ("NYC", "LAX", "SFO"), [DAYS[0] + timedelta(7 * n) for n in range(len(DAYS))]
    for text in (
        table(codes, shops),
        table(codes, calm),
        table(("North", "South", "East"), walks(3, 2)),
        table(codes, walks(3, 3), weekly),
        table(codes, [np.round(values) for values in walks(3, 4)], decimals=0),
        table(("AAPL",), walks(1, 5)),
    ):
        assert kinds(read_text, text) == {"flow"}, text[:80]


FIGURES = (("ADR", "RevPAR"), ("ADR", "RevPAR", "Occ"), ("ADR (EUR)", "RevPAR (EUR)"), ("CPC", "CPM"), ("ARPU", "AOV"))


@pytest.mark.parametrize("names", FIGURES)
def test_figures_of_a_trade_have_no_mean_together(read_text: Reader, names: tuple[str, ...]) -> None:
    columns = [[f"{90 + n * 7 % 23 + k:.2f}" for n in range(36)] for k in range(len(names))]
    series = read_text(lines(months(36), *columns, header=",".join(("Month", *names)))).series
    counted = [series.measure(n).counted for n in range(len(series))]
    assert len(set(counted)) == len(names)


def test_one_figure_of_several_hotels_has_a_mean(read_text: Reader) -> None:
    names = ("ADR North", "ADR South")
    columns = [[f"{90 + n * 7 % 23 + k:.2f}" for n in range(36)] for k in range(2)]
    series = read_text(lines(months(36), *columns, header=",".join(("Month", *names)))).series
    assert len({series.measure(n) for n in range(2)}) == 1
