"""The command line: the same jobs as the window, for scripts and for people who like to type."""
