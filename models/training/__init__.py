"""How the bundled models are made. Nothing under ``app/`` imports from here.

``python -m models.training.build`` makes the model again from nothing: a seeded prior writes synthetic series, the
graph's own first half turns them into features, a small network learns from those, and the whole is written as one ONNX
file with its manifest and card.
"""
