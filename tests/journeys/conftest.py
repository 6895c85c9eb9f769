"""The real window, for these tests."""

from tests.window_fixtures import sales, window

__all__ = ["sales", "window"]
