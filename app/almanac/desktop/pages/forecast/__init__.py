"""The Forecast station: the answer as a sentence, a table and a chart."""
