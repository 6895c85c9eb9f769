"""``almanac models``: list, verify and choose the forecasting models on this computer."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from almanac.cli.command import DONE, PROBLEM, Command, CommandEntry
from almanac.core.text import some

if TYPE_CHECKING:
    from almanac.forecasting.models.status import ModelStatus

ALMANACS_CHOICE = ("default", "auto")


def _list(_: argparse.Namespace) -> int:
    from almanac.forecasting.models.status import model_statuses

    models = model_statuses()
    chosen = any(model.pinned for model in models)
    for model in models:
        used = ""
        if model.pinned:
            used = " (used for every forecast, as you chose; “almanac models use default” leaves it to Almanac)"
        elif model.default and not chosen:
            used = f" (in use{_exceptions(model)})"
        print(model.title + used)
    return DONE


def _exceptions(model: ModelStatus) -> str:
    """At which frequencies an older version is used in place of this one."""
    if not model.weaker_at:
        return ""
    return f"; for {some(model.weaker_at, len(model.weaker_at))} data the version before, measured to be better there"


def _verify(_: argparse.Namespace) -> int:
    from almanac.forecasting.models.status import model_statuses

    models = model_statuses()
    for model in models:
        print(f"{model.title}: {f'damaged and not used. {model.fault}' if model.fault else 'unchanged'}")
    return PROBLEM if any(model.fault for model in models) else DONE


def _add_use_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("model", metavar="NAME@VERSION", help="“default” leaves the choice to Almanac")


def _use(options: argparse.Namespace) -> int:
    from almanac.forecasting.models.status import pin

    title = pin(None if options.model in ALMANACS_CHOICE else options.model)
    print(f"From now on {title} is used." if title else "From now on Almanac chooses the model.")
    return DONE


def _rollback(_: argparse.Namespace) -> int:
    from almanac.forecasting.models.status import rollback

    before, current = rollback()
    print(f"From now on {before} is used instead of {current}.")
    return DONE


MODELS = Command(
    actions=(
        CommandEntry("list", "list every model on this computer, and which one you chose", lambda: Command(_list)),
        CommandEntry("verify", "check that no model was changed or damaged", lambda: Command(_verify)),
        CommandEntry("rollback", "use the version before the one that is used now", lambda: Command(_rollback)),
        CommandEntry("use", "use one model for every forecast", lambda: Command(_use, _add_use_arguments)),
    ),
)
