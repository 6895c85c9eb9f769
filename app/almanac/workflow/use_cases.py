"""The registry of use cases that the window asks its worker for, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal

from almanac.core.jobs import Job
from almanac.workflow.adjusting.apply import adjust
from almanac.workflow.backtests.run_backtest import compare_models
from almanac.workflow.forecasts.explain_forecast import chances, explain
from almanac.workflow.forecasts.make_forecast import forecast
from almanac.workflow.history.browse import history_open, history_overview, history_projects, history_runs
from almanac.workflow.history.compare import history_compare
from almanac.workflow.history.manage import (
    history_backup,
    history_delete,
    history_empty_bin,
    history_export,
    history_keep,
    history_rename,
    history_restore,
    history_undo,
    history_verify,
)
from almanac.workflow.manage_models import models, pin_model, rollback
from almanac.workflow.ordering.make_orders import orders, stock_list
from almanac.workflow.pattern_changes.answer import explain_alert, open_alerts
from almanac.workflow.pattern_changes.detect_drift import drift
from almanac.workflow.pattern_changes.made_for import unlike_training
from almanac.workflow.read_file import check, excerpt, preview
from almanac.workflow.save_result import export, save_orders, save_report
from almanac.workflow.totalling.headline import headline
from almanac.workflow.totalling.make_totals import totals
from almanac.workflow.totalling.outlook import outlook, span_total
from almanac.workflow.totalling.overview import overview
from almanac.workflow.updates.alerts import answer_alert, project_alerts
from almanac.workflow.updates.new_data import (
    accept_update,
    forecast_latest,
    project_scores,
    propose_update,
    recognise_file,
)
from almanac.workflow.updates.outcome import project_outcome
from almanac.workflow.updates.triggers import choose_triggers, trigger_settings
from almanac.workflow.watching.digest import digest

UseCaseName = Literal[
    "check",
    "preview",
    "excerpt",
    "forecast",
    "explain",
    "chances",
    "adjust",
    "totals",
    "overview",
    "stock_list",
    "orders",
    "headline",
    "outlook",
    "span_total",
    "models",
    "pin_model",
    "rollback",
    "compare_models",
    "drift",
    "unlike_training",
    "explain_alert",
    "open_alerts",
    "export",
    "save_report",
    "save_orders",
    "history_overview",
    "history_projects",
    "history_runs",
    "history_open",
    "history_compare",
    "history_rename",
    "history_delete",
    "history_undo",
    "history_empty_bin",
    "history_keep",
    "history_backup",
    "history_restore",
    "history_verify",
    "history_export",
    "propose_update",
    "recognise_file",
    "forecast_latest",
    "accept_update",
    "project_scores",
    "project_outcome",
    "project_alerts",
    "answer_alert",
    "trigger_settings",
    "choose_triggers",
    "digest",
]

USE_CASES: Mapping[UseCaseName, Callable[..., Job[Any]]] = {
    "check": check,
    "preview": preview,
    "excerpt": excerpt,
    "forecast": forecast,
    "explain": explain,
    "chances": chances,
    "adjust": adjust,
    "totals": totals,
    "overview": overview,
    "stock_list": stock_list,
    "orders": orders,
    "headline": headline,
    "outlook": outlook,
    "span_total": span_total,
    "models": models,
    "pin_model": pin_model,
    "rollback": rollback,
    "compare_models": compare_models,
    "drift": drift,
    "unlike_training": unlike_training,
    "explain_alert": explain_alert,
    "open_alerts": open_alerts,
    "export": export,
    "save_report": save_report,
    "save_orders": save_orders,
    "history_overview": history_overview,
    "history_projects": history_projects,
    "history_runs": history_runs,
    "history_open": history_open,
    "history_compare": history_compare,
    "history_rename": history_rename,
    "history_delete": history_delete,
    "history_undo": history_undo,
    "history_empty_bin": history_empty_bin,
    "history_keep": history_keep,
    "history_backup": history_backup,
    "history_restore": history_restore,
    "history_verify": history_verify,
    "history_export": history_export,
    "propose_update": propose_update,
    "recognise_file": recognise_file,
    "forecast_latest": forecast_latest,
    "accept_update": accept_update,
    "project_scores": project_scores,
    "project_outcome": project_outcome,
    "project_alerts": project_alerts,
    "answer_alert": answer_alert,
    "trigger_settings": trigger_settings,
    "choose_triggers": choose_triggers,
    "digest": digest,
}
