"""Sentences that the window, the workbook, the report and the command line share."""
