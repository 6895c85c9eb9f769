"""Local hours over a change of the clocks, and times of day as they stand beside their date."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.tables.kinds.sample_file import SampleFile, family, numbers, single, table

ISO, AMERICAN = "%Y-%m-%d %H:%M", "%m/%d/%Y %I:%M %p"


def local(start: str, count: int, zone: str, minutes: int = 60, form: str = ISO) -> list[str]:
    """``count`` times from ``start`` on as the clocks on the wall show them."""
    begin = datetime.fromisoformat(start).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    return [(begin + timedelta(minutes=minutes * n)).astimezone(ZoneInfo(zone)).strftime(form) for n in range(count)]


@family
def clocks_that_change() -> list[SampleFile]:
    found = []
    for zone, start, form in (
        ("Europe/Berlin", "2023-10-26", ISO),
        ("Europe/Berlin", "2024-03-28", ISO),
        ("Europe/London", "2024-03-28", "%d/%m/%Y %H:%M"),
        ("America/New_York", "2023-11-02", AMERICAN),
        ("America/New_York", "2024-03-07", ISO),
        ("Australia/Sydney", "2024-04-03", ISO),
        ("Australia/Sydney", "2024-10-02", ISO),
    ):
        for minutes, rhythm in ((60, "hourly"), (15, "every 15 minutes")):
            times = local(start, 8 * 24 * 60 // minutes, zone, minutes, form)
            values = numbers(len(times))
            name = f"{rhythm} in {zone} from {start}"
            first = f"{start}T00:00:00"
            text = table(times, values, header="Time,Load")
            found.append(single(name, text, values, first, rhythm, series="Load"))
            down = table(times[::-1], values[::-1], header="Time,Load")
            found.append(single(f"{name}, newest first", down, values, first, rhythm, series="Load"))
    return found


@family
def clocks_of_several() -> list[SampleFile]:
    times = local("2023-10-26", 8 * 24, "Europe/Berlin")
    values = numbers(len(times))
    other = [v + 1 for v in values]
    wanted = {"A": ("2023-10-26T00:00:00", values), "B": ("2023-10-26T00:00:00", other)}
    by_time = "".join(f"{t},A,{a}\n{t},B,{b}\n" for t, a, b in zip(times, values, other, strict=True))
    by_site = "".join(
        f"{t},{s},{v}\n" for s, vs in (("A", values), ("B", other)) for t, v in zip(times, vs, strict=True)
    )
    return [
        SampleFile("two sites by time", f"Time,Site,Load\n{by_time}".encode(), "hourly", wanted),
        SampleFile("two sites, one after the other", f"Time,Site,Load\n{by_site}".encode(), "hourly", wanted),
    ]


@family
def hours_beside_dates() -> list[SampleFile]:
    hours = [datetime(2024, 1, 8) + timedelta(hours=n) for n in range(24 * 8)]
    values = numbers(len(hours))
    first = "2024-01-08T00:00:00"
    days, clocks = [f"{t:%Y-%m-%d}" for t in hours], [f"{t.hour:02d}h00" for t in hours]
    return [
        single("14h00", table(days, clocks, values, header="Date,Heure,Temp"), values, first, "hourly", series="Temp"),
        single(
            "14h", table(days, [f"{t.hour}h" for t in hours], values, header="Fecha,Hora,Temp"), values, first,
            "hourly", series="Temp",
        ),
        single(
            "2024010814", table([f"{t:%Y%m%d%H}" for t in hours], values, header="MESS_DATUM,TT"), values, first,
            "hourly", series="TT",
        ),
        single(
            "Jan 8, 2024 2:00:00 PM PST",
            table([f'"{t:%b} {t.day}, {t:%Y %I:%M:%S %p} PST"' for t in hours], values, header="date/time,Temp"),
            values, first, "hourly", series="Temp",
        ),
    ]  # fmt: skip
