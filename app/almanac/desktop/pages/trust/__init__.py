"""Trust: what stands behind a forecast, told in a few views."""
