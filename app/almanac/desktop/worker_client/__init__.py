"""The window's side of the worker process: the connection, the queue of jobs, preloading."""
