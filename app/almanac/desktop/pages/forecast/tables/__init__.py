"""The tables of the page: all series, the steps of one forecast, and totals over spans."""
