"""The use cases, each a job: read and check a file, forecast it, backtest it, save the result.

Packages below do not import each other; they meet here. Heavy ones are imported where they are used, so that the
command line prints its help and the window opens without them.
"""

from almanac.workflow.adjusting.apply import adjust
from almanac.workflow.adjusting.kept import read_adjustments, remember_adjustments, remembered_adjustments
from almanac.workflow.backtests.run_backtest import BacktestOptions, backtest, compare_models, compare_models_on
from almanac.workflow.forecasts.event_use import EventChoice, read_events, remember_events, remembered_events
from almanac.workflow.forecasts.explain_forecast import chances, explain
from almanac.workflow.forecasts.make_forecast import ForecastFiles, ForecastOptions, forecast, forecast_file
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
from almanac.workflow.manage_models import models, pin_model, rollback, verify_models
from almanac.workflow.ordering.make_orders import ListedStock, Orders, ProductOrder, orders, stock_list
from almanac.workflow.ordering.order_files import OrderFiles, orders_of_file
from almanac.workflow.pattern_changes.answer import explain_alert, open_alerts
from almanac.workflow.pattern_changes.detect_drift import DriftResult, compare_files, drift
from almanac.workflow.pattern_changes.made_for import unlike_training
from almanac.workflow.pattern_changes.watch import WatchOptions
from almanac.workflow.read_file import check, check_by_record, excerpt, explain_reading, preview, reading_options
from almanac.workflow.save_result import export, save_orders, save_record, save_report, save_totals
from almanac.workflow.startup import load_answers, warm_up
from almanac.workflow.totalling.headline import HeadlineFigures, headline, whole_of
from almanac.workflow.totalling.make_totals import Totals, TotalsGroup, totals
from almanac.workflow.totalling.outlook import Outlook, SpanTotal, outlook, span_total
from almanac.workflow.totalling.overview import overview
from almanac.workflow.totalling.totals_of_file import TotalsFiles, totals_of_file
from almanac.workflow.updates.alerts import answer_alert, project_alerts
from almanac.workflow.updates.new_data import (
    accept_update,
    forecast_latest,
    project_scores,
    propose_update,
    recognise_file,
)
from almanac.workflow.updates.outcome import SeriesOutcome, project_outcome
from almanac.workflow.updates.triggers import choose_triggers, trigger_settings
from almanac.workflow.updates.update_file import UpdateFiles, UpdateOptions, update_file
from almanac.workflow.watching.digest import digest

__all__ = [
    "BacktestOptions",
    "DriftResult",
    "EventChoice",
    "ForecastFiles",
    "ForecastOptions",
    "HeadlineFigures",
    "ListedStock",
    "OrderFiles",
    "Orders",
    "Outlook",
    "ProductOrder",
    "SeriesOutcome",
    "SpanTotal",
    "Totals",
    "TotalsFiles",
    "TotalsGroup",
    "UpdateFiles",
    "UpdateOptions",
    "WatchOptions",
    "accept_update",
    "adjust",
    "answer_alert",
    "backtest",
    "chances",
    "check",
    "check_by_record",
    "choose_triggers",
    "compare_files",
    "compare_models",
    "compare_models_on",
    "digest",
    "drift",
    "excerpt",
    "explain",
    "explain_alert",
    "explain_reading",
    "export",
    "forecast",
    "forecast_file",
    "forecast_latest",
    "headline",
    "history_backup",
    "history_compare",
    "history_delete",
    "history_empty_bin",
    "history_export",
    "history_keep",
    "history_open",
    "history_overview",
    "history_projects",
    "history_rename",
    "history_restore",
    "history_runs",
    "history_undo",
    "history_verify",
    "load_answers",
    "models",
    "open_alerts",
    "orders",
    "orders_of_file",
    "outlook",
    "overview",
    "pin_model",
    "preview",
    "project_alerts",
    "project_outcome",
    "project_scores",
    "propose_update",
    "read_adjustments",
    "read_events",
    "reading_options",
    "recognise_file",
    "remember_adjustments",
    "remember_events",
    "remembered_adjustments",
    "remembered_events",
    "rollback",
    "save_orders",
    "save_record",
    "save_report",
    "save_totals",
    "span_total",
    "stock_list",
    "totals",
    "totals_of_file",
    "trigger_settings",
    "unlike_training",
    "update_file",
    "verify_models",
    "warm_up",
    "whole_of",
]
