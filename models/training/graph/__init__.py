"""The models as ONNX graphs, written operation by operation with spox.

Shapes in this folder: B series, L points (right-aligned), R the recent ones of them, S steps ahead, V views of a
series, G smoothers, E one-step errors, K candidates, m a season length.
"""
