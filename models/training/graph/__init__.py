"""The models as ONNX graphs, written operation by operation with spox.

Array shapes in this folder: B series, L points (right-aligned), R the most recent of them, S steps ahead, V views of a
series (as it is, and deseasonalised in several ways), C forecasts of each view, G smoothers, E one-step errors,
K candidates, Q quantile levels, m a season length.
"""
