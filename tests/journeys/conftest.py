"""The real window, for these tests."""

from tests.window_fixtures import dressed, own_worker_window, sales, shared_worker, still, window, worker_for_all

__all__ = ["dressed", "own_worker_window", "sales", "shared_worker", "still", "window", "worker_for_all"]
