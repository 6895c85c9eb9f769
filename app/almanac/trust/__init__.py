"""How far forecasts can be trusted: practice runs on the past, what they say, and ranges corrected by them.

Nothing here makes forecasts: a forecaster is handed in, and ``workflow`` joins the two.
"""
