"""Workbooks, taken apart in a separate process: whatever a file does there, this program only gets an answer."""
