"""The real window, for these tests."""

from tests.window_fixtures import (
    application,
    dressed,
    keeping_window,
    keeping_worker_for_all,
    own_worker_window,
    sales,
    shared_worker,
    still,
    window,
    worker_for_all,
)

__all__ = [
    "application",
    "dressed",
    "keeping_window",
    "keeping_worker_for_all",
    "own_worker_window",
    "sales",
    "shared_worker",
    "still",
    "window",
    "worker_for_all",
]
