"""The real window, for these tests."""

from tests.window_fixtures import dressed, sales, still, window

__all__ = ["dressed", "sales", "still", "window"]
