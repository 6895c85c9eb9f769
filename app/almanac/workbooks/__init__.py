"""Workbooks, taken apart in a process of their own: whatever a file does there, this program only gets an answer."""
