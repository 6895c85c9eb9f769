"""The window. The only package that imports Qt; the work itself is done in the worker process."""
