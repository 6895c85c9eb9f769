"""FORECAST.ETS and FORECAST.ETS.CONFINT, as a person would use them, through a spreadsheet program without a window."""

from __future__ import annotations

import csv
import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from almanac.core.arrays import Floats

BANDS = (0.8, 0.95)
# Formulas that came without a result are computed on loading.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>
"""


def available() -> bool:
    return shutil.which("soffice") is not None


def quantiles(histories: list[Floats], horizon: int, season: int) -> Floats:
    """Low and high ends of both bands around the forecast: float64 [windows, horizon, 5]; NaN where it gave none."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write(folder / "book.xlsx", histories, horizon, season)
        profile = folder / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(_SETTINGS)
        every_sheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
        command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder / 'profile'}"]
        command += ["--convert-to", every_sheet, "--outdir", str(folder / "out"), str(folder / "book.xlsx")]
        subprocess.run(command, check=True, capture_output=True)
        with (folder / "out" / "book-out.csv").open(encoding="utf-8") as lines:
            table = np.array([[_number(cell) for cell in row[:3]] for row in csv.reader(lines)])
    point, near, far = table.reshape(len(histories), horizon, 3).transpose(2, 0, 1)
    return np.stack([point - far, point - near, point, point + near, point + far], axis=2)


def _number(cell: str) -> float:
    try:
        return float(cell)
    except ValueError:
        return float("nan")


def _write(path: Path, histories: list[Floats], horizon: int, season: int) -> None:
    with xlsxwriter.Workbook(path, {"use_future_functions": True}) as book:
        data, out = book.add_worksheet("in"), book.add_worksheet("out")
        for w, y in enumerate(histories):
            last = len(y)
            data.write_column(0, 2 * w, range(1, last + 1))
            data.write_column(0, 2 * w + 1, y)
            times, values = (f"in!${c}$1:${c}${last}" for c in map(xl_col_to_name, (2 * w, 2 * w + 1)))
            for h in range(horizon):
                row, when = w * horizon + h, last + h + 1
                out.write_formula(row, 0, f"=FORECAST.ETS({when},{values},{times},{season})")
                for column, band in enumerate(BANDS, 1):
                    formula = f"=FORECAST.ETS.CONFINT({when},{values},{times},{band},{season})"
                    out.write_formula(row, column, formula)
