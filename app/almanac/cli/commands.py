"""The registry of commands, in the order in which the help lists them."""

from __future__ import annotations

from almanac.cli.backtest import BACKTEST
from almanac.cli.check import CHECK
from almanac.cli.explain import EXPLAIN
from almanac.cli.forecast import FORECAST
from almanac.cli.models import MODELS
from almanac.cli.welcome import WELCOME

COMMANDS = (FORECAST, CHECK, EXPLAIN, BACKTEST, MODELS, WELCOME)
