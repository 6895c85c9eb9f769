"""The registry of commands, in the order in which the help lists them."""

from __future__ import annotations

from almanac.cli.command import Command, CommandEntry

# A command is loaded when the person types its name: what the others need, such as NumPy, takes longer than the rest.


def _forecast() -> Command:
    from almanac.cli.commands.forecast import FORECAST

    return FORECAST


def _check() -> Command:
    from almanac.cli.commands.check import CHECK

    return CHECK


def _explain() -> Command:
    from almanac.cli.commands.explain import EXPLAIN

    return EXPLAIN


def _backtest() -> Command:
    from almanac.cli.commands.backtest import BACKTEST

    return BACKTEST


def _drift() -> Command:
    from almanac.cli.commands.drift import DRIFT

    return DRIFT


def _totals() -> Command:
    from almanac.cli.commands.totals import TOTALS

    return TOTALS


def _orders() -> Command:
    from almanac.cli.commands.orders import ORDERS

    return ORDERS


def _update() -> Command:
    from almanac.cli.commands.update import UPDATE

    return UPDATE


def _models() -> Command:
    from almanac.cli.commands.models import MODELS

    return MODELS


def _history() -> Command:
    from almanac.cli.commands.history import HISTORY

    return HISTORY


def _welcome() -> Command:
    from almanac.cli.commands.welcome import WELCOME

    return WELCOME


def _privacy() -> Command:
    from almanac.cli.commands.about.privacy import PRIVACY

    return PRIVACY


def _share() -> Command:
    from almanac.cli.commands.share import SHARE

    return SHARE


def _self_test() -> Command:
    from almanac.cli.commands.about.self_test import SELF_TEST

    return SELF_TEST


COMMANDS = (
    CommandEntry("forecast", "read a spreadsheet, forecast it, save the result", _forecast),
    CommandEntry("check", "show how a file is understood, and everything noticed in it", _check),
    CommandEntry("explain", "show each step of reading a file, with the evidence for it", _explain),
    CommandEntry("backtest", "forecast the file's own past, and say how far to trust it", _backtest),
    CommandEntry("drift", "say what changed in a newer spreadsheet, against what was to be expected", _drift),
    CommandEntry("totals", "add up everything or each group, and compare with last year", _totals),
    CommandEntry("orders", "say how much to order of each product, and when it runs out", _orders),
    CommandEntry("update", "compare a newer file with the one before, and score earlier forecasts", _update),
    CommandEntry("models", "list, check and choose the forecasting models", _models),
    CommandEntry("history", "look into what was kept: list, compare, delete, back up, verify", _history),
    CommandEntry("share", "save counts of a list with noise that protects each person", _share),
    CommandEntry("privacy", "print a record of processing: what is kept on this computer now", _privacy),
    CommandEntry("self-test", "check that everything works on this computer; also --self-test", _self_test),
    CommandEntry("welcome", "forecast a sample, then open the window", _welcome),
)
