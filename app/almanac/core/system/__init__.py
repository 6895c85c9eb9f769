"""This computer: where files are, the log, memory, and the pipes of helper processes."""
