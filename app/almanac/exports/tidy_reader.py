"""The forecast in a CSV file that Almanac saved, to be scored by what has happened since."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from almanac.core.arrays import Floats, Integers
from almanac.core.calendar.frequency import Frequency
from almanac.core.problems import ProblemError, stop_with
from almanac.core.series import Forecast
from almanac.exports.tidy import FORMULA_STARTS

if TYPE_CHECKING:
    import pandas as pd

_NEEDED = ("series", "date", "step", "forecast", "mean")


@dataclass(frozen=True)
class SavedForecast:
    """What a tidy file says: the forecast, and the point forecasts with the person's changes float64 [N, H], None where
    there are none. The file does not say which model made it.
    """

    forecast: Forecast
    adjusted: Floats | None


def read_tidy(path: Path, frequency: Frequency) -> SavedForecast:
    """Read a CSV file that Almanac saved, with periods of this frequency.

    Raises ``ProblemError`` for any other file, and for one of another frequency.
    """
    table = _table(path)
    levels = sorted(float(name[1:]) for name in table.columns if name.startswith("q") and _is_number(name[1:]))
    if any(name not in table.columns for name in _NEEDED) or not levels or len(table) == 0:
        raise _not_tidy(path)
    names, of = np.unique(table["series"].to_numpy(dtype=str), return_inverse=True)
    step = table["step"].to_numpy(np.int64) - 1
    number = _numbers(table["date"], frequency)
    first = number - step
    by_series = np.full(len(names), np.iinfo(np.int64).max)
    np.minimum.at(by_series, of, first)
    if (first != by_series[of]).any():
        raise stop_with(
            "other_frequency",
            f"{path.name} is not a forecast of {frequency.name} data.",
            "Its dates do not follow one another as the steps do.",
            "Choose a forecast that was made from this table.",
        )
    columns = {name: _grid(table, name, (of, step)) for name in table.columns if _is_figure(name)}
    quantiles = np.stack([columns[f"q{level:g}"] for level in levels], axis=2)
    made = Forecast(
        names=tuple(_name(name) for name in names.tolist()),
        first=by_series,
        frequency=frequency,
        levels=np.array([*levels]),
        quantiles=np.maximum.accumulate(quantiles, axis=2),
        model=path.name,
        checksum="",
        device="",
        without_value=np.isnan(columns["forecast"]),
        means=columns["forecast"],
        mean_points=np.ones(len(names), dtype=bool),
    )
    return SavedForecast(made, columns.get("adjusted"))


def _table(path: Path) -> pd.DataFrame:
    import pandas as pd

    try:
        with path.open(encoding="utf-8-sig") as file:
            semicolons = ";" in file.readline()
        separator, decimal = (";", ",") if semicolons else (",", ".")
        return pd.read_csv(path, encoding="utf-8-sig", sep=separator, decimal=decimal, dtype={"series": str})
    except (OSError, ValueError) as cause:
        raise _not_tidy(path) from cause


def _not_tidy(path: Path) -> ProblemError:
    return stop_with(
        "not_a_forecast",
        f"{path.name} is not a forecast that Almanac saved.",
        f"It needs the columns {', '.join(_NEEDED)} and q0.1, q0.2 and so on.",
        "Choose a .csv file from almanac forecast.",
    )


def _numbers(dates: pd.Series, frequency: Frequency) -> Integers:
    """The periods of the dates; without dates, rows are counted from 1 in files."""
    import pandas as pd

    if not frequency.dated:
        return dates.to_numpy(np.int64) - 1
    return frequency.numbers(pd.to_datetime(dates).to_numpy().astype("datetime64[s]"))


def _grid(table: pd.DataFrame, name: str, at: tuple[Integers, Integers]) -> Floats:
    """A column by series and step: float64 [N, H], NaN for steps without a row."""
    grid = np.full((int(at[0].max()) + 1, int(at[1].max()) + 1), np.nan)
    grid[at] = table[name].to_numpy(np.float64)
    return grid


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdigit()


def _is_figure(name: str) -> bool:
    return name in ("forecast", "adjusted") or (name.startswith("q") and _is_number(name[1:]))


def _name(cell: str) -> str:
    """The name of a series without the mark that keeps it from running as a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(FORMULA_STARTS) else cell
